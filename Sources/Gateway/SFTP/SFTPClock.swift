/// How long a session may be silent, and last.
struct SFTPClock {
    private let idleTimeout: Duration
    private let end: ContinuousClock.Instant

    init(_ configuration: GatewayConfiguration, begin: ContinuousClock.Instant = .now) {
        idleTimeout = configuration.idleTimeout
        end = begin + configuration.sessionTimeLimit
    }

    /// Until when the client has to be heard, and how the session ends otherwise.
    func patience(at now: ContinuousClock.Instant) -> (ContinuousClock.Instant, String) {
        end < now + idleTimeout ? (end, "long") : (now + idleTimeout, "idle")
    }
}
