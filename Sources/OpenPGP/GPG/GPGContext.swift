internal import ArchiveModel
internal import CGPGME
internal import SystemPackage

/// A GPGME context: one gpg at a time, on one thread.
final class GPGContext {
    let raw: gpgme_ctx_t
    private var home: FilePath?
    /// Keys of the home that were signed with: to look one up takes a gpg as long as to sign.
    var signers: [Fingerprint: KeyHandle] = [:]

    init() throws(OpenPGPFailure) {
        guard Self.isLibraryReady else {
            throw OpenPGPFailure(operation: "use GPGME", cause: "it is older than \(Self.oldestLibrary)")
        }
        var made: gpgme_ctx_t?
        try check(gpgme_new(&made), "make a GPGME context")
        guard let made else { throw OpenPGPFailure(operation: "make a GPGME context", cause: "there is none") }
        raw = made
        gpgme_set_offline(raw, 1)
        try check(gpgme_set_ctx_flag(raw, "full-status", "1"), "ask gpg for all its status lines")
        try check(gpgme_set_pinentry_mode(raw, GPGME_PINENTRY_MODE_LOOPBACK), "do without a passphrase dialogue")
    }

    deinit { gpgme_release(raw) }

    /// Setting the home makes GPGME start gpg once to learn its version, so an unchanged one is left alone.
    func use(home: FilePath) throws(OpenPGPFailure) {
        guard home != self.home else { return }
        try check(
            gpgme_ctx_set_engine_info(raw, GPGME_PROTOCOL_OpenPGP, Self.program, home.string), "use gpg in \(home)")
        self.home = home
        signers = [:]
    }

    private static let program = "/usr/bin/gpg"
    private static let oldestLibrary = "1.18.0"
    /// The library must be asked for its version once before anything else, by one thread.
    private static let isLibraryReady = gpgme_check_version(oldestLibrary) != nil
}

/// Throws what a GPGME call failed with.
func check(_ error: gpgme_error_t, _ operation: String) throws(OpenPGPFailure) {
    guard gpgme_err_code(error) != GPG_ERR_NO_ERROR else { return }
    throw OpenPGPFailure(operation: operation, cause: words(for: error))
}

private func words(for error: gpgme_error_t) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 200) { buffer in
        guard let start = buffer.baseAddress, gpgme_strerror_r(error, start, buffer.count) == 0 else {
            return "GPGME's error \(error)"
        }
        return String(cString: start)
    }
}
