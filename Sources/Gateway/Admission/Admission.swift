internal import DurableFiles
internal import FTPProtocol
internal import Glibc
public import Logging
internal import NIOCore
internal import Synchronization
public import SystemPackage

/// Decides who is let in. One for all doors of the gateway.
public final class Admission: Sendable {
    /// Bytes in the ban list: some hundred thousand lines.
    private static let sizeLimit = 4 << 20

    private let ledger: Mutex<AddressLedger>
    private let bans = Mutex(BanList())
    private let file: FilePath?
    private let logger: Logger

    /// `bans` is the ban list's path, in the jail; without the file nobody is banned.
    public init(_ configuration: GatewayConfiguration, bans file: FilePath? = nil, logger: Logger) {
        ledger = Mutex(
            AddressLedger(
                .init(
                    sessions: configuration.sessionLimit, sessionsPerAddress: configuration.sessionsPerAddress,
                    connectionsPerMinute: configuration.connectionsPerMinute,
                    countsLoopback: configuration.countsLoopback)))
        self.file = file
        self.logger = logger
        reload()
    }

    /// Reads the ban list again. One that cannot be read is logged, and the old one stays. Blocks.
    public func reload() {
        guard let file, file.withPlatformString({ access($0, F_OK) }) == 0 || errno != ENOENT else {
            return bans.withLock { $0 = BanList() }
        }
        do {
            let bytes = try OwnedDescriptor(opening: file).readAll(limit: Self.sizeLimit)
            take(BanList(String(decoding: bytes, as: UTF8.self)), from: file)
        } catch {
            logger.error("the ban list cannot be read; the former one stays", metadata: ["error": "\(error)"])
        }
    }

    private func take(_ list: BanList, from file: FilePath) {
        for mistake in list.mistakes {
            logger.warning(
                "neither address nor network: the line is left out",
                metadata: ["file": "\(file)", "line": "\(mistake.line)", "text": "\(mistake.text.prefix(80))"])
        }
        bans.withLock { $0 = list }
        logger.info("banned", metadata: ["addresses and networks": "\(list.count)"])
    }

    /// Counts a connection until `leave`, whether it is let in or not.
    func enter(_ peer: NetworkAddress?) -> FTPSession.Refusal? {
        let refusal = ledger.withLock { $0.enter(peer, at: .now()) }
        return peer.flatMap(ban) ?? refusal
    }

    func leave(_ peer: NetworkAddress?) {
        ledger.withLock { $0.leave(peer) }
    }

    /// Counts a request that a proxy passes on, by its client, until `leaveRequest`.
    func enterRequest(_ client: NetworkAddress) -> FTPSession.Refusal? {
        let refusal = ledger.withLock { $0.enterRequest(client, at: .now()) }
        return ban(client) ?? refusal
    }

    func leaveRequest(_ client: NetworkAddress) {
        ledger.withLock { $0.leaveRequest(client) }
    }

    /// Nil for an address that is not banned.
    func ban(_ address: NetworkAddress) -> FTPSession.Refusal? {
        bans.withLock { $0.contains(address) } ? .banned : nil
    }
}
