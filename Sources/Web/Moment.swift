internal import FoundationEssentials
internal import Mustache

/// A time on a page: `2026-11-20 23:10 UTC` for people, `2026-11-20T23:10:05Z` in JSON.
struct Moment: Hashable, Encodable, MustacheCustomRenderable {
    /// Since 1970.
    let seconds: Int64

    init(_ seconds: Int64) { self.seconds = seconds }

    var iso: String { Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601) }

    var renderText: String { iso.prefix(16).replacing("T", with: " ") + " UTC" }
    var isNull: Bool { false }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(iso)
    }
}
