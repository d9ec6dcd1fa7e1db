/// The states of a source or binary package in a suite of an archive.
public enum PublicationState: String, Sendable, Codable, CaseIterable {
    /// Accepted; apt does not see it yet.
    case pending
    case published
    /// A newer version took its place.
    case superseded
    /// Taken out by a person.
    case deleted
}

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

public enum ArchiveKind: String, Sendable, Codable, CaseIterable {
    case primary, ppa, external, rebuild
}

public enum OwnerSort: String, Sendable, Codable, CaseIterable {
    case person, team
}
