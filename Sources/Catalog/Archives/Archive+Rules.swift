internal import ArchiveModel

extension Archive {
    /// What holds in it and not in every archive, in sentences, for whoever uploads or looks.
    public var rules: [String] {
        [
            isForEveryone ? "Every registered person may upload to it." : nil,
            buildsByItself ? nil : "Nothing is built before somebody asks for it.",
            hasNew ? "What is new in it waits in NEW." : nil,
            takesBinaries ? "People may upload packages, too." : nil,
        ].compactMap(\.self) + versionRules.sentences
            + (rebuilds == .binary ? [] : ["A rebuild makes \(rebuilds.sentence)"])
            + (newerInBase == .tell ? [] : ["What the base has in a newer version \(newerInBase.sentence)"])
    }
}
