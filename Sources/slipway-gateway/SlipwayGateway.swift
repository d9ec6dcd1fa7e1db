internal import ArgumentParser
internal import Gateway
internal import Glibc
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import SystemPackage

/// `slipway-gateway`: binds, locks itself in, and only then starts threads and serves.
@main
enum SlipwayGateway {
    static func main() {
        SFTPPrograms.runIfCalled()
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        let options = GatewayOptions.parseOrExit()
        do {
            let sockets = try options.listeningPlaces.map(ListeningSocket.init)
            let secureSockets = try options.tls.listenTLS.map(ListeningSocket.init)
            let webSockets = try options.listenHTTP.map(ListeningSocket.init)
            let secureWebSockets = try options.listenHTTPS.map(ListeningSocket.init)
            let walls = try lockIn(options)
            if options.explainJail { explain(walls, options.activeMode ? nil : sockets.first) }
            for wall in walls.missing { Logger(label: "walls").warning("\(wall)") }
            for socket in sockets { say("listening on \(socket)") }
            for socket in secureSockets { say("listening with TLS on \(socket)") }
            for socket in webSockets { say("listening for HTTP on \(socket)") }
            for socket in secureWebSockets { say("listening for HTTPS on \(socket)") }
            let hangUps = Reload.Signals()
            let watches = [StopWatch.signals()] + (options.supervised ? [.standardInput()] : [])
            try keepDispatchOut()
            let serving = Serving(
                options, sockets, implicitTLS: secureSockets, http: webSockets, https: secureWebSockets,
                stoppedBy: watches, reloadingOn: hangUps)
            try MultiThreadedEventLoopGroup.singleton.any().makeFutureWithTask { try await serving.run() }.wait()
        } catch {
            GatewayOptions.exit(withError: error)
        }
    }

    /// All tasks run on the event loops. Dispatch, which runs them otherwise, looks its threads up in /proc and crashes in
    /// the jail, where there is none; for the same reason the main thread waits and is nobody's executor.
    private static func keepDispatchOut() throws {
        guard NIOSingletons.unsafeTryInstallSingletonPosixEventLoopGroupAsConcurrencyGlobalExecutor() else {
            throw ValidationError(
                "The Swift runtime does not let tasks run on event loops; Dispatch cannot live in the jail.")
        }
    }

    private static func lockIn(_ options: GatewayOptions) throws -> Walls {
        raiseFileLimit(for: options.admission.sessions)
        let account = geteuid() == 0 ? try Account(user: options.user, group: options.group) : nil
        let jail = FilePath(options.jail)
        return try Walls(
            raisedAround: jail, as: account,
            reading: options.tls.folders(in: jail) + options.admission.folders(in: jail),
            writing: options.admission.writableFolders(in: jail), connectingOut: options.activeMode)
    }

    /// Says which walls stand, tries them, and ends: with status 1 when one is open.
    private static func explain(_ walls: Walls, _ listener: ListeningSocket?) -> Never {
        for wall in walls.standing { say("stands: \(wall)") }
        for wall in walls.missing { say("absent: \(wall)") }
        let probes = WallProbe.tryAll(listener: listener)
        for probe in probes { say(probe.description) }
        exit(probes.contains { $0.outcome == .succeeded } ? 1 : 0)
    }

    /// A line on standard output, at once: a parent waits for it, and a pipe would be buffered.
    private static func say(_ line: String) {
        _ = try? FileDescriptor.standardOutput.writeAll(Array("\(line)\n".utf8))
    }

    /// As a rule a session needs three descriptors, and shells allow 1024.
    private static func raiseFileLimit(for sessions: Int) {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let need = sessions * 3 + 64
        guard limit.rlim_max < need else { return }
        Logger(label: "limits").warning(
            """
            only \(limit.rlim_max) files may be open, and \(sessions) sessions need \(need): raise the hard limit \
            (ulimit -Hn, LimitNOFILE=) or lower --sessions
            """)
    }
}
