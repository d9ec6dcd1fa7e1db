internal import Hummingbird
internal import HummingbirdCore
public import Logging
internal import NIOCore
public import ServiceLifecycle

/// The web part as a service: archives as files, a page per archive, upload and build, and `/healthz`.
///
/// It reads the catalog, the archives and the builds' logs, and changes nothing. There are no cookies, no scripts and
/// no forms; a change is a signed command, made elsewhere.
public struct WebService: Service {
    private let application: Application<WebResponder>

    /// - Parameter onListening: is told the port, once connections are taken.
    public init(
        _ configuration: WebConfiguration, _ parts: WebParts, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws {
        application = Application(
            responder: try WebResponder(configuration: configuration, parts: parts),
            server: .http1(
                configuration: .init(
                    idleTimeout: .nanoseconds(configuration.idleTimeout.nanoseconds),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: configuration.headerLimit, maxHeaderListSize: configuration.headerLimit))),
            configuration: .init(
                address: .hostname(configuration.address, port: configuration.port),
                availableConnectionsDelegate: MaximumAvailableConnections(configuration.connectionLimit)),
            onServerRunning: { channel in
                if let port = channel.localAddress?.port { await onListening(port) }
            },
            logger: logger)
    }

    public func run() async throws { try await application.run() }
}

extension Duration {
    fileprivate var nanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}
