internal import ArchiveModel
internal import Catalog
internal import SSHKeys
internal import SystemPackage

/// The lines by which sshd runs the gateway's SFTP session, and nothing else, for somebody whose key it found.
struct SFTPDoorCommand {
    private let words: [String]

    /// The gateway's own options go along: what holds for FTP holds for SFTP.
    init(_ settings: Settings, program: FilePath = GatewayProgram.executable) {
        words = [program.string, "sftp-session", "--jail", settings.state.jail.string] + settings.gateway.options
    }

    /// One line of an authorized_keys file, sshd(8). The comment stays out: sshd has no use for it.
    /// - Throws: `ConfigurationMistake` when a word could not stand in a line.
    func line(for registered: RegisteredSSHKey) throws -> String {
        let command = try (words + ["--person", registered.person.text]).map(Self.quoted).joined(separator: " ")
        return "restrict,command=\"\(command.replacing("\"", with: "\\\""))\" \(registered.key.words)"
    }

    /// For the user's shell, by which sshd runs the command.
    private static func quoted(_ word: String) throws -> String {
        guard word.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            throw ConfigurationMistake(
                key: "gateway.options", mistake: "a control character is in \(word.debugDescription)")
        }
        guard word.isEmpty || !word.utf8.allSatisfy(isPlain) else { return word }
        return "'\(word.replacing("'", with: #"'\''"#))'"
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-_./:,+@".utf8.contains(byte)
        }
    }
}
