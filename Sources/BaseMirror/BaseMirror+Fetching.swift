public import ArchiveModel
public import DebianControl
internal import DurableFiles
public import SystemPackage

/// A source to fetch from a base, with or without what was built from it.
public struct WantedSource: Sendable, Hashable {
    public let source: SourceVersion
    public let suite: SuiteName
    public let distribution: DistributionName
    /// apt sources of the base (deb822 text); empty: those of this machine that serve the suite.
    public let baseSources: String
    /// For which packages are fetched, with those for `all`; empty: none.
    public let architectures: [Architecture]

    public init(
        _ source: SourceVersion, from suite: SuiteName, of distribution: DistributionName, baseSources: String,
        architectures: [Architecture]
    ) {
        (self.source, self.suite, self.distribution) = (source, suite, distribution)
        (self.baseSources, self.architectures) = (baseSources, architectures)
    }
}

/// A file that apt has fetched, and verified by the base's signed indices.
public struct FetchedFile: Sendable, Hashable {
    /// As the base calls it.
    public let name: FileName
    public let path: FilePath
    /// In bytes, as the index says.
    public let size: Int64
    /// As the index says it, of the strongest kind that it has: `SHA512:01ab…`.
    public let digest: String
}

public struct FetchedSource: Sendable {
    /// The `.dsc` and what it lists.
    public let source: [FetchedFile]
    public let packages: [FetchedFile]
    /// As the base's index has them; the section without a component.
    public let section: String?
    public let priority: String?
}

/// The base has it no more, or has more of it than may be: to try again helps nothing.
public struct NotInBase: Error, Equatable, Sendable, CustomStringConvertible {
    /// A sentence.
    public let description: String

    init(_ description: String) { self.description = description }
}

/// The disk has no room for it now.
public struct NoRoomToFetch: Error, Equatable, Sendable, CustomStringConvertible {
    /// A sentence.
    public let description: String

    public init(_ description: String) { self.description = description }
}

extension BaseMirror {
    /// Fetches a source package, and packages, into a folder. What stands in the folder of apt's lists stays for the next.
    /// - Parameters:
    ///   - folder: empty, and the caller's to remove.
    ///   - limit: of all files together, in bytes, looked at before anything is fetched.
    ///   - room: bytes that the disk has for them; asked when all is about to be fetched.
    /// - Throws: `BaseMirrorFault` and `NoRoomToFetch`, which may pass; `NotInBase`, which does not.
    public func fetch(
        _ wanted: WantedSource, into folder: FilePath, limit: Int64, room: @Sendable () throws -> Int64 = { .max }
    ) async throws -> FetchedSource {
        let entries = try Self.entries(of: wanted.suite, from: wanted.baseSources).signed
        let settings = try await AptSetting.ofMachine(environment: PrivateApt.environment)
        let apt = try PrivateApt(
            root.appending("import-\(wanted.distribution)-\(wanted.suite)"),
            settings: settings + Self.architectures(wanted.architectures))
        let binary = wanted.architectures.isEmpty ? "" : "\n\(entries.text(of: "deb"))"
        try apt.write(sources: "\(entries.text(of: "deb-src"))\(binary)")
        try await apt.update(timeLimit: timeLimit)
        let fetch = SourceFetch(apt: apt, wanted: wanted, folder: folder, timeLimit: timeLimit)
        return try await fetch.run(limit: limit, room: room)
    }

    /// apt.conf(5): the first is what apt takes for the machine's own.
    private static func architectures(_ names: [Architecture]) -> [String] {
        guard let first = names.first else { return [] }
        let all = names.map { "\"\($0)\";" }.joined(separator: " ")
        return ["APT::Architecture \"\(first)\";", "APT::Architectures { \(all) };"]
    }
}
