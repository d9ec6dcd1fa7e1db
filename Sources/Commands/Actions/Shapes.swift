internal import ArchiveModel
internal import DebianControl

/// How values look that several actions take.
extension ActionForm {
    static let reference = "~owner/distribution/name"
    static let anyReference = "~owner/distribution/name, or a distribution"
    /// Of an upload, a build, a right.
    static func number(_ text: String) -> Int64? {
        guard let number = Int64(text), number > 0, text.first != "+" else { return nil }
        return number
    }

    static let references = "~owner/distribution/name, between blanks; or none"
    static let packages = "source names, with or without \"(= version)\", between commas"
}

extension ArchiveReference {
    /// A reference with an owner: primary archives are the admin's.
    init?(owned text: String) {
        guard let reference = ArchiveReference(text), reference.owner != nil else { return nil }
        self = reference
    }
}

extension String {
    var oneLine: String? { contains("\n") ? nil : self }
}
