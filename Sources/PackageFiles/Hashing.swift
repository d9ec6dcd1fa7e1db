internal import Dispatch
public import DurableFiles

/// Size and digests of a file, in lower-case hexadecimal: what Debian's indexes and .changes list.
public struct FileDigests: Sendable, Hashable, Codable {
    /// In bytes.
    public let size: Int64
    public let md5: String
    public let sha1: String
    public let sha256: String
    public let sha512: String
}

/// All four digests in one pass over the bytes. For one thread at a time.
public final class Hashing: ContentHashing {
    /// From here on a piece is digested by two threads: below, waking the second one costs more than it saves.
    private static let sharedWorkSize = 64 << 10

    private var size: Int64 = 0
    private let md5 = RunningDigest(.md5)
    private let sha1 = RunningDigest(.sha1)
    private let sha256Digest = RunningDigest(.sha256)
    private let sha512 = RunningDigest(.sha512)

    public init() {}

    public func update(_ bytes: UnsafeRawBufferPointer) {
        size += Int64(bytes.count)
        if bytes.count < Self.sharedWorkSize {
            for digest in [md5, sha256Digest, sha512, sha1] { digest.update(bytes) }
        } else {
            shareWork(on: bytes)
        }
    }

    public func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// Two halves that take equally long where the processor has instructions for SHA-1 and SHA-256.
    private func shareWork(on bytes: UnsafeRawBufferPointer) {
        // Unsafe only to the compiler: each digest is in one half, the bytes are read, and both threads are done when
        // this returns.
        nonisolated(unsafe) let (halves, bytes) = ([[md5, sha256Digest], [sha512, sha1]], bytes)
        DispatchQueue.concurrentPerform(iterations: halves.count) { half in
            for digest in halves[half] { digest.update(bytes) }
        }
    }

    public func sha256() -> String { sha256Digest.hexSoFar() }

    /// Of all the bytes so far.
    public func digests() -> FileDigests {
        FileDigests(
            size: size, md5: md5.hexSoFar(), sha1: sha1.hexSoFar(), sha256: sha256Digest.hexSoFar(),
            sha512: sha512.hexSoFar())
    }
}

/// The one digest that names a file.
public final class SHA256Hashing: ContentHashing {
    private let running = RunningDigest(.sha256)

    public init() {}

    public func update(_ bytes: UnsafeRawBufferPointer) { running.update(bytes) }
    public func sha256() -> String { running.hexSoFar() }
}
