internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// What `accept` says besides, and who may decide.
extension UploadCommand {
    static func override(_ fields: inout FieldCheck) -> PackageOverride {
        guard fields.action == "accept" else { return PackageOverride() }
        return PackageOverride(
            component: fields.value("Component") { ComponentName($0) },
            section: fields.value("Section") { KnownWords.isSection($0) ? $0 : nil },
            priority: fields.value("Priority") { KnownWords.isPriority($0) ? $0 : nil })
    }

    /// Who may act for the owner of the archive; what is frozen is an admin's to open.
    func mayAct(for record: UploadRecord, _ check: ActionCheck, inFrozen: Bool) async throws -> Bool {
        guard let reference = record.verdict.archive, let owner = reference.owner,
            try await check.catalog.mayAct(check.person, for: owner),
            let archive = try await check.catalog.archive(reference), archive.presence == .shown
        else { return false }
        guard !inFrozen, let suite = record.verdict.suite else { return true }
        return archive.suite(suite)?.state != .frozen
    }

    func componentFindings(_ record: UploadRecord, _ check: ActionCheck) async throws -> [Finding] {
        guard case .accept(let override) = act, let component = override.component,
            let reference = record.verdict.archive, let archive = try await check.catalog.archive(reference)
        else { return [] }
        let known = try await check.catalog.components(of: archive, suite: record.verdict.suite)
        guard !known.contains(component) else { return [] }
        return [
            Finding(
                .unknownComponent, "\(reference) has no component \(component).", field: "Component",
                expected: known.map(\.text).joined(separator: ", "), got: component.text)
        ]
    }
}
