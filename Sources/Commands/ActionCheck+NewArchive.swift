internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// What is asked of every archive before it is made.
extension ActionCheck {
    /// An archive may not be named like a suite or a distribution, so that upload paths stay unambiguous.
    func nameFindings(_ reference: ArchiveReference, field: String) async throws -> [Finding] {
        guard case .owned(_, _, let name) = reference else { return [] }
        if try await archive(reference) != nil {
            return [Finding(.archiveExists, "There is an archive \(reference) already.", field: field)]
        }
        guard try await catalog.vocabulary(standard: nil).isAmbiguous(name) else { return [] }
        return [
            Finding(
                .nameTaken, "A PPA may not be named like a suite or a distribution.", field: field, got: name.text,
                remedy: "Choose another name, such as ppa-\(name).")
        ]
    }

    /// - Parameter architectures: nil for those of each suite.
    func suiteFindings(
        _ suites: [SuiteName], _ architectures: [Architecture]?, of reference: ArchiveReference, field: String
    ) async throws -> [Finding] {
        let known = try await catalog.suites().filter { $0.distribution == reference.distribution }
        guard !known.isEmpty else {
            return [
                Finding(
                    .noDistribution, "There is no distribution \(reference.distribution) here.", field: field,
                    got: "\(reference)")
            ]
        }
        return suites.flatMap { name -> [Finding] in
            guard let suite = known.first(where: { $0.name == name }) else {
                return [ActionCheck.noSuite(name, in: "\(reference.distribution)", has: known.map(\.name))]
            }
            return (architectures ?? []).filter { !suite.architectures.contains($0) }.map { architecture in
                Finding(
                    .noArchitecture, "\(name) has no architecture \(architecture).", field: "Architectures",
                    expected: suite.architectures.map(\.description).joined(separator: " "), got: "\(architecture)")
            }
        }
    }
}
