internal import FTPProtocol
internal import NIOCore

/// Notices a transfer that brings next to nothing. Silence has its own limit; this is for a byte now and then.
struct TransferPace {
    private let lowestRate: Int
    private let window: TimeAmount
    private var begun: NIODeadline
    private var bytes = 0

    /// In bytes a second, on average over `window`.
    init(lowestRate: Int, over window: TimeAmount = .minutes(1), at now: NIODeadline) {
        self.lowestRate = lowestRate
        self.window = window
        begun = now
    }

    mutating func note(_ count: Int, at now: NIODeadline) throws(StoreFailure) {
        bytes += count
        guard now - begun >= window else { return }
        let milliseconds = Int((now - begun).nanoseconds / 1_000_000)
        guard bytes >= lowestRate * milliseconds / 1000 else { throw .cut }
        begun = now
        bytes = 0
    }
}

extension GatewayConfiguration {
    /// For a transfer that begins now.
    var pace: TransferPace {
        TransferPace(lowestRate: lowestRate, over: TimeAmount(lowestRateTime), at: .now())
    }
}
