/// One paragraph of a control file (Policy 5.1, deb822): fields in their order, names compared without case.
public struct ControlParagraph: Sendable, Equatable {
    public struct Field: Sendable, Equatable {
        public let name: String
        /// The folded lines joined by "\n", each without the one blank that marks it as continued. The first line is
        /// empty where the value starts below the name; a line of one dot stands for an empty line.
        public let value: String
        /// Where the field starts in the parsed text, from 1; 0 for a field that was set and not parsed.
        public let line: Int
    }

    public var fields: [Field] = []

    public init() {}

    /// Nil where there is no such field. Setting replaces the value in its place or appends; nil removes the field.
    ///
    /// The name set has to be a field name (`isFieldName`): it is ours, never a stranger's.
    public subscript(_ name: String) -> String? {
        get { field(name)?.value }
        set {
            guard let newValue else { return fields.removeAll { $0.name.equalsIgnoringCase(name) } }
            precondition(Self.isFieldName(name), "\(name) is not a field name")
            set(name, to: newValue)
        }
    }

    /// The line the field starts at, from 1.
    public func line(of name: String) -> Int? { field(name)?.line }

    /// Printable ASCII without blank and colon, and not like a comment or the armour of a signature (Policy 5.1).
    public static func isFieldName(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, first != UInt8(ascii: "#"), first != UInt8(ascii: "-") else { return false }
        return text.utf8.allSatisfy { 0x21...0x7E ~= $0 && $0 != UInt8(ascii: ":") }
    }

    func field(_ name: String) -> Field? { fields.first { $0.name.equalsIgnoringCase(name) } }

    private mutating func set(_ name: String, to value: String) {
        if let place = fields.firstIndex(where: { $0.name.equalsIgnoringCase(name) }) {
            fields[place] = Field(name: fields[place].name, value: value, line: fields[place].line)
        } else {
            fields.append(Field(name: name, value: value, line: 0))
        }
    }
}
