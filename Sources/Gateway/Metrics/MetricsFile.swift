public import DurableFiles
public import Logging
internal import NIOCore
public import ServiceLifecycle
public import SystemPackage

/// Writes metrics into a file, for the textfile collector of Prometheus' node_exporter: the gateway's walls let nobody in
/// to ask. A reader sees the former text or the new one, whole.
public struct MetricsFile: Service, CustomStringConvertible {
    /// In the jail, and in a folder of its own: the gateway may write there, everybody read.
    public static let folder: FilePath = "metrics"
    private static let name = "slipway-gateway.prom"
    private static let newName = ".slipway-gateway.new"
    /// node_exporter is asked about this often.
    private static let interval = Duration.seconds(15)

    private let page: MetricsPage
    private let place: Folder
    private let threads: DiskThreads
    private let logger: Logger

    public var description: String { "metrics" }

    public init(_ page: MetricsPage, in place: Folder, threads: DiskThreads, logger: Logger) {
        self.page = page
        self.place = place
        self.threads = threads
        self.logger = logger
    }

    /// Writes once more when it is stopped.
    public func run() async throws {
        await write()
        await cancelWhenGracefulShutdown {
            while (try? await pause(for: TimeAmount(Self.interval))) != nil { await write() }
        }
        await write()
    }

    private func write() async {
        do {
            try await threads.run { try replace() }
        } catch {
            logger.warning("metrics not written", metadata: ["error": "\(error)"])
        }
    }

    private func replace() throws(FileFailure) {
        // Left by a crash.
        if try place.status(of: Self.newName) != nil { try place.remove(Self.newName) }
        let file = try place.createFile(Self.newName)
        try file.setPermissions([.ownerReadWrite, .groupRead, .otherRead])
        try file.write(Array(page.text.utf8))
        try place.move(Self.newName, to: Self.name, replacing: true)
    }
}
