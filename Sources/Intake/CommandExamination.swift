internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import OpenPGP

/// A command file of a session: verified here, carried out behind the door.
struct CommandExamination: Sendable {
    let signatures: SignatureExamination
    /// Nil where no commands are taken.
    let door: CommandDoor?

    func examine(_ received: ReceivedText) async throws -> Examined {
        do {
            let (text, signer) = try await signatures.signedText(received.bytes, file: received.path.name)
            return try await carryOut(text, signer, received)
        } catch let early as EarlyVerdict {
            return early.examined
        }
    }

    private func carryOut(_ text: VerifiedText, _ signer: Signer, _ received: ReceivedText) async throws -> Examined {
        let name = received.path.name.description
        guard case .person(let person, _) = signer else {
            throw EarlyVerdict(.ignored, [Finding(.unknownKey(text.signer.text), file: received.path.name)])
        }
        guard let door else {
            let finding = Finding("no-commands", "Commands are not taken here.", file: name)
            throw EarlyVerdict(.rejected, [finding], signer: person)
        }
        let origin = "session \(received.session.name)/\(received.path)"
        let report = try await door(
            SignedCommands(text: text, title: name, origin: origin, answers: nil, received: received.received))
        return Examined(report, title: name, signer: person)
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
