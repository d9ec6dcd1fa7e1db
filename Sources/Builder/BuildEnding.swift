internal import ArchiveModel
internal import Catalog
internal import DurableFiles
internal import Logging
internal import SystemPackage

/// What becomes of a build when an attempt at it has ended. Each way is one statement of the catalog with its mail, and
/// is gone through to its end also when the service is stopped meanwhile.
struct BuildEnding: Sendable {
    let order: BuildOrder
    let parts: BuilderParts
    let logger: Logger

    private var build: BuildRecord { order.record }

    func end(_ end: BuildAttempt.End) async throws {
        switch end {
        case .built(let result):
            try await uncancelled { try await land(result) }
        case .failed(let cause, let tail):
            logger.info("Build \(build.id) of \(build.subject) failed: \(cause)")
            let letter = Letter.failed(build, cause: cause, tail: tail, now: parts.now())
            try await uncancelled {
                _ = try await parts.catalog.failBuild(build.id, cause: cause, letters: [letter], now: parts.now())
            }
        case .waits(let cause):
            logger.info("Build \(build.id) of \(build.subject) waits: \(cause)")
            try await uncancelled {
                try await parts.catalog.giveBackBuild(
                    build.id, by: parts.configuration.worker, cause: cause, now: parts.now())
            }
        case .lost:
            logger.info("Build \(build.id) of \(build.subject) is not wanted any more.")
        }
    }

    /// The result lands first: between the two, a crash costs a build done twice, and the other way round its result.
    private func land(_ result: StagedResult) async throws {
        try Durably.makeFolders(parts.configuration.landed)
        try result.land(in: parts.configuration.landed)
        try await parts.catalog.markUploading(build.id, by: parts.configuration.worker)
        logger.info("Build \(build.id) of \(build.subject) is done; its result has landed.")
        parts.resultLanded()
    }

    /// The service stops.
    func giveBack() async throws {
        try await uncancelled {
            try await parts.catalog.giveBackBuild(
                build.id, by: parts.configuration.worker, cause: "The builder was stopped.", now: parts.now())
        }
    }

    /// The machine could not do it.
    func giveBack(_ fault: any Error) async throws {
        logger.error("Build \(build.id) of \(build.subject) waits: \(fault)")
        let log = parts.configuration.builds.appending("\(build.id)").appending("log").string
        let letters = parts.configuration.admin.map { [Letter.fault(build, cause: "\(fault)", log: log, admin: $0)] }
        try await uncancelled {
            try await parts.catalog.giveBackBuild(
                build.id, by: parts.configuration.worker, cause: "\(fault)", letters: letters ?? [], now: parts.now())
        }
    }

    /// The build's workers died, each time.
    static func giveUp(_ build: BuildRecord, _ parts: BuilderParts) async throws {
        let cause = "The builder died \(build.attempts) times during this build."
        let letter = Letter.failed(build, cause: cause, tail: LogTail(of: ""), now: parts.now())
        try await parts.catalog.failBuild(build.id, cause: cause, letters: [letter], now: parts.now())
    }
}
