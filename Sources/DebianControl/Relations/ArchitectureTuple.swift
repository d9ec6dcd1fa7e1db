/// What dpkg knows of an architecture: ABI, C library, system, CPU. The tables say what dpkg's `cputable` and
/// `tupletable` say (dpkg 1.21).
struct ArchitectureTuple {
    let parts: [String]

    /// Nil for a name that is not in the tables.
    init?(of name: String) {
        // dpkg takes `linux-amd64` for `amd64`, and so do we.
        let known = name.hasPrefix("linux-") ? String(name.dropFirst("linux-".count)) : name
        guard let parts = Self.tuples[known] else { return nil }
        self.parts = parts
    }

    private static let cpus = [
        "alpha", "amd64", "arc", "armeb", "arm", "arm64", "avr32", "hppa", "loong64", "i386", "ia64", "m32r", "m68k",
        "mips", "mipsel", "mipsr6", "mipsr6el", "mips64", "mips64el", "mips64r6", "mips64r6el", "nios2", "or1k",
        "powerpc", "powerpcel", "ppc64", "ppc64el", "riscv64", "s390", "s390x", "sh3", "sh3eb", "sh4", "sh4eb",
        "sparc", "sparc64", "tilegx",
    ]

    /// Names that do not end in their CPU, or whose ABI is not the base one.
    private static let special = [
        "uclibc-linux-armel": "eabi-uclibc-linux-arm", "musl-linux-armhf": "eabihf-musl-linux-arm",
        "arm64ilp32": "ilp32-gnu-linux-arm64", "armhf": "eabihf-gnu-linux-arm", "armel": "eabi-gnu-linux-arm",
        "mipsn32r6el": "abin32-gnu-linux-mips64r6el", "mipsn32r6": "abin32-gnu-linux-mips64r6",
        "mipsn32el": "abin32-gnu-linux-mips64el", "mipsn32": "abin32-gnu-linux-mips64",
        "mips64r6el": "abi64-gnu-linux-mips64r6el", "mips64r6": "abi64-gnu-linux-mips64r6",
        "mips64el": "abi64-gnu-linux-mips64el", "mips64": "abi64-gnu-linux-mips64",
        "powerpcspe": "spe-gnu-linux-powerpc", "x32": "x32-gnu-linux-amd64",
        "kfreebsd-armhf": "eabihf-gnu-kfreebsd-arm", "uclinux-armel": "eabi-uclibc-uclinux-arm",
        "mint-m68k": "base-tos-mint-m68k",
    ]

    /// What stands before the CPU in a name, and the tuple without its CPU.
    private static let systems = [
        "uclibc-linux-": "base-uclibc-linux", "musl-linux-": "base-musl-linux", "": "base-gnu-linux",
        "kfreebsd-": "base-gnu-kfreebsd", "knetbsd-": "base-gnu-knetbsd", "kopensolaris-": "base-gnu-kopensolaris",
        "hurd-": "base-gnu-hurd", "dragonflybsd-": "base-bsd-dragonflybsd", "freebsd-": "base-bsd-freebsd",
        "openbsd-": "base-bsd-openbsd", "netbsd-": "base-bsd-netbsd", "darwin-": "base-bsd-darwin",
        "aix-": "base-sysv-aix", "solaris-": "base-sysv-solaris", "uclinux-": "base-uclibc-uclinux",
    ]

    private static let tuples: [String: [String]] = {
        let regular = systems.flatMap { prefix, system in cpus.map { (prefix + $0, "\(system)-\($0)") } }
        let all = special.merging(regular) { special, _ in special }
        return all.mapValues { tuple in tuple.split(separator: "-").map { String($0) } }
    }()
}
