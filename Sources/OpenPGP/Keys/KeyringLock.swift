internal import Glibc
internal import SystemPackage

/// The right to change a keyring, for as long as somebody holds on to this value. Others wait, in this process and in others.
final class KeyringLock: Sendable {
    private let file: FileDescriptor

    /// Waits for it on this thread.
    init(_ root: FilePath) throws {
        let file = try FileDescriptor.open(
            root.appending("lock"), .readWrite, options: [.create, .closeOnExec], permissions: .ownerReadWrite)
        self.file = file
        while flock(file.rawValue, LOCK_EX) != 0 {
            guard errno == EINTR else {
                throw OpenPGPFailure(operation: "lock the keyring \(root)", cause: "\(Errno(rawValue: errno))")
            }
        }
    }

    deinit { try? file.close() }
}
