internal import ArchiveModel
internal import ArgumentParser
internal import Gateway
internal import Glibc
internal import SFTPProtocol
internal import SystemPackage

/// `slipway-gateway sftp-session`, which sshd starts for each session, and `sftp-files`, which that starts for the files.
enum SFTPPrograms {
    /// Does not return when the first argument calls for one of them.
    static func runIfCalled() {
        switch CommandLine.arguments.dropFirst().first {
        case "sftp-session": runSession()
        case FileServerConfinement.subcommand:
            end {
                try FileServerConfinement.becomeServer(in: FilePath(CommandLine.arguments.last ?? ""))
            }
        default: return
        }
    }

    private static func runSession() -> Never {
        let options = SFTPSessionOptions.parseOrExit(Array(CommandLine.arguments.dropFirst(2)))
        switch RequestedCommand(getenv("SSH_ORIGINAL_COMMAND").map { String(cString: $0) }) {
        case .tidyUp: exit(0)
        case .refused(let sentence): end(sentence)
        case .session:
            end {
                let door = try SFTPDoor(
                    jail: FilePath(options.gateway.jail), person: options.person.flatMap { OwnerName($0) },
                    client: client,
                    configuration: options.gateway.configuration)
                door.run()
                exit(0)
            }
        }
    }

    /// sshd sets `SSH_CLIENT` to address, port and port.
    private static var client: ClientAddress? {
        getenv("SSH_CLIENT").map { String(cString: $0) }?.split(separator: " ").first.flatMap {
            ClientAddress(String($0))
        }
    }

    private static func end(_ body: () throws -> Never) -> Never {
        do { try body() } catch { end("\(error)") }
    }

    private static func end(_ sentence: String) -> Never {
        _ = try? FileDescriptor.standardError.writeAll(Array("slipway: \(sentence)\n".utf8))
        exit(1)
    }
}

/// The words of the gateway: whoever starts both hands the same to both. What is not about a session's files counts for
/// nothing here.
struct SFTPSessionOptions: ParsableArguments {
    @OptionGroup var gateway: GatewayOptions

    @Option(help: "Whose SSH key let the client in.")
    var person: String?
}
