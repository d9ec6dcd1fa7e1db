public import ArchiveModel
public import Catalog
internal import DebianControl

/// What is said of a PPA, when it is made and later: the fields that `create-ppa`, `change-ppa` and `slipway archive` share.
public enum PPASettings {
    public static let fields: [ActionForm.Field] = [
        .optional("Description", "one line", "For whoever finds it."),
        .optional(
            "Architectures", "names as dpkg uses them",
            "Which of the suites' architectures are built and published; without it all of them. One with packages stays until they are removed."
        ),
        .optional(
            "Components", "components of the suites",
            "Everything is published in one; in several, each source in that of its section. Without it `main`."),
        .optional(
            "Uploaders", uploaders,
            "Who may upload everything to it, beside its owner, in place of all that was given before: `owner` by itself is nobody else, `everyone` is every registered person, a fingerprint is whoever has the key, with that key alone."
        ),
        .optional(
            "Autobuild", "yes or no",
            "`no`: nothing is built before somebody asks for it with `retry-build`. Without it `yes`."),
        .optional("New", "yes or no", "`yes`: sources and packages that it never had wait in NEW."),
        .optional(
            "Binaries", "yes or no",
            "`no`: people upload sources only. `yes`, packages as well, is an admin's to say."),
        .optional(
            "Announce", "a mail address, or none",
            "Who is told of what it accepts, beside the signer. An owner may name their own address, a list an admin."),
        .optional(
            "Newer-Than", "a suite of the distribution, or none",
            "Its versions are higher than the highest that this suite has, where it has the source: by the service's own primary archive, or else by the mirror of the suite's base."
        ),
        .optional("Older-Than", "a suite of the distribution, or none", "The same, lower."),
        .optional(
            "Name-In-Version", "yes or no",
            "`yes`: versions contain the PPA's name (`1.0-1~ppa-tools1`, or with `.` for `-`), so that they are told from the base's."
        ),
        .optional(
            "On-Newer", NewerInBaseAction.allCases.map(\.rawValue).joined(separator: ", "),
            "What is done about a source that the base of its suite has in a newer version: the service's own primary archive where that has the source there, else the mirror. Without it `tell`."
        ),
        .optional(
            "Rebuilds", RebuildMethod.allCases.map(\.rawValue).joined(separator: " or "),
            "What `rebuild` makes: `binary`, packages of the version `VERSION+bN` from the same source; `source`, a new source of the version `VERSION+buildN`, and all of its packages. Without it `binary`."
        ),
    ]

    /// What is said when it is made in a field of its own, and changed like the rest.
    public static let laterFields: [ActionForm.Field] =
        [
            .optional(
                "Suites", "suites: \(SuiteKind.rule)",
                "All that it has from now on, of the distribution's. One that is new has the architectures of the others; one that is not named is taken away, when nothing is published in it, waits for it or is built for it, and no other PPA of the owner's draws on it there."
            )
        ] + fields

    static let uploaders = "owner, everyone, or people, teams and fingerprints of keys"

    static func read(_ fields: inout FieldCheck) -> ArchiveSettings {
        var settings = ArchiveSettings()
        settings.description = fields.value("Description", \.oneLine)
        settings.architectures = fields.words("Architectures", Architecture.init)
        settings.components = fields.words("Components", ComponentName.init)
        settings.uploaders = fields.uploaders("Uploaders")
        settings.buildsByItself = fields.truth("Autobuild")
        settings.hasNew = fields.truth("New")
        settings.takesBinaries = fields.truth("Binaries")
        settings.announce = fields.value("Announce", ArchiveSettings.Announce.init)
        settings.newerThan = fields.value("Newer-Than", ArchiveSettings.Bound.init)
        settings.olderThan = fields.value("Older-Than", ArchiveSettings.Bound.init)
        settings.needsName = fields.truth("Name-In-Version")
        settings.newerInBase = fields.value("On-Newer") { NewerInBaseAction(rawValue: $0.lowercased()) }
        settings.rebuilds = fields.value("Rebuilds") { RebuildMethod(rawValue: $0.lowercased()) }
        return settings
    }

    static func readLater(_ fields: inout FieldCheck) -> ArchiveSettings {
        var settings = read(&fields)
        settings.suites = fields.words("Suites", SuiteName.init)
        return settings
    }

    /// Reads the fields as an admin writes them on a command line.
    /// - Parameters:
    ///   - words: each `Field=value`.
    ///   - isLater: the archive is there.
    public static func read(words: [String], isLater: Bool = false) -> Result<ArchiveSettings, Refused> {
        var paragraph = ControlParagraph()
        for word in words {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            paragraph[String(parts[0])] = parts.count == 2 ? String(parts[1]) : ""
        }
        var check = FieldCheck(paragraph, fields: isLater ? laterFields : fields)
        let settings = isLater ? readLater(&check) : read(&check)
        return check.findings.isEmpty ? .success(settings) : .failure(Refused(findings: check.findings))
    }

