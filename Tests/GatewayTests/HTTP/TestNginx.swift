internal import Foundation
internal import Gateway
internal import Subprocess
internal import SystemPackage
internal import Testing

/// nginx in front of a gateway, in clear and with TLS, with the place for uploads as etc/nginx/slipway.conf has it.
struct TestNginx: Sendable {
    let port: Int
    let securePort: Int
    let certificate: String
    /// Settings, log and what it buffers; short-lived.
    let folder: TestJail

    /// `NGINX_PROGRAM` names one that is unpacked: installed, the package would start a service of its own.
    static let program = [ProcessInfo.processInfo.environment["NGINX_PROGRAM"], "/usr/sbin/nginx"].compactMap { $0 }
        .first(where: FileManager.default.isExecutableFile)

    static func run(
        before gateway: TestGateway, _ body: @escaping @Sendable (TestNginx) async throws -> Void
    ) async throws {
        let folder = try TestJail()
        let files = try await TestCertificate.make(in: folder)
        let server = try await TestNginx(
            port: TestPorts.next(), securePort: TestPorts.next(), certificate: files.certificate.string,
            folder: folder)
        try folder.write(server.settings(place: uploads(to: gateway.webPort), key: files.key.string), to: "nginx.conf")
        let arguments = ["-p", folder.path.string, "-e", "stderr", "-c", "\(folder.path)/nginx.conf"]
        _ = try await Subprocess.run(
            .path(FilePath(#require(program))), arguments: Arguments(arguments), input: .none, output: .discarded,
            error: .discarded
        ) { execution in
            defer { try? execution.send(signal: .terminate) }
            // It is written when the ports are open.
            while folder.read("pid")?.isEmpty != false {
                let log = folder.read("log") ?? ""
                try #require(!log.contains("[emerg]"), "\(log)")
                try await Task.sleep(for: .milliseconds(10))
            }
            try await body(server)
        }
    }

    /// `location /upload/` of the example, for the gateway of this test.
    private static func uploads(to port: Int) throws -> String {
        let root = FilePath(#filePath).removingLastComponent().appending("../../..")
        let example = try String(contentsOfFile: "\(root)/etc/nginx/slipway.conf", encoding: .utf8)
        let place = try #require(example.firstRange(of: "    location /upload/ {"))
        let end = try #require(example[place.upperBound...].firstRange(of: "\n    }\n"))
        return String(example[place.lowerBound..<end.upperBound])
            .replacing("127.0.0.1:8021", with: "127.0.0.1:\(port)")
    }

    private func settings(place: String, key: String) -> String {
        """
        daemon off;
        pid pid;
        error_log \(folder.path)/log info;
        \(getuid() == 0 ? "user root;" : "")
        events {}
        http {
            access_log off;
            client_body_temp_path body;
            proxy_temp_path proxy;
            fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi;
            scgi_temp_path scgi;
            server {
                listen 127.0.0.1:\(port);
                \(place)
            }
            server {
                listen 127.0.0.1:\(securePort) ssl;
                ssl_certificate \(certificate);
                ssl_certificate_key \(key);
                \(place)
            }
        }

        """
    }

    var log: String { folder.read("log") ?? "" }
}
