import Foundation
import SSHKeys
import Testing

/// What is taken for a key, and what is not: everything that stands here reaches a file that sshd believes.
@Suite struct SSHPublicKeyTests {
    private static let ed25519 = KnownKey.all[0]
    private static let words = ed25519.line.split(separator: " ").map(String.init)
    /// Type and base64, without the comment.
    private static let bare = words[0] + " " + words[1]

    @Test(arguments: KnownKey.all) func isTaken(_ known: KnownKey) throws {
        let key = try SSHPublicKey(parsing: known.line)
        #expect(key.fingerprint.text == known.fingerprint)
        #expect("\(key.words) \(key.comment)" == known.line)
        #expect(SSHFingerprint(known.fingerprint) == key.fingerprint)
        #expect(try SSHPublicKey(type: key.type, blob: key.blob, comment: key.comment) == key)
    }

    @Test func everyTypeIsTried() throws {
        let types = try KnownKey.all.map { try SSHPublicKey(parsing: $0.line).type }
        #expect(Set(types) == Set(SSHKeyType.allCases))
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let line: String
        let mistake: SSHKeyMistake

        init(_ line: String, _ mistake: SSHKeyMistake) { (self.line, self.mistake) = (line, mistake) }

        var testDescription: String { "\(mistake): \(line.prefix(60))" }
    }

    @Test(arguments: [
        Row("", .noKey),
        Row("hello", .noKey),
        Row(words[1], .noKey),
        Row("SSH-ED25519 \(words[1])", .noKey),
        Row("ssh-ed448 \(words[1])", .noKey),
        Row("---- BEGIN SSH2 PUBLIC KEY ----", .noKey),
        Row("-----BEGIN OPENSSH PRIVATE KEY-----", .privateKey),
        Row("command=\"sh\" \(bare)", .options),
        Row("restrict,pty \(bare)", .options),
        Row("no-such-option,from=\"a b\" \(bare)", .options),
        Row("ssh-ed25519-cert-v01@openssh.com \(words[1])", .certificate),
        Row("ssh-ed25519", .base64),
        Row("ssh-ed25519 \(words[1].dropLast())", .base64),
        Row("ssh-ed25519 \(words[1])=", .base64),
        Row("ssh-ed25519 \(words[1])*", .base64),
        Row("ssh-ed25519 \(words[1]) \n", .comment),
        Row("ssh-ed25519\n\(words[1])", .noKey),
        Row("ssh-ed25519 \(words[1])\ncommand", .base64),
        Row("ssh-rsa \(words[1])", .otherType),
        Row("\(bare) a\u{1B}[2Jb", .comment),
        Row("\(bare) a\u{0}b", .comment),
        Row("\(bare) a\tb", .comment),
        Row("\(bare) a\nssh-rsa", .comment),
        Row("\(bare) a\u{202E}b", .comment),
        Row("\(bare) \(String(repeating: "a", count: 256))", .comment),
        Row(KnownKey.rsa1024, .bits(1024)),
        Row(KnownKey.dsa, .weak),
    ])
    func isRefused(_ row: Row) {
        #expect(throws: row.mistake) { try SSHPublicKey(parsing: row.line) }
    }

    /// The last digit of the base64 of 49 bytes has four bits that mean nothing: only 0 is taken for them.
    @Test func base64HasOneSpelling() throws {
        let ecdsa = KnownKey.all[1].line.split(separator: " ")[1]
        #expect(ecdsa.hasSuffix("s="))
        #expect(throws: SSHKeyMistake.base64) {
            try SSHPublicKey(parsing: "ecdsa-sha2-nistp256 \(ecdsa.dropLast(2))t=")
        }
    }

    @Test(arguments: KnownKey.all) func everyByteOfTheFormCounts(_ known: KnownKey) throws {
        let key = try SSHPublicKey(parsing: known.line)
        for count in 0..<key.blob.count {
            #expect(throws: SSHKeyMistake.self) {
                try SSHPublicKey(type: key.type, blob: Array(key.blob.prefix(count)), comment: "")
            }
        }
        #expect(throws: SSHKeyMistake.broken) { try SSHPublicKey(type: key.type, blob: key.blob + [0], comment: "") }
        for other in SSHKeyType.allCases where other != key.type {
            #expect(throws: SSHKeyMistake.otherType) { try SSHPublicKey(type: other, blob: key.blob, comment: "") }
        }
    }

    /// Whatever is changed, what is taken stays one key on one line, with nothing that sshd could read otherwise.
    @Test(arguments: KnownKey.all) func mutationsAreAKeyOrNone(_ known: KnownKey) throws {
        var random = SystemRandomNumberGenerator()
        let pieces: [[UInt8]] = [[0], [10], [13], [32], [34], [35], [61], [0xFF], Array("command=\"sh\" ".utf8), [9]]
        for _ in 0..<500 {
            var bytes = Array(known.line.utf8)
            for _ in 0...Int.random(in: 0..<3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: place)
                default: bytes.remove(at: place)
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            guard let key = try? SSHPublicKey(parsing: text) else { continue }
            let words = key.words.split(separator: " ", omittingEmptySubsequences: false)
            #expect(words.count == 2 && words[0] == key.type.rawValue, "\(text.debugDescription)")
            #expect(Data(base64Encoded: String(words[1])) == Data(key.blob), "\(text.debugDescription)")
            #expect(key.comment.utf8.allSatisfy { $0 >= 32 && $0 != 127 }, "\(text.debugDescription)")
        }
    }

    @Test(arguments: ["\n", "\r\n"]) func filesHaveSeveralKeys(_ lineEnd: String) throws {
        let lines = ["# alice's", "", KnownKey.all[0].line, "  \(KnownKey.all[1].line)  ", "\t#", ""]
        let keys = try SSHPublicKey.keys(inLines: lines.joined(separator: lineEnd))
        #expect(keys.map(\.fingerprint.text) == KnownKey.all.prefix(2).map(\.fingerprint))
        #expect(keys.map(\.comment) == ["ed255190@example", "ecdsa256@example"])
    }

    @Test func aMistakeHasItsLine() {
        let text = "# mine\n\(KnownKey.all[0].line)\n\(KnownKey.rsa1024)\n"
        let short = #expect(throws: SSHPublicKey.LineMistake.self) { try SSHPublicKey.keys(inLines: text) }
        #expect(short?.line == 3 && short?.mistake == .bits(1024))
        let empty = #expect(throws: SSHPublicKey.LineMistake.self) { try SSHPublicKey.keys(inLines: "#\n") }
        #expect(empty?.mistake == .noKey)
    }

    @Test(arguments: [
        "", "SHA256:", "SHA256:AAA", "sha256:UJrdR5dSK5QPADbmFS2s1R7LFAfSONGA/1zIKRUpYz8",
        "UJrdR5dSK5QPADbmFS2s1R7LFAfSONGA/1zIKRUpYz8",
        "SHA256:UJrdR5dSK5QPADbmFS2s1R7LFAfSONGA/1zIKRUpYz8=", "SHA256:UJrdR5dSK5QPADbmFS2s1R7LFAfSONGA/1zIKRUpYz9",
        "SHA256:UJrdR5dSK5QPADbmFS2s1R7LFAfSONGA/1zIKRUpYz", "MD5:16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48",
    ])
    func isNoFingerprint(_ text: String) { #expect(SSHFingerprint(text) == nil) }
}
