import Foundation
import Testing

/// The real gpg in a home of its own, as an uploader has it.
final class GnuPG: Sendable {
    let home: String

    init() throws {
        home = try temporaryFolder()
        try Data("batch\nno-tty\npinentry-mode loopback\npassphrase \"\"\ntrust-model always\n".utf8)
            .write(to: URL(filePath: home + "/gpg.conf"))
    }

    deinit { remove() }

    /// An agent ends when its home is gone.
    func remove() { _ = try? run("/bin/rm", ["-rf", home]) }

    /// Runs gpg; what it printed.
    @discardableResult
    func callAsFunction(_ arguments: String..., input: String = "") throws -> String {
        try run("/usr/bin/gpg", ["--homedir", home] + arguments, input: input)
    }

    /// A new key's fingerprint; `arguments` are those of `--quick-gen-key`, `options` stand before it.
    func makeKey(_ name: String, _ arguments: String..., options: [String] = []) throws -> String {
        try run(
            "/usr/bin/gpg",
            ["--homedir", home] + options + ["--quick-gen-key", "\(name) <\(name)@example.org>"] + arguments)
        return try fingerprints(of: name)[0]
    }

    /// The primary key's and then the subkeys'.
    func fingerprints(of name: String) throws -> [String] {
        try self("--with-colons", "--list-keys", "\(name)@example.org").split(separator: "\n")
            .filter { $0.hasPrefix("fpr:") }.map { String($0.split(separator: ":").last ?? "") }
    }

    func clearsign(_ text: String, by key: String, _ options: String...) throws -> String {
        try run("/usr/bin/gpg", ["--homedir", home, "-u", key] + options + ["--clearsign"], input: text)
    }

    func export(_ keys: String...) throws -> [UInt8] {
        Array(try run("/usr/bin/gpg", ["--homedir", home, "--armor", "--export"] + keys).utf8)
    }
}

/// A short path, as the agent's socket has to fit.
func temporaryFolder() throws -> String {
    var template = Array("/tmp/slipway-openpgp-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw ToolFailure(text: "mkdtemp: \(errno)") }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

struct ToolFailure: Error, CustomStringConvertible {
    let text: String
    var description: String { text }
}

/// Runs a program to its end; what it printed. Fails when it does.
/// - Parameter tries: of a gpg that finds no keyring, as another test's replaces it by two renames.
@discardableResult
func run(_ program: String, _ arguments: [String], input: String = "", tries: Int = 3) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let (toIt, fromIt) = (Pipe(), Pipe())
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data().write(to: URL(filePath: folder + "/errors"))
    process.standardInput = toIt
    process.standardOutput = fromIt
    process.standardError = try FileHandle(forWritingTo: URL(filePath: folder + "/errors"))
    try process.run()
    try toIt.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try toIt.fileHandleForWriting.close()
    let output = try fromIt.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
        let errors = try String(contentsOfFile: folder + "/errors", encoding: .utf8)
        guard tries > 1, errors.contains("keydb_search failed: No such file") else {
            throw ToolFailure(text: "\(program) \(arguments): \(errors)")
        }
        usleep(50_000)
        return try run(program, arguments, input: input, tries: tries - 1)
    }
    return String(decoding: output, as: UTF8.self)
}

func bytes(of file: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: file))) }
