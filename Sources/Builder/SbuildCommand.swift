internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import SystemPackage

/// sbuild's command line and configuration for one build (sbuild(1), sbuild.conf(5); tried with 0.85).
struct SbuildCommand: Sendable {
    var executable = FilePath("/usr/bin/sbuild")
    let order: BuildOrder
    let folder: BuildFolder
    /// The archive's own, and those that it depends on.
    let repositories: [PublishedRepository]
    /// Of a rebuild.
    var entry: RebuildEntry?

    var arguments: [String] {
        let record = order.record
        return [
            "--chroot-mode=unshare", "--chroot=\(folder.chroot)", "--dist=\(record.suite)",
            "--arch=\(record.architecture)", "--no-source", "--no-run-lintian", "--no-run-piuparts",
            "--no-run-autopkgtest",
            // The tarball has no package lists; without an update nothing can be installed.
            "--apt-update",
            // The log goes to standard output, and from there to where the service wants it.
            "--nolog", "--build-dir=\(folder.result)",
        ] + packages + (entry.map { ["--binNMU-changelog=\($0.text)"] } ?? [])
            + repositories.map { "--extra-repository=\($0.line)" } + [
                folder.source.appending(order.dsc.name.description).string
            ]
    }

    private var packages: [String] {
        let native = BuildPlan.buildsNative(order.sourceArchitectures, on: order.record.architecture)
        return Self.packages(all: order.record.buildsAll, native: native)
    }

    /// Which of its packages the source is built for. One with `all` alone, or with machines that the suite does not have, is
    /// built for its `all` packages and no others.
    static func packages(all: Bool, native: Bool) -> [String] {
        [all ? "--arch-all" : "--no-arch-all", native ? "--arch-any" : "--no-arch-any"]
    }

    /// Named by `SBUILD_CONFIG`, so that the user's own is not read; what the machine's administrator wrote in
    /// `/etc/sbuild/sbuild.conf` counts.
    var configuration: String {
        let root = "$unshare_tmpdir_template = \(Self.quoted(folder.root.string + ".XXXXXXXXXX"));\n"
        guard !repositories.isEmpty else { return root + "1;\n" }
        let mounts =
            [Self.mount(folder.keys, at: PublishedRepository.keyMountPoint)]
            + repositories.compactMap { repository in
                repository.folder.map { Self.mount($0, at: repository.mountPoint) }
            }
        return root + "$unshare_bind_mounts = [ \(mounts.joined(separator: ", ")) ];\n1;\n"
    }

    private static func mount(_ folder: FilePath, at place: String) -> String {
        "{ directory => \(quoted(folder.string)), mountpoint => \(quoted(place)) }"
    }

    /// A Perl string in single quotes.
    private static func quoted(_ text: String) -> String {
        "'" + text.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "'"
    }
}
