internal import ArchiveModel
internal import ArgumentParser
internal import Commands
internal import DebianControl
internal import Foundation
internal import Subprocess

extension CommandVerb {
    struct KeyProof: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes the paragraph that registers a new key of your own: add-key, with the key and its proof.",
            discussion: """
                Sign what it prints with a key that is registered: slipway command key-proof alice FINGERPRINT --service \
                ppa.example.org > new-key; slipway command sign new-key --key OLD. gpg has to be there, with the new key's \
                private half.
                """)
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServiceOption
        @Argument(help: "Your name there, without ~.") var person: String
        @Argument(help: "The new key's fingerprint.") var key: String

        func run() async throws {
            let settings = try await common.settings()
            guard let person = OwnerName(person) else {
                throw Refusal.unreadable("a person", self.person, rule: OwnerKind.rule)
            }
            guard let key = Fingerprint(key) else {
                throw Refusal.unreadable("a fingerprint", self.key, rule: "40 or 64 hexadecimal digits")
            }
            guard let name = service.name(settings) else {
                throw Refusal(.usage, "Which service is it for? Name it with --service, as its mails and pages do.")
            }
            let line = ActionForm.keyProof(service: name, person: person, key: key)
            print(
                ActionForm.addKeyParagraph(
                    key: try await gpg(["--export-options", "export-minimal", "--export", key.text]),
                    proof: try await gpg(["--local-user", key.text, "--detach-sign"], input: line)), terminator: "")
        }

        private func gpg(_ arguments: [String], input: String = "") async throws -> String {
            let run = try await Subprocess.run(
                .name("gpg"), arguments: Arguments(["--armor"] + arguments), input: .string(input),
                output: .string(limit: 1 << 20), error: .currentStandardError)
            guard run.terminationStatus.isSuccess, !run.standardOutput.isEmpty else {
                throw Refusal(.unavailable, "gpg has not made it.")
            }
            return run.standardOutput
        }
    }
}