    public struct Refused: Error {
        public let findings: [Finding]
    }

    /// What keeps them from holding in the distribution, whoever says them.
    /// - Parameter suites: of the PPA.
    public static func findings(
        _ settings: ArchiveSettings, distribution: DistributionName, suites: [SuiteName], in catalog: Catalog
    ) async throws -> [Finding] {
        let known = try await catalog.suites().filter { $0.distribution == distribution }
        let own = known.filter { suites.contains($0.name) }
        return boundFindings(settings, distribution, known) + componentFindings(settings, own)
            + architectureFindings(settings, own) + (try await uploaderFindings(settings.uploaders, in: catalog))
    }

    private static func boundFindings(
        _ settings: ArchiveSettings, _ distribution: DistributionName, _ known: [SuiteDescription]
    ) -> [Finding] {
        [("Newer-Than", settings.newerThan), ("Older-Than", settings.olderThan)].compactMap { field, bound in
            guard case .suite(let name)? = bound, !known.contains(where: { $0.name == name }) else { return nil }
            return ActionCheck.noSuite(name, in: distribution.text, has: known.map(\.name), field: field)
        }
    }

    private static func componentFindings(_ settings: ArchiveSettings, _ suites: [SuiteDescription]) -> [Finding] {
        (settings.components ?? []).compactMap { component in
            guard let suite = suites.first(where: { !$0.components.contains(component) }) else { return nil }
            return Finding(
                .unknownComponent, "\(suite.name) has no component \(component).", field: "Components",
                expected: suite.components.map(\.text).joined(separator: " "), got: component.text)
        }
    }

    private static func architectureFindings(_ settings: ArchiveSettings, _ suites: [SuiteDescription]) -> [Finding] {
        suites.flatMap { suite in
            (settings.architectures ?? []).filter { !suite.architectures.contains($0) }.map { architecture in
                Finding(
                    .noArchitecture, "\(suite.name) has no architecture \(architecture).", field: "Architectures",
                    expected: suite.architectures.map(\.description).joined(separator: " "), got: "\(architecture)")
            }
        }
    }

    static func uploaderFindings(_ uploaders: Uploaders?, in catalog: Catalog) async throws -> [Finding] {
        guard case .these(let these)? = uploaders else { return [] }
        var findings: [Finding] = []
        for uploader in these {
            switch uploader {
            case .owner(let name) where try await !catalog.ownerExists(name):
                findings.append(ActionCheck.noPerson(name, field: "Uploaders"))
            case .key(let key):
                if case .person = try await catalog.signer(key) { continue }
                findings.append(
                    Finding(
                        .noPerson, "The key \(key) is registered for nobody.", field: "Uploaders", got: key.text))
            case .owner: continue
            }
        }
        return findings
    }

    /// What only an admin may say.
    static func adminFindings(_ settings: ArchiveSettings, by person: Person, of kind: ArchiveKind = .ppa) -> [Finding]
    {
        let components = kind == .external && settings.components != nil
        let unknown = Finding(.notPossible, "External archives know no components.", field: "Components")
        guard !person.isAdmin else { return components ? [unknown] : [] }
        let announcesTo: MailAddress? = if case .to(let address)? = settings.announce { address } else { nil }
        return [
            components ? unknown : nil,
            settings.takesBinaries == true && kind != .external ? adminsOnly("Binaries", "yes") : nil,
            announcesTo.flatMap { $0.address == person.mail.address ? nil : adminsOnly("Announce", $0.address) },
        ].compactMap(\.self)
    }

    static func adminsOnly(_ field: String, _ got: String) -> Finding {
        Finding(
            .noRight, "\(field): \(got) is for an admin to say.", field: field, got: got,
            remedy: "Ask an admin, and leave the field out.")
    }
}

extension ArchiveSettings.Announce {
    fileprivate init?(_ text: String) {
        if text.lowercased() == "none" {
            self = .nobody
        } else if let address = MailAddress(text) {
            self = .to(address)
        } else {
            return nil
        }
    }
}

extension ArchiveSettings.Bound {
    fileprivate init?(_ text: String) {
        if text.lowercased() == "none" {
            self = .nothing
        } else if let suite = SuiteName(text) {
            self = .suite(suite)
        } else {
            return nil
        }
    }
}

extension FieldCheck {
    /// Forty or sixty-four hexadecimal digits are a key's.
    mutating func uploaders(_ name: String) -> Uploaders? {
        switch peek(name)?.lowercased() {
        case "owner": return .these([])
        case "everyone": return .everyone
        default:
            return words(name) { word in
                Fingerprint(word).map(Uploader.key) ?? OwnerName(word).map(Uploader.owner)
            }.map(Uploaders.these)
        }
    }
}
