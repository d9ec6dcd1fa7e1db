internal import Mustache

/// The pages' templates. What a template names are the properties of its page's value.
struct PageTemplates: Sendable {
    enum Name: String, CaseIterable {
        case front, archive, upload, uploads, receipts, build, health, problem, terms, owner
        /// Around every page.
        case layout
        /// An upload, on its own page and among receipts.
        case verdict
        /// What commands changed, on the pages of archives and their owners.
        case changed
    }

    private let library: MustacheLibrary

    init() throws {
        library = MustacheLibrary(
            templates: try Dictionary(
                uniqueKeysWithValues: Name.allCases.map { ($0.rawValue, try MustacheTemplate(string: $0.text)) }))
    }

    func html(_ name: Name, _ page: some Encodable) -> String {
        library.render(page, withTemplate: name.rawValue) ?? ""
    }
}

extension PageTemplates.Name {
    fileprivate var text: String {
        let bytes =
            switch self {
            case .front: PackageResources.front_mustache
            case .archive: PackageResources.archive_mustache
            case .upload: PackageResources.upload_mustache
            case .uploads: PackageResources.uploads_mustache
            case .terms: PackageResources.terms_mustache
            case .owner: PackageResources.owner_mustache
            case .changed: PackageResources.changed_mustache
            case .receipts: PackageResources.receipts_mustache
            case .build: PackageResources.build_mustache
            case .health: PackageResources.health_mustache
            case .problem: PackageResources.problem_mustache
            case .layout: PackageResources.layout_mustache
            case .verdict: PackageResources.verdict_mustache
            }
        return String(decoding: bytes, as: UTF8.self)
    }
}
