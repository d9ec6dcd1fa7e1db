extension Letter {
    /// Identity of the mail that all mails about one source version in one archive answer, so that readers show them as
    /// one thread. Nobody writes that mail: whichever comes first answers it as well, and none has to know of another.
    ///
    /// `nil` for a letter that is about no version, or about one that is not known.
    public var thread: String? {
        switch content {
        case .verdict(let report):
            Self.thread(report.verdict.archive, report.verdict.package, report.verdict.version)
        case .buildFailed(let report): Self.thread(report.archive, report.package, report.version)
        case .announcement(let announcement):
            Self.thread(
                announcement.upload.verdict.archive, announcement.upload.verdict.package,
                announcement.upload.verdict.version)
        case .commands, .failure, .digest, .quota, .newerInBase, .notice, .collected: nil
        }
    }

    /// Neither names nor versions have an underscore: two versions never make one thread.
    private static func thread(_ archive: ArchiveReference?, _ package: String?, _ version: String?) -> String? {
        guard let archive, let package, let version else { return nil }
        return "source-\(archive)_\(package)_\(version)"
    }
}
