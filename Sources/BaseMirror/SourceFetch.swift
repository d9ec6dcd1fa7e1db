internal import ArchiveModel
internal import DebianControl
internal import Foundation
public import SystemPackage

/// One source of a base, and the packages of it, by an apt whose lists are up to date.
struct SourceFetch {
    let apt: PrivateApt
    let wanted: WantedSource
    let folder: FilePath
    let timeLimit: Duration

    private var title: String { "\(wanted.source.name) \(wanted.source.version)" }

    func run(limit: Int64, room: @Sendable () throws -> Int64) async throws -> FetchedSource {
        let record = try await sourceRecord()
        let packages = try await packages(record)
        let source = ["source", "-q", "--only-source", "\(wanted.source.name)=\(wanted.source.version)"]
        let binary = ["download", "-q"] + packages
        let sourceFiles = try await announced(source)
        let packageFiles = packages.isEmpty ? [] : try await announced(binary)
        let size = (sourceFiles + packageFiles).reduce(Int64(0)) { $0.addingReportingOverflow($1.size).partialValue }
        guard size <= limit else {
            throw NotInBase("\(title) has \(size >> 20) MiB, and at most \(limit >> 20) MiB are imported at a time.")
        }
        guard try size <= room() else {
            throw NoRoomToFetch("\(title) has \(size >> 20) MiB, and the disk has no room for that now.")
        }
        try await get(source + ["--download-only"])
        if !packages.isEmpty { try await get(binary) }
        return FetchedSource(
            source: sourceFiles, packages: packageFiles, section: record["Section"], priority: record["Priority"])
    }

    /// The source's paragraph of the index.
    private func sourceRecord() async throws -> ControlParagraph {
        let text = try await showing("showsrc", ["--only-source", "\(wanted.source.name)"])
        let records = try paragraphs(text).filter {
            $0["Package"] == "\(wanted.source.name)" && $0["Version"] == wanted.source.version.description
        }
        guard let record = records.first else { throw NotInBase("The base has no \(title) any more.") }
        return record
    }

    /// `hello:amd64=2.10-3+b1`: those that were built from the source in this version.
    private func packages(_ record: ControlParagraph) async throws -> [String] {
        let names = (record["Binary"] ?? "").split { $0 == "," || $0.isWhitespace }.compactMap {
            PackageName(String($0))
        }
        guard !wanted.architectures.isEmpty, !names.isEmpty else { return [] }
        let asked = names.flatMap { name in wanted.architectures.map { "\(name):\($0)" } }
        let records = try await paragraphs(showing("show", asked))
        var seen: Set<String> = []
        return records.filter(isOfSource).compactMap { record in
            guard let name = record["Package"], let architecture = record["Architecture"],
                let version = record["Version"]
            else { return nil }
            // A package for all architectures is shown for each.
            let own = architecture == "all" ? "\(wanted.architectures[0])" : architecture
            let word = "\(name):\(own)=\(version)"
            return seen.insert("\(name) \(architecture) \(version)").inserted ? word : nil
        }
    }

    /// `Source: hello (2.10-3)`; without a version it is the package's, without a name the package's name (Policy 5.6.1).
    private func isOfSource(_ record: ControlParagraph) -> Bool {
        let words = (record["Source"] ?? record["Package"] ?? "").split { $0.isWhitespace || $0 == "(" || $0 == ")" }
        guard let name = words.first else { return false }
        let version = words.count > 1 ? String(words[1]) : record["Version"]
        return name == wanted.source.name.description && version == wanted.source.version.description
    }

    private func paragraphs(_ text: String) throws -> [ControlParagraph] {
        do {
            return try ControlParagraph.paragraphs(in: text)
        } catch {
            throw NotInBase("What the base says of \(title) cannot be read: \(error).")
        }
    }

    /// apt-cache ends with a mistake where none is there.
    private func showing(_ verb: String, _ names: [String]) async throws -> String {
        do {
            return try await apt.run("/usr/bin/apt-cache", [verb] + names, timeLimit: .seconds(60))
        } catch let fault as BaseMirrorFault
            where fault.description.contains("No packages found")
            || fault.description.contains("Unable to locate")
        {
            return ""
        }
    }

    private func get(_ arguments: [String]) async throws {
        try await apt.run("/usr/bin/apt-get", arguments, in: folder, timeLimit: timeLimit)
    }

    /// What apt is going to fetch: `'http://x/pool/h/hello/hello_1.dsc' hello_1.dsc 1059 SHA256:01ab…`.
    private func announced(_ arguments: [String]) async throws -> [FetchedFile] {
        let text = try await apt.run(
            "/usr/bin/apt-get", arguments + ["--print-uris"], in: folder, timeLimit: .seconds(60))
        return try text.split(separator: "\n").filter { $0.hasPrefix("'") }.map { line in
            let words = line.split(separator: " ")
            guard words.count == 4, let size = Int64(words[2]), let name = Self.name(atEndOf: words[0]),
                let file = FilePath.Component(String(words[1])), file.kind == .regular
            else { throw BaseMirrorFault("apt names a file in words that cannot be read: \(line)") }
            return FetchedFile(name: name, path: folder.appending(file), size: size, digest: String(words[3]))
        }
    }

    /// apt writes the colon of an epoch into a name of its own; in the base's pool it has none.
    private static func name(atEndOf address: Substring) -> FileName? {
        let text = address.split(separator: "/").last.map { $0.filter { $0 != "'" } } ?? ""
        return text.removingPercentEncoding.flatMap { FileName($0) }
    }
}

extension FetchedFile {
    /// Where the bytes are: of a mirror on this machine, apt makes links to the mirror's own files.
    public var place: FilePath { FilePath(path.string.resolvingLinks) }
}

extension String {
    fileprivate var resolvingLinks: String { URL(filePath: self).resolvingSymlinksInPath().path(percentEncoded: false) }
}
