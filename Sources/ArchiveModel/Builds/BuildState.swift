/// The states of a build: one source on one architecture for one suite of one archive.
public enum BuildState: String, Sendable, Codable, CaseIterable {
    case wanted
    /// Claimed by a worker; a lease runs.
    case building
    /// Built; the signed result is on its way through the intake.
    case uploading
    case succeeded
    case failed
    /// The source was superseded or deleted before the build was done.
    case cancelled
}
