/// Suites and architectures (`bookworm/i386`) that this machine could not build for, and when it tries again: a missing
/// chroot stops its own builds and nobody else's.
struct RestingPlaces: Sendable {
    private struct Rest {
        var until: Int64
        /// In seconds.
        var length: Int64
    }

    private var places: [String: Rest] = [:]
    /// The first pause and the longest, in seconds.
    let first: Int64
    let longest: Int64

    init(first: Duration, longest: Duration) {
        self.first = first.components.seconds
        self.longest = longest.components.seconds
    }

    func resting(now: Int64) -> [String] {
        places.filter { $0.value.until > now }.map(\.key).sorted()
    }

    /// Each time in a row, it rests twice as long.
    mutating func rest(_ place: String, now: Int64) {
        let length = min(places[place].map { $0.length * 2 } ?? first, longest)
        places[place] = Rest(until: now + length, length: length)
    }

    mutating func works(_ place: String) { places[place] = nil }
}
