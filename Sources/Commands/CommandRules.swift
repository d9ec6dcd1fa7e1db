internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import OpenPGP

/// The rules of the frame: which service, how old, who, and how much (docs/trust.md, "Signed commands").
public struct CommandRules: Sendable {
    /// This service's name: a command for another host is refused.
    public var serviceName: String
    /// Seconds a signature stays good: a day lets mail be slow.
    public var goodFor: Int64
    /// Paragraphs after the header; a file of thousands is a mistake or an attack.
    public var sectionLimit: Int

    public init(serviceName: String, goodFor: Int64 = 86_400, sectionLimit: Int = 500) {
        self.serviceName = serviceName
        self.goodFor = goodFor
        self.sectionLimit = sectionLimit
    }

    /// What the frame of a text says.
    struct Reading {
        var person: Person?
        var isDryRun = false
        var findings: [Finding] = []
        var sections: [ControlParagraph] = []
    }

    func read(_ text: VerifiedText, signer: Signer?, now: Int64) -> Reading {
        var reading = Reading()
        (reading.person, reading.findings) = person(signer)
        reading.findings += age(text, now: now)
        do throws(ControlSyntaxError) {
            let paragraphs = try ControlParagraph.paragraphs(in: text.text)
            read(paragraphs, into: &reading)
        } catch {
            reading.findings.append(
                Finding("unreadable", "Line \(error.line) cannot be read: \(error.mistake).", remedy: Self.formRemedy))
        }
        return reading
    }

    private static let formRemedy =
        "Write deb822 paragraphs: a header with Archive, then one paragraph for each Action."

    private func person(_ signer: Signer?) -> (Person?, [Finding]) {
        switch signer {
        case .person(let person, isKeyBlocked: false) where !person.isBlocked: (person, [])
        case .person:
            (nil, [Finding("signer-blocked", "The signer, or this key, is blocked here.", remedy: "Ask the admin.")])
        case .builder, nil:
            (nil, [Finding("signer-unknown", "The signing key belongs to no person registered here.")])
        }
    }

    private func age(_ text: VerifiedText, now: Int64) -> [Finding] {
        guard now - text.signedAt > goodFor else { return [] }
        return [
            Finding(
                "signature-too-old", "The signature is \((now - text.signedAt) / 3600) hours old.",
                expected: "at most \(goodFor / 3600) hours", remedy: "Sign the commands again and send them.")
        ]
    }

    private func read(_ paragraphs: [ControlParagraph], into reading: inout Reading) {
        guard let header = paragraphs.first else {
            reading.findings.append(Finding("empty", "The text holds no command.", remedy: Self.formRemedy))
            return
        }
        reading.findings += Self.headerFindings(header, serviceName: serviceName)
        reading.isDryRun = header["Dry-Run"]?.lowercased() == "yes"
        reading.sections = Array(paragraphs.dropFirst().prefix(sectionLimit))
        if paragraphs.count - 1 > sectionLimit {
            reading.findings.append(
                Finding(
                    "too-many-paragraphs", "There are \(paragraphs.count - 1) actions.",
                    expected: "at most \(sectionLimit)",
                    remedy: "Send them in several files."))
        }
        if paragraphs.count == 1 {
            reading.findings.append(Finding("no-action", "No paragraph with an Action follows the header."))
        }
    }

    private static func headerFindings(_ header: ControlParagraph, serviceName: String) -> [Finding] {
        var findings = FieldCheck(header, known: ["Archive", "Uploader", "Cc", "Dry-Run"]).unknownFields
        if header["Commands"] != nil {
            findings = [
                Finding(
                    "no-queue-commands", "Commands of the upload queue (rm, cancel, reschedule) are not taken here.",
                    field: "Commands", remedy: "Use paragraphs with an Action.")
            ]
        }
        guard header["Archive"] != serviceName else { return findings }
        let finding = Finding(
            "other-service", "The commands are not for this service.", field: "Archive", expected: serviceName,
            got: header["Archive"], remedy: "Write \"Archive: \(serviceName)\" in the first paragraph.")
        return findings + [finding]
    }
}
