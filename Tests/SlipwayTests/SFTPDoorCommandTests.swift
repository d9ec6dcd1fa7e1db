import ArchiveModel
import Catalog
import Foundation
import SSHKeys
import SystemPackage
import Testing

@testable import slipway

/// What sshd is told to run: a mistake here gives somebody a shell.
@Suite struct SFTPDoorCommandTests {
    private static let key =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFZeZMEAnL+6j4FxRlu3+MdUeDJBziHdJb5Iqadeg16a"

    @Test func nothingButASessionIsAllowed() throws {
        var settings = Settings()
        settings.gateway.options = ["--file-size", "1", "--sessions=7"]
        let command =
            "/usr/local/bin/slipway-gateway sftp-session --jail /var/lib/slipway/jail --file-size 1 '--sessions=7' "
            + "--person alice"
        #expect(try line(settings) == "restrict,command=\"\(command)\" \(Self.key)")
    }

    /// sshd takes `\"` for `"`, and the shell the rest.
    @Test(arguments: ["", "a b", "it's", "\"", "\\\"", "$(id)", "`id`", "a;b", "ä", "*", "~", "#", "a\\", "\\\\\"\"'"])
    func wordsArriveAsTheyAre(_ word: String) throws {
        var settings = Settings()
        settings.gateway.options = [word]
        let line = try line(settings)
        let command = line.dropFirst("restrict,command=\"".count).dropLast("\" \(Self.key)".count)
            .replacing("\\\"", with: "\"")
        #expect(line.hasSuffix("\" \(Self.key)") && !line.contains("\n"))
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", "set -- \(command); shift 4; printf %s \"$1\""]
        let output = Pipe()
        shell.standardOutput = output
        try shell.run()
        let said = try output.fileHandleForReading.readToEnd() ?? Data()
        shell.waitUntilExit()
        #expect(String(decoding: said, as: UTF8.self) == word)
    }

    @Test(arguments: ["\n", "a\r", "\u{0}", "\u{1B}[m", "\u{85}"])
    func aControlCharacterIsAMistake(_ word: String) {
        var settings = Settings()
        settings.gateway.options = [word]
        #expect(throws: ConfigurationMistake.self) { try line(settings) }
    }

    private func line(_ settings: Settings) throws -> String {
        let key = RegisteredSSHKey(
            person: OwnerName("alice")!, key: try SSHPublicKey(parsing: "\(Self.key) her laptop"), added: 1)
        return try SFTPDoorCommand(settings, program: "/usr/local/bin/slipway-gateway").line(for: key)
    }
}
