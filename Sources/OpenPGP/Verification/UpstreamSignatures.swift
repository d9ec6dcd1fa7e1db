internal import CGPGME
public import DurableFiles
internal import SystemPackage

/// A tarball of upstream's, and the signature that a source package has of it.
public struct UpstreamFile: Sendable {
    public let name: String
    /// Armored or not.
    public let signature: [UInt8]
    /// Opens the tarball anew, at its first byte.
    public let open: @Sendable () throws -> OwnedDescriptor

    public init(name: String, signature: [UInt8], open: @escaping @Sendable () throws -> OwnedDescriptor) {
        self.name = name
        self.signature = signature
        self.open = open
    }
}

/// How much of a stranger's keys and signatures gpg is given.
public struct UpstreamLimits: Sendable, Equatable {
    /// Of the shipped keys, in bytes: gpg takes its time with more, and keys without the signatures of others have some KiB.
    public var keys = 256 << 10
    /// Of one signature, in bytes: some dozens of signers.
    public var signature = 64 << 10

    public init() {}
}

/// Holds upstream's signatures against the keys that the source package itself ships (`debian/upstream/signing-key.asc`).
///
/// Takes: keys, signatures and tarballs of strangers. Trusts: none of them; it says only whether they belong together. Leaves:
/// nothing: the keys are in a GnuPG home that lives as long as the look.
public struct UpstreamSignatures: Sendable {
    public let limits: UpstreamLimits
    private let workers = GPGWorkers(count: 1)

    public init(limits: UpstreamLimits = UpstreamLimits()) { self.limits = limits }

    /// What is wrong with each, as a sentence; nothing for those that are as they should be.
    ///
    /// As dpkg and uscan do, it takes a key that has expired since: releases are older than the package.
    /// Throws failures of ours.
    public func mistakes(in files: [UpstreamFile], keys: [UInt8]) async throws -> [(file: String, sentence: String)] {
        guard keys.count <= limits.keys else {
            return files.map { ($0.name, "The shipped keys have more than \(limits.keys) bytes.") }
        }
        return try await workers.run(in: GnuPGHome.throwaways) { context in
            try GnuPGHome.withThrowaway("upstream") { home in
                try context.use(home: home)
                defer { try? context.use(home: GnuPGHome.throwaways) }
                do {
                    _ = try context.importKeys(keys)
                } catch let refusal as KeyRefusal {
                    return files.map { ($0.name, refusal.sentence) }
                }
                return try files.compactMap { file in
                    try Self.mistake(in: file, context).map { (file.name, $0) }
                }
            }
        }
    }

    private static func mistake(in file: UpstreamFile, _ context: GPGContext) throws -> String? {
        let tarball = try file.open()
        let found = try context.verify(detached: file.signature, over: tarball)
        let keywords = Set(found.map(\.keyword))
        if keywords.contains("BADSIG") { return "It is the signature of another file." }
        if keywords.contains("REVKEYSIG") { return "It is by a key that was revoked." }
        if keywords.contains("VALIDSIG") { return nil }
        if keywords.contains("NO_PUBKEY") {
            return "It is by a key that debian/upstream/signing-key.asc does not have."
        }
        return "gpg finds no signature in it that it can check."
    }
}

extension GPGContext {
    /// Of a file that need not fit into memory.
    fileprivate func verify(
        detached signature: [UInt8], over file: borrowing OwnedDescriptor
    ) throws(OpenPGPFailure) -> [StatusLine] {
        let input = try GPGData(signature)
        let signed = try GPGData(reading: file)
        return try verification { context in
            input.withRaw { input in signed.withRaw { gpgme_op_verify(context, input, $0, nil) } }
        }.status
    }
}
