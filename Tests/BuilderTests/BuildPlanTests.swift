internal import ArchiveModel
internal import DebianControl
internal import Testing

struct BuildPlanTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let source: String
        let suite: String
        /// `amd64+all i386`: the builds, with the one that also makes `all` marked.
        let plan: String

        var testDescription: String { "\(source) in a suite of \(suite)" }
    }

    @Test(arguments: [
        Row(source: "any", suite: "amd64 i386", plan: "amd64 i386"),
        Row(source: "all", suite: "i386 amd64", plan: "amd64+all"),
        Row(source: "all", suite: "riscv64 arm64", plan: "riscv64+all"),
        Row(source: "any all", suite: "i386 amd64 arm64", plan: "i386 amd64+all arm64"),
        Row(source: "all any", suite: "armhf arm64", plan: "armhf+all arm64"),
        Row(source: "i386", suite: "amd64 i386", plan: "i386"),
        Row(source: "i386 all", suite: "amd64 i386", plan: "i386+all"),
        Row(source: "s390x all", suite: "i386 amd64", plan: "amd64+all"),
        Row(source: "linux-any", suite: "amd64 hurd-i386", plan: "amd64"),
        Row(source: "any-amd64 any-arm64", suite: "amd64 i386 arm64", plan: "amd64 arm64"),
        Row(source: "s390x", suite: "amd64 i386", plan: ""),
        Row(source: "any all", suite: "", plan: ""),
        Row(source: "amd64 any", suite: "amd64", plan: "amd64"),
    ])
    func plans(_ row: Row) {
        let plan = BuildPlan(
            source: row.source.split(separator: " ").compactMap { ArchitectureWildcard($0) },
            suite: row.suite.split(separator: " ").compactMap { Architecture($0) })
        let words = plan.builds.map { $0.architecture.description + ($0.buildsAll ? "+all" : "") }
        #expect(words.joined(separator: " ") == row.plan)
    }
}
