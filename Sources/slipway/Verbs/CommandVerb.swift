internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import Commands

struct CommandVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "command",
        abstract: "Helps to write texts of commands, which people sign; and shows what they did.",
        discussion: ActionForm.all.map { "  \($0.name): \($0.fields.map(\.name).joined(separator: ", "))" }.joined(
            separator: "\n"),
        subcommands: [List.self, Check.self, Sign.self, KeyProof.self, Log.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says which actions there are: their fields, who may sign them, and an example of each.")
        @OptionGroup var output: OutputOptions
        @Argument(help: "Actions, such as create-ppa; by default all.") var actions: [String] = []
        @Flag(help: "Print the part of docs/commands.md that is about them.") var markdown = false
        @Flag(help: "Print a text with their examples, to be changed and signed.") var example = false

        func run() throws {
            let chosen = try actions.isEmpty ? ActionForm.all : actions.map(Self.form)
            if example { return print(ActionManual.example(chosen), terminator: "") }
            try output.show(chosen.map(ShownAction.init)) { shown in
                markdown ? ActionManual.markdown(chosen) : shown.map(\.text).joined(separator: "\n\n")
            }
        }

        private static func form(_ name: String) throws -> ActionForm {
            guard let form = ActionForm.named(name) else {
                throw Refusal(.noSuch, "There is no action \(name). All of them: slipway command list")
            }
            return form
        }
    }
}

/// An action as printed.
private struct ShownAction: Encodable {
    struct Field: Encodable {
        let name: String
        let shape: String
        let meaning: String
        let isRequired: Bool
    }

    let action: String
    let purpose: String
    let who: String
    let fields: [Field]
    let example: String

    init(_ form: ActionForm) {
        (action, purpose, who, example) = (form.name, form.purpose, form.who, form.exampleParagraph)
        fields = form.fields.map {
            Field(name: $0.name, shape: $0.shape, meaning: $0.meaning, isRequired: $0.isRequired)
        }
    }

    var text: String {
        let lines = fields.map {
            "  \($0.name) (\($0.isRequired ? "required" : "optional")): \($0.shape). \($0.meaning)"
        }
        let example = example.split(separator: "\n").map { "    \($0)" }
        return (["\(action): \(purpose)", "  Signed by: \(who)"] + lines + [""] + example).joined(separator: "\n")
    }
}
