import Testing

@testable import DebianControl

struct PackageVersionTests {
    @Test(
        arguments: [
            ("1.0", 0, "1.0", nil), ("1.0-1", 0, "1.0", "1"), ("2:1.0-1-2", 2, "1.0-1", "2"), ("0:0", 0, "0", nil),
            ("1:2:3-4", 1, "2:3", "4"), ("00:1~rc1+b2", 0, "1~rc1+b2", nil), ("2147483647:1", 2_147_483_647, "1", nil),
        ] as [(String, Int, String, String?)])
    func takesApart(_ text: String, epoch: Int, upstream: String, revision: String?) throws {
        let version = try #require(PackageVersion(text))
        #expect((version.epoch, version.upstream) == (epoch, upstream))
        #expect(version.revision == revision)
        #expect(version.description == text)
        #expect(version.withoutEpoch == upstream + (revision.map { "-\($0)" } ?? ""))
        #expect(version.withoutEpochAndRevision == upstream)
    }

    @Test(arguments: [
        "", " ", "1 ", " 1", "a", "~1", "-1", "1-", ":1", "1:", "a:1", "-1:1", "+1:1", "2147483648:1", "1.0_2", "1/2",
        "1.0-1:2", "1:1-1:2", "1.0\n", "1,0", "1²", "１", "1..é", "1.0\u{0}", "1.0-1_1", "99999999999999999999:1",
    ])
    func refuses(_ text: String) { #expect(PackageVersion(text) == nil) }

    @Test(arguments: [
        ("1.0~~", "1.0~"), ("1.0~", "1.0"), ("1.0", "1.0a"), ("1.0a", "1.0+"), ("1.0", "1.0.0"), ("1.9", "1.10"),
        ("1.0-1", "1.0-1+b1"), ("1.0-1~bpo12+1", "1.0-1"), ("9", "1:0"), ("1.0Z", "1.0a"), ("1.0-9", "1.0-10"),
        ("1.0~rc1", "1.0~rc2"), ("1.0", "1.0-0.1"), ("1.0-~", "1.0"), ("1.0+", "1.0."),
    ])
    func ordersAsPolicy(_ smaller: String, _ larger: String) throws {
        let (a, b) = (try #require(PackageVersion(smaller)), try #require(PackageVersion(larger)))
        #expect(a < b)
        #expect(!(b < a))
        #expect(a != b)
    }

    @Test(arguments: [("1.0", "0:1.0"), ("1.0", "1.0-0"), ("1.0", "1.00"), ("01.1a", "1.01a0"), ("1-0", "1-00")])
    func differentSpellingsAreEqual(_ one: String, _ other: String) throws {
        let (a, b) = (try #require(PackageVersion(one)), try #require(PackageVersion(other)))
        #expect(a == b)
        #expect(a.hashValue == b.hashValue)
        #expect(a.description != b.description)
    }

    @Test func numbersOfAnyLengthAreCompared() throws {
        let lengths = [1, 2, 20, 254, 255, 256, 509, 510, 511, 3000]
        let versions = try lengths.map { try #require(PackageVersion("1." + String(repeating: "9", count: $0))) }
        #expect(versions.shuffled().sorted() == versions)
    }

    /// Dpkg::Version takes numbers as floating point, so runs of digits stay short here.
    @Test func ordersThousandsOfPairsAsDpkgsPerlModule() throws {
        let pairs = VersionPairs(seed: 1, digitLimit: 12).prefix(6000)
        let answers = try Oracle.perl(
            ["Dpkg::Version"], #"my ($a, $b) = split / /; print version_compare($a, $b)"#,
            questions: pairs.map { "\($0) \($1)" })
        for ((a, b), answer) in zip(pairs, answers) {
            #expect(Self.order(a, b) == answer, "\(a) \(b)")
        }
    }

    @Test func ordersHundredsOfPairsAsDpkg() throws {
        let pairs = VersionPairs(seed: 2, digitLimit: 40).prefix(300)
        let program = """
            while read -r a b; do
                if dpkg --compare-versions "$a" lt "$b"; then echo -1
                elif dpkg --compare-versions "$a" eq "$b"; then echo 0
                else echo 1
                fi
            done
            """
        let answers = try Oracle.shell(program, questions: pairs.map { "\($0) \($1)" })
        for ((a, b), answer) in zip(pairs, answers) {
            #expect(Self.order(a, b) == answer, "\(a) \(b)")
        }
    }

    private static func order(_ a: PackageVersion, _ b: PackageVersion) -> String {
        if a == b { return a.sortKey == b.sortKey ? "0" : "unequal keys" }
        return a.sortKey.lexicographicallyPrecedes(b.sortKey) ? "-1" : "1"
    }
}

/// Pairs of versions that differ little, for there the rules meet.
private struct VersionPairs: Sequence, IteratorProtocol {
    private var random: SplitMix
    private let digitLimit: Int
    private static let pieces = [
        "0", "00", "1", "9", "10", "09", "123", "a", "b", "z", "A", "Z", "~", "~~", "+", ".", "-", "-0", ":", "rc",
        "~rc",
        "+b1", "999999999",
    ]

    init(seed: UInt64, digitLimit: Int) {
        random = SplitMix(seed: seed)
        self.digitLimit = digitLimit
    }

    mutating func next() -> (PackageVersion, PackageVersion)? {
        while true {
            let pieces = (0..<Int.random(in: 1...8, using: &random)).map { _ in piece() }
            let epoch =
                Int.random(in: 0..<4, using: &random) == 0 ? ["0:", "1:", "10:"].randomElement(using: &random)! : ""
            if let a = version(epoch + "1" + pieces.joined()), let b = version(changed(epoch, pieces)) { return (a, b) }
        }
    }

    private mutating func changed(_ epoch: String, _ pieces: [String]) -> String {
        var pieces = pieces
        let place = Int.random(in: 0..<pieces.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: pieces[place] = piece()
        case 1: pieces.insert(piece(), at: place)
        case 2: pieces.remove(at: place)
        default: pieces.append(piece())
        }
        return epoch + "1" + pieces.joined()
    }

    private mutating func piece() -> String { Self.pieces.randomElement(using: &random)! }

    private func version(_ text: String) -> PackageVersion? {
        let longest = text.split { !$0.isNumber }.map(\.count).max() ?? 0
        return longest > digitLimit ? nil : PackageVersion(text)
    }
}
