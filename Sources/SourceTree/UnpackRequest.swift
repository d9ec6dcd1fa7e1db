/// What the child is told, as words. Its working directory is the scratch folder; the files of
/// the package are its descriptors from 3 on, in the order of their names.
struct UnpackRequest: Equatable {
    /// `UnpackLimits` as the child needs them.
    let limits: UnpackLimits
    /// The name of the `.dsc`, which is in the folder `in`; nil to try the walls only.
    let dsc: String?
    let files: [String]

    static let firstDescriptor: Int32 = 3
    /// Beneath the scratch folder: what goes in, what comes out, and what programs leave on their way.
    static let input = "in"
    static let tree = "tree"
    static let temporary = "tmp"

    var words: [String] {
        let numbers: [Int64] = [
            limits.bytes, Int64(limits.members), Int64(limits.depth), Int64(limits.path), Int64(limits.seconds),
            limits.memory, limits.freeDisk, Int64(limits.processes), limits.freeInodes,
        ]
        return numbers.map { "\($0)" } + [dsc ?? ""] + files
    }

    init(limits: UnpackLimits, dsc: String?, files: [String]) {
        self.limits = limits
        self.dsc = dsc
        self.files = files
    }

    init?(words: some Collection<String>) {
        let words = Array(words)
        let numbers = words.prefix(9).compactMap { Int64($0) }
        guard numbers.count == 9, words.count >= 10 else { return nil }
        var limits = UnpackLimits()
        limits.bytes = numbers[0]
        (limits.members, limits.depth, limits.path) = (Int(numbers[1]), Int(numbers[2]), Int(numbers[3]))
        limits.seconds = Int(numbers[4])
        (limits.memory, limits.freeDisk) = (numbers[5], numbers[6])
        (limits.processes, limits.freeInodes) = (Int(numbers[7]), numbers[8])
        limits.files = UnpackLimits.standard.files
        self.init(
            limits: limits, dsc: words[9].isEmpty ? nil : words[9], files: Array(words.dropFirst(10)))
    }
}
