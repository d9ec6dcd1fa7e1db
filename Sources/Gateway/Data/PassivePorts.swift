/// Ports for data connections.
public struct PassivePorts: Sendable, Equatable, CustomStringConvertible {
    /// Whatever the system gives.
    public static let any = PassivePorts(range: nil)

    private let range: ClosedRange<UInt16>?

    private init(range: ClosedRange<UInt16>?) {
        self.range = range
    }

    /// From `50000-50099`, both ends included; port 0 is none.
    public init?(_ text: String) {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { UInt16($0) }
        guard ends.count == 2, let first = ends[0], let last = ends[1], first > 0, first <= last else { return nil }
        range = first...last
    }

    public var description: String {
        range.map { "\($0.lowerBound)-\($0.upperBound)" } ?? "any"
    }

    /// In the order to try them: each once, from a random one on, so that a port is not guessed.
    var candidates: [Int] {
        guard let range else { return [0] }
        let ports = range.map(Int.init)
        let start = Int.random(in: ports.indices)
        return Array(ports[start...] + ports[..<start])
    }
}
