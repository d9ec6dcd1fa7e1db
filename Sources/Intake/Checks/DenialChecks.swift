internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import OpenPGP

/// What an admin does not want to see uploaded, whoever has the right.
enum DenialChecks {
    static func isNotDenied(_ evidence: Evidence) -> [Finding] {
        guard let archive = evidence.arrival.destination.archive?.archive else { return [] }
        let (source, version) = (evidence.changes.source, evidence.changes.sourceVersion)
        return evidence.denials.filter { $0.covers(version, suite: evidence.suiteName) }.map { denial in
            Finding(
                .denied,
                "\(denial.what(signedBy: evidence.arrival.text.signer)) may not be uploaded to \(archive.reference): \(denial.reason)"
                    .printable,
                file: evidence.path.name.description, field: denial.source == nil ? nil : "Source",
                got: denial.source == nil ? evidence.arrival.text.signer.text : "\(source) \(version)",
                remedy: "Ask the admin of this service.")
        }
    }
}
