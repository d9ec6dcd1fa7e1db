internal import ArgumentParser
internal import Foundation

/// One program for the whole service: `serve` runs it, the other verbs look and decide.
@main
struct Slipway: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slipway",
        abstract: "A Debian package archive service: dput in, apt install out.",
        subcommands: [
            InitVerb.self, ServeVerb.self, ProcessVerb.self, PublishVerb.self, BuildVerb.self, ReceiveMailVerb.self,
            ChrootVerb.self, PersonVerb.self, TeamVerb.self, ArchiveVerb.self, UploadVerb.self, MailVerb.self,
            ConfigVerb.self, SSHAuthorizedKeysVerb.self, ChecksVerb.self, DigestVerb.self, MaintainVerb.self,
            CommandVerb.self, ExternalVerb.self,
        ])

    /// Runs the verb; a refusal or a mistake becomes one line on standard error and an exit code of sysexits.h.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let refusal as Refusal {
            end(refusal.description, code: refusal.code)
        } catch let mistake as ConfigurationMistake {
            end("configuration: \(mistake)", code: .config)
        } catch {
            exit(withError: error)
        }
    }

    private static func end(_ sentence: String, code: Refusal.Code) -> Never {
        FileHandle.standardError.write(Data("slipway: \(sentence)\n".utf8))
        Foundation.exit(code.rawValue)
    }
}
