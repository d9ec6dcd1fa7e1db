public import ArchiveModel
public import DebianControl
public import DurableFiles
internal import Glibc
public import SystemPackage

/// A source package whose signature, digests and names are known to be good, and nothing else of it.
public struct SourceToUnpack: Sendable {
    public struct File: Sendable {
        public let name: FileName
        /// Opens it anew, at its first byte.
        public let open: @Sendable () throws -> OwnedDescriptor

        public init(name: FileName, open: @escaping @Sendable () throws -> OwnedDescriptor) {
            self.name = name
            self.open = open
        }
    }

    public let dsc: FileName
    public let control: SourceControl
    /// `Distribution` of the `.changes`.
    public let distribution: [String]
    /// What the `.dsc` lists.
    public let files: [File]

    public init(dsc: FileName, control: SourceControl, distribution: [String], files: [File]) {
        self.dsc = dsc
        self.control = control
        self.distribution = distribution
        self.files = files
    }
}

/// Unpacks source packages with dpkg-source, in children that can do nothing else, and says what is wrong with them. One
/// process has dpkg-source loaded and forks for each package; it is started with the first.
///
/// Takes: a package that every other check has passed. Trusts: nothing in it. Leaves: nothing, however it ends; what a
/// crash leaves in the scratch folder is removed at the next start.
/// Throws: only failures of ours (`UnpackFailure`, `FileFailure`); what is the uploader's to mend is a finding.
public struct SourceUnpacker: Sendable {
    let servers: UnpackServers
    let scratch: ScratchFolders
    let limits: UnpackLimits
    /// How many processes of the machine were ended for want of memory, up to now.
    var endedForMemory: @Sendable () -> Int = EndedForMemory.count

    /// - Parameters:
    ///   - program: `slipway-unpack`.
    ///   - scratch: a folder of its own, with room for the largest package.
    public init(program: FilePath, scratch: FilePath, limits: UnpackLimits = .standard) throws(FileFailure) {
        self.servers = UnpackServers(program: program, scratch: scratch)
        self.scratch = try ScratchFolders(in: scratch)
        self.limits = limits
    }

    /// Everything that is wrong with the package's tree.
    public func findings(in source: SourceToUnpack) async throws -> [Finding] { try await look(into: source).findings }

    /// Everything that is wrong with the package's tree, and what is of use of it.
    public func look(into source: SourceToUnpack) async throws -> UnpackedSource {
        try await look(into: source) { tree in
            let checks = TreeChecks(source: source, tree: tree)
            return UnpackedSource(findings: try checks.findings(), upstreamKeys: try checks.upstreamKeys())
        }
    }

    /// As `look(into:)`, with another pair of eyes.
    func look(
        into source: SourceToUnpack, by looking: @escaping @Sendable (Folder) throws -> UnpackedSource
    ) async throws -> UnpackedSource {
        guard source.files.count <= limits.files else {
            return UnpackedSource(findings: [.tooManyFiles(source, limit: limits.files)])
        }
        let unpacked = try await onOwnThread { isCancelled in
            try twice { server in
                try within(scratch) { place in try unpack(source, by: server, in: place, isCancelled, looking) }
            }
        }
        try Task.checkCancellation()
        return unpacked
    }

    /// What the child's walls refuse, tried in one: by attempt, "refused" or "succeeded".
    func tryWalls() async throws -> [String: String] {
        try await onOwnThread { isCancelled in
            let server = try servers.server()
            return try within(scratch) { place in
                let request = UnpackRequest(limits: limits, dsc: nil, files: [])
                let outcome = try run(request.words, by: server, in: place, [], isCancelled)
                return UnpackReport(reading: outcome.output).tried
            }
        }
    }

    /// Starts the process that unpacks, so that the first upload need not wait for it. What goes wrong is told by the first
    /// upload, then.
    public func prepare() { _ = try? servers.server() }

    /// Once more with another server, when the first one ended under it.
    func twice<Value>(_ body: (UnpackServerProcess) throws -> Value) throws -> Value {
        let first = try servers.server()
        do {
            return try body(first)
        } catch is ServerLost {
            servers.retire(first)
            let second = try servers.server()
            do {
                return try body(second)
            } catch is ServerLost {
                servers.retire(second)
                throw UnpackFailure("slipway-unpack ended twice while it looked at this upload")
            }
        }
    }

