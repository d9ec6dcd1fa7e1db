internal import Confinement
internal import Glibc
internal import SystemPackage

/// What a child of `slipway-unpack` does that looks at an upload with lintian: raises the walls that unpacking has, says so, and
/// becomes lintian. That starts dozens of programs, all of them behind the same walls.
enum ConfinedLintian {
    /// Beyond what dpkg-source reads: profiles of the admin, and what file(1) and man(1) want to see.
    private static let readable: [FilePath] = [
        "/etc/ld.so.cache", "/etc/dpkg", "/etc/perl", "/etc/alternatives", "/dev/urandom", "/etc/lintian", "/etc/magic",
        "/etc/magic.mime", "/etc/manpath.config", "/etc/groff", "/etc/localtime",
    ]

    /// What it runs uses several processors: so many seconds of them to one of the clock.
    private static let processorsUsed = 4
    private static let openFiles = 1024

    static func run(_ request: LintianRequest, server: pid_t) -> Never {
        do {
            try raiseWalls(request, server)
        } catch {
            ConfinedUnpacking.end(.failed(error.description))
        }
        ConfinedUnpacking.tell(.walled)
        // What it says is the report.
        let reason = ConfinedUnpacking.tryToBecome(
            Lintian.program.string, request.arguments, ConfinedUnpacking.environment(memory: request.limits.memory))
        ConfinedUnpacking.end(.failed(reason))
    }

    private static func raiseWalls(_ request: LintianRequest, _ server: pid_t) throws(WallFailure) {
        let limits = request.limits
        let walls = ChildWalls(
            folder: ".", executable: ConfinedUnpacking.executable, readable: readable, opened: [],
            limits: ChildLimits(
                memory: limits.memory, processorSeconds: limits.seconds * processorsUsed, fileSize: limits.fileSize,
                openFiles: openFiles, processes: limits.processes))
        try walls.raise(diesWith: server)
    }
}
