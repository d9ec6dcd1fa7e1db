/// What a client wants sshd to run, of which only uploads are granted.
public enum RequestedCommand: Equatable, Sendable {
    case session
    /// dput's `chmod 0644 …` after an upload with scp: nothing to do, and nothing done.
    case tidyUp
    /// With a sentence.
    case refused(String)

    /// `text` is SSH_ORIGINAL_COMMAND. For the subsystem, sshd puts its own setting there.
    public init(_ text: String?) {
        let words = (text ?? "").split(separator: " ")
        switch words.first {
        case "internal-sftp", "/usr/lib/openssh/sftp-server", "/usr/lib/sftp-server": self = .session
        case "chmod" where words.count > 2 && words[1] == "0644" && words[2...].allSatisfy(Self.isPlainPath):
            self = .tidyUp
        case "scp": self = .refused("The old protocol of scp is not offered: use scp without -O, or sftp.")
        case nil: self = .refused("There is no shell here: upload with dput, scp or sftp.")
        default: self = .refused("No such command here: upload with dput, scp or sftp.")
        }
    }

    private static func isPlainPath(_ word: Substring) -> Bool {
        word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "_-+~./:".utf8.contains(byte)
            }
        }
    }
}
