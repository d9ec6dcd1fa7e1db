internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// What actions ask before they may be done: the person, and the catalog as it stands. Changes nothing.
struct ActionCheck {
    let catalog: Catalog
    let person: Person
    /// The signer's.
    let key: Fingerprint
    /// This service's name; nil where nobody has said it.
    let service: String?
    let rules: ActionRules
    /// Unix seconds.
    let now: Int64

    /// As the person may know of it: what was taken down or deleted is for strangers as if it never was.
    func archive(_ reference: ArchiveReference) async throws -> Archive? {
        guard let archive = try await catalog.archive(reference) else { return nil }
        if archive.presence == .shown || person.isAdmin { return archive }
        guard let owner = reference.owner, try await catalog.mayAct(person, for: owner) else { return nil }
        return archive
    }

    /// Of the field `Ppa`.
    func ownerFindings(_ reference: ArchiveReference) async throws -> [Finding] {
        guard let owner = reference.owner, try await !catalog.mayAct(person, for: owner) else { return [] }
        return [
            Finding(
                .noRight, "\(person.name) may not act for ~\(owner).", field: "Ppa", got: "\(reference)",
                remedy: "Use ~\(person.name), or a team you are of.")
        ]
    }

    /// Who rules an archive is its owner, or of the owning team; a primary one an admin, who rules them all.
    func rulerFindings(_ reference: ArchiveReference, field: String) async throws -> [Finding] {
        if person.isAdmin { return [] }
        if let owner = reference.owner, try await catalog.mayAct(person, for: owner) {
            return try await hiddenFindings(reference, field: field) + barFindings(reference, field: field)
        }
        return [
            Finding(
                .noRight, "\(person.name) does not rule \(reference).", field: field, got: "\(reference)",
                remedy: reference.owner == nil ? "Ask an admin." : "Ask its owner, or an admin.")
        ]
    }

    /// What an admin has taken down stays as it was found, until an admin says otherwise.
    func hiddenFindings(_ reference: ArchiveReference, field: String) async throws -> [Finding] {
        guard !person.isAdmin, try await archive(reference)?.presence == .hidden else { return [] }
        return [
            Finding(
                .noRight, "\(reference) was taken down, and only admins may do anything with it.", field: field,
                got: "\(reference)", remedy: "Ask an admin.")
        ]
    }

    /// Whoever is kept from external archives changes none, and nobody changes theirs.
    func barFindings(_ reference: ArchiveReference, field: String, got: String? = nil) async throws -> [Finding] {
        guard let archive = try await archive(reference),
            let bar = try await catalog.barKeeping(person, from: archive)
        else { return [] }
        return [
            Finding(
                .externalBarred, "\(bar.person) is kept from external archives.", field: field,
                got: got ?? "\(reference)", remedy: "Ask an admin.")
        ]
    }

    func noAdmin(field: String, got: String) -> Finding {
        Finding(.noRight, "\(person.name) is no admin.", field: field, got: got, remedy: "Ask an admin.")
    }

    static func noPerson(_ name: OwnerName, field: String) -> Finding {
        Finding(.noPerson, "There is no person or team \(name).", field: field, got: name.text)
    }

    static func noArchive(_ reference: ArchiveReference, field: String) -> Finding {
        Finding(.noArchive, "There is no archive \(reference).", field: field, got: "\(reference)")
    }

    static func noSuite(_ suite: SuiteName, in place: String, has known: [SuiteName], field: String = "Suites")
        -> Finding
    {
        Finding(
            .noSuite, "\(place) has no suite \(suite).", field: field,
            expected: known.map(\.text).joined(separator: " "), got: suite.text)
    }
}
