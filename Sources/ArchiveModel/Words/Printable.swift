extension String {
    /// Without control characters and without those that turn the direction of text: it is shown on terminals and in
    /// mails, where they could make a line look like another.
    public var printable: String {
        guard unicodeScalars.contains(where: \.isHiddenControl) else { return self }
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars { result.append(scalar.isHiddenControl ? "\u{FFFD}" : scalar) }
        return String(result)
    }
}

extension Unicode.Scalar {
    fileprivate var isHiddenControl: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
