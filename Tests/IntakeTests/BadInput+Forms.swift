extension BadInput {
    /// The form of the two control files: every code that a reader of them has.
    static let forms: [BadInput] = [
        BadInput("format of the future", ["format-out-of-range"]) {
            $0.draft.editChanges = replace("Format: 1.8", "Format: 3.0")
        },
        BadInput("two distributions", ["not-one-distribution"]) { $0.draft.distribution = "bookworm trixie" },
        BadInput("no mail address", ["bad-address"]) {
            $0.draft.editChanges = replace("Maintainer: Alice <alice@example.org>", "Maintainer: Alice")
        },
        BadInput("relations that cannot be parsed", ["bad-relations"]) {
            $0.draft.editDsc = replace("debhelper-compat (= 13)", "debhelper-compat (= 13")
        },
        BadInput("file line of four words", ["bad-file-line"]) {
            $0.draft.editChanges = replace(" devel optional hello_2.10.orig", " devel hello_2.10.orig")
        },
        BadInput("size that is no number", ["bad-size", "missing-tarball"]) {
            $0.draft.editDsc = replace(" 21 hello_2.10.orig", " 2l hello_2.10.orig")
        },
        BadInput("two sizes of one file", ["sizes-disagree"]) {
            $0.draft.editDsc = replace(" 21 hello_2.10.orig", " 22 hello_2.10.orig")
        },
        BadInput("another format of sources", ["unsupported-source-format"]) {
            $0.draft.editDsc = replace("3.0 (quilt)", "3.0 (git)")
        },
        BadInput("no tarball", ["missing-tarball"]) {
            $0.draft.editDsc = without(".orig.tar")
        },
        BadInput("no kind of file that there is", ["unknown-file-kind"]) { $0.draft.more = ["hello.exe": [1]] },
        BadInput("two .dsc", ["several-dsc", "file-name-disagrees"]) { $0.draft.more = ["hello_2.10-4.dsc": [1]] },
        BadInput("a machine without packages", ["architecture-without-deb"]) {
            $0.draft.architecture = "source amd64"
        },
        BadInput("no source, by Architecture", ["dsc-without-source", "architecture-without-deb"]) {
            $0.draft.architecture = "all"
        },
        BadInput("source without .dsc", ["source-without-dsc"]) {
            $0.draft.editChanges = without(".dsc")
        },
        BadInput("a file listed twice", ["duplicate-file"]) {
            $0.draft.editDsc = { text in
                text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
                    line.hasSuffix(".orig.tar.xz") ? [line, line] : [line]
                }.joined(separator: "\n")
            }
        },
        BadInput("a file of one list only", ["file-lists-disagree"]) {
            $0.draft.editChanges = replace(" optional hello_2.10.orig.tar.xz", " optional hello_2.10.orig.tar.gz")
        },
        BadInput("a package that Binary lacks", ["binary-not-listed"]) {
            $0.draft.architecture = "source amd64"
            $0.draft.more = ["other_2.10-3_amd64.deb": [1, 2, 3]]
            $0.draft.editChanges = { "Binary: hello\nDescription:\n hello - greets\n" + $0 }
        },
        BadInput("a line of Package-List", ["bad-package-list-line", "package-list-disagrees"]) {
            $0.draft.editDsc = { "Package-List:\n hello\n" + $0 }
        },
        BadInput("packages of which only one list knows", ["package-list-disagrees"]) {
            $0.draft.editDsc = { "Package-List:\n other deb devel optional arch=any\n" + $0 }
        },
        BadInput("a section that is no word", ["bad-value"]) { $0.draft.section = "a/b/c" },
        BadInput("a priority that is no word", ["bad-value"]) { $0.draft.priority = "Optional?" },
        BadInput("a .buildinfo of another version", ["file-name-disagrees"]) {
            $0.draft.more = ["hello_2.10-4_source.buildinfo": [1]]
        },
        BadInput("a digest of other digits", ["bad-digest"]) {
            $0.draft.editDsc = { text in
                text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                    line.hasPrefix(" ") && line.hasSuffix(".orig.tar.xz") && line.count > 120
                        ? " zz\(line.dropFirst(3))" : line[...]
                }.joined(separator: "\n")
            }
        },
    ]
}
