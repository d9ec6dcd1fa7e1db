internal import ArchiveModel
internal import Foundation
internal import Gateway
internal import NIOCore
internal import Subprocess
internal import SystemPackage
internal import Testing

/// OpenSSH's sshd on a port of its own, with keys and settings of its own, and the jail that its sessions use.
struct TestSSH: Sendable {
    let port: Int
    let jail: TestJail
    let intake: TestIntake
    /// Keys and settings; short-lived.
    let folder: TestJail

    static let isPossible = FileManager.default.isExecutableFile(atPath: "/usr/sbin/sshd")
    static let user = getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "root"

    /// Runs `body` beside sshd. `options` go to sftp-session.
    static func run(
        intake: TestIntake? = TestIntake(), options: [String] = [],
        _ body: @escaping @Sendable (TestSSH) async throws -> Void
    ) async throws {
        let jail = try ProgramJail().folder
        let listener = try await intake?.listen(in: jail)
        chmod(jail.path.appending(VerdictSocket.name).string, 0o666)
        let port = try await TestPorts.next()
        let server = try TestSSH(port: port, jail: jail, intake: intake ?? TestIntake(), folder: TestJail())
        try await server.prepare(options)
        let arguments = ["-D", "-E", "\(server.folder.path)/log", "-f", "\(server.folder.path)/sshd_config"]
        _ = try await Subprocess.run(
            .path("/usr/sbin/sshd"), arguments: Arguments(arguments), input: .none, output: .discarded,
            error: .discarded
        ) { execution in
            defer { try? execution.send(signal: .terminate) }
            var log = ""
            while !log.contains("Server listening") {
                try #require(!log.contains("Cannot bind"), "\(log)")
                try await Task.sleep(for: .milliseconds(10))
                log = server.folder.read("log") ?? ""
            }
            try await body(server)
        }
        try await listener?.close()
    }

    private func prepare(_ options: [String]) async throws {
        for key in ["host", "user"] {
            let run = try await Client.run(
                "ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", "\(folder.path)/\(key)"], at: folder.path)
            try #require(run.isSuccess, "\(run.output)")
        }
        // sshd drops its rights for the session's user; the session itself runs as nobody when we are root.
        let become = getuid() == 0 ? "setpriv --reuid=nobody --regid=nogroup --clear-groups " : ""
        let session = "\(ProgramJail.programPath) sftp-session --jail \(jail.path) --person alice"
        let publicKey = try #require(folder.read("user.pub"))
        try folder.write(publicKey, to: "authorized_keys")
        try folder.write(
            """
            Port \(port)
            ListenAddress 127.0.0.1
            HostKey \(folder.path)/host
            PidFile none
            UsePAM no
            StrictModes no
            PermitRootLogin yes
            PasswordAuthentication no
            AuthorizedKeysFile \(folder.path)/authorized_keys
            Subsystem sftp /usr/lib/openssh/sftp-server
            ForceCommand \(become)\((([session]) + options).joined(separator: " "))

            """, to: "sshd_config")
        try folder.write(clientSettings, to: "ssh_config")
        // paramiko reads this one.
        try folder.write(clientSettings, to: ".ssh/config")
        let host = try #require(folder.read("host.pub")).split(separator: " ").prefix(2).joined(separator: " ")
        try folder.write("[127.0.0.1]:\(port) \(host)\n", to: ".ssh/known_hosts")
        try FileManager.default.createDirectory(atPath: "/run/sshd", withIntermediateDirectories: true)
    }

    private var clientSettings: String {
        """
        Host 127.0.0.1
            Port \(port)
            User \(Self.user)
            IdentityFile \(folder.path)/user
            IdentitiesOnly yes
            UserKnownHostsFile \(folder.path)/.ssh/known_hosts
            StrictHostKeyChecking yes

        """
    }

    var settings: [String] { ["-F", "\(folder.path)/ssh_config"] }

    /// sftp(1) with a batch of its commands; it ends at the first that fails. It asks for a command, not the subsystem,
    /// whose standard error sshd drops.
    func sftp(_ batch: String, in place: FilePath) async throws -> Client.Run {
        try folder.write(batch + "\n", to: "batch")
        return try await Client.run(
            "sftp", settings + ["-s", "/usr/lib/openssh/sftp-server", "-b", "\(folder.path)/batch", "127.0.0.1"],
            at: place)
    }
}
