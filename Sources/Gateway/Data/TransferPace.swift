internal import FTPProtocol
internal import NIOCore

/// Notices a transfer that brings next to nothing. Silence has its own limit; this is for a byte now and then.
struct TransferPace {
    private static let window = TimeAmount.minutes(1)

    private let lowestRate: Int
    private var begun: NIODeadline
    private var bytes = 0

    /// In bytes a second.
    init(lowestRate: Int, at now: NIODeadline) {
        self.lowestRate = lowestRate
        begun = now
    }

    mutating func note(_ count: Int, at now: NIODeadline) throws(StoreFailure) {
        bytes += count
        guard now - begun >= Self.window else { return }
        let seconds = Int((now - begun).nanoseconds / 1_000_000_000)
        guard bytes >= lowestRate * seconds else { throw .cut }
        begun = now
        bytes = 0
    }
}
