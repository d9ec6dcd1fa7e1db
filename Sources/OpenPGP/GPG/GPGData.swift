internal import CGPGME
internal import DurableFiles
internal import SystemPackage

/// A buffer GPGME reads from or writes to.
final class GPGData {
    private var raw: gpgme_data_t?

    /// An empty one, to be written to.
    init() throws(OpenPGPFailure) {
        try check(gpgme_data_new(&raw), "make a GPGME buffer")
    }

    init(_ bytes: [UInt8]) throws(OpenPGPFailure) {
        let error = bytes.withUnsafeBytes { buffer in
            let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            return start == nil ? gpgme_data_new(&raw) : gpgme_data_new_from_mem(&raw, start, buffer.count, 1)
        }
        try check(error, "make a GPGME buffer")
    }

    /// Reads from the file, which has to stay open as long as the buffer lives.
    init(reading file: borrowing OwnedDescriptor) throws(OpenPGPFailure) {
        try check(file.withRaw { gpgme_data_new_from_fd(&raw, $0.rawValue) }, "make a GPGME buffer")
    }

    deinit { gpgme_data_release(raw) }

    /// Keeps the buffer alive while `body` runs; Swift would release it after its last mention.
    func withRaw<Result>(_ body: (gpgme_data_t?) -> Result) -> Result {
        withExtendedLifetime(self) { body(raw) }
    }

    /// What was written; the buffer is empty afterwards.
    func takeBytes() -> [UInt8] {
        var count = 0
        let memory = gpgme_data_release_and_get_mem(raw, &count)
        raw = nil
        defer { gpgme_free(memory) }
        return Array(UnsafeRawBufferPointer(start: memory, count: memory == nil ? 0 : count))
    }
}
