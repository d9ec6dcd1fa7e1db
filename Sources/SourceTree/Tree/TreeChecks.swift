internal import ArchiveModel
internal import DebianControl
internal import DurableFiles
internal import SystemPackage

/// Looks at the files of an unpacked tree that say what the package is. No link in the tree is followed.
struct TreeChecks {
    let source: SourceToUnpack
    /// The bytes of a file, by its path in the tree and how many it may have.
    let bytes: (_ path: String, _ limit: Int) throws(FileFailure) -> [UInt8]

    init(
        source: SourceToUnpack, bytes: @escaping (_ path: String, _ limit: Int) throws(FileFailure) -> [UInt8]
    ) {
        (self.source, self.bytes) = (source, bytes)
    }

    init(source: SourceToUnpack, tree: Folder) {
        self.init(source: source) { path, limit throws(FileFailure) in
            try tree.openFile(path).readAll(limit: limit)
        }
    }

    /// Bytes of one of them: the longest changelogs have some 3 MiB.
    private static let fileLimit = 10 << 20

    /// Throws where it is the machine that cannot read.
    func findings() throws(FileFailure) -> [Finding] { try changelog() + control() + copyright() }

    /// `debian/upstream/signing-key.asc`; nil where there is none that can be read.
    func upstreamKeys() throws(FileFailure) -> [UInt8]? {
        guard case .read(let text) = try read("debian/upstream/signing-key.asc") else { return nil }
        return Array(text.utf8)
    }

    private enum Text {
        case read(String)
        case missing
        case refused(Finding)
    }

    private func changelog() throws(FileFailure) -> [Finding] {
        switch try read("debian/changelog") {
        case .refused(let finding): return [finding]
        case .missing: return [missing(.changelogMissing, "debian/changelog")]
        case .read(let text):
            guard let heading = ChangelogHeading(firstIn: text) else {
                return [
                    Finding(
                        rule: TreeRule.changelogUnreadable, "Its first line is not the heading of an entry.",
                        file: "debian/changelog", expected: "name (version) distribution; urgency=…",
                        remedy: "Write entries with dch.")
                ]
            }
            return disagreements(of: heading)
        }
    }

    private func disagreements(of heading: ChangelogHeading) -> [Finding] {
        let control = source.control
        var findings: [Finding] = []
        if heading.source != control.source.description {
            findings.append(disagrees("Source", control.source.description, heading.source))
        }
        if heading.version != control.version.description {
            findings.append(disagrees("Version", control.version.description, heading.version))
        }
        if heading.distributions != source.distribution {
            findings.append(
                disagrees(
                    "Distribution", source.distribution.joined(separator: " "),
                    heading.distributions.joined(separator: " "), .warning))
        }
        return findings
    }

    private func disagrees(
        _ field: String, _ expected: String, _ got: String, _ severity: Finding.Severity = .error
    ) -> Finding {
        let got = String(got.prefix(200)).printable
        return Finding(
            rule: TreeRule.changelogDisagrees,
            "Its newest entry says \(field) \(got); the upload says \(expected.printable).",
            severity: severity, file: "debian/changelog", field: field, expected: expected.printable, got: got,
            remedy: "Build the package from the tree whose changelog was written for it.")
    }

    private func control() throws(FileFailure) -> [Finding] {
        switch try read("debian/control") {
        case .refused(let finding): return [finding]
        case .missing: return [missing(.controlMissing, "debian/control")]
        case .read(let text):
            do {
                return name(in: try ControlParagraph.paragraphs(in: text))
            } catch {
                return [
                    Finding(
                        rule: TreeRule.controlUnreadable, "Line \(error.line): \(error.mistake).".printable,
                        file: "debian/control",
                        remedy: "Mend it and build again.")
                ]
            }
        }
    }

    private func name(in paragraphs: [ControlParagraph]) -> [Finding] {
        let got = paragraphs.first?["Source"]
        guard got != source.control.source.description else { return [] }
        return [
            Finding(
                rule: TreeRule.controlDisagrees, "Its first paragraph is not that of the source package.",
                file: "debian/control",
                field: "Source", expected: source.control.source.description,
                got: got.map { String($0.prefix(200)).printable }, remedy: "Mend it and build again.")
        ]
    }

    private func copyright() throws(FileFailure) -> [Finding] {
        switch try read("debian/copyright") {
        case .read: return []
        case .refused(let finding): return [finding]
        case .missing:
            return [
                Finding(
                    rule: TreeRule.copyrightMissing, "There is no debian/copyright.", severity: .warning,
                    file: "debian/copyright",
                    remedy: "Say in it who holds the rights, and under which licence (Policy 12.5).")
            ]
        }
    }

    private func missing(_ rule: TreeRule, _ file: String) -> Finding {
        Finding(rule: rule, "There is no \(file).", file: file, remedy: "Add it and build again.")
    }

    /// The package's doing: what it packs, or the mode that a patch of it gives.
    private static let noFile: [FileFailure.Reason] = [
        .notARegularFile, .system(.tooManySymbolicLinkLevels), .system(.improperLink), .system(.notDirectory),
        .system(.permissionDenied),
    ]

    private func read(_ path: String) throws(FileFailure) -> Text {
        do throws(FileFailure) {
            return .read(String(decoding: try bytes(path, Self.fileLimit), as: UTF8.self))
        } catch {
            if error.isMissing { return .missing }
            if case .tooLarge = error.reason {
                return refused(.treeFileTooLarge, path, "It is larger than \(Self.fileLimit) bytes.")
            }
            guard Self.noFile.contains(error.reason) else { throw error }
            return refused(.notAPlainFile, path, "It is a link, or reached by one, or no file that can be read.")
        }
    }

    private func refused(_ rule: TreeRule, _ path: String, _ sentence: String) -> Text {
        .refused(Finding(rule: rule, sentence, file: path, remedy: "Put the file itself there, and build again."))
    }
}
