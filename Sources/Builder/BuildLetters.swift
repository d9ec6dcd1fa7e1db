internal import ArchiveModel
internal import Catalog
internal import DebianControl

extension Letter {
    /// To the signer of the source. Its identity holds when the attempt began: a retried build that fails again is told again.
    static func failed(_ build: BuildRecord, cause: String, tail: LogTail, now: Int64) -> Letter {
        let started = build.started ?? now
        return Letter(
            to: build.signer, identity: "build-\(build.id)-failed-\(started)",
            content: .buildFailed(
                BuildReport(
                    build: build.id, archive: build.archive, suite: build.suite, package: build.package.description,
                    version: build.packageVersion, architecture: build.architecture.description,
                    duration: now - started, cause: cause, logTail: tail.text)),
            reason: "you signed the source")
    }

    /// To the admin, once for a build: it is tried again, and fails in the same way, until somebody mends the machine.
    static func fault(_ build: BuildRecord, cause: String, log: String?, admin: MailAddress) -> Letter {
        Letter(
            to: admin, identity: "build-\(build.id)-fault",
            content: .failure(
                FailureReport(
                    subject:
                        "building \(build.package) \(build.packageVersion) for \(build.suite)/\(build.architecture)",
                    cause: cause, place: log)),
            reason: "you run this service")
    }
}
