public import ArchiveModel
public import DebianControl

/// Whether somebody may do anything of the kind at all, asked before what they name is counted. Who has some right is told with the
/// plan what it does not cover.
extension Catalog {
    /// The person may upload nothing to the archive; in the words that a copy has for it.
    /// - Parameters:
    ///   - names: what would be uploaded; none for all that there is.
    ///   - suites: one finding for each.
    public func uploadBar(
        _ person: Person, _ key: Fingerprint, to archive: Archive, _ suites: [SuiteName], _ names: [PackageName]
    ) async throws -> [Finding] {
        try await read { connection in
            guard try connection.mayUploadNothing(person, key, to: archive) else { return [] }
            return suites.map { person.mayNotUpload(names, to: archive.reference, $0) }
        }
    }

    /// What keeps the person from transferring anything of this archive, in the words of a transfer.
    public func accessFindings(_ transfer: PackageTransfer) async throws -> [Finding] {
        try await read { try $0.accessFindings(transfer) }
    }

    /// What keeps the person from having anything of this archive built once more, in the words of a rebuild.
    public func accessFindings(_ rebuild: PackageRebuild) async throws -> [Finding] {
        try await read { connection in
            guard let archive = try connection.archive(rebuild.archive), archive.presence == .shown else {
                return [rebuild.noArchive]
            }
            guard try !connection.current(rebuild.person).isAdmin,
                try connection.mayUploadNothing(rebuild.person, rebuild.key, to: archive)
            else { return [] }
            return (rebuild.sources?.map { "\($0)" } ?? ["anything"]).map(rebuild.noRight)
        }
    }
}

extension Connection {
    fileprivate func mayUploadNothing(_ person: Person, _ key: Fingerprint, to archive: Archive) throws -> Bool {
        try uploadRights(of: person, key: key, to: archive) == .given([])
    }

    fileprivate func accessFindings(_ transfer: PackageTransfer) throws -> [Finding] {
        let (places, findings) = try places(of: transfer)
        guard findings.isEmpty else { return findings }
        let base = ArchiveReference.primary(transfer.archive.distribution)
        guard let primary = try archive(base), try mayUploadNothing(transfer.person, transfer.key, to: primary) else {
            return []
        }
        return places.map { transfer.person.mayNotUpload([], to: base, $0.to.name).ofTransfer }
    }
}

extension PackageRebuild {
    var noArchive: Finding {
        Finding(.noArchive, "There is no archive \(archive).", field: "In", got: "\(archive)")
    }

    /// - Parameter what: a source.
    func noRight(_ what: String) -> Finding {
        Finding(.noRight, "\(person.name) may not upload \(what) to \(archive).", field: "Sources", got: what)
    }
}
