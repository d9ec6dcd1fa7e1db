internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import DurableFiles
internal import OpenPGP
internal import SystemPackage

/// One attempt at a claimed build, from its source files to a signed result that waits to be landed.
struct BuildAttempt: Sendable {
    enum End: Sendable {
        case built(StagedResult)
        /// By the package's fault.
        case failed(cause: String, tail: LogTail)
        /// What it needs is not there yet, and the archive it may come from is about to change.
        case waits(cause: String)
        /// The build is not this worker's any more: cancelled, superseded, or taken by another.
        case lost
    }

    let order: BuildOrder
    let parts: BuilderParts

    private var configuration: BuilderConfiguration { parts.configuration }
    private var shelf: FilePath { configuration.builds.appending("\(order.record.id)") }

    /// - Throws: `CancellationError`, or what is wrong with the machine.
    func carryOut() async throws -> End {
        let user = try BuildUser.resolve(configuration.buildUser)
        try checkSpace()
        let tarball = ChrootTarball(suite: order.record.suite, architecture: order.record.architecture)
        let chroot = try tarball.existing(in: configuration.chroots)
        let folder = try BuildFolder(
            in: configuration.work, name: configuration.folderPrefix + "\(order.record.id)", user: user)
        do {
            let end = try await build(in: folder, chroot: chroot)
            try await folder.remove()
            return end
        } catch {
            try await uncancelled { try await folder.remove() }
            throw error
        }
    }

    private func checkSpace() throws {
        for place in [configuration.builds, configuration.work] {
            try Durably.makeFolders(place)
            let free = try Folder(opening: place).freeBytes()
            guard free >= configuration.freeSpace else {
                throw BuilderFault(
                    "\(place) has \(free >> 20) MB free; a build needs \(configuration.freeSpace >> 20) MB.",
                    remedy: "Make room.")
            }
        }
    }

    private func build(in folder: BuildFolder, chroot: FilePath) async throws -> End {
        let repositories = try await repositories()
        let entry =
            order.record.rebuild == 0
            ? nil : RebuildEntry(order.record, by: configuration.author, now: parts.now())
        let command = SbuildCommand(order: order, folder: folder, repositories: repositories, entry: entry)
        try fill(folder, chroot: chroot, command)
        let log = try BuildLog(in: shelf, limit: configuration.logLimit)
        let run = SbuildRun(command: command, log: log, timeLimit: configuration.timeLimit, grace: configuration.grace)
        guard let end = try await holdingLease({ try await run.run() }) else { return .lost }
        return try await judge(end, log, folder)
    }

    /// The archive's own first, where it can be read.
    private func repositories() async throws -> [PublishedRepository] {
        guard let base = configuration.archives else { return [] }
        var repositories: [PublishedRepository] = []
        for (archive, address) in try await ownArchive(base) + order.needed.map({ ($0, base) }) {
            repositories.append(
                try PublishedRepository(
                    of: archive.reference, suite: order.record.suite, components: archive.components, base: address,
                    key: try await parts.keys.exportPublic(archive.key, armored: false), number: repositories.count))
        }
        return repositories
    }

    /// With where it is read from: external archives have a host name of their own.
    private func ownArchive(_ base: String) async throws -> [(NeededArchive, String)] {
        let (reference, suite) = (order.record.archive, order.record.suite)
        guard order.isArchivePublished, let archive = try await parts.catalog.archive(reference) else { return [] }
        let components = try await parts.catalog.components(of: archive, suite: suite)
        let address = archive.kind == .external ? configuration.external ?? base : base
        return [(NeededArchive(reference: reference, components: components, key: order.archiveKey), address)]
    }

    private func fill(_ folder: BuildFolder, chroot: FilePath, _ command: SbuildCommand) throws {
        for file in [order.dsc] + order.files {
            try parts.files.link(file.sha256, to: folder.source.appending(file.name.description), sync: .later)
        }
        try folder.bring(chroot)
        try Durably.write(Array(command.configuration.utf8), to: folder.configuration, sync: .later)
        for repository in command.repositories {
            try Durably.write(repository.key, to: folder.keys.appending(repository.keyFile), sync: .later)
        }
    }

    /// Runs the body as long as the build is this worker's; `nil` when it is no more, and the body was cancelled.
    private func holdingLease(
        _ body: @escaping @Sendable () async throws -> SbuildRun.End
    ) async throws -> SbuildRun.End? {
        try await withThrowingTaskGroup(of: SbuildRun.End?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await self.holdLease()
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }

    /// Returns when the lease was lost.
    private func holdLease() async throws {
        repeat {
            try await Task.sleep(for: configuration.heartbeat)
        } while try await parts.catalog.extendBuildLease(
            order.record.id, by: configuration.worker, until: parts.leaseEnd, now: parts.now())
    }

    private func judge(_ end: SbuildRun.End, _ log: BuildLog, _ folder: BuildFolder) async throws -> End {
        switch end {
        case .overTime:
            return try failed("The build took longer than \(configuration.timeLimit) and was ended.", log)
        case .logFull:
            return try failed("The build's log grew beyond \(configuration.logLimit) bytes; it was ended.", log)
        case .exited(0):
            do {
                let result = try BuildResult(of: order.record, in: folder.result, limit: configuration.resultLimit)
                return .built(try await result.stage(on: shelf, parts))
            } catch let mistake as ResultMistake {
                return try failed(mistake.description, log)
            }
        case .exited:
            let summary = LogSummary(of: try log.end())
            guard !summary.isOurs else { throw BuilderFault(summary.cause, remedy: "See \(log.path).") }
            if summary.isMissingDependencies, try await parts.catalog.isArchiveMoving(around: order.record.id) {
                return .waits(cause: summary.cause)
            }
            return try failed(summary.cause, log)
        }
    }

    private func failed(_ cause: String, _ log: BuildLog) throws -> End {
        let tail = LogTail(of: try log.end())
        log.note(cause)
        return .failed(cause: cause, tail: tail)
    }
}

extension BuilderParts {
    /// Until when a lease taken now runs, in Unix seconds.
    var leaseEnd: Int64 { now() + configuration.lease.components.seconds }
}

/// Runs what has to be finished although the task is cancelled: putting things back where they were.
func uncancelled<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
    try await Task { try await body() }.value
}
