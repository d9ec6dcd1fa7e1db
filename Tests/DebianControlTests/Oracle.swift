import Foundation
import Testing

/// Asks dpkg's own programs and Perl modules (packages dpkg, libdpkg-perl), all questions in one process.
enum Oracle {
    /// One answer a line for one question a line, from a Perl program run once for each line (`perl -ne`).
    static func perl(_ modules: [String], _ program: String, questions: [String]) throws -> [String] {
        try run("/usr/bin/perl", modules.map { "-M\($0)" } + ["-lne", program], questions: questions)
    }

    /// The same from a shell program, which reads the lines itself.
    static func shell(_ program: String, questions: [String]) throws -> [String] {
        try run("/bin/sh", ["-c", program], questions: questions)
    }

    private static func run(_ path: String, _ arguments: [String], questions: [String]) throws -> [String] {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try Data((questions.joined(separator: "\n") + "\n").utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = try FileHandle(forReadingFrom: file)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let answers = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        let lines = String(decoding: answers, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        try #require(lines.count == questions.count + 1, "one answer to each question")
        return lines.dropLast().map { String($0) }
    }
}
