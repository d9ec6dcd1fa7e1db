import ArchiveModel
import Catalog
import Foundation
import Testing

@testable import Intake

/// One way to be wrong, and what the service says to it.
struct BadInput: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var path = World.path
    var draft = Draft()
    /// Done to the files after everything was signed.
    var spoil: @Sendable (inout [String: [UInt8]]) -> Void = { _ in }
    var outcome = Verdict.Outcome.rejected
    /// All that is found, no more and no less.
    let codes: Set<String>

    init(_ what: String, _ codes: Set<String>, _ change: (inout BadInput) -> Void) {
        testDescription = what
        self.codes = codes
        change(&self)
    }
}

extension BadInput {
    static func replace(_ old: String, _ new: String) -> @Sendable (String) -> String {
        { text in
            var result = ""
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                result += (line.contains(old) ? edited(String(line), old, new) : String(line)) + "\n"
            }
            return String(result.dropLast())
        }
    }

    private static func edited(_ line: String, _ old: String, _ new: String) -> String {
        guard let range = line.firstRange(of: old) else { return line }
        return line.replacingCharacters(in: range, with: new)
    }

    /// Spoils the digest of the last file of a field, and signs that.
    private static func wrongDigest(after field: String) -> @Sendable (String) -> String {
        { text in
            var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            guard let start = lines.firstIndex(of: field) else { return text }
            let flipped = lines[start + 1].dropFirst(2)
            lines[start + 1] = (lines[start + 1].dropFirst().first == "0" ? " 1" : " 0") + flipped
            return lines.joined(separator: "\n")
        }
    }

    static func without(_ word: String) -> @Sendable (String) -> String {
        { text in
            text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.contains(word) }
                .joined(separator: "\n")
        }
    }

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    static let signatures: [BadInput] = [
        BadInput("unsigned", ["not-clearsigned"]) {
            $0.draft.signer = nil
            $0.outcome = .ignored
        },
        BadInput("key nobody knows", ["unknown-key"]) {
            $0.draft.signer = .stranger
            $0.outcome = .ignored
        },
        BadInput("text altered after signing", ["signature-altered"]) {
            $0.draft.alterChanges = {
                bytes(replace("urgency=medium", "urgency=low")(String(decoding: $0, as: UTF8.self)))
            }
            $0.outcome = .ignored
        },
        BadInput("text before the signed block", ["text-before-signature"]) {
            $0.draft.alterChanges = { bytes("Source: evil\n\n") + $0 }
            $0.outcome = .ignored
        },
        BadInput("text after the signed block", ["text-after-signature"]) {
            $0.draft.alterChanges = { $0 + bytes("Source: evil\n") }
            $0.outcome = .ignored
        },
        BadInput("empty", ["unreadable"]) {
            $0.draft.alterChanges = { _ in [] }
            $0.outcome = .ignored
        },
        BadInput("packed and signed", ["signed-but-not-clear"]) {
            $0.draft.alterChanges = { _ in bytes("-----BEGIN PGP MESSAGE-----\n\n-----END PGP MESSAGE-----\n") }
            $0.outcome = .ignored
        },
        BadInput("in Latin-1", ["not-utf-8"]) {
            $0.draft.encodeChanges = { bytes($0).map { $0 == UInt8(ascii: "m") ? 0xF6 : $0 } }
            $0.outcome = .ignored
        },
        BadInput("signed in the future", ["signature-from-the-future"]) {
            $0.draft.signing = ["--faked-system-time", "20600101T000000!"]
        },
        BadInput("signed with SHA-1", ["weak-digest"]) {
            $0.draft.signing = ["--allow-weak-digest-algos", "--digest-algo", "SHA1"]
        },
        BadInput("signed by a builder, to an archive", ["not-a-build"]) {
            $0.draft.signer = .builder
            $0.outcome = .ignored
        },
        BadInput("expired key of a registered person", ["expired-key"]) { $0.draft.signer = .erik },
        BadInput("revoked key of a registered person", ["revoked-key"]) { $0.draft.signer = .rita },
        BadInput("blocked person", ["blocked-person"]) { $0.draft.signer = .dave },
        BadInput("unsigned .dsc", ["not-clearsigned"]) { $0.draft.dscSigner = nil },
        BadInput(".dsc by a key nobody knows", ["unknown-key"]) { $0.draft.dscSigner = .stranger },
        BadInput(".dsc by a blocked person", ["blocked-person"]) { $0.draft.dscSigner = .dave },
    ]

    static let files: [BadInput] = [
        BadInput("wrong size", ["wrong-size"]) { $0.spoil = { $0["hello_2.10.orig.tar.xz"]?.removeLast() } },
        BadInput("bytes altered", ["wrong-digest"]) { $0.spoil = { $0["hello_2.10.orig.tar.xz"]?[0] ^= 1 } },
        BadInput(".dsc altered", ["wrong-digest"]) { $0.spoil = { $0["hello_2.10-3.dsc"]?[60] ^= 1 } },
        BadInput("wrong MD5", ["wrong-digest", "digests-disagree"]) {
            $0.draft.editDsc = wrongDigest(after: "Files:")
        },
        BadInput("wrong SHA-1", ["wrong-digest", "digests-disagree"]) {
            $0.draft.editDsc = wrongDigest(after: "Checksums-Sha1:")
        },
        BadInput("wrong SHA-256", ["wrong-digest", "digests-disagree"]) {
            $0.draft.editDsc = wrongDigest(after: "Checksums-Sha256:")
        },
        BadInput("wrong SHA-512", ["wrong-digest", "digests-disagree"]) {
            $0.draft.editDsc = wrongDigest(after: "Checksums-Sha512:")
        },
        BadInput("../ in a file name", ["unsafe-file-name"]) {
            $0.draft.editChanges = replace(" hello_2.10-3.debian.tar.xz", " ../hello_2.10-3.debian.tar.xz")
        },
        BadInput("control character in a file name", ["unsafe-file-name", "control-character"]) {
            $0.draft.editChanges = replace(" hello_2.10-3.debian.tar.xz", " hello\u{1B}_2.10-3.debian.tar.xz")
        },
        BadInput("file not in the .dsc", ["file-not-in-dsc"]) { $0.draft.more = ["hello_2.10.orig-extra.tar.xz": [1]] },
    ]

    static let places: [BadInput] = [
        BadInput("unknown suite", ["unknown-suite"]) { $0.draft.distribution = "squeeze" },
        BadInput("unreleased", ["unknown-suite"]) { $0.draft.distribution = "UNRELEASED" },
        BadInput("no right", ["no-right"]) { ($0.draft.signer, $0.draft.dscSigner) = (.bob, .bob) },
        BadInput("unknown owner", ["no-such-target"]) { $0.path = "~nobody/debian/tools" },
        BadInput("unknown archive", ["no-such-target"]) { $0.path = "~alice/debian/nothing" },
        BadInput("another's result of a build", ["no-such-target"]) { $0.path = "builds/1" },
        BadInput("component that the suite lacks", ["unknown-component", "no-right"]) {
            $0.path = "debian"
            $0.draft.section = "non-free/devel"
        },
        BadInput("no architecture of the suite", ["nothing-to-build"]) { $0.draft.sourceArchitecture = "riscv64" },
    ]

    static let fields: [BadInput] = [
        BadInput("binaries beside the source", ["not-source-only"]) {
            $0.draft.architecture = "source amd64"
            $0.draft.more = ["hello_2.10-3_amd64.deb": [1, 2, 3]]
            $0.draft.editChanges = { "Binary: hello\nDescription:\n hello - greets\n" + $0 }
        },
        BadInput("installer package of no listed architecture", ["deb-of-unlisted-architecture", "missing-field"]) {
            $0.draft.more = ["hello_2.10-3_amd64.udeb": [1, 2, 3]]
        },
        BadInput("field missing", ["missing-field"]) {
            $0.draft.editChanges = replace("Maintainer: Alice", "X-Nobody: A")
        },
        BadInput("several things at once", ["missing-field", "bad-value", "no-right"]) {
            ($0.draft.signer, $0.draft.dscSigner) = (.bob, .bob)
            $0.draft.editChanges = { text in
                replace("Version: 2.10-3", "Version: x:y")(replace("Maintainer: Alice", "X-Nobody: A")(text))
            }
        },
        BadInput(".changes and .dsc of two versions", ["version-disagrees"]) {
            $0.draft.editDsc = replace("Version: 2.10-3", "Version: 0:2.10-3")
        },
    ]

    static let all = signatures + files + places + fields + forms
}

@Suite struct BadInputTests {
    /// One for all rows: what is refused leaves nothing that another row could meet.
    private static let world = Task { try await World() }

    @Test(arguments: BadInput.all)
    func isRefused(_ input: BadInput) async throws {
        let world = try await Self.world.value
        var files = try await input.draft.files()
        input.spoil(&files)
        let record = try #require(try await world.send(files, session: input.session, path: input.path).first)
        #expect(record.verdict.outcome == input.outcome)
        #expect(record.codes == input.codes, "\(record.verdict.findings)")
        #expect(try await world.history() == [], "nothing is published")
        let letters = try await world.letters().filter { $0.identity == "upload-\(record.id)-\(input.outcome)" }
        let told = input.outcome == .ignored ? [] : [input.draft.signer?.address]
        #expect(letters.map(\.recipient.address) == told)
        #expect(try world.sessions(.landed).contains(input.session) == false)
    }
}

extension BadInput {
    var session: String { String(testDescription.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }) }
}
