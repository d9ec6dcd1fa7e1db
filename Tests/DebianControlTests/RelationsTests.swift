import Testing

@testable import DebianControl

struct RelationsTests {
    @Test(arguments: [
        ("a1", "a1"), ("", ""), (" a1 , b1 ,", "a1, b1"), ("a1|b1", "a1 | b1"), ("a1(>=1)", "a1 (>= 1)"),
        ("a1 (  <<   1:2~  )", "a1 (<< 1:2~)"), ("a1 (< 1), b1 (> 2)", "a1 (<= 1), b1 (>= 2)"),
        (
            "perl:any (= 5) [amd64 linux-any] <!nocheck !cross> <stage1>",
            "perl:any (= 5) [amd64 linux-any] <!nocheck !cross> <stage1>"
        ),
        ("a1[!amd64 !i386]<x>", "a1 [!amd64 !i386] <x>"), ("a1,\nb1\n (= 1),\nc1", "a1, b1 (= 1), c1"),
        ("gcc:native, g++-12 (>= 12-1)", "gcc:native, g++-12 (>= 12-1)"), ("a1 <pkg.foo.bar>", "a1 <pkg.foo.bar>"),
    ])
    func areReadAndWritten(_ text: String, _ canonical: String) throws {
        let relations = try Relations(parsing: text)
        #expect(relations.serialized() == canonical)
        #expect(try Relations(parsing: canonical) == relations)
    }

    @Test(arguments: [
        ("a1,,b1", "a package name"), ("a1 |", "a package name"), ("|a1", "a package name"), (",", "a package name"),
        ("A1", "a package name"), ("${misc:Depends}", "a package name"), ("ARRAY(0x8)", "a package name"),
        ("a1 b1", "in this order"),
        ("a1 (1)", "<<, <=, =, >= or >>"), ("a1 (=> 1)", "<<, <=, =, >= or >>"), ("a1 (>= )", "a version after >="),
        ("a1 (>= ${x})", "a version after >="), ("a1 (>= 1", "a closing )"), ("a1 [amd64", "a closing ]"),
        ("a1 <x", "a closing >"),
        ("a1 []", "architectures"), ("a1 [amd64 !i386]", "all with ! or none"), ("a1 [AMD64]", "architectures"),
        ("a1 <>", "build profiles"),
        ("a1 <!>", "build profiles"), ("a1 <x> (= 1)", "in this order"), ("a1 [amd64] (= 1)", "in this order"),
        ("a1:", "after the colon"),
        ("a1:any:x", "after the colon"), ("a1 (= 1) (= 2)", "in this order"), ("a1 (= 1 2)", "a version after ="),
    ])
    func sayWhatIsWrong(_ text: String, _ expected: String) {
        let error = #expect(throws: RelationSyntaxError.self) { try Relations(parsing: text) }
        #expect(error?.expected.contains(expected) == true, "\(error?.expected ?? "")")
    }

    @Test(
        arguments: [
            ("a1 [amd64], b1 [!amd64], c1", "amd64", [], "a1, c1"), ("a1 [amd64], b1 [!amd64]", "i386", [], "b1"),
            ("a1 [linux-any] | b1 [hurd-any]", "hurd-i386", [], "b1"), ("a1 [!amd64 !i386]", "i386", [], ""),
            ("a1 <!nocheck>, b1 <nocheck>", "amd64", [], "a1"),
            ("a1 <!nocheck>, b1 <nocheck>", "amd64", ["nocheck"], "b1"),
            ("a1 <!x !y>, b1 <x> <y>", "amd64", ["y"], "b1"), ("a1 [amd64] <!x>", "amd64", ["x"], ""),
            ("a1 (= 1) [any]", "amd64", [], "a1 (= 1)"),
        ] as [(String, String, Set<String>, String)])
    func areReducedForABuild(_ text: String, _ architecture: String, _ profiles: Set<String>, _ rest: String) throws {
        let relations = try Relations(parsing: text)
        let architecture = try #require(Architecture(architecture))
        #expect(relations.reduced(for: architecture, profiles: profiles).serialized() == rest)
    }

    @Test(arguments: [
        ("<<", "1", true), ("<<", "2", false), ("<=", "2", true), ("<=", "2.1", false), ("=", "2.0", false),
        ("=", "2-0", true),
        (">=", "2", true), (">=", "2~", false), (">>", "2", false), (">>", "2+", true),
    ])
    func boundsHold(_ sign: String, _ version: String, _ holds: Bool) throws {
        let comparison = try #require(Relation.Comparison(rawValue: sign))
        let (version, bound) = (try #require(PackageVersion(version)), try #require(PackageVersion("2")))
        #expect(comparison.holds(version, bound) == holds)
    }

    @Test func thousandsOfThemReadAsDpkgReadsThem() throws {
        var random = SplitMix(seed: 3)
        let texts = (0..<3000).map { _ in Self.anyRelations(&random) }
        let program = #"my $d = deps_parse($_, build_dep => 1); print defined $d ? $d->output : "bad""#
        let answers = try Oracle.perl(["Dpkg::Deps"], program, questions: texts)
        for (text, answer) in zip(texts, answers) {
            #expect((try? Relations(parsing: text))?.serialized() ?? "bad" == answer, Comment(rawValue: text))
        }
    }

    private static func anyRelations(_ random: inout SplitMix) -> String {
        let parts = [
            ["a1", "libx-dev", "g++", "+x"], ["", "", "", ":any", ":native"],
            ["", "", " (>= 1)", "(<<2:1~)", " ( = 1-1 )", " (> 3)", " (1)"],
            ["", "", " [amd64]", "[!i386 !armhf]", " [linux-any any-arm]"], ["", "", " <!nocheck>", "<a b> <c>"],
        ]
        var text = ""
        for place in 0..<Int.random(in: 1...3, using: &random) {
            if place > 0 { text += [", ", ",", " | ", "|"].randomElement(using: &random) ?? "" }
            text += parts.map { $0.randomElement(using: &random) ?? "" }.joined()
        }
        return text
    }
}
