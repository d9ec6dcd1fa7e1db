internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// `/~alice/debian/drivers/uploads`: every upload to an external archive that its signer might make, newest first.
struct UploadLogPage: Encodable {
    struct Upload: Encodable {
        let number: Int64
        let decided: Moment
        /// The name of the person who signed it.
        let signer: String
        let package: String?
        let version: String?
        let suite: String?
        let outcome: String
    }

    let host: String
    let reference: String
    let uploads: [Upload]
    /// The last one shown, when there are more.
    let next: Int64?
}

extension UploadLogPage {
    init(_ archive: Archive, _ uploads: [LoggedUpload], limit: Int, host: String) {
        self.init(
            host: host, reference: archive.reference.description, uploads: uploads.map(Upload.init),
            next: uploads.count == limit ? uploads.last?.id : nil)
    }
}

extension UploadLogPage.Upload {
    init(_ upload: LoggedUpload) {
        self.init(
            number: upload.id, decided: Moment(upload.decided), signer: upload.signer.text,
            package: upload.package?.description, version: upload.version?.description, suite: upload.suite?.text,
            outcome: upload.outcome.rawValue)
    }
}
