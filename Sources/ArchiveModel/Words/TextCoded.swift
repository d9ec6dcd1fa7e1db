/// A value stored as its text in JSON: in the catalog, and on the verdict socket.
public protocol TextCoded: Codable, CustomStringConvertible {
    /// Reads what `description` gives; `nil` for what is no such value.
    init?(_ text: String)
}

extension TextCoded {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Self(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\"\(text)\" is no \(Self.self)")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
