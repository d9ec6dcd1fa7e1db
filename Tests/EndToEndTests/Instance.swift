import Foundation
import Subprocess
import SystemPackage
import Testing

/// A private instance of the service with the people of Tests/Fixtures/uploads. scripts/instance makes it.
struct Instance: Sendable {
    @TaskLocal static var running: Instance?

    /// The one that the trait `.instance` keeps running.
    static func current() throws -> Instance { try #require(running, "The suite lacks the trait .instance.") }

    let folder: String

    /// Runs a script that knows the instance as `$instance`, `$work`, `$ftp`, `$put` and `$url`, with the functions of
    /// scripts/instance and Tests/Fixtures/uploads.
    func bash(_ script: String, seconds: Int = 150) async throws -> Bash.Run {
        try await Bash.run("\(Bash.start)instance_load '\(folder)'\n\(script)", seconds: seconds)
    }

    /// The same, for a script that must succeed.
    @discardableResult
    func must(_ script: String, seconds: Int = 150, sourceLocation: SourceLocation = #_sourceLocation) async throws
        -> String
    {
        let run = try await bash("set -e\n\(script)", seconds: seconds)
        let log = run.isSuccess ? "" : try await bash("tail -n 30 \"$instance/log\"").output
        try #require(run.isSuccess, "\(run.output)\nThe service's log:\n\(log)", sourceLocation: sourceLocation)
        return run.output.trimmingCharacters(in: .newlines)
    }

    func get(_ path: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> String {
        try await must("curl -sS --fail \"$url/\(path)\"", sourceLocation: sourceLocation)
    }
}

extension Instance {
    /// Starts one, and ends it whatever happens: the shell that keeps it lives as long as its standard input is open.
    /// - Parameter suites: more paragraphs of its distributions.d.
    static func run(suites: String, _ body: @Sendable () async throws -> Void) async throws {
        let instance = Instance(folder: "/tmp/slipway-end-\(UInt64.random(in: 0 ... .max))")
        let kept = try await Subprocess.run(
            .name("bash"), arguments: ["-c", Bash.start + instance.keeping(suites)],
            workingDirectory: FilePath(Bash.top.path()),
            input: .inputWriter, output: .sequence, error: .combinedWithOutput
        ) { keeper in
            var said: [String] = []
            for try await line in keeper.standardOutput.strings() {
                said.append(line)
                if line == "ready" { break }
            }
            let outcome = await instance.outcome(of: body, said)
            try await keeper.standardInputWriter.finish()
            return outcome
        }
        try kept.closureResult.get()
        #expect(kept.terminationStatus.isSuccess, "The instance ended badly.")
    }

    /// Does not throw, as what throws in the closure has the keeper killed.
    private func outcome(of body: @Sendable () async throws -> Void, _ said: [String]) async -> Result<Void, any Error>
    {
        do {
            try #require(said.last == "ready", "\(said.joined(separator: "\n"))")
            return .success(try await Self.$running.withValue(self, operation: body))
        } catch {
            return .failure(error)
        }
    }

    /// Its builder is off, so that not every accepted package costs a build: the tests that want one say so.
    private func keeping(_ suites: String) -> String {
        """
        set -e
        instance_make '\(folder)'
        \(suites.isEmpty ? "" : "cat >>$instance/distributions.d/debian.suites <<SUITES\n\(suites)\nSUITES")
        trap 'instance_stop; instance_remove \(folder)' EXIT
        make_people
        SLIPWAY_BUILDER_ENABLED=false instance_start
        instance_save
        echo ready
        cat >/dev/null
        """
    }
}

/// Keeps an instance running for the tests of a suite.
struct InstanceTrait: SuiteTrait, TestScoping {
    var suites = ""

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await Instance.run(suites: suites, function)
    }
}

extension Trait where Self == InstanceTrait {
    static var instance: InstanceTrait { InstanceTrait() }
    /// With more paragraphs of its distributions.d; `$architecture` is this machine's.
    static func instance(suites: String) -> InstanceTrait { InstanceTrait(suites: suites) }
}
