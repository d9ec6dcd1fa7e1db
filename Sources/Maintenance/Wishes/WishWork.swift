public import Catalog

/// How wishes of one kind are carried out.
public protocol WishWork: Sendable {
    associatedtype Wanted: Wish
    static var words: WishWords { get }

    /// Makes what is wanted. All of it is kept in `files` before this returns.
    /// - Throws: `WishMistake` when it is not to be tried again; a full disk, which is no attempt; anything else may pass.
    func make(_ wanted: Wanted, _ files: KeptFiles) async throws -> ImportedSource
}

/// What logs and verbs call it.
public struct WishWords: Sendable {
    /// "imported"
    let done: String
    /// "An import"
    let one: String
    /// "Imports"
    let all: String
}

/// What was wanted cannot be had as it is: whoever asked for it is told, and it is not tried again.
struct WishMistake: Error, CustomStringConvertible {
    /// A sentence.
    let description: String

    init(_ description: String) { self.description = description }
}

/// What became of a turn.
public enum WishEnding: Sendable, Hashable {
    case ended(WishOutcome)
    /// It is tried again; why it has to be.
    case postponed(String)
}

/// One that had its turn.
public struct WishTurn<Work: WishWork>: Sendable {
    public let wanted: Work.Wanted
    public let ending: WishEnding

    /// For who looks on.
    public var sentence: String {
        switch ending {
        case .ended(.done(let sentence)): sentence
        case .ended(.refused(let cause)): "\(wanted.title) not \(Work.words.done): \(cause)"
        case .ended(.withdrawn): "\(wanted.title) is not wanted any more"
        case .postponed(let cause): "\(wanted.title) to be tried again: \(cause)"
        }
    }
}
