public import ArchiveModel
internal import Catalog
internal import DebianControl
internal import OpenPGP

/// `add-key`: another key of the signer's own, which proves itself that it is theirs.
struct AddKey: CommandAction {
    static let form = ActionForm(
        name: "add-key",
        purpose: """
            Registers another key of the signer's. The new key proves that its owner wants this: with a signature over one line that \
            names the service, the person and the key. `slipway command key-proof alice FINGERPRINT --service ppa.example.org` \
            writes the paragraph; by hand the proof is made with \
            `echo "add-key ppa.example.org alice FINGERPRINT" | gpg --local-user FINGERPRINT --armor --detach-sign`. In the two \
            fields each line begins with a blank, and a line that would be empty is a dot.
            """,
        who: "The person, with a key that is registered and not blocked.",
        fields: [
            .required(
                "Key", "an armored public key", "What `gpg --armor --export-options export-minimal --export` prints."),
            .required("Proof", "an armored detached signature", "By that key."),
            .optional("Reason", "why", "For those who read the log."),
        ],
        example: """
            Key:
             -----BEGIN PGP PUBLIC KEY BLOCK-----
             .
             mDMEZz0AABYJKwYBBAHaRw8BAQdA…
             -----END PGP PUBLIC KEY BLOCK-----
            Proof:
             -----BEGIN PGP SIGNATURE-----
             .
             iHUEABYKAB0WIQ…
             -----END PGP SIGNATURE-----
            """,
        read: { AddKey(&$0) })

    private static let desk = OfferedKeys()

    /// As it came.
    let key: [UInt8]
    private let proof: [UInt8]

    private init?(_ fields: inout FieldCheck) {
        let key = fields.value("Key") { Self.block("PUBLIC KEY BLOCK", $0) }
        let proof = fields.value("Proof") { Self.block("SIGNATURE", $0) }
        _ = fields.text("Reason")
        guard let key, let proof else { return nil }
        (self.key, self.proof) = (key, proof)
    }

    /// One armored block, out of a field: without the blanks, and dots, that keep its lines in there (Policy 5.6.13).
    private static func block(_ kind: String, _ text: String) -> [UInt8]? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let line = line.trimming(while: \.isWhitespace)
            return line == "." ? "" : line
        }
        guard lines.first == "-----BEGIN PGP \(kind)-----", lines.last == "-----END PGP \(kind)-----" else {
            return nil
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    func findings(_ check: ActionCheck) async throws -> [Finding] {
        guard let service = check.service else { return [] }
        if let finding = try await tooMany(check) { return [finding] }
        do {
            let offered = try await examine(service, check.person)
            guard try await check.catalog.signer(offered.fingerprint) != nil else { return [] }
            return [
                Finding(
                    .keyTaken, "The key \(offered.fingerprint) is registered already.", field: "Key",
                    got: offered.fingerprint.text, remedy: "A key is registered once; one that was revoked stays so.")
            ]
        } catch let refusal as OfferedKeyRefusal {
            return [
                Finding(
                    refusal.isOfProof ? .proofWrong : .keyUnusable, refusal.sentence,
                    field: refusal.isOfProof ? "Proof" : "Key",
                    remedy: refusal.remedy ?? Self.remedy(service, check.person))
            ]
        }
    }

    private func tooMany(_ check: ActionCheck) async throws -> Finding? {
        let (person, limits) = (check.person, check.rules.keys)
        let count = try await check.catalog.keyCount(of: person, now: check.now)
        if count.acting >= limits.acting {
            return Finding(
                .tooManyKeys, "\(person.name) has \(count.acting) keys already.", field: "Key",
                expected: "at most \(limits.acting)", remedy: "Revoke one that is not used any more (revoke-key).")
        }
        guard count.ofDay >= limits.aDay else { return nil }
        return Finding(
            .tooManyKeys, "\(person.name) has added \(count.ofDay) keys within a day.", field: "Key",
            expected: "at most \(limits.aDay) a day", remedy: "Add it tomorrow, or ask an admin.")
    }

    /// gpg looks at it, and the keyring is copied for it.
    func changes(_ catalog: Catalog?) -> Int { 50 }

    func effect(_ scene: ActionScene) async throws -> CommandEffect {
        let offered = try await examine(scene.service, scene.person)
        return .addKey(
            offered.fingerprint, key, to: scene.person, signedBy: scene.key, limits: scene.rules.keys)
    }

    private func examine(_ service: String, _ person: Person) async throws -> ImportedKey {
        try await Self.desk.examine(key, proof: proof) {
            ActionForm.keyProof(service: service, person: person.name, key: $0)
        }
    }

    private static func remedy(_ service: String, _ person: Person) -> String {
        "The proof is made with: echo \"add-key \(service) \(person.name) FINGERPRINT\" | gpg --local-user FINGERPRINT --armor --detach-sign"
    }
}

extension ActionForm {
    /// The text that the proof of `add-key` is over.
    public static func keyProof(service: String, person: OwnerName, key: Fingerprint) -> String {
        "add-key \(service) \(person) \(key)\n"
    }

    /// A paragraph `add-key` with these armored blocks.
    public static func addKeyParagraph(key: String, proof: String) -> String {
        var paragraph = ControlParagraph()
        paragraph["Action"] = AddKey.form.name
        for (field, block) in [("Key", key), ("Proof", proof)] {
            paragraph[field] = "\n" + String(block.trimming(while: \.isNewline))
        }
        return paragraph.serialized()
    }
}

extension StringProtocol {
    fileprivate func trimming(while isTrimmed: (Character) -> Bool) -> String {
        var rest = drop(while: isTrimmed)
        while let last = rest.last, isTrimmed(last) { rest.removeLast() }
        return String(rest)
    }
}
