internal import ArchiveModel
internal import Catalog

/// `change-ppa`: what its owner and admins may say of it later.
struct ChangePPA: CommandAction {
    static let form = ActionForm(
        name: "change-ppa",
        purpose: "Changes what is said of a PPA, from now on. What no field names stays as it is.",
        who: "Its owner, in the direction that is stricter; admins in any.",
        fields: [
            .required("Ppa", ActionForm.reference, "The archive."),
            .optional("Description", "one line", "For whoever finds it."),
            .optional(
                "New", "yes or no",
                "`yes`: sources and packages that it never had wait in NEW. `no` is an admin's to say."),
            .optional(
                "Binaries", "yes or no",
                "`no`: people upload sources only. `yes`, packages as well, is an admin's to say."),
            .optional(
                "Announce", "a mail address, or none",
                "Who is told of what it accepts, beside the signer. An owner may name their own address, a list an admin."
            ),
        ],
        example: """
            Ppa: ~alice/debian/tools
            Description: Tools that Alice needs every day
            New: yes
            """,
        read: { ChangePPA(&$0) })

    private let archive: ArchiveReference
    private let settings: ArchiveSettings

    private init?(_ fields: inout FieldCheck) {
        let archive = fields.value("Ppa", ArchiveReference.init(owned:))
        let description = fields.value("Description", \.oneLine)
        let (hasNew, takesBinaries) = (fields.truth("New"), fields.truth("Binaries"))
        let announce = fields.value("Announce", ArchiveSettings.Announce.init)
        settings = ArchiveSettings(
            description: description, hasNew: hasNew, takesBinaries: takesBinaries, announce: announce)
        fields.requireOne(of: ["Description", "New", "Binaries", "Announce"])
        guard let archive else { return nil }
        self.archive = archive
    }

    func findings(_ check: ActionCheck) async throws -> [Finding] {
        guard try await check.catalog.archive(archive) != nil else {
            return [ActionCheck.noArchive(archive, field: "Ppa")]
        }
        let findings = try await check.rulerFindings(archive, field: "Ppa")
        guard findings.isEmpty, !check.person.isAdmin else { return findings }
        let announcesTo: MailAddress? = if case .to(let address)? = settings.announce { address } else { nil }
        return [
            settings.hasNew == false ? adminsOnly("New", "no") : nil,
            settings.takesBinaries == true ? adminsOnly("Binaries", "yes") : nil,
            announcesTo.flatMap {
                $0.address == check.person.mail.address ? nil : adminsOnly("Announce", $0.address)
            },
        ].compactMap(\.self)
    }

    func effect(_ scene: ActionScene) async throws -> CommandEffect { .change(archive, settings) }

    private func adminsOnly(_ field: String, _ got: String) -> Finding {
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
