internal import Catalog
internal import DebianControl

/// The changelog entry that a rebuild's packages get (Debian Developer's Reference 5.10.2.1; sbuild(1), --binNMU-changelog).
struct RebuildEntry {
    let text: String

    /// - Parameters:
    ///   - author: a name and an address.
    ///   - now: Unix seconds.
    init(_ build: BuildRecord, by author: String, now: Int64) {
        let date = "\(UTCDate(secondsSince1970: now))".replacing(" UTC", with: " +0000")
        text = """
            \(build.package) (\(build.packageVersion)) \(build.suite); urgency=low, binary-only=yes

              * Binary-only rebuild for \(build.architecture); no source changes.
              * \(build.reason)

             -- \(author)  \(date)
            """
    }
}
