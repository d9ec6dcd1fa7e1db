/// The files in `Templates`. What each may name is in `LetterWords`.
///
/// The name is the file's, without `.mustache`.
public enum MailTemplate: String, CaseIterable, Sendable {
    // One a letter. The first line is its subject.
    case accepted, rejected, held, commands, failure, digest, announcement, quota, collected, notice
    case buildFailed = "build-failed"
    case newerInBase = "newer-in-base"
    // Parts of these.
    case findings, files, changes, next, footer

    var isPart: Bool {
        switch self {
        case .accepted, .rejected, .held, .commands, .failure, .buildFailed, .digest, .announcement, .quota,
            .newerInBase, .collected, .notice:
            false
        case .findings, .files, .changes, .next, .footer: true
        }
    }

    /// Its text, unless a folder of the settings has another.
    public var builtIn: String {
        let bytes =
            switch self {
            case .accepted: PackageResources.accepted_mustache
            case .rejected: PackageResources.rejected_mustache
            case .held: PackageResources.held_mustache
            case .commands: PackageResources.commands_mustache
            case .failure: PackageResources.failure_mustache
            case .digest: PackageResources.digest_mustache
            case .announcement: PackageResources.announcement_mustache
            case .quota: PackageResources.quota_mustache
            case .collected: PackageResources.collected_mustache
            case .notice: PackageResources.notice_mustache
            case .buildFailed: PackageResources.build_failed_mustache
            case .newerInBase: PackageResources.newer_in_base_mustache
            case .findings: PackageResources.findings_mustache
            case .files: PackageResources.files_mustache
            case .changes: PackageResources.changes_mustache
            case .next: PackageResources.next_mustache
            case .footer: PackageResources.footer_mustache
            }
        return String(decoding: bytes, as: UTF8.self)
    }
}
