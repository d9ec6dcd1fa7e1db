internal import Confinement
internal import DebianControl
internal import Glibc

/// What a child of `slipway-unpack` does that makes a source package once more: raises the walls that unpacking has, looks
/// through the tarballs as there, and becomes a shell that runs dpkg-source twice. It unpacks, and builds a source package of the
/// tree (dpkg-source(1), `-b`), which runs nothing of the package's: not as `3.0 (git)`, which asks the tree's own git what to run,
/// whatever the tree says of its format. And nothing is left out: one pattern, which nothing fits, switches the usual list off.
/// With one thread xz makes the same bytes as with many, and takes no more memory on a machine of many processors.
enum ConfinedRemaking {
    /// `$1` is the `.dsc`, `$2` its format. The changelog is written through what stands in its place, which is behind the walls, too.
    private static let script = """
        set -e
        dpkg-source --threads-max=1 --no-check --no-copy -x "\(UnpackRequest.input)/$1" \(RemakeRequest.made)/\(UnpackRequest.tree)
        changelog=\(RemakeRequest.made)/\(UnpackRequest.tree)/debian/changelog
        cat \(UnpackRequest.input)/\(RemakeRequest.entry) "$changelog" >\(UnpackRequest.temporary)/changelog
        cat \(UnpackRequest.temporary)/changelog >"$changelog"
        cd \(RemakeRequest.made)
        exec dpkg-source --threads-max=1 --format="$2" --tar-ignore=//nothing// -b \(UnpackRequest.tree)
        """

    static func run(_ request: RemakeRequest, server: pid_t) -> Never {
        do {
            try ConfinedUnpacking.raiseWalls(request.unpacking, server)
        } catch {
            ConfinedUnpacking.end(.failed(error.description))
        }
        ConfinedUnpacking.tell(.walled)
        ConfinedUnpacking.lookThrough(request.unpacking)
        guard placeUpstream(request.unpacking.files) else {
            ConfinedUnpacking.end(unableTo: "make \(RemakeRequest.made)")
        }
        ConfinedUnpacking.become(
            "/bin/sh", ["-c", script, "sh", request.dsc, request.format.rawValue],
            ConfinedUnpacking.environment(memory: request.unpacking.limits.memory))
    }

    /// Where dpkg-source looks for what the new package shares with the former: what upstream made.
    private static func placeUpstream(_ files: [String]) -> Bool {
        guard mkdir(RemakeRequest.made, 0o777) == 0 else { return false }
        return files.filter { FileName($0).map { NamedUploadFile($0).kind.isUpstreams } ?? false }.allSatisfy { file in
            symlink("../\(UnpackRequest.input)/\(file)", "\(RemakeRequest.made)/\(file)") == 0
        }
    }
}
