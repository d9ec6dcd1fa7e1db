public import ArchiveModel

/// Where bounces of one mail go (variable envelope return path): `slipway+17.5f3a…@ppa.example.org`, of which mail 17 is known,
/// and a word that only those know whom it was sent to, so that nobody else can write a bounce of it.
public struct EnvelopeSender: Sendable, Hashable {
    public let mail: Int64
    /// Letters and digits.
    public let token: String

    init(mail: Int64, token: String) {
        self.mail = mail
        self.token = token
    }

    /// Reads the detail of an address, whatever stands before it.
    public init?(_ address: MailAddress) {
        guard let detail = address.address.split(separator: "@").first?.split(separator: "+").last else { return nil }
        let parts = detail.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let mail = Int64(parts[0]), mail > 0, parts[1].count == Self.tokenLength,
            parts[1].utf8.allSatisfy({ Self.letters.utf8.contains($0) }), address.address.contains("+")
        else { return nil }
        self.mail = mail
        token = String(parts[1])
    }

    /// The address of the settings with the detail.
    func address(in sender: MailAddress) -> String {
        let parts = sender.address.split(separator: "@")
        return "\(parts[0])+\(mail).\(token)@\(parts[1])"
    }

    private static let letters = "0123456789abcdefghjkmnpqrstvwxyz"
    /// 80 bits: nobody guesses it.
    private static let tokenLength = 16

    static func newToken() -> String {
        String((0..<tokenLength).map { _ in letters.randomElement() ?? "0" })
    }
}
