internal import ArchiveModel

/// Something that a suite of an archive is to have and that takes its time: it waits in a table of its own until the service carries it
/// out, and whoever asked for it has a letter then.
///
/// A queue of such wishes costs a table (`WishQueue`), a type with what its rows say, the words of its letter, and, in `Maintenance`,
/// the work: the turns of people, attempts, pauses, batches and letters are the same for all.
public protocol Wish: Sendable {
    /// Of its row.
    var id: Int64 { get }
    var archive: Archive { get }
    var suite: ArchiveSuite { get }
    /// What the suite is to have: `hello 1.0`.
    var title: String { get }
    var history: WishHistory { get }
    static var queue: WishQueue<Self> { get }
}

/// What a wish has been through.
public struct WishHistory: Sendable, Hashable {
    /// Those that have failed.
    public let attempts: Int64
    /// Why it has to be tried again, as a sentence; empty: nothing has stood in its way.
    public let said: String
    /// Unix seconds; nil: the disk had room for it when it was last looked at.
    public let lacksRoomSince: Int64?

    init(row: ResultRow) throws {
        (attempts, said) = (try row.integer("attempts"), try row.text("said"))
        lacksRoomSince = try row.optionalInteger("lacks_room_since")
    }
}

/// What a wish is put off for.
public enum WishDelay: Sendable {
    /// An attempt that failed.
    case failure
    /// Nobody's fault: something else happened meanwhile.
    case overtaken
    /// The disk has no room for it, since that time in Unix seconds.
    case room(since: Int64)
}

/// Where wishes of one kind wait, and what is particular to them.
///
/// The table has the columns that `source_rebuild` has, but for `source`, `reason` and `command`, and others of its own:
/// `batch` is the first of those that were wanted together, and are told of in one letter; `turn` counts up with each that is carried
/// out, however it ends.
public struct WishQueue<Wanted: Wish>: Sendable {
    let table: String
    /// What its letters are known by: `import`.
    let letter: String
    /// After "2 sources are".
    let done: String
    /// Why the person has the letter, after "because".
    let reason: @Sendable (Wanted) -> String
    let read: @Sendable (Connection, ResultRow) throws -> Wanted
    /// Whether a row asks for what it asked for when it was read.
    let isUnchanged: @Sendable (Wanted, ResultRow) throws -> Bool
    /// Where it goes and for whom, as things stand; without what is made.
    let plan: @Sendable (Connection, Wanted, QuotaRule) throws -> Result<CopyPlan, WishRefusal>
    /// Publishes what was made by that plan, in Unix seconds, or refuses it.
    let publish: @Sendable (Connection, ImportedSource, Wanted, CopyPlan, Int64) throws -> WishOutcome
}

/// What became of a wish.
public enum WishOutcome: Sendable, Hashable {
    /// A sentence.
    case done(String)
    /// What stands against it, in sentences: it is not tried again.
    case refused(String)
    /// It was not wanted any more: nothing was done, and nobody is told.
    case withdrawn
}

/// Something happened while it was carried out that is nobody's fault: it is done again.
public struct WishOvertaken: Error, CustomStringConvertible {
    /// A sentence.
    public let description: String
}

/// Why what was wanted is not made.
struct WishRefusal: Error {
    let sentences: String

    init(_ sentences: String) { self.sentences = sentences }

    init?(_ findings: [Finding]) {
        guard !findings.isEmpty else { return nil }
        sentences = findings.map(\.sentence).joined(separator: " ")
    }
}
