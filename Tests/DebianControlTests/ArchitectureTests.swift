import Testing

@testable import DebianControl

struct ArchitectureTests {
    @Test(arguments: [
        "amd64", "all", "source", "hurd-i386", "musl-linux-armhf", "kfreebsd-amd64", "loong64", "newcpu128",
    ])
    func takes(_ text: String) { #expect(Architecture(text)?.description == text) }

    @Test(arguments: [
        "", "any", "linux-any", "any-amd64", "AMD64", "amd64 ", "-amd64", "amd64-", "a--b", "i386_", "é", "../x",
    ])
    func refuses(_ text: String) { #expect(Architecture(text) == nil) }

    @Test(arguments: ["", "any-any-any-any-any", "Any", "!amd64", "any-", "linux any"])
    func refusesWildcard(_ text: String) { #expect(ArchitectureWildcard(text) == nil) }

    @Test(arguments: [
        ("any", "amd64", true), ("any", "newcpu128", true), ("any", "all", false), ("any", "source", false),
        ("all", "all", true), ("all", "amd64", false), ("linux-any", "amd64", true), ("linux-any", "hurd-i386", false),
        ("any-amd64", "kfreebsd-amd64", true), ("any-i386", "amd64", false), ("musl-any-any", "musl-linux-arm64", true),
        ("musl-any-any", "arm64", false), ("gnu-any-any", "armhf", true), ("any-arm", "armhf", true),
        ("eabihf-gnu-linux-arm", "armhf", false), ("eabihf-any-any-arm", "armhf", true),
        ("newcpu128", "newcpu128", true),
        ("any-newcpu128", "newcpu128", false), ("linux-amd64", "amd64", true), ("x32", "amd64", false),
    ])
    func matches(_ wildcard: String, _ architecture: String, _ expected: Bool) throws {
        let (wildcard, architecture) = (
            try #require(ArchitectureWildcard(wildcard)), try #require(Architecture(architecture))
        )
        #expect(wildcard.matches(architecture) == expected)
    }

    @Test func matchesAsDpkgOnEveryArchitectureItKnows() throws {
        let known = try Oracle.perl(
            ["Dpkg::Arch=get_valid_arches"], "print join ' ', get_valid_arches()", questions: ["-"])
        let names = known[0].split(separator: " ").map { String($0) }
        try #require(names.count > 400)
        let wildcards = [
            "any", "linux-any", "any-amd64", "any-arm", "any-arm64", "kfreebsd-any", "hurd-any", "musl-any-any",
            "gnu-any-any",
            "musl-linux-any", "bsd-any-any", "uclibc-any-any", "eabihf-any-any-any", "any-gnu-linux-any",
            "base-any-any-mips64",
            "abi64-any-any-any", "any-any-linux-armel", "aix-any", "amd64", "armhf", "mips64el", "linux-armhf", "x32",
            "sparc",
        ]
        let pairs = wildcards.flatMap { wildcard in names.map { (wildcard, $0) } }
        let answers = try Oracle.perl(
            ["Dpkg::Arch=debarch_is"], "my ($w, $a) = split / /; print debarch_is($a, $w) ? 1 : 0",
            questions: pairs.map { "\($0) \($1)" })
        for ((wildcard, name), answer) in zip(pairs, answers) {
            let architecture = try #require(Architecture(name), "\(name)")
            #expect(ArchitectureWildcard(wildcard)?.matches(architecture) == (answer == "1"), "\(wildcard) \(name)")
        }
    }
}
