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
