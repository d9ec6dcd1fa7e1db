/// What is left alone for a while, and a longer one each time it comes to nothing again.
struct Rests<Thing: Hashable & Comparable & Sendable>: Sendable {
    private struct Rest {
        var until: Int64
        /// In seconds.
        var length: Int64
    }

    private var rests: [Thing: Rest] = [:]
    /// The first pause and the longest, in seconds.
    let first: Int64
    let longest: Int64

    init(first: Duration, longest: Duration) {
        self.first = first.components.seconds
        self.longest = longest.components.seconds
    }

    func resting(now: Int64) -> [Thing] {
        rests.filter { $0.value.until > now }.map(\.key).sorted()
    }

    /// Each time in a row, it rests twice as long.
    mutating func rest(_ thing: Thing, now: Int64) {
        let length = min(rests[thing].map { $0.length * 2 } ?? first, longest)
        rests[thing] = Rest(until: now + length, length: length)
    }

    mutating func forget(_ thing: Thing) { rests[thing] = nil }
}
