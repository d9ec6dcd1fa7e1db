internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// Where an upload may go, and who may send it there.
enum RightChecks {
    static func pathIsATarget(_ arrival: Arrival) -> [Finding] {
        guard case .refused(let sentence) = arrival.destination else { return [] }
        let path = arrival.path.directory.description
        return [
            Finding(
                .noSuchTarget, sentence, file: arrival.path.name.description, got: "/\(path)",
                remedy: "Set the right path as \"incoming\" in the upload profile and upload again.")
        ]
    }

    static func archiveTakesUploads(_ arrival: Arrival) -> [Finding] {
        guard let archive = arrival.destination.archive?.archive else { return [] }
        if archive.presence == .deleted {
            return [
                Finding(
                    .archiveDisabled, "\(archive.reference) was deleted and takes no uploads.",
                    remedy: "Upload to another archive.")
            ]
        }
        if !archive.isEnabled {
            return [
                Finding(
                    .archiveDisabled, "\(archive.reference) is disabled and takes no uploads.",
                    remedy: "Ask its owner or the admin to enable it.")
            ]
        }
        guard archive.kind == .rebuild else { return [] }
        return [
            Finding(
                .archiveTakesNoUploads, "\(archive.reference) is filled by rebuilding another archive only.",
                remedy: "Upload to the archive that it rebuilds.")
        ]
    }

    static func signerMayUpload(_ arrival: Arrival) -> [Finding] {
        guard let destination = arrival.destination.archive, destination.rights == .given([]) else { return [] }
        return [
            Finding(
                .noRight,
                "\(arrival.signer.name), who signed it, may not upload to \(destination.archive.reference).",
                file: arrival.path.name.description,
                remedy: "Upload to an archive of your own, or ask the owner of this one for the right.")
        ]
    }

    /// A right may be one for some sources, suites, architectures only.
    static func rightCoversIt(_ evidence: Evidence) -> [Finding] {
        guard let destination = evidence.arrival.destination.archive, case .given(let rights) = destination.rights,
            !rights.isEmpty, let suite = evidence.suiteName
        else { return [] }
        let source = evidence.changes.source
        let component = evidence.component
        let refused = destination.rights.uncovered(evidence.changes.architectures, of: source, in: suite, component)
        guard !refused.isEmpty else { return [] }
        let words = refused.map(\.description).joined(separator: ", ")
        return [
            Finding(
                .noRight,
                "\(evidence.arrival.signer.name) may not upload \(source) (\(words)) to \(suite), \(component).",
                file: evidence.path.name.description, expected: rights.map(\.words).joined(separator: "; "),
                got: "\(source), \(suite), \(component), \(words)", remedy: "Ask the admin for the right.")
        ]
    }

    /// Somebody who has all of it from rights that say so need not wait in NEW.
    static func skipsNew(_ evidence: Evidence) -> Bool {
        guard let destination = evidence.arrival.destination.archive, let suite = evidence.suiteName else {
            return false
        }
        return destination.rights.uncovered(
            evidence.changes.architectures, of: evidence.changes.source, in: suite, evidence.component,
            skippingNew: true
        ).isEmpty
    }

    static func suiteIsThere(_ evidence: Evidence) -> [Finding] {
        guard let archive = evidence.arrival.destination.archive?.archive, evidence.suite == nil else { return [] }
        let got = evidence.suiteName?.text ?? evidence.changes.distribution.first ?? ""
        let suites = archive.suites.map(\.name.text).joined(separator: ", ")
        let isUnreleased = got == "UNRELEASED"
        return [
            Finding(
                .unknownSuite, "\(archive.reference) has no suite \"\(got.printable)\".",
                file: evidence.path.name.description, field: "Distribution", expected: suites.isEmpty ? nil : suites,
                got: got.printable,
                remedy: isUnreleased
                    ? "Finish the changelog entry with dch -r, and build again."
                    : "Name one of \(suites) in the changelog and build again, or append it to the upload path.")
        ]
    }

    static func suiteIsOpen(_ evidence: Evidence) -> [Finding] {
        guard let suite = evidence.suite, suite.state == .closed else { return [] }
        return [
            Finding(
                .suiteClosed, "\(suite.name) is closed and takes no uploads any more.", field: "Distribution",
                got: suite.name.text, remedy: "Upload to a suite that is still open.")
        ]
    }

    /// The path goes before the field; a difference is told, as one of the two may be a slip.
    static func suiteIsThatOfTheField(_ evidence: Evidence) -> [Finding] {
        guard let forced = evidence.arrival.destination.archive?.forcedSuite,
            let field = evidence.changes.distribution.first, field != forced.text
        else { return [] }
        return [
            Finding(
                .suiteByPath,
                "The upload path names \(forced), the Distribution field \"\(field.printable)\": it goes to \(forced).",
                severity: .warning, file: evidence.path.name.description, field: "Distribution",
                expected: forced.text, got: field.printable)
        ]
    }
}

extension UploadRight {
    /// As far as it is not any: "hello, bookworm, source".
    fileprivate var words: String {
        let what = source?.description ?? packageSet.map { "a source of the set \($0)" } ?? "any source"
        return [what, suite?.text ?? "any suite", component?.text, architecture?.description]
            .compactMap(\.self).joined(separator: ", ")
    }
}
