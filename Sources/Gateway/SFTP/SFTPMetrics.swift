internal import ArchiveModel
internal import DurableFiles
internal import Glibc
internal import Metrics
internal import SFTPProtocol
internal import SystemPackage

/// What SFTP sessions count. Each is a process of its own, so the counts live in a file beside the gateway's: a session
/// adds its own when it is over, under a lock and by a rename. docs/operations.md, "Metrics", has the names.
struct SFTPMetrics {
    private static let name = "slipway-sftp.prom"
    private static let newName = ".slipway-sftp.new"
    private static let lockName = ".slipway-sftp.lock"
    /// In bytes. There are few series; what is longer was not written here, and is begun anew.
    private static let longest = 1 << 16

    private let page = MetricsPage()

    /// The file's folder, if it is there and for us. The working directory is the jail.
    static var folders: [FilePath] {
        MetricsFile.folder.withPlatformString { access($0, W_OK) } == 0 ? [MetricsFile.folder] : []
    }

    func judged(_ outcome: Verdict.Outcome?, after time: Duration) {
        count("verdicts", [("outcome", outcome?.rawValue ?? "later")], by: 1)
        let (seconds, attoseconds) = time.components
        page.makeTimer(label: "slipway_gateway_verdict", dimensions: [("door", "sftp")])
            .recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }

    func refused(_ refusal: SFTPRefusal) { count("refusals", [("reason", refusal.word)], by: 1) }

    /// `ending` is the word of the log.
    func ended(_ ending: String, files: Int, bytes: Int) {
        count("sessions", [("ended", ending)], by: 1)
        count("files", [], by: files)
        count("bytes", [], by: bytes)
    }

    /// Once, when the session is over. Waits while another session does.
    func write() throws(FileFailure) {
        guard let folder = Self.folders.first else { return }
        let place = try Folder(opening: folder)
        // Left by an earlier session, as a rule.
        if (try? place.status(of: Self.lockName)) == nil {
            _ = try? place.createFile(Self.lockName, permissions: Self.shared)
        }
        let lock = try place.openFile(Self.lockName)
        _ = lock.withRaw { flock($0.rawValue, LOCK_EX) }
        page.add(Self.text(in: place))
        try replace(in: place)
        try lock.close()
    }

    /// Other sessions may run as another user of the group.
    private static let shared: FilePermissions = [.ownerReadWrite, .groupReadWrite]

    private static func text(in place: Folder) -> String {
        guard let file = try? place.openFile(name) else { return "" }
        let bytes = file.withRaw { Bytes.read($0.rawValue) } ?? []
        return bytes.count <= longest ? String(decoding: bytes, as: UTF8.self) : ""
    }

    private func replace(in place: Folder) throws(FileFailure) {
        // Left by a crash.
        if try place.status(of: Self.newName) != nil { try place.remove(Self.newName) }
        let file = try place.createFile(Self.newName)
        try file.setPermissions([.ownerReadWrite, .groupRead, .otherRead])
        try file.write(Array(page.text.utf8))
        try place.move(Self.newName, to: Self.name, replacing: true)
    }

    private func count(_ label: String, _ dimensions: [(String, String)], by amount: Int) {
        page.makeCounter(label: "slipway_gateway_" + label, dimensions: [("door", "sftp")] + dimensions)
            .increment(by: Int64(amount))
    }
}