    private struct ServerLost: Error {}

    func within<Value>(_ scratch: ScratchFolders, _ body: (Scratch) throws -> Value) throws -> Value {
        let place = try scratch.make()
        let result = Result { try body(place) }
        try scratch.remove(place)
        return try result.get()
    }

    private func unpack(
        _ source: SourceToUnpack, by server: UnpackServerProcess, in place: Scratch, _ isCancelled: () -> Bool,
        _ looking: (Folder) throws -> UnpackedSource
    ) throws -> UnpackedSource {
        try write(source, in: place)
        let request = UnpackRequest(
            limits: limits, dsc: source.dsc.description, files: source.files.map(\.name.description))
        let unpacked = try verdict(on: source, request.words, by: server, in: place, isCancelled)
        guard unpacked.isUnpacked else { return UnpackedSource(findings: unpacked.findings) }
        let found = try looking(try place.folder.folder(UnpackRequest.tree))
        return UnpackedSource(findings: unpacked.findings + found.findings, upstreamKeys: found.upstreamKeys)
    }

    /// The text that was signed, and not the file it came in: what stands around it counts for nothing.
    func write(_ source: SourceToUnpack, in place: Scratch) throws {
        let dsc = try place.folder.createFile("\(UnpackRequest.input)/\(source.dsc)")
        try dsc.write(Array(source.control.paragraph.serialized().utf8))
    }

    /// What became of a package that a child was to unpack, for whatever is done with its tree.
    func verdict(
        on source: SourceToUnpack, _ words: [String], by server: UnpackServerProcess, in place: Scratch,
        _ isCancelled: () -> Bool
    ) throws -> UnpackVerdict {
        let before = endedForMemory()
        let outcome = try run(words, by: server, in: place, source.files, isCancelled)
        let report = UnpackReport(reading: outcome.output)
        if outcome.end == .stopped, isCancelled() { throw CancellationError() }
        if outcome.end == .stopped {
            throw UnpackFailure(
                "the disk has less than \(limits.freeDisk) bytes, or \(limits.freeInodes) inodes, left",
                isFullDisk: true)
        }
        if let failure = report.failure { throw UnpackFailure(failure, isFullDisk: report.isFullDisk) }
        let fault = MachineFault(endedForMemory: endedForMemory() - before) { isDiskFull || place.refusesBytes }
        // What it says before all is looked through is of the package, in words of ours.
        if report.isWalked || outcome.end == .signal(SIGKILL), let failure = fault.failure(outcome) { throw failure }
        guard report.isWalled || outcome.end == .late else {
            throw UnpackFailure("the child that unpacks: \(outcome.end) \(outcome.complaints.printable)")
        }
        return UnpackVerdict(source, limits, report, outcome)
    }

    private func run(
        _ words: [String], by server: UnpackServerProcess, in place: Scratch, _ files: [SourceToUnpack.File],
        _ isCancelled: () -> Bool
    ) throws -> ConfinedChild.Outcome {
        var opened: [FileDescriptor] = []
        defer { opened.forEach { try? $0.close() } }
        for file in files { opened.append(try file.open().release()) }
        var child = try ConfinedChild(of: server, words, in: place.folder.path, files: opened)
        return try wait(for: &child, of: server, seconds: limits.seconds) { isCancelled() || isDiskFull }
    }

    func wait(
        for child: inout ConfinedChild, of server: UnpackServerProcess, seconds: Int, stopping: () -> Bool
    ) throws -> ConfinedChild.Outcome {
        let outcome = child.wait(seconds: seconds, stopping: stopping)
        switch outcome.end {
        case .lost: throw ServerLost()
        case .failed(let reason): throw UnpackFailure(reason)
        // All children of one server have the same layout of memory: who tries addresses gets no second try.
        case .signal(let number) where Self.crashes.contains(number): servers.retire(server)
        case .signal, .exited, .late, .stopped: break
        }
        return outcome
    }

    private static let crashes: Set<CInt> = [SIGSEGV, SIGBUS, SIGILL, SIGABRT, SIGFPE, SIGTRAP, SIGSYS]

    private var isDiskFull: Bool {
        (try? scratch.freeBytes()) ?? .max < limits.freeDisk || (try? scratch.freeInodes()) ?? .max < limits.freeInodes
    }
}
