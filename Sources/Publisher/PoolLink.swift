internal import Catalog

/// A name in the pool, and the stored file that is to have it.
struct PoolLink: Sendable {
    let place: PoolPlace
    let sha256: String

    /// What has been published before has its links; `isWhole` makes them anew, as after a restored backup.
    static func links(of snapshot: SuiteSnapshot, isWhole: Bool) -> [PoolLink] {
        let sources = snapshot.sources.filter { isWhole || $0.isPending }.flatMap { source in
            ([source.dsc] + source.files).map { file in
                PoolLink(
                    place: PoolPlace(component: source.component, source: source.name, file: file.name),
                    sha256: file.sha256)
            }
        }
        let binaries = snapshot.binaries.filter { isWhole || $0.isPending }.map { binary in
            PoolLink(
                place: PoolPlace(component: binary.component, source: binary.source, file: binary.file.name),
                sha256: binary.file.sha256)
        }
        return sources + binaries
    }
}
