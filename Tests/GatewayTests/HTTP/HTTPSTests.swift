internal import Foundation
internal import Gateway
internal import Logging
internal import SystemPackage
internal import Testing

/// The HTTP door with TLS of its own.
@Suite(.timeLimit(.minutes(10))) struct HTTPSTests {
    @Test(arguments: PutClient.installed, [true, false])
    func clientsAreTold(_ client: PutClient, _ isAccepted: Bool) async throws {
        try await SecureGateway.run(intake: client.intake(accepting: isAccepted)) { secure in
            let run = try await client.run(secure.upload, to: secure.place)
            try await secure.gateway.expect(client, run, isAccepted)
        }
    }

    @Test(.enabled(if: Client.isInstalled("curl")))
    func aClientThatDoesNotTrustTheCertificateSendsNothing() async throws {
        try await SecureGateway.run { secure in
            let run = try await Client.run(
                "curl", ["-sS", "-T", "hello_1.0_all.deb", "https://127.0.0.1:\(secure.place.port)/~alice/debian/"],
                in: secure.upload)
            #expect(!run.isSuccess && run.output.contains("certificate"), "\(run.output)")
            await secure.gateway.stop()
            #expect(secure.gateway.jail.tree("landed") == [])
        }
    }

    @Test func whoSpeaksInClearIsNotHeard() async throws {
        try await SecureGateway.run { secure in
            let answer = try await secure.gateway.http(
                "PUT /~alice/debian/a HTTP/1.1\r\nContent-Length: 1\r\n\r\nx", port: secure.place.port)
            #expect(!answer.contains("HTTP"), "\(answer)")
            #expect(secure.gateway.jail.tree("landed") == [])
        }
    }

    @Test func aHandshakeThatNeverEndsIsNotWaitedFor() async throws {
        try await SecureGateway.run {
            $0.handshakeTimeout = .milliseconds(100)
        } _: { secure in
            let answer = try await secure.gateway.http("\u{16}\u{3}\u{1}", port: secure.place.port)
            #expect(answer == "")
        }
    }

    /// In clear. A trusted proxy's word is as good as TLS.
    @Test(arguments: [true, false], [true, false])
    func whereTLSIsRequired(_ isRequired: Bool, _ isProxy: Bool) async throws {
        try await SecureGateway.run {
            $0.isTLSRequired = isRequired
            if !isProxy { $0.trustedProxies = [] }
        } _: { secure in
            let answer = try await secure.gateway.put("/~alice/debian/a", "x")
            let status = isRequired && !isProxy ? "409" : "201"
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
        }
    }
}

extension SecureGateway {
    var place: PutClient.Place {
        PutClient.Place(port: gateway.secureWebPort, certificate: "\(upload.path)/tls/certificate.pem")
    }
}
