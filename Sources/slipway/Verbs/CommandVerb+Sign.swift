internal import ArchiveModel
internal import ArgumentParser
internal import Commands
internal import Foundation
internal import Subprocess
internal import SystemPackage

extension CommandVerb {
    struct Sign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Signs a text of commands with a key of your own, for sending it by FTP, mail or HTTP.",
            discussion: """
                A header with the field Archive is written where there is none. A text that would be refused for its form is not \
                signed. gpg has to be there, and asks for the passphrase.
                """)
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServiceOption
        @Argument(help: "The text; - reads standard input.") var file: String
        @Option(help: "The key, as gpg --local-user takes it; by default gpg's own.") var key: String?
        @Option(help: "Where to write it; by default standard output.") var output: String?

        func run() async throws {
            let settings = try await common.settings()
            let written = try CommandText(file).commands
            guard let name = service.name(settings) else {
                throw Refusal(.usage, "Which service is it for? Name it with --service, as its mails and pages do.")
            }
            let text = CommandPreview.addressed(written, to: name)
            let report = try await CommandPreview(service: name).report(on: text, title: file)
            guard report.isDone else { throw Refusal(.data, "\(file) is not signed:\n\(report.words)") }
            try write(try await signed(text))
        }

        private func signed(_ text: String) async throws -> String {
            let user = key.map { ["--local-user", $0] } ?? []
            let run = try await Subprocess.run(
                .name("gpg"), arguments: Arguments(user + ["--clearsign"]), input: .string(text),
                output: .string(limit: 1 << 20), error: .currentStandardError)
            guard run.terminationStatus.isSuccess else { throw Refusal(.unavailable, "gpg has not signed it.") }
            return run.standardOutput
        }

        private func write(_ signed: String) throws {
            guard let output else { return print(signed, terminator: "") }
            do {
                try Data(signed.utf8).write(to: URL(filePath: output), options: .withoutOverwriting)
            } catch {
                throw Refusal(.noPermission, "\(output) cannot be written, or is there already.")
            }
            print("Signed: \(output)")
        }
    }
}
