internal import Glibc

/// setrlimit(2): how much a child, and each program it starts, may use. None of it can be raised again.
public struct ChildLimits: Sendable {
    /// Bytes of memory that one process may map.
    public var memory: Int64
    /// Seconds of processor that one process may take.
    public var processorSeconds: Int
    /// Bytes of one file.
    public var fileSize: Int64
    /// Descriptors of one process.
    public var openFiles: Int
    /// Processes that its user has, those of the rest of the service included.
    public var processes: Int

    public init(memory: Int64, processorSeconds: Int, fileSize: Int64, openFiles: Int, processes: Int) {
        self.memory = memory
        self.processorSeconds = processorSeconds
        self.fileSize = fileSize
        self.openFiles = openFiles
        self.processes = processes
    }

    public func apply() throws(WallFailure) {
        try Self.limit(RLIMIT_AS, to: UInt(memory), "memory")
        // SIGXCPU at the limit, SIGKILL some seconds later: so the one is told from what others kill.
        try Self.limit(RLIMIT_CPU, to: UInt(processorSeconds), orElse: 5, "processor time")
        try Self.limit(RLIMIT_FSIZE, to: UInt(fileSize), "the size of files")
        try Self.limit(RLIMIT_NOFILE, to: UInt(openFiles), "open files")
        try Self.limit(__RLIMIT_NPROC, to: UInt(processes), "processes")
        try Self.limit(RLIMIT_CORE, to: 0, "core dumps")
    }

    /// Where it is lower already it stays so.
    private static func limit(
        _ resource: __rlimit_resource, to value: UInt, orElse more: UInt = 0, _ what: String
    ) throws(WallFailure) {
        var now = rlimit()
        try WallFailure.check("ask for the limit of \(what)", getrlimit(CInt(resource.rawValue), &now))
        var wanted = rlimit(rlim_cur: min(value, now.rlim_max), rlim_max: min(value + more, now.rlim_max))
        try WallFailure.check("limit \(what)", setrlimit(CInt(resource.rawValue), &wanted))
    }
}
