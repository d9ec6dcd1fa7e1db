internal import FTPProtocol
internal import Logging
internal import NIOCore
internal import Synchronization
internal import Testing

@testable import Gateway

/// Whose request it is, behind web servers and without them.
@Suite(.timeLimit(.minutes(10))) struct PeerTests {
    struct Way: CustomTestStringConvertible {
        let connection: String
        let forwarded: [String]
        let client: String
        var testDescription: String { "\(connection) \(forwarded)" }

        init(_ connection: String, _ forwarded: [String], _ client: String) {
            (self.connection, self.forwarded, self.client) = (connection, forwarded, client)
        }
    }

    /// 127.0.0.1, ::1 and 10.0.0.1 are proxies.
    @Test(arguments: [
        Way("127.0.0.1", ["192.0.2.7"], "192.0.2.7"), Way("127.0.0.1", [], "127.0.0.1"),
        Way("192.0.2.1", ["192.0.2.7"], "192.0.2.1"), Way("192.0.2.1", ["127.0.0.1"], "192.0.2.1"),
        Way("::1", ["2001:db8::7"], "2001:db8::7"), Way("::ffff:127.0.0.1", ["::ffff:192.0.2.7"], "192.0.2.7"),
        // What the client wrote stands at the left of what the proxies saw.
        Way("127.0.0.1", ["198.51.100.1, 192.0.2.7"], "192.0.2.7"),
        Way("127.0.0.1", ["198.51.100.1", "192.0.2.7"], "192.0.2.7"),
        Way("127.0.0.1", ["198.51.100.1, 192.0.2.7 , 10.0.0.1"], "192.0.2.7"),
        Way("127.0.0.1", ["10.0.0.1, 192.0.2.7, 10.0.0.1"], "192.0.2.7"),
        Way("127.0.0.1", ["192.0.2.7, 10.0.0.1", "127.0.0.1"], "192.0.2.7"),
        Way("127.0.0.1", ["127.0.0.1, ::1"], "127.0.0.1"),
        // No address: the proxy that wrote it.
        Way("127.0.0.1", ["unknown"], "127.0.0.1"), Way("127.0.0.1", ["192.0.2.7, "], "127.0.0.1"),
        Way("127.0.0.1", ["192.0.2.7, unknown, 10.0.0.1"], "10.0.0.1"), Way("127.0.0.1", [""], "127.0.0.1"),
        Way("127.0.0.1", ["192.0.2.7, 1.2.3.4.5"], "127.0.0.1"),
        // With a port.
        Way("127.0.0.1", ["192.0.2.7:4711"], "192.0.2.7"), Way("127.0.0.1", ["[2001:db8::7]:4711"], "2001:db8::7"),
        Way("127.0.0.1", ["[2001:db8::7]"], "2001:db8::7"),
    ])
    func isTheLastThatIsNoProxy(_ way: Way) {
        let proxies = ["127.0.0.1", "::1", "10.0.0.1"].compactMap(NetworkAddress.init)
        let peer = Peer(NetworkAddress(way.connection), forwarded: way.forwarded, trusting: proxies)
        #expect(peer.description == way.client)
        #expect(peer.isBehindProxy == proxies.contains { $0 == NetworkAddress(way.connection) })
    }

    /// In the log as well as in the receipt: the session's line joins the two.
    @Test(arguments: [(true, "192.0.2.7"), (false, "127.0.0.1")])
    func theLogHasTheClient(_ isTrusted: Bool, _ peer: String) async throws {
        let log = TestLog()
        try await TestGateway.run(logger: Logger(label: "test") { _ in log }) {
            if !isTrusted { $0.trustedProxies = [] }
        } _: { gateway in
            let answer = try await gateway.put("a.dsc", for: "198.51.100.1, 192.0.2.7")
            #expect(answer.hasPrefix("HTTP/1.1 201 "), "\(answer)")
        }
        #expect(log.peers(of: "session over") == [peer])
    }

    @Test func theLimitsAreTheClients() async throws {
        try await TestGateway.run {
            $0.sessionsPerAddress = 1
        } _: { gateway in
            try await gateway.web { inbound, outbound in
                let head = "PUT /~alice/debian/a.dsc HTTP/1.1\r\nX-Forwarded-For: 192.0.2.7\r\n"
                try await outbound.write(
                    ByteBuffer(string: head + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n"))
                var pieces = inbound.makeAsyncIterator()
                #expect(try await pieces.next().map { String(buffer: $0) }?.contains(" 100 ") == true)

                let second = try await gateway.put("b.dsc", for: "192.0.2.7")
                #expect(second.hasPrefix("HTTP/1.1 429 "), "\(second)")
                #expect(second.hasSuffix("More than 1 sessions from your address; finish one first.\n"), "\(second)")
                let forged = try await gateway.put("b.dsc", for: "192.0.2.9, 192.0.2.7")
                #expect(forged.hasPrefix("HTTP/1.1 429 "), "\(forged)")
                let other = try await gateway.put("b.dsc", for: "192.0.2.8")
                #expect(other.hasPrefix("HTTP/1.1 201 "), "\(other)")

                try await outbound.write(ByteBuffer(string: "one"))
                #expect(try await pieces.next().map { String(buffer: $0) }?.contains(" 201 ") == true)
                let after = try await gateway.put("b.dsc", for: "192.0.2.7")
                #expect(after.hasPrefix("HTTP/1.1 201 "), "\(after)")
            }
        }
    }

    @Test func requestsOfAClientComeAtARate() async throws {
        let page = MetricsPage()
        try await TestGateway.run(metrics: page) {
            $0.connectionsPerMinute = 1
        } _: { gateway in
            for status in ["201", "429", "429"] {
                let answer = try await gateway.put("a.dsc", for: "192.0.2.7")
                #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
            }
        }
        #expect(page.text.contains(#"slipway_gateway_refusals_total{reason="rate"} 2"#), "\(page.text)")
        #expect(page.text.contains("slipway_gateway_sessions 0\n"), "\(page.text)")
    }
}

extension TestGateway {
    fileprivate func put(_ name: String, for client: String) async throws -> String {
        try await http(
            "PUT /~alice/debian/\(name) HTTP/1.1\r\nConnection: close\r\nX-Forwarded-For: \(client)\r\n"
                + "Content-Length: 1\r\n\r\nx")
    }
}

/// Remembers who was named in which line. Copies share what they remember.
struct TestLog: LogHandler {
    private final class Lines: Sendable {
        let all = Mutex<[(message: String, peer: String)]>([])
    }

    private let lines = Lines()
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        lines.all.withLock { $0.append(("\(event.message)", metadata["peer"].map { "\($0)" } ?? "")) }
    }

    var messages: [String] { lines.all.withLock { $0.map(\.message) } }

    func peers(of message: String) -> [String] {
        lines.all.withLock { $0.filter { $0.message == message }.map(\.peer) }
    }
}
