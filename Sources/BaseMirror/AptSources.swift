public import ArchiveModel
internal import DebianControl
internal import DurableFiles
public import SystemPackage

/// Where a suite's base comes from, as apt's sources say it.
public struct AptSources: Sendable, Equatable {
    public let entries: [AptSource]

    public init(entries: [AptSource]) { self.entries = entries }

    /// Reads deb822 text, or the older lines.
    public init(_ text: String) {
        let lines = text.split(separator: "\n").compactMap { AptSource(line: $0) }
        let paragraphs = (try? ControlParagraph.paragraphs(in: text)) ?? []
        entries = lines.isEmpty ? paragraphs.compactMap { AptSource($0) } : lines
    }

    /// The machine's own, `/etc/apt/sources.list` and what is in `sources.list.d`.
    public init(ofMachine folder: FilePath = "/etc/apt") throws {
        let top = try Folder(opening: folder)
        let names = ((try? top.folder("sources.list.d").entries().map(\.name)) ?? []).sorted()
        let files =
            ["sources.list"]
            + names.filter { $0.hasSuffix(".list") || $0.hasSuffix(".sources") }
            .map { "sources.list.d/\($0)" }
        entries = files.flatMap { name in
            let bytes = try? top.openFile(name).readAll(limit: 1 << 20)
            return AptSources(String(decoding: bytes ?? [], as: UTF8.self)).entries
        }
    }

    /// What of them serves a suite: entries for the suite itself, its updates and its security fixes, all with the keys of
    /// the first, as others may call a suite of theirs the same. A suite that the machine does not use is looked for on the
    /// mirror that the machine uses first.
    public func serving(_ suite: SuiteName) -> AptSources {
        let wanted = [suite.text, "\(suite)-updates", "\(suite)-security"]
        let binary = entries.filter { $0.types.contains("deb") }
        let serving = binary.compactMap { entry -> AptSource? in
            var entry = entry
            entry.suites = entry.suites.filter { wanted.contains($0) }
            return entry.suites.isEmpty ? nil : entry
        }
        if let own = serving.first(where: { $0.suites.contains(suite.text) }) {
            return AptSources(entries: serving.filter { $0.keys == own.keys })
        }
        guard var first = binary.first else { return AptSources(entries: []) }
        (first.suites, first.addresses) = ([suite.text], Array(first.addresses.prefix(1)))
        return AptSources(entries: [first])
    }

    /// Without the options by which the machine takes what nobody has signed, or what is signed by a weak key.
    var signed: AptSources {
        AptSources(
            entries: entries.map { entry in
                var entry = entry
                entry.options.removeAll { Self.trusting.contains($0.name.lowercased()) }
                return entry
            })
    }

    private static let trusting = ["trusted", "allow-insecure", "allow-weak", "allow-downgrade-to-insecure"]

    /// deb822 text of one type, `deb` or `deb-src`.
    public func text(of type: String) -> String {
        entries.map { $0.paragraph(type).serialized() }.joined(separator: "\n")
    }
}
