internal import Commands

/// The part of docs/commands.md that the declarations of the actions make.
enum ActionManual {
    static func markdown(_ forms: [ActionForm]) -> String { forms.map(section).joined(separator: "\n\n") }

    /// A text that does them all, as etc/commands has one of each; its header is for a service of the documentation.
    static func example(_ forms: [ActionForm]) -> String {
        (["Archive: ppa.example.org\n"] + forms.map(\.exampleParagraph)).joined(separator: "\n")
    }

    /// The table of the header's fields.
    static var header: String { table(CommandRules.header) }

    private static func section(_ form: ActionForm) -> String {
        """
        ### `\(form.name)`

        \(form.purpose)

        Signed by: \(form.who)

        \(table(form.fields))

        ```
        \(form.exampleParagraph)```
        """
    }

    private static func table(_ fields: [ActionForm.Field]) -> String {
        let rows = fields.map {
            "| `\($0.name)`\($0.isRequired ? ", required" : "") | \(cell($0.shape)) | \(cell($0.meaning)) |"
        }
        return (["| field | value | |", "|---|---|---|"] + rows).joined(separator: "\n")
    }

    private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
