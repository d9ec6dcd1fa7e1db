internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import OpenPGP

/// Commands, by file or by mail: verified here, carried out behind the door.
struct CommandExamination: Sendable {
    let signatures: SignatureExamination
    /// Nil where no commands are taken.
    let door: CommandDoor?

    /// A command file of a session.
    func examine(_ received: ReceivedText) async throws -> Examined {
        do {
            let name = received.path.name
            let (text, signer) = try await signatures.signedText(received.bytes, file: name)
            let commands = SignedCommands(
                text: text, commands: text.text, title: name.description,
                origin: "session \(received.session.name)/\(received.path)", place: received.place, answers: nil,
                received: received.received)
            return try await carryOut(commands, signer, file: name)
        } catch let early as EarlyVerdict {
            return early.examined
        }
    }

    func carryOut(_ commands: SignedCommands, _ signer: Signer, file: FileName) async throws -> Examined {
        guard case .person(let person, _) = signer else {
            throw EarlyVerdict(.ignored, [Finding(.unknownKey(commands.text.signer.text), file: file)])
        }
        guard let door else {
            let finding = Finding(.noCommands, "Commands are not taken here.", file: file.description)
            throw EarlyVerdict(.rejected, [finding], signer: person)
        }
        return Examined(try await door(commands), title: commands.title, signer: person)
    }
}

extension Examined {
    /// What the session says of commands; the mail is queued by whoever carried them out.
    init(_ report: CommandReport, title: String, signer: Person) {
        let findings = report.findings + report.results.flatMap(\.findings)
        self.init(Verdict(report.isDone ? .accepted : .rejected, findings: findings, package: title), signer: signer)
        next = report.results.flatMap(\.sentences).map(\.printable)
        isAnsweredElsewhere = true
    }
}
