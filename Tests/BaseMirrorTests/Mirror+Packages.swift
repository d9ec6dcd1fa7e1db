import ArchiveModel
import BaseMirror
import DebianControl
import SystemPackage

extension Mirror {
    /// A source made by dpkg-source, and packages of it by dpkg-deb: `hello` for amd64, for i386 built once more (`+b1`), and
    /// `hello-data` for all; beside them `hello` of a source `other`.
    func publishPackages(version: String = "2.10", afterwards: String = "") async throws {
        try await run(
            """
            export GNUPGHOME=$PWD/gnupg; rm -rf debian tree; mkdir -p debian/pool tree/hello/debian/source
            cd tree/hello
            echo '3.0 (native)' >debian/source/format
            printf '%s\\n' 'Source: hello' 'Section: devel' 'Priority: optional' 'Maintainer: A <a@example.org>' \\
                'Standards-Version: 4.6.2' '' 'Package: hello' 'Architecture: any' 'Description: x' '' \\
                'Package: hello-data' 'Architecture: all' 'Description: x' >debian/control
            printf 'hello (%s) bookworm; urgency=medium\\n\\n  * x\\n\\n -- A <a@example.org>  Thu, 01 Jan 2026 00:00:00 +0000\\n' \\
                $VERSION >debian/changelog
            cd ..; dpkg-source -b hello >/dev/null; mv hello_* ../debian/pool; cd ../debian/pool
            gpg -q --batch --yes -u stranger@example.org --clearsign hello_$VERSION.dsc; mv hello_*.asc hello_$VERSION.dsc
            cd ../..
            package() { # name version architecture source
                rm -rf tree/b; mkdir -p tree/b/DEBIAN tree/b/usr/share/doc/$1; echo x >tree/b/usr/share/doc/$1/copyright
                printf '%s\\n' "Package: $1" "Source: $4" "Version: $2" "Architecture: $3" 'Maintainer: A <a@example.org>' \\
                    'Section: devel' 'Priority: optional' 'Description: x' >tree/b/DEBIAN/control
                dpkg-deb --root-owner-group -b tree/b debian/pool/$1_$2_$3.deb >/dev/null
            }
            package hello $VERSION amd64 "hello ($VERSION)"; package hello-data $VERSION all hello
            package hello $VERSION+b1 i386 "hello ($VERSION)"; package hello 1:9 amd64 other
            cd debian; dists=dists/bookworm
            for name in amd64 i386; do
                mkdir -p $dists/main/binary-$name; apt-ftparchive -a $name packages pool >$dists/main/binary-$name/Packages
            done
            mkdir -p $dists/main/source; apt-ftparchive sources pool >$dists/main/source/Sources 2>/dev/null
            apt-ftparchive -o APT::FTPArchive::Release::Suite=bookworm -o APT::FTPArchive::Release::Codename=bookworm \\
                -o APT::FTPArchive::Release::Components=main -o APT::FTPArchive::Release::Architectures="amd64 i386" \\
                release $dists >../Release
            gpg -q --batch --yes -u mirror@example.org --clearsign -o $dists/InRelease ../Release
            \(afterwards)
            """, ["VERSION": version])
    }

    func fetch(
        _ version: String = "2.10", _ architectures: [String] = [], limit: Int64 = 1 << 20,
        into name: String = "fetched", more: String = ""
    ) async throws -> FetchedSource {
        let place = folder.appending(name)
        try await run("mkdir -p \(name)")
        let wanted = WantedSource(
            SourceVersion(PackageName("hello")!, PackageVersion(version)!), from: suite,
            of: DistributionName("debian")!, baseSources: "\(aptSources)\n\(more)",
            architectures: architectures.map { Architecture($0)! })
        return try await BaseMirror(root: folder.appending("imports")).fetch(wanted, into: place, limit: limit)
    }
}
