internal import FTPProtocol

/// Addresses and networks that are not let in: one on a line, `192.0.2.7` or `2001:db8::/32`, with comments after `#`.
struct BanList: Sendable {
    /// A line that is neither address nor network; the others hold.
    struct Mistake: Equatable {
        let line: Int
        let text: String
    }

    private struct Network {
        let bytes: [UInt8]
        /// In bits.
        let length: Int

        func contains(_ address: [UInt8]) -> Bool {
            guard address.count == bytes.count else { return false }
            let (whole, rest) = (length / 8, length % 8)
            guard address[..<whole] == bytes[..<whole] else { return false }
            return rest == 0 || (address[whole] ^ bytes[whole]) >> (8 - UInt8(rest)) == 0
        }
    }

    private var networks: [Network] = []
    private(set) var mistakes: [Mistake] = []

    init() {}

    init(_ text: String) {
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let entry = line.prefix { $0 != "#" }.filter { !$0.isWhitespace }
            guard !entry.isEmpty else { continue }
            if let network = Self.network(entry) {
                networks.append(network)
            } else {
                mistakes.append(Mistake(line: number + 1, text: entry))
            }
        }
    }

    var count: Int { networks.count }

    func contains(_ address: NetworkAddress) -> Bool {
        networks.contains { $0.contains(address.bytes) }
    }

    private static func network(_ text: String) -> Network? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2, let address = NetworkAddress(parts[0]) else { return nil }
        let bits = address.bytes.count * 8
        guard parts.count == 2 else { return Network(bytes: address.bytes, length: bits) }
        guard let length = Int(parts[1]), (0...bits).contains(length) else { return nil }
        return Network(bytes: address.bytes, length: length)
    }
}
