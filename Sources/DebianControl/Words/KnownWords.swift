/// Words that Debian Policy has a list of. What is not in it is taken with a warning: other distributions have more.
public enum KnownWords {
    /// One to give a package: not `-`, which is none.
    public static func isSection(_ word: String) -> Bool { word != "-" && sections.contains(word) }
    public static func isPriority(_ word: String) -> Bool { word != "-" && priorities.contains(word) }

    /// Policy 5.6.17.
    public static let urgencies: Set<String> = ["low", "medium", "high", "emergency", "critical"]

    /// Policy 2.5. `extra` is an older word for `optional`; `-` is what dpkg-genchanges writes where there is none.
    public static let priorities: Set<String> = ["required", "important", "standard", "optional", "extra", "-"]

    /// Policy 2.4, and `debian-installer` for the installer's packages; `-` as above.
    public static let sections: Set<String> = [
        "admin", "cli-mono", "comm", "database", "debug", "devel", "doc", "editors", "education", "electronics",
        "embedded", "fonts", "games", "gnome", "gnu-r", "gnustep", "golang", "graphics", "hamradio", "haskell",
        "httpd", "interpreters", "introspection", "java", "javascript", "kde", "kernel", "libdevel", "libs", "lisp",
        "localization", "mail", "math", "metapackages", "misc", "net", "news", "ocaml", "oldlibs", "otherosfs", "perl",
        "php", "python", "raku", "ruby", "rust", "science", "shells", "sound", "tasks", "tex", "text", "utils", "vcs",
        "video", "virtual", "web", "x11", "xfce", "zope", "debian-installer", "-",
    ]
}
