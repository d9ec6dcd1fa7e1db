internal import ArchiveModel
internal import FTPProtocol
internal import Metrics

/// What the gateway counts: docs/operations.md, "Metrics", has the names and what they mean.
struct GatewayMetrics: Sendable {
    private let factory: any MetricsFactory
    private let sessions: Meter

    init(_ factory: any MetricsFactory) {
        self.factory = factory
        sessions = Meter(label: "slipway_gateway_sessions", factory: factory)
    }

    private func count(_ label: String, _ dimensions: [(String, String)], by amount: Int64 = 1) {
        Counter(label: "slipway_gateway_" + label, dimensions: dimensions, factory: factory).increment(by: amount)
    }

    func entered(_ refusal: FTPSession.Refusal?) {
        sessions.increment()
        if let refusal { refused(refusal) }
    }

    func refused(_ refusal: FTPSession.Refusal) { count("refusals", [("reason", refusal.word)]) }

    func left() { sessions.decrement() }

    /// `ending` is the word of the log.
    func ended(door: String, _ ending: String, _ tally: UploadFolder.Tally) {
        count("sessions", [("door", door), ("ended", ending)])
        count("files", [("door", door)], by: Int64(tally.files))
        count("bytes", [("door", door)], by: tally.bytes)
    }

    func notStored(_ failure: StoreFailure) {
        switch failure {
        case .cut: count("transfers_cut", [("reason", "broken")])
        case .aborted: count("transfers_cut", [("reason", "aborted")])
        case .noDataConnection: count("transfers_cut", [("reason", "unconnected")])
        case .fileTooLarge: count("refusals", [("reason", "file-size")])
        case .sessionFull: count("refusals", [("reason", "session-size")])
        case .diskFull: count("refusals", [("reason", "disk")])
        case .nameTaken, .nothingThere, .absent, .notEmpty: count("refusals", [("reason", "name")])
        case .failed: count("refusals", [("reason", "fault")])
        }
    }

    /// `time` began when the file was whole.
    func judged(_ outcome: Verdict.Outcome?, after time: Duration) {
        count("verdicts", [("outcome", outcome?.rawValue ?? "later")])
        Timer(label: "slipway_gateway_verdict", factory: factory).recordNanoseconds(time.nanoseconds)
    }
}

extension Duration {
    fileprivate var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}

extension GatewayParts {
    /// Counts a connection until `leave`, whether it is let in or not.
    func enter(_ peer: NetworkAddress?) -> FTPSession.Refusal? {
        let refusal = admission.enter(peer)
        metrics.entered(refusal)
        return refusal
    }

    func leave(_ peer: NetworkAddress?) {
        admission.leave(peer)
        metrics.left()
    }
}
