internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// The changelog entry of a source that is made once more (Policy 4.4; deb-changelog(5)), with the empty line that ends it.
struct NoChangeEntry {
    let text: String

    init(_ wanted: WantedSourceRebuild) {
        let date = "\(UTCDate(secondsSince1970: wanted.created))".replacing(" UTC", with: " +0000")
        text = """
            \(wanted.former.name) (\(wanted.version)) \(wanted.suite.name); urgency=medium

              * No-change rebuild.
              * \(wanted.reason)

             -- \(wanted.author)  \(date)


            """
    }
}
