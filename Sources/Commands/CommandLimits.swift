internal import ArchiveModel
internal import Catalog

/// How much one text of commands may ask for. All that it changes is changed by the catalog's one writer, for which everybody
/// else's uploads wait.
public struct CommandLimits: Sendable, Hashable {
    /// Words in one field, such as sources or suites, and lines of the older form: each of them is looked up.
    public var words = 500
    /// What all paragraphs of a text change together: sources, their packages, rights, uploads. A thousand copied sources take a
    /// second.
    public var changes = 2_000
    /// Letters to one person in a day about texts that are refused as a whole: anybody may send what somebody signed long ago.
    public var refusalLettersADay: Int64 = 50

    public init() {}

    /// `nil` when they are not too many.
    func finding(words count: Int, field: String) -> Finding? {
        guard count > words else { return nil }
        return Finding(
            .tooMuchAtOnce, "The field \(field) has \(count) words.", field: field, expected: "at most \(words)",
            remedy: "Send some now, and the others in another text.")
    }

    func finding(changes count: Int) -> Finding? {
        guard count > changes else { return nil }
        return Finding(
            .tooMuchAtOnce, "The paragraphs together ask for \(count) changes.", expected: "at most \(changes)",
            remedy: "Send some paragraphs now, and the others in another text.")
    }
}
