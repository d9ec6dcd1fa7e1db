internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// Judges an action against the catalog: may this person, and can it be done? Changes nothing.
struct ActionCheck {
    let catalog: Catalog
    let person: Person

    /// All that keeps the action from being done.
    func findings(_ action: CommandAction) async throws -> [Finding] {
        switch action {
        case .createPPA(let new): try await findings(new)
        case .removePackages(let removal): try await findings(removal)
        case .order(let command): try await findings(command)
        }
    }

    private func findings(_ new: CreatePPA) async throws -> [Finding] {
        try await ownerFindings(new.reference) + nameFindings(new.reference) + suiteFindings(new)
    }

    private func findings(_ removal: PackageRemoval) async throws -> [Finding] {
        var findings = try await ownerFindings(removal.archive)
        guard let archive = try await catalog.archive(removal.archive) else {
            findings.append(
                Finding(
                    .noArchive, "There is no archive \(removal.archive).", field: "Ppa", got: "\(removal.archive)"))
            return findings
        }
        for suite in removal.suites ?? [] where archive.suite(suite) == nil {
            findings.append(Self.noSuite(suite, in: "\(removal.archive)", has: archive.suites.map(\.name)))
        }
        return findings
    }

    private func ownerFindings(_ reference: ArchiveReference) async throws -> [Finding] {
        guard let owner = reference.owner, try await !catalog.mayAct(person, for: owner) else { return [] }
        return [
            Finding(
                .noRight, "\(person.name) may not act for ~\(owner).", field: "Ppa", got: "\(reference)",
                remedy: "Use ~\(person.name), or a team you are of.")
        ]
    }

    /// A PPA may not be named like a suite or a distribution, so that upload paths stay unambiguous.
    private func nameFindings(_ reference: ArchiveReference) async throws -> [Finding] {
        guard case .owned(_, _, let name) = reference else { return [] }
        if try await catalog.archive(reference) != nil {
            return [Finding(.archiveExists, "There is an archive \(reference) already.", field: "Ppa")]
        }
        guard try await catalog.vocabulary(standard: nil).isAmbiguous(name) else { return [] }
        return [
            Finding(
                .nameTaken, "A PPA may not be named like a suite or a distribution.", field: "Ppa", got: name.text,
                remedy: "Choose another name, such as ppa-\(name).")
        ]
    }

    private func suiteFindings(_ new: CreatePPA) async throws -> [Finding] {
        let known = try await catalog.suites().filter { $0.distribution == new.reference.distribution }
        guard !known.isEmpty else {
            return [
                Finding(
                    .noDistribution, "There is no distribution \(new.reference.distribution) here.", field: "Ppa",
                    got: "\(new.reference)")
            ]
        }
        return new.suites.flatMap { name -> [Finding] in
            guard let suite = known.first(where: { $0.name == name }) else {
                return [Self.noSuite(name, in: "\(new.reference.distribution)", has: known.map(\.name))]
            }
            return (new.architectures ?? []).filter { !suite.architectures.contains($0) }.map { architecture in
                Finding(
                    .noArchitecture, "\(name) has no architecture \(architecture).", field: "Architectures",
                    expected: suite.architectures.map(\.description).joined(separator: " "), got: "\(architecture)")
            }
        }
    }

    private static func noSuite(_ suite: SuiteName, in place: String, has known: [SuiteName]) -> Finding {
        Finding(
            .noSuite, "\(place) has no suite \(suite).", field: "Suites",
            expected: known.map(\.text).joined(separator: " "), got: suite.text)
    }
}
