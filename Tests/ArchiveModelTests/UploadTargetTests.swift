import ArchiveModel
import Testing

/// What an upload path means: the table of DESIGN.md section 5.
@Suite struct UploadTargetTests {
    static let vocabulary = TargetVocabulary(
        suites: [
            DistributionName("debian")!: [SuiteName("bookworm")!, SuiteName("bookworm-backports")!],
            DistributionName("ubuntu")!: [SuiteName("noble")!],
        ], standard: DistributionName("debian"))

    struct Row: CustomTestStringConvertible {
        let path: String
        /// `archive` or `archive suite`; "partial"; "refused".
        let meaning: String
        var testDescription: String { "\"\(path)\" → \(meaning)" }

        init(_ path: String, _ meaning: String) {
            self.path = path
            self.meaning = meaning
        }
    }

    @Test(arguments: [
        Row("", "debian"),
        Row("debian", "debian"),
        Row("debian/bookworm", "debian bookworm"),
        Row("debian/squeeze", "refused"),
        Row("debian/bookworm/x", "refused"),
        Row("notadistribution", "refused"),
        Row("~alice", "partial"),
        Row("~alice/debian", "~alice/debian/ppa"),
        Row("~alice/debian/", "~alice/debian/ppa"),
        Row("/~alice/debian", "~alice/debian/ppa"),
        Row("~alice/debian/bookworm", "~alice/debian/ppa bookworm"),
        Row("~alice/debian/bookworm/x", "refused"),
        Row("~alice/debian/tools", "~alice/debian/tools"),
        Row("~alice/debian/tools/bookworm", "~alice/debian/tools bookworm"),
        Row("~alice/debian/tools/noble", "refused"),
        Row("~alice/debian/tools/bookworm/x", "refused"),
        Row("~alice/debian/noble", "~alice/debian/noble"),
        Row("~alice/ubuntu/tools/noble", "~alice/ubuntu/tools noble"),
        Row("~alice/tools", "~alice/debian/tools"),
        Row("~alice/tools/ubuntu", "~alice/ubuntu/tools"),
        Row("~alice/tools/ubuntu/noble", "~alice/ubuntu/tools noble"),
        Row("~alice/tools/nothing", "refused"),
        Row("~<launchpad-id>/ubuntu", "refused"),
        Row("~Alice/debian", "refused"),
        Row("~alice/debian/tools/DELAYED/3-day", "~alice/debian/tools +3"),
        Row("~alice/debian/tools/bookworm/DELAYED/15-day", "~alice/debian/tools bookworm +15"),
        Row("DELAYED/0-day", "debian +0"),
        Row("debian/DELAYED", "partial"),
        Row("~alice/DELAYED/3-day", "partial"),
        Row("~alice/debian/tools/DELAYED/16-day", "refused"),
        Row("~alice/debian/tools/DELAYED/x-day", "refused"),
        Row("~alice/debian/tools/DELAYED/-day", "refused"),
        Row("~alice/debian/tools/DELAYED/+3-day", "refused"),
        Row("~alice/debian/tools/DELAYED/3", "refused"),
        Row("~alice/debian/tools/DELAYED/3-day/bookworm", "refused"),
        Row("nodistribution/DELAYED/3-day", "refused"),
        Row("~alice/debian/../x", "refused"),
    ])
    func pathMeans(_ row: Row) {
        #expect(word(Self.vocabulary.meaning(of: row.path)) == row.meaning)
    }

    @Test func withoutAStandardDistributionAnEmptyPathIsNoTarget() {
        let vocabulary = TargetVocabulary(suites: Self.vocabulary.suites, standard: nil)
        #expect(vocabulary.meaning(of: "") == .partial)
        #expect(vocabulary.meaning(of: "~alice/tools") == .partial)
    }

    @Test func refusalNamesWhatThereIs() {
        guard case .refused(let reason) = Self.vocabulary.meaning(of: "debian/squeeze") else {
            Issue.record("debian/squeeze is refused")
            return
        }
        #expect(reason == "debian has no suite \"squeeze\"; it has bookworm, bookworm-backports.")
    }

    private func word(_ meaning: PathMeaning) -> String {
        switch meaning {
        case .target(let target):
            ([target.archive.description] + (target.suite.map { [$0.text] } ?? [])
                + (target.delay.map { ["+\($0)"] } ?? [])).joined(separator: " ")
        case .partial: "partial"
        case .refused: "refused"
        }
    }
}
