internal import ArchiveModel

/// What keeps a copy from or to an external archive from being made.
extension Connection {
    /// Elsewhere nothing is distributed without its source.
    func absenceProblems(of source: CopiedSource, in plan: CopyPlan) -> [Finding] {
        guard !source.isHere else { return [] }
        if plan.archive.kind != .external {
            return [
                finding(
                    .sourceNotHere, "\(plan.copy.from) has packages of \(source.title), and no source.", source,
                    "Upload the source to \(plan.copy.to).")
            ]
        }
        guard !plan.copy.withBinaries else { return [] }
        return [
            finding(
                .sourceNotHere, "\(source.title) has no source.", source, "Copy its packages, with Binaries: yes.")
        ]
    }

    func barProblems(of plan: CopyPlan) throws -> [Finding] {
        try barKeeping(plan.copy.person, from: plan.archive).map { bar in
            [
                Finding(
                    .externalBarred, "\(bar.person) is kept from external archives.", field: "To",
                    got: "\(plan.archive.reference)", remedy: "Ask an admin.")
            ]
        } ?? []
    }
}
