internal import ArchiveModel
internal import Catalog

/// `revoke-key`, `block-key` and `unblock-key`: what a key signs from now on.
struct KeyCommand: CommandAction {
    private enum Act: String {
        case revoke = "revoke-key"
        case block = "block-key"
        case unblock = "unblock-key"
    }

    private static let touched = "The answer lists what the key has signed here."

    static let forms = [
        form(
            .revoke,
            "When a key of one's own may be in other hands: nothing that it signs acts here any more, by whichever door. \(touched)",
            "The key's owner, with any of their keys."),
        form(
            .block,
            "The same for anybody's key, and for a builder's: its results are refused, and its builds are wanted again. \(touched)",
            "Admins."),
        form(.unblock, "What the key signs acts again; what was refused meanwhile is sent anew.", "Admins."),
    ]

    private static func form(_ act: Act, _ purpose: String, _ who: String) -> ActionForm {
        ActionForm(
            name: act.rawValue, purpose: purpose, who: who,
            fields: [
                .required(
                    "Key", "40 or 64 hexadecimal digits", "The primary key's fingerprint; blanks in it are left out."),
                .required("Reason", "why", "For those who read the log."),
            ],
            example: "Key: 0123456789ABCDEF0123456789ABCDEF01234567\nReason: the laptop was stolen",
            read: { KeyCommand(&$0) })
    }

    private let act: Act
    private let key: Fingerprint

    private init?(_ fields: inout FieldCheck) {
        let key = fields.value("Key") { Fingerprint($0.filter { !$0.isWhitespace }) }
        _ = fields.text("Reason")
        guard let key, let act = Act(rawValue: fields.action) else { return nil }
        (self.act, self.key) = (act, key)
    }

    /// Whose key it is, is told to nobody who has no right.
    func findings(_ check: ActionCheck) async throws -> [Finding] {
        let signer = try await check.catalog.signer(key)
        let owner: Person? = if case .person(let person, _)? = signer { person } else { nil }
        guard check.person.isAdmin || (act == .revoke && owner?.id == check.person.id) else {
            return [
                Finding(
                    .noRight, "\(check.person.name) may not do this with the key \(key).", field: "Key", got: key.text,
                    remedy: "Its owner may revoke it; an admin may do all.")
            ]
        }
        guard signer == nil else { return [] }
        return [Finding(.noPerson, "The key \(key) is registered for nobody.", field: "Key", got: key.text)]
    }

    func changes(_ catalog: Catalog?) -> Int { 1 }

    func effect(_ scene: ActionScene) async throws -> CommandEffect {
        let effect = CommandEffect.setBlocked(act != .unblock, key: key)
        return act == .revoke ? effect : effect.by(scene.person, as: .admin)
    }
}
