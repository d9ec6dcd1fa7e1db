public import ArchiveModel

extension Catalog {
    /// What a user of an archive gives apt: the archive, and those that it depends on in the suites that it has.
    /// - Parameters:
    ///   - addresses: of archives, as they are seen from outside.
    ///   - armoredKey: the public key of an archive.
    public func sourcesFile(
        of archive: Archive, addresses: ArchiveAddresses, armoredKey: (Fingerprint) async throws -> String
    ) async throws -> SourcesFile {
        let relations = try await relations(of: archive)
        let suites = Set(archive.suites.map(\.name))
        var texts: [SourcesText] = []
        for one in [archive] + relations.needed.filter({ $0.presence == .shown }) {
            let common = one.suites.map(\.name).filter(suites.contains)
            guard !common.isEmpty || one.id == archive.id else { continue }
            texts.append(
                SourcesText(
                    address: addresses.address(of: one.reference, one.kind), suites: common,
                    components: try await components(of: one),
                    armoredKey: try await armoredKey(one.signingKey)))
        }
        return SourcesFile(
            texts, missing: relations.needed.filter { $0.presence != .shown }.map(\.reference),
            breaks: relations.breaks.filter(\.isShown).map(\.reference))
    }
}
