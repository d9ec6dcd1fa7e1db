internal import ArchiveModel
internal import Catalog

/// Says what an upload path means, by its form and by what the catalog has.
struct TargetReader: Sendable {
    let catalog: Catalog
    /// What an empty path means.
    let standard: DistributionName?

    /// What the gateway tells a client that goes there.
    func answer(for path: TargetPath) async throws -> VerdictSocket.TargetAnswer {
        switch try await catalog.vocabulary(standard: standard).meaning(of: path.description) {
        case .partial: .partial
        case .refused(let sentence): .refused(sentence.printable)
        case .target(let target): try await answer(for: target, at: path)
        }
    }

    private func answer(for target: UploadTarget, at path: TargetPath) async throws -> VerdictSocket.TargetAnswer {
        let found = try await archive(of: target)
        // Without a PPA of its own `~alice/debian` still is the way to `~alice/debian/tools`; curl goes it step by step.
        if found.archive == nil, path.isHalfWay, let owner = target.archive.owner, try await catalog.ownerExists(owner)
        {
            return .partial
        }
        if let refusal = found.refusal { return .refused(refusal) }
        return found.archive?.isEnabled == false ? .refused("\(target.archive) is disabled.") : .valid
    }

    func destination(of path: TargetPath, for signer: Person, key: Fingerprint) async throws -> Destination {
        switch try await catalog.vocabulary(standard: standard).meaning(of: path.description) {
        case .partial: .refused("The path \"\(path)\" is not complete: ~owner/distribution/name names an archive.")
        case .refused(let sentence): .refused(sentence.printable)
        case .target(let target): try await destination(target, for: signer, key: key)
        }
    }

    private func destination(
        _ target: UploadTarget, for signer: Person, key: Fingerprint
    ) async throws -> Destination {
        let found = try await archive(of: target)
        guard let archive = found.archive else { return .refused(found.refusal ?? "") }
        let distribution = archive.reference.distribution
        let suites = try await catalog.suites().filter { $0.distribution == distribution }
        return .archive(
            ArchiveDestination(
                archive: archive, forcedSuite: target.suite, delay: target.delay,
                rights: try await catalog.uploadRights(of: signer, key: key, to: archive),
                primary: archive.kind == .primary ? nil : try await catalog.archive(.primary(distribution)),
                components: Dictionary(suites.map { ($0.name, archive.components ?? $0.components) }) { one, _ in one },
                orders: archive.kind == .external
                    ? [:] : Dictionary(suites.map { ($0.name, $0.order) }) { one, _ in one },
                externalBar: try await externalBar(of: signer, archive)))
    }

    private func externalBar(of signer: Person, _ archive: Archive) async throws -> ExternalBar? {
        guard archive.kind == .external, let owner = archive.reference.owner else { return nil }
        if let bar = try await catalog.externalBar(of: signer.name) { return bar }
        return try await catalog.externalBar(of: owner)
    }

    /// The sentences name only what the client typed.
    private func archive(of target: UploadTarget) async throws -> (archive: Archive?, refusal: String?) {
        if let archive = try await catalog.archive(target.archive) {
            guard let suite = target.suite, archive.suite(suite) == nil else { return (archive, nil) }
            let suites = archive.suites.map(\.name.text).joined(separator: ", ")
            return (nil, "\(target.archive) has no suite \"\(suite)\"; it has \(suites).")
        }
        guard let owner = target.archive.owner else {
            return (nil, "\(target.archive) has no primary archive here; upload to ~owner/\(target.archive)/name.")
        }
        guard try await catalog.ownerExists(owner) else {
            return (nil, "There is no person or team \"\(owner)\" here.")
        }
        return (nil, "There is no archive \(target.archive); its owner makes it with the command create-ppa.")
    }
}
