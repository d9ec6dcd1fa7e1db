internal import DebianControl

/// What the child is told that makes a source package once more: what it is told to unpack one, behind a mark.
struct RemakeRequest: Equatable {
    let unpacking: UnpackRequest
    /// The name of the `.dsc`, which is in the folder `in`.
    let dsc: String
    /// As its `.dsc` says, which every check has passed: the tree's own word may be another.
    let format: SourceFormat

    /// Tells it from a request to unpack, which begins with a number.
    private static let mark = "remake"
    /// The changelog's new entry, in the folder `in`, where no file of a package has a name like it: those begin with a letter
    /// or a digit.
    static let entry = ".entry"
    /// Beneath the scratch folder: the tree, the upstream tarballs beside it, and what dpkg-source makes.
    static let made = "made"

    var words: [String] { [Self.mark, format.rawValue] + unpacking.words }

    init(limits: UnpackLimits, dsc: String, format: SourceFormat, files: [String]) {
        unpacking = UnpackRequest(limits: limits, dsc: dsc, files: files)
        self.dsc = dsc
        self.format = format
    }

    init?(words: some Collection<String>) {
        guard words.first == Self.mark, let format = words.dropFirst().first.flatMap(SourceFormat.init(rawValue:)),
            let unpacking = UnpackRequest(words: words.dropFirst(2)), let dsc = unpacking.dsc
        else { return nil }
        (self.unpacking, self.dsc, self.format) = (unpacking, dsc, format)
    }
}
