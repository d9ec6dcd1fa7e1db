internal import Catalog

/// `/healthz`: for monitors.
struct HealthPage: Encodable {
    let host: String
    let status: String
    /// Work in line; missing when the catalog cannot be read.
    let builds: Int64?
    let suites: Int64?
    let mails: Int64?
    let failedUploads: Int64?

    init(_ backlog: Backlog?, host: String) {
        self.host = host
        status = backlog == nil ? "the catalog cannot be read" : "ok"
        builds = backlog?.builds
        suites = backlog?.suites
        mails = backlog?.mails
        failedUploads = backlog?.failedUploads
    }
}

/// What is said when there is no page to show.
struct ProblemPage: Encodable {
    let host: String
    let status: Int
    let sentence: String
}
