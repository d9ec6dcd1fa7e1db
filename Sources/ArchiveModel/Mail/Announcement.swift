/// What an archive's list is told: something was accepted.
public struct Announcement: Sendable, Hashable, Codable {
    public let upload: UploadReport
    /// Who signed it. Their address is not the list's to know.
    public let uploader: OwnerName

    public init(upload: UploadReport, uploader: OwnerName) {
        self.upload = upload
        self.uploader = uploader
    }
}
