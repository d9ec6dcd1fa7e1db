internal import Mustache

/// The outermost values of a template. The engine asks it last for each name, so it notices names that nothing has.
final class RootWords: MustacheParent {
    private let values: [String: Any]
    let known: Set<String>
    private(set) var missing: [String] = []

    init(_ words: Words) {
        values = words.withoutNil
        known = words.allNames
    }

    func child(named name: String) -> Any? {
        if !known.contains(name) { missing.append(name) }
        return values[name]
    }
}

extension Words {
    /// As the engine knows absence: a name without a value is not there, here and in every list beneath.
    fileprivate var withoutNil: [String: Any] {
        compactMapValues { value in
            (value as? [Words]).map { lists in lists.map(\.withoutNil) } ?? value
        }
    }

    fileprivate var allNames: Set<String> {
        var names = Set(keys)
        for case let list as [Words] in values.compactMap(\.self) {
            for words in list { names.formUnion(words.allNames) }
        }
        return names
    }
}
