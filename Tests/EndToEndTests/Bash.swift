import Foundation
import Subprocess
import SystemPackage
import Testing

/// How the tests reach the programs: scripts in bash, from the top of the tree, each with an end in time.
enum Bash {
    struct Run: CustomStringConvertible {
        let isSuccess: Bool
        /// Both streams, as a terminal shows them.
        let output: String

        var description: String { output }
        var lines: [String] { output.split(separator: "\n").map(String.init) }
    }

    /// The top of the tree; Tests may be a link into another one.
    static let top = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let start = "set -u -o pipefail; source scripts/instance; source Tests/Fixtures/uploads\n"

    /// - Parameter seconds: after them it is ended, with all it started.
    static func run(_ script: String, seconds: Int = 150) async throws -> Run {
        let result = try await Subprocess.run(
            .name("timeout"), arguments: ["--kill-after=5", "\(seconds)", "bash", "-c", script],
            workingDirectory: FilePath(top.path()), output: .string(limit: 4 << 20), error: .combinedWithOutput)
        return Run(isSuccess: result.terminationStatus.isSuccess, output: result.standardOutput)
    }
}
