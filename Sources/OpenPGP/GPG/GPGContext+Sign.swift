internal import ArchiveModel
internal import CGPGME
internal import Glibc
internal import SystemPackage

extension GPGContext {
    func makeKey(
        userID: String, algorithm: SigningKeys.Algorithm, lifetime: Int?
    ) throws(OpenPGPFailure) -> Fingerprint {
        let name =
            switch algorithm {
            case .ed25519: "ed25519"
            case .rsa4096: "rsa4096"
            }
        let always = lifetime == nil ? UInt32(GPGME_CREATE_NOEXPIRE) : 0
        // Force: two archives of one owner may have the same name and address, and are still two keys.
        let flags = UInt32(GPGME_CREATE_SIGN | GPGME_CREATE_NOPASSWD | GPGME_CREATE_FORCE) | always
        try check(
            gpgme_op_createkey(raw, userID, name, 0, UInt(lifetime ?? 0), nil, flags), "make a key for \(userID)")
        let made = gpgme_op_genkey_result(raw)?.pointee.fpr
        guard let made, let fingerprint = Fingerprint(String(cString: made)) else {
            throw OpenPGPFailure(operation: "make a key for \(userID)", cause: "gpg does not say which it made")
        }
        return fingerprint
    }

    /// Signs with one key: clear, or detached and armored.
    func sign(_ bytes: [UInt8], by key: Fingerprint, clear: Bool) throws(OpenPGPFailure) -> [UInt8] {
        let signer = try signer(key)
        gpgme_signers_clear(raw)
        try check(signer.withRaw { gpgme_signers_add(raw, $0) }, "sign with key \(key)")
        gpgme_set_armor(raw, 1)
        let (input, output) = (try GPGData(bytes), try GPGData())
        let mode = clear ? GPGME_SIG_MODE_CLEAR : GPGME_SIG_MODE_DETACH
        let error = input.withRaw { input in output.withRaw { gpgme_op_sign(raw, input, $0, mode) } }
        try check(error, "sign with key \(key)")
        return output.takeBytes()
    }

    private func signer(_ key: Fingerprint) throws(OpenPGPFailure) -> KeyHandle {
        if let known = signers[key] { return known }
        guard let found = try handle(of: key, secret: true) else {
            throw OpenPGPFailure(operation: "sign with key \(key)", cause: "its private key is not here")
        }
        signers[key] = found
        return found
    }

    /// Has gpgconf end the agent of `home`; nothing happens when none runs.
    func stopAgent(of home: FilePath) throws(OpenPGPFailure) {
        var spawner: gpgme_ctx_t?
        try check(gpgme_new(&spawner), "make a GPGME context")
        defer { gpgme_release(spawner) }
        try check(gpgme_set_protocol(spawner, GPGME_PROTOCOL_SPAWN), "stop gpg-agent")
        let words = ["gpgconf", "--homedir", home.string, "--kill", "gpg-agent"]
        let copies: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        var arguments: [UnsafePointer<CChar>?] = copies.map { UnsafePointer($0) } + [nil]
        try check(gpgme_op_spawn(spawner, "/usr/bin/gpgconf", &arguments, nil, nil, nil, 0), "stop gpg-agent")
    }
}
