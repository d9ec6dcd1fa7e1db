internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import SystemPackage

/// sbuild's command line and configuration for one build (sbuild(1), sbuild.conf(5); tried with 0.85).
struct SbuildCommand: Sendable {
    static let executable = FilePath("/usr/bin/sbuild")

    let order: BuildOrder
    let folder: BuildFolder
    let repository: PublishedRepository?

    var arguments: [String] {
        let record = order.record
        return [
            "--chroot-mode=unshare", "--chroot=\(folder.chroot)", "--dist=\(record.suite)",
            "--arch=\(record.architecture)", record.buildsAll ? "--arch-all" : "--no-arch-all",
            buildsNative ? "--arch-any" : "--no-arch-any", "--no-source", "--no-run-lintian", "--no-run-piuparts",
            "--no-run-autopkgtest",
            // The tarball has no package lists; without an update nothing can be installed.
            "--apt-update",
            // The log goes to standard output, and from there to where the service wants it.
            "--nolog", "--build-dir=\(folder.result)",
        ] + (repository.map(arguments) ?? []) + [folder.source.appending(order.dsc.name.description).string]
    }

    private func arguments(for repository: PublishedRepository) -> [String] {
        ["--extra-repository=\(repository.line)", "--extra-repository-key=\(folder.repositoryKey)"]
    }

    /// A source with `all` alone, or with machines that the suite does not have, is built for its `all` packages.
    private var buildsNative: Bool {
        BuildPlan.buildsNative(order.sourceArchitectures, on: order.record.architecture)
    }

    /// Named by `SBUILD_CONFIG`, so that the user's own is not read; what the machine's administrator wrote in
    /// `/etc/sbuild/sbuild.conf` counts.
    var configuration: String {
        let root = "$unshare_tmpdir_template = \(Self.quoted(folder.root.string + ".XXXXXXXXXX"));\n"
        let mount = repository?.folder.map { path in
            "$unshare_bind_mounts = [ { directory => \(Self.quoted(path.string)), "
                + "mountpoint => \(Self.quoted(PublishedRepository.mountPoint)) } ];\n"
        }
        return root + (mount ?? "") + "1;\n"
    }

    /// A Perl string in single quotes.
    private static func quoted(_ text: String) -> String {
        "'" + text.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "'"
    }
}
