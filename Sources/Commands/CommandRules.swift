internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import OpenPGP

/// The rules of the frame: which service, how old, and who (docs/commands.md).
public struct CommandRules: Sendable {
    /// This service's name: a command for another host is refused.
    public var serviceName: String
    /// Seconds a signature stays good: a day lets mail be slow.
    public var goodFor: Int64

    public var actions: ActionRules

    public init(serviceName: String, goodFor: Int64 = 86_400, actions: ActionRules = ActionRules()) {
        self.serviceName = serviceName
        self.goodFor = goodFor
        self.actions = actions
    }

    /// What the frame of a text says.
    struct Reading {
        /// `nil` when the signer is nobody who may command.
        var person: Person?
        var isDryRun = false
        var findings: [Finding] = []
        /// Empty when the form is wrong.
        var sections: [ControlParagraph] = []
        /// The older form; empty in the newer one.
        var queueCommands: [QueueCommand] = []
    }

    /// - Parameters:
    ///   - signedAt, now: Unix seconds.
    func read(_ commands: String, signedAt: Int64, signer: Signer?, now: Int64) -> Reading {
        var reading = Self.read(commands, for: serviceName)
        let (person, findings) = person(signer)
        reading.person = person
        reading.findings = findings + ageFindings(seconds: now - signedAt) + reading.findings
        return reading
    }

    /// What the text says by itself, whoever has signed it.
    /// - Parameter service: nil for whichever.
    static func read(_ commands: String, for service: String?) -> Reading {
        var reading = Reading()
        do throws(ControlMistakes) {
            let file = try CommandFile(parsing: commands)
            reading.isDryRun = file.isDryRun
            reading.sections = file.sections
            reading.queueCommands = file.queueCommands
            reading.findings = serviceFindings(file, service) + contentFindings(file)
        } catch {
            reading.findings = error.mistakes.map { Finding($0, remedy: formRemedy) }
        }
        return reading
    }

    private static let formRemedy =
        "Write a header with Archive, and after an empty line a paragraph with Action for each thing to do."

    private func person(_ signer: Signer?) -> (Person?, [Finding]) {
        switch signer {
        case .person(let person, isKeyBlocked: false) where !person.isBlocked: (person, [])
        case .person:
            (nil, [Finding(.signerBlocked, "The signer, or this key, is blocked here.", remedy: "Ask the admin.")])
        case .builder, nil:
            (nil, [Finding(.signerUnknown, "The signing key belongs to no person registered here.")])
        }
    }

    private func ageFindings(seconds: Int64) -> [Finding] {
        guard seconds > goodFor else { return [] }
        return [
            Finding(
                .signatureTooOld, "The signature is \(seconds / 3600) hours old.",
                expected: "at most \(goodFor / 3600) hours", remedy: "Sign the commands again and send them.")
        ]
    }

    private static func serviceFindings(_ file: CommandFile, _ service: String?) -> [Finding] {
        guard let archive = file.archive, let service, archive != service else { return [] }
        return [
            Finding(
                .otherService, "The commands are not for this service.", field: "Archive", expected: service,
                got: archive, remedy: "Write \"Archive: \(service)\" in the first paragraph.")
        ]
    }

    /// The fields of the first paragraph, which `CommandFile` reads.
    public static let header: [ActionForm.Field] = [
        .required("Archive", "this service's name", "`name` in slipway.yaml. A command for another host is refused."),
        .optional(
            "Dry-Run", "yes or no",
            "`yes`: everything is checked and nothing is done; the answer says what would be."),
        .optional(
            "Uploader", "a name and an address",
            "Taken, as dcut writes it, and not used: who commands is the signer, and the answer goes to them alone."),
        .optional("Cc", "addresses", "The same."),
    ]

    private static func contentFindings(_ file: CommandFile) -> [Finding] {
        switch file.content {
        case .sections:
            FieldCheck(file.header, fields: header).findings
        case .queueCommands(let commands):
            commands.isEmpty
                ? [Finding(rule: MistakeKind.noCommand, "There is no command in it.", field: "Commands")] : []
        }
    }
}
