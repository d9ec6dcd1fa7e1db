internal import ArchiveModel
internal import CGPGME

extension GPGContext {
    /// Takes every public key in `data` into the home; the fingerprints, each once, in the order of the data.
    func importKeys(_ data: [UInt8]) throws -> [Fingerprint] {
        let input = try GPGData(data)
        let error = input.withRaw { gpgme_op_import(raw, $0) }
        let result = gpgme_op_import_result(raw)
        if let result, result.pointee.secret_read > 0 { throw KeyRefusal.secretKey }
        if [GPG_ERR_NO_DATA, GPG_ERR_BAD_DATA].contains(gpgme_err_code(error)) { throw KeyRefusal.notAKey }
        try check(error, "import keys")
        let found = sequence(first: result?.pointee.imports, next: { $0?.pointee.next }).compactMap { entry in
            entry?.pointee.fpr.flatMap { Fingerprint(String(cString: $0)) }
        }
        guard !found.isEmpty else { throw KeyRefusal.notAKey }
        return found.reduce(into: []) { unique, key in if !unique.contains(key) { unique.append(key) } }
    }

    /// All keys of the home.
    func keys() throws(OpenPGPFailure) -> [ImportedKey] {
        try check(gpgme_op_keylist_start(raw, nil, 0), "list keys")
        defer { gpgme_op_keylist_end(raw) }
        var keys: [ImportedKey] = []
        while true {
            var key: gpgme_key_t?
            let error = gpgme_op_keylist_next(raw, &key)
            if gpgme_err_code(error) == GPG_ERR_EOF { return keys }
            try check(error, "list keys")
            guard let key else { continue }
            if let listed = ImportedKey(key) { keys.append(listed) }
            gpgme_key_unref(key)
        }
    }

    /// `nil` when the home has no such key.
    func key(_ fingerprint: Fingerprint) throws(OpenPGPFailure) -> ImportedKey? {
        try handle(of: fingerprint, secret: false).flatMap { $0.withRaw { ImportedKey($0) } }
    }

    func handle(of fingerprint: Fingerprint, secret: Bool) throws(OpenPGPFailure) -> KeyHandle? {
        var key: gpgme_key_t?
        let error = gpgme_get_key(raw, fingerprint.text, &key, secret ? 1 : 0)
        if gpgme_err_code(error) == GPG_ERR_EOF { return nil }
        try check(error, "look up key \(fingerprint)")
        return key.map(KeyHandle.init(taking:))
    }

    func delete(_ fingerprint: Fingerprint, withSecret: Bool = false) throws(OpenPGPFailure) {
        guard let key = try handle(of: fingerprint, secret: false) else { return }
        let flags = UInt32(GPGME_DELETE_FORCE) | (withSecret ? UInt32(GPGME_DELETE_ALLOW_SECRET) : 0)
        signers[fingerprint] = nil
        let error = key.withRaw { gpgme_op_delete_ext(raw, $0, flags) }
        try check(error, "remove key \(fingerprint)")
    }

    /// The public key; empty when the home has no such key.
    func export(_ fingerprint: Fingerprint, armored: Bool) throws(OpenPGPFailure) -> [UInt8] {
        let output = try GPGData()
        gpgme_set_armor(raw, armored ? 1 : 0)
        try check(output.withRaw { gpgme_op_export(raw, fingerprint.text, 0, $0) }, "export key \(fingerprint)")
        return output.takeBytes()
    }
}

/// A key GPGME handed out.
final class KeyHandle {
    private let raw: gpgme_key_t

    init(taking raw: gpgme_key_t) { self.raw = raw }
    deinit { gpgme_key_unref(raw) }

    /// Keeps the key alive while `body` runs; Swift would release it after its last mention.
    func withRaw<Result>(_ body: (gpgme_key_t) -> Result) -> Result {
        withExtendedLifetime(self) { body(raw) }
    }
}
