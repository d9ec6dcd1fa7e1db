internal import Foundation
internal import Gateway
internal import NIOCore
internal import SystemPackage
internal import Testing

/// The HTTP door behind a real nginx, as etc/nginx/slipway.conf sets it up.
@Suite(.enabled(if: TestNginx.program != nil), .timeLimit(.minutes(10))) struct NginxTests {
    @Test(arguments: PutClient.installed, [true, false])
    func clientsAreToldOverTLS(_ client: PutClient, _ isAccepted: Bool) async throws {
        let upload = try ClientTests.Upload()
        try await TestGateway.run(intake: client.intake(accepting: isAccepted)) { gateway in
            try await TestNginx.run(before: gateway) { nginx in
                let run = try await client.run(
                    upload, to: .init(port: nginx.securePort, prefix: "/upload/", certificate: nginx.certificate))
                try await gateway.expect(client, run, isAccepted)
            }
        }
    }

    @Test func whatIsSentIsOnTheDiskBeforeTheRestIsSent() async throws {
        try await TestGateway.run { gateway in
            try await TestNginx.run(before: gateway) { nginx in
                let half = ByteBuffer(bytes: (0..<(32 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 7) })
                try await gateway.web(port: nginx.port) { inbound, outbound in
                    let head =
                        "PUT /upload/~alice/debian/a.tar HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                        + "Content-Length: \(2 * half.readableBytes)\r\n\r\n"
                    try await outbound.write(ByteBuffer(string: head))
                    try await outbound.write(half)
                    // The gateway writes in pieces of 512 KiB.
                    while try gateway.bytesIncoming() < half.readableBytes - (1 << 20) {
                        try await Task.sleep(for: .milliseconds(10))
                    }
                    try await outbound.write(half)
                    var answer = ""
                    for try await piece in inbound { answer += String(buffer: piece) }
                    try #require(answer.hasPrefix("HTTP/1.1 201 "), "\(answer)")
                }
                let session = await gateway.intake.nextLanding()
                let file = gateway.jail.path.appending("landed/\(session)/~alice/debian/a.tar").string
                let bytes = try Data(contentsOf: URL(filePath: file))
                #expect(bytes == Data(half.readableBytesView) + Data(half.readableBytesView))
                #expect(!nginx.log.contains("buffered to a temporary file"), "\(nginx.log)")
            }
        }
    }

    @Test(.enabled(if: Client.isInstalled("curl"))) func whatIsTooLargeIsRefusedByItsLength() async throws {
        let folder = try TestJail()
        try folder.write(String(repeating: "x", count: 8 << 20), to: "large")
        try await TestGateway.run {
            $0.fileSizeLimit = 4 << 20
        } _: { gateway in
            try await TestNginx.run(before: gateway) { nginx in
                let url = "http://127.0.0.1:\(nginx.port)/upload/~alice/debian/"
                let run = try await Client.run(
                    "curl", ["-sS", "--fail-with-body", "-w", "%{http_code}", "-T", "large", url], at: folder.path)
                #expect(!run.isSuccess)
                #expect(run.output.contains("larger than") && run.output.contains("413"), "\(run.output)")
                #expect(gateway.jail.tree("incoming") == [])
                #expect(gateway.jail.tree("landed") == [])
            }
        }
    }

    /// What a client tells of itself is replaced, and names arrive as they were meant.
    @Test func addressesAndNamesComeThrough() async throws {
        let jail = try TestJail()
        try jail.write("192.0.2.0/24\n", to: "bans/list")
        try await TestGateway.run(jail: jail, bans: jail.path.appending("bans/list")) { gateway in
            try await TestNginx.run(before: gateway) { nginx in
                let answer = try await gateway.http(
                    "PUT /upload/%7Ealice/debian/a%2Bb_1~1.dsc HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                        + "X-Forwarded-For: 192.0.2.7\r\nContent-Length: 1\r\n\r\nx", port: nginx.port)
                try #require(answer.hasPrefix("HTTP/1.1 201 "), "\(answer)")
                let session = await gateway.intake.nextLanding()
                #expect(gateway.jail.files("landed/\(session)") == ["~alice/debian/a+b_1~1.dsc"])
            }
        }
    }
}

extension TestGateway {
    fileprivate func bytesIncoming() throws -> Int {
        try jail.files("incoming").reduce(0) { sum, place in
            let file = jail.path.appending("incoming/\(place)").string
            return sum + (try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0)
        }
    }
}
