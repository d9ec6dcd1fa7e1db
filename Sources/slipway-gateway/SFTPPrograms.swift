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
                    jail: FilePath(options.jail), person: options.person, configuration: options.configuration)
                door.run()
                exit(0)
            }
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

struct SFTPSessionOptions: ParsableArguments {
    @Option(help: "The folder with incoming/ and landed/; the session's whole world.")
    var jail: String

    @Option(help: "Whose SSH key let the client in; for the log.")
    var person = "somebody"

    @Option(help: "Seconds a client may be silent.")
    var idleTimeout = 300

    @Option(help: "Seconds to wait for a verdict before it comes by mail.")
    var verdictTimeout = 7

    @Option(help: "MiB in a file.")
    var fileSize: Int64 = 8192

    @Option(help: "MiB in a session.")
    var sessionSize: Int64 = 16384

    @Option(help: "MiB that stay free on the disk: below that nothing is taken.")
    var freeSpace: Int64 = 1024

    var configuration: GatewayConfiguration {
        var configuration = GatewayConfiguration(serviceName: "")
        configuration.idleTimeout = .seconds(idleTimeout)
        configuration.verdictTimeout = .seconds(verdictTimeout)
        configuration.fileSizeLimit = fileSize << 20
        configuration.sessionSizeLimit = sessionSize << 20
        configuration.freeSpaceFloor = freeSpace << 20
        return configuration
    }

    func validate() throws {
        let positive = [Int64(idleTimeout), Int64(verdictTimeout), fileSize, sessionSize]
        guard positive.allSatisfy({ (1...(1 << 40)).contains($0) }), (0...(1 << 40)).contains(freeSpace) else {
            throw ValidationError("Timeouts and sizes begin with 1.")
        }
    }
}
