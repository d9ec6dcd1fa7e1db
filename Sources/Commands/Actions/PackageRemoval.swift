internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// `remove-packages`: sources and their binaries, out of one suite or all.
extension PackageRemoval: CommandAction {
    static let form = ActionForm(
        name: "remove-packages",
        purpose: """
            Takes sources out of a PPA, with the binaries built from them; builds under way are cancelled. apt sees it with the \
            next publication, moments later. A file name is never used again with other bytes: what is removed by mistake comes \
            back with a higher version, or as a copy of itself (`copy-packages`).
            """,
        who: "The PPA's owner.",
        fields: [
            .required("Ppa", ActionForm.reference, "The archive."),
            .required("Packages", ActionForm.packages, "Without a version, whatever is there."),
            .optional("Suites", "suites: \(SuiteKind.rule)", "Only in these; without it in all."),
            .optional("Reason", "why", "For those who read the text later."),
        ],
        example: """
            Ppa: ~alice/debian/old
            Packages: hello (= 2.10-3), bye
            """,
        read: { PackageRemoval(&$0) })

    private init?(_ fields: inout FieldCheck) {
        let reference = fields.value("Ppa", ArchiveReference.init(owned:))
        let suites = fields.words("Suites", SuiteName.init)
        let packages = fields.value("Packages", PackageRemoval.Package.list)
        _ = fields.text("Reason")
        guard let reference, let packages else { return nil }
        self.init(archive: reference, suites: suites, packages: packages)
    }

    func accessFindings(_ check: ActionCheck) async throws -> [Finding] {
        let findings =
            try await check.ownerFindings(archive) + check.hiddenFindings(archive, field: "Ppa")
            + check.barFindings(archive, field: "Ppa")
        guard let known = try await check.archive(archive) else {
            return findings + [ActionCheck.noArchive(archive, field: "Ppa")]
        }
        return findings
            + (suites ?? []).filter { known.suite($0) == nil }.map {
                ActionCheck.noSuite($0, in: "\(archive)", has: known.suites.map(\.name))
            }
    }

    func changes(_ catalog: Catalog?) async throws -> Int {
        let named = packages.map { NamedExtent.Package($0.name, $0.version) }
        let extent = NamedExtent(in: archive, suites, named, withBinaries: true)
        return max(try await catalog?.count(of: extent) ?? 0, packages.count * max(1, suites?.count ?? 1))
    }

    /// What is named and not there is said when it is carried out.
    func findings(_ check: ActionCheck) -> [Finding] { [] }

    func effect(_ scene: ActionScene) async throws -> CommandEffect {
        .removePackages(self).by(scene.person, as: .ruler(of: archive))
    }
}

extension PackageRemoval.Package {
    /// `hello (= 2.10-3), bye`: the form of relations (Policy 7.1), each with one name and at most an exact version.
    static func list(_ text: String) -> [PackageRemoval.Package]? {
        guard let relations = try? Relations(parsing: text) else { return nil }
        let packages = relations.groups.compactMap { group -> PackageRemoval.Package? in
            guard group.count == 1, let relation = group.first else { return nil }
            guard let bound = relation.bound else { return Self(name: relation.name, version: nil) }
            return bound.comparison == .equal ? Self(name: relation.name, version: bound.version) : nil
        }
        return packages.count == relations.groups.count && !packages.isEmpty ? packages : nil
    }
}
