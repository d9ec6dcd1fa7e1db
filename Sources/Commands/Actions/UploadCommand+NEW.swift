internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// What `accept` says besides.
extension UploadCommand {
    static func override(_ fields: inout FieldCheck) -> PackageOverride {
        guard fields.action == "accept" else { return PackageOverride() }
        return PackageOverride(
            component: fields.value("Component") { ComponentName($0) },
            section: fields.value("Section") { KnownWords.isSection($0) ? $0 : nil },
            priority: fields.value("Priority") { KnownWords.isPriority($0) ? $0 : nil })
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
