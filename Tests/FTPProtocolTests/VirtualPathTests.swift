internal import FTPProtocol
internal import Testing

@Suite struct VirtualPathTests {
    @Test(arguments: [
        (["~alice/debian/unstable"], "~alice/debian/unstable"),
        (["/~alice/debian/unstable"], "~alice/debian/unstable"),
        (["~alice", "debian"], "~alice/debian"),
        (["~alice/debian/"], "~alice/debian"),
        (["//~alice//debian//"], "~alice/debian"),
        (["./~alice/./debian"], "~alice/debian"),
        (["~alice/debian", "/"], ""),
        (["/"], ""),
        ([""], ""),
        (["~alice/debian", "~bob/debian"], "~bob/debian"),
        (["~alice/debian", "/debian/bookworm"], "debian/bookworm"),
        (["/~alice/debian/unstable/DELAYED/3-day"], "~alice/debian/unstable/DELAYED/3-day"),
        (["pub", "UploadQueue/"], "pub/UploadQueue"),
        (["debian", "bookworm-backports_x+1.0"], "debian/bookworm-backports_x+1.0"),
    ])
    func enters(_ arguments: [String], _ expected: String) throws {
        let path = try arguments.reduce(VirtualPath.root) { try $0.entering($1) }
        #expect(path.description == expected)
        #expect(path.absolute == "/" + expected)
    }

    @Test(arguments: [
        ("..", PathMistake.dotDot), ("~alice/../bob", .dotDot), ("/..", .dotDot),
        ("debian/~alice", .misplacedTilde), ("a~b", .notAName), ("~", .notAName), ("~~alice", .notAName),
        ("~<launchpad-id>/ubuntu", .placeholder), ("~alice/<name>", .placeholder),
        ("a b", .notAName), ("a\\b", .notAName), ("a\"b", .notAName), ("a\u{7}b", .notAName), ("\u{0}", .notAName),
        (".hidden", .notAName), ("ä", .notAName), ("%2e%2e", .notAName),
        ("a/b/c/d/e/f/g/h/i", .tooDeep(limit: 8)), (String(repeating: "x", count: 129), .tooLong),
    ])
    func refuses(_ argument: String, _ mistake: PathMistake) {
        #expect(throws: mistake) { try VirtualPath.root.entering(argument) }
    }

    @Test func theParentOfTheRootIsTheRoot() throws {
        #expect(try VirtualPath.root.entering("~alice/debian").parent.description == "~alice")
        #expect(VirtualPath.root.parent == .root)
    }
}

@Suite struct NameLimitsTests {
    private var limits: NameLimits {
        var limits = NameLimits()
        limits.depth = 2
        limits.nameLength = 5
        return limits
    }

    @Test(arguments: ["/a/b/c.dsc", "/a/abcde", "abcde"])
    func takes(_ name: String) throws {
        try limits.check(VirtualFile(name, in: .root))
    }

    @Test(arguments: [
        ("/a/b/c/d.dsc", FileMistake.path(.tooDeep(limit: 2))), ("/a/abcdef", .tooLong(limit: 5)),
    ])
    func refuses(_ name: String, _ mistake: FileMistake) throws {
        let file = try VirtualFile(name, in: .root)
        #expect(throws: mistake) { try limits.check(file) }
    }
}

@Suite struct UploadNameTests {
    @Test(arguments: [
        "hello_2.10-3.dsc", "hello_2.10.orig.tar.xz", "libstdc++6_12~rc1_amd64.deb", "a", "0",
        "dcut.Test_Uploader__up_example_org_.1795209361.5075.commands", String(repeating: "x", count: 255),
    ])
    func takes(_ name: String) { #expect(UploadName(name)?.description == name) }

    @Test(arguments: [
        "", ".", "..", ".hidden", "-dash", "~tilde", "a/b", "../x", "a b", "a\nb", "a\u{0}", "ä.dsc", "a:b", "a%2fb",
        String(repeating: "x", count: 256),
    ])
    func refuses(_ name: String) { #expect(UploadName(name) == nil) }

    @Test(arguments: [
        ("a_1_source.changes", true), ("a.commands", true), ("a.dak-commands", true),
        ("a.dsc", false), ("changes", false), ("a.changes.gz", false), ("a.CHANGES", false),
    ])
    func knowsWhatCompletesAnUpload(_ name: String, _ expected: Bool) {
        #expect(UploadName(name)?.completesUpload == expected)
    }
}
