internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// `/builds/5`: a build, and the way to its log.
struct BuildPage: Encodable {
    let host: String
    let number: Int64
    let package: String
    let version: String
    /// Of a rebuild.
    let reason: String?
    let architecture: String
    let archive: String
    /// Where its page is; nil when it is not to be seen.
    let archivePage: String?
    let suite: String
    let state: String
    let attempts: Int64
    let wanted: Moment
    let started: Moment?
    let ended: Moment?
    let cause: String?
    let hasLog: Bool
}

extension BuildPage {
    init(_ build: BuildRecord, hasLog: Bool, archivePage: String?, host: String) {
        self.init(
            host: host, number: build.id, package: build.package.description, version: build.packageVersion,
            reason: build.reason.isEmpty ? nil : PublicText.hidingAddresses(build.reason),
            architecture: build.architecture.description, archive: build.archive.description,
            archivePage: archivePage, suite: build.suite.text,
            state: build.state.rawValue, attempts: build.attempts, wanted: Moment(build.created),
            started: build.started.map(Moment.init), ended: build.ended.map(Moment.init),
            cause: build.cause.map(PublicText.hidingAddresses), hasLog: hasLog)
    }
}
