internal import ArgumentParser
internal import Gateway
internal import Glibc
internal import SystemPackage

/// Who is let in, and how long and how fast: docs/operations.md, "Limits".
struct AdmissionOptions: ParsableArguments {
    /// In the jail. In a folder of its own: the admin may replace the file there, the gateway may only read it.
    static let bans: FilePath = "bans/list"

    @Option(help: "Sessions at a time.")
    var sessions = 1000

    @Option(help: "Sessions at a time from one address (IPv6: one /64).")
    var sessionsPerAddress = 100

    @Option(help: "Connections in a minute from one address.")
    var connectionsPerMinute = 300

    @Flag(help: "Count clients of this machine by address, too.")
    var countLoopback = false

    @Option(help: "Seconds a client may take to log in.")
    var loginTimeout = 60

    @Option(help: "Minutes a session may take in all.")
    var sessionTime = 360

    @Option(help: "Commands in a second; a client that sends more is heard later.")
    var commandRate = 100

    @Option(help: "Bytes in a command line.")
    var lineLength = 1024

    @Option(help: "Bytes in the head of an HTTP request.")
    var headSize = 16384

    @Option(help: "Bytes in a second that a transfer has to bring, on average over a minute.")
    var lowestRate = 128

    @Option(help: "Hours after which a session's folder that nobody changes is handed over as left behind.")
    var leftoverAge = 24

    func configure(_ configuration: inout GatewayConfiguration) {
        configuration.sessionLimit = sessions
        configuration.sessionsPerAddress = sessionsPerAddress
        configuration.connectionsPerMinute = connectionsPerMinute
        configuration.countsLoopback = countLoopback
        configuration.loginTimeout = .seconds(loginTimeout)
        configuration.sessionTimeLimit = .seconds(60 * sessionTime)
        configuration.commandsPerSecond = commandRate
        configuration.lineLimit = lineLength
        configuration.headLimit = headSize
        configuration.lowestRate = lowestRate
        configuration.leftoverAge = .seconds(3600 * leftoverAge)
    }

    /// The ban list's folder, if it is there, for Landlock.
    func folders(in jail: FilePath) -> [FilePath] {
        let folder = Self.bans.removingLastComponent()
        let isThere = jail.appending(folder.components).withPlatformString { access($0, F_OK) } == 0
        return isThere ? [folder] : []
    }

    /// That of the metrics, if it is there.
    func writableFolders(in jail: FilePath) -> [FilePath] {
        let folder = MetricsFile.folder
        return jail.appending(folder.components).withPlatformString { access($0, W_OK) } == 0 ? [folder] : []
    }

    func validate() throws {
        let positive = [
            sessions, sessionsPerAddress, connectionsPerMinute, loginTimeout, sessionTime, commandRate, leftoverAge,
        ]
        guard positive.allSatisfy({ (1...(1 << 30)).contains($0) }), (0...(1 << 30)).contains(lowestRate) else {
            throw ValidationError("Limits begin with 1, and --lowest-rate with 0.")
        }
        guard (256...65_536).contains(lineLength) else {
            throw ValidationError("A command line has a limit between 256 and 65536 bytes.")
        }
        guard (4096...1_048_576).contains(headSize) else {
            throw ValidationError("The head of an HTTP request has a limit between 4096 and 1048576 bytes.")
        }
        guard leftoverAge * 60 > sessionTime else {
            throw ValidationError(
                "--leftover-age has to be longer than --session-time: a session under way is not left.")
        }
    }
}
