internal import ArchiveModel
internal import DebianControl
internal import OpenPGP

extension Finding {
    /// A field's mistake in words.
    init(_ mistake: FieldMistake, file: FileName) {
        let place = mistake.line.map { " (line \($0))" } ?? ""
        let got = mistake.got.map { ", got \"\($0.printable)\"" } ?? ""
        self.init(
            rule: mistake.kind, "\(mistake.field)\(place): expected \(mistake.expected)\(got).".printable,
            file: file.description, field: mistake.field, expected: mistake.expected.printable,
            got: mistake.got?.printable, remedy: "Mend it, build the package again and sign it.")
    }

    init(_ error: ControlSyntaxError, file: FileName) {
        self.init(
            rule: MistakeKind.syntax, "Line \(error.line): \(error.mistake).".printable, file: file.description,
            remedy: "Build the package again with dpkg-buildpackage -S.")
    }

    init(_ refusal: SignatureRefusal, file: FileName) {
        self.init(rule: refusal.rule, refusal.sentence.printable, file: file.description, remedy: refusal.remedy)
    }
}

extension String {
    /// Without control characters and without those that turn the direction of text: it is shown on terminals and in
    /// mails, where they could make a line look like another.
    var printable: String {
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
