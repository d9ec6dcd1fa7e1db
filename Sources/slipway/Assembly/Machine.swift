internal import DebianControl
internal import Glibc

/// What this machine is, in dpkg's words.
enum Machine {
    /// The architectures it runs, its own first: an amd64 machine also runs i386.
    static func architectures() throws -> [Architecture] {
        var name = utsname()
        guard uname(&name) == 0 else { throw Refusal(.software, "uname does not say what this machine is.") }
        let machine = withUnsafeBytes(of: &name.machine) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        guard let names = known[machine] else {
            throw Refusal(.config, "Builds on machines of the kind \(machine) are not known here.")
        }
        return names.compactMap { Architecture($0) }
    }

    private static let known = [
        "x86_64": ["amd64", "i386"], "i686": ["i386"], "aarch64": ["arm64"], "armv7l": ["armhf"],
        "riscv64": ["riscv64"],
        "ppc64le": ["ppc64el"], "s390x": ["s390x"], "loongarch64": ["loong64"], "mips64": ["mips64el"],
    ]
}
