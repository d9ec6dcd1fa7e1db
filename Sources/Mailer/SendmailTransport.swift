internal import ArchiveModel
internal import Subprocess
public import SystemPackage

/// Delivery through sendmail(8), which every mail server for Debian brings.
public struct SendmailTransport: MailTransport {
    private let program: FilePath
    private let timeout: Duration

    /// - Parameter timeout: how long the program may run before it is stopped and the delivery counts as failed.
    public init(program: FilePath = "/usr/sbin/sendmail", timeout: Duration = .seconds(60)) {
        self.program = program
        self.timeout = timeout
    }

    public func deliver(_ parcel: Parcel) async throws(DeliveryFailure) {
        switch await ended(parcel) {
        case .success(.exited(.exited(0), _)): return
        case .success(.exited(let status, let said)):
            throw DeliveryFailure(sentence(status, said), isPermanent: Self.isPermanent(status))
        case .success(.tooLate): throw DeliveryFailure("\(program) was stopped: it took longer than \(timeout).")
        case .failure(let error): throw DeliveryFailure("\(program) could not be run: \(error)")
        }
    }

    private func ended(_ parcel: Parcel) async -> Result<Ended, any Error> {
        do {
            return .success(try await withTimeout { try await send(parcel) })
        } catch {
            return .failure(error)
        }
    }

    private enum Ended: Sendable {
        case exited(TerminationStatus, said: String)
        case tooLate
    }

    /// `-i`: a line with a single dot does not end the mail. The recipient is an argument, never a header: nothing
    /// in the text can add another.
    private func send(_ parcel: Parcel) async throws -> Ended {
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(2))]
        let result = try await run(
            .path(program), arguments: ["-i", "-f", parcel.sender, "--", parcel.recipient.address],
            platformOptions: options, input: .array(parcel.message), output: .discarded,
            error: .string(limit: Self.errorLimit))
        return .exited(result.terminationStatus, said: result.standardError)
    }

    /// In bytes; a program that says more than this about one mail is stopped.
    private static let errorLimit = 1 << 16

    private func withTimeout(_ work: @escaping @Sendable () async throws -> Ended) async throws -> Ended {
        try await withThrowingTaskGroup(of: Ended.self) { group in
            group.addTask(operation: work)
            group.addTask {
                try await Task.sleep(for: timeout)
                return .tooLate
            }
            let first = try await group.next()
            group.cancelAll()
            return first ?? .tooLate
        }
    }

    private func sentence(_ status: TerminationStatus, _ said: String) -> String {
        let reason =
            switch status {
            case .exited(let code): Self.exitNames[code].map { "exit status \(code), \($0)" } ?? "exit status \(code)"
            case .signaled(let signal): "signal \(signal)"
            }
        let words = said.split(whereSeparator: \.isNewline).joined(separator: " ")
        return "\(program) ended with \(reason)" + (words.isEmpty ? "." : ": \(words)")
    }

    /// What the mail or its address is the cause of: EX_DATAERR, EX_NOUSER, EX_NOHOST. The others are the machine's to mend.
    private static func isPermanent(_ status: TerminationStatus) -> Bool {
        [65, 67, 68].contains { status == .exited($0) }
    }

    /// sysexits(3).
    private static let exitNames: [CInt: String] = [
        64: "usage", 65: "data format", 67: "no such user", 68: "no such host", 69: "service unavailable",
        70: "internal error", 71: "system error", 72: "system file missing", 73: "cannot create", 74: "input/output",
        75: "try again later", 77: "no permission", 78: "configuration",
    ]
}
