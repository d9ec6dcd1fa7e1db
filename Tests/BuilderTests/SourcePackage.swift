import DebianControl
import Foundation
import Subprocess
import SystemPackage

/// A tiny native source package, made with dpkg-source. Its rules use dpkg-deb alone, so that a
/// build needs nothing but build-essential.
struct SourcePackage {
    let name: String
    /// Shell commands of the build.
    let commands: String
    var buildDepends = ""
    /// Of its one package: all, or any.
    var architecture = "all"

    /// Makes it in `folder`.
    /// - Returns: the `.dsc`'s name; the tarball lies beside it.
    func make(in folder: FilePath) async throws -> FileName {
        let tree = folder.appending("\(name)-1.0")
        try FileManager.default.createDirectory(
            atPath: tree.appending("debian/source").string, withIntermediateDirectories: true)
        for (path, text) in files {
            try Data(text.utf8).write(to: URL(filePath: tree.appending(path).string))
        }
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: tree.appending("debian/rules").string)
        let result = try await run(
            .name("dpkg-source"), arguments: ["--build", "\(name)-1.0"], workingDirectory: folder,
            output: .string(limit: 1 << 16), error: .combinedWithOutput)
        guard result.terminationStatus.isSuccess, let dsc = FileName("\(name)_1.0.dsc") else {
            throw Unmade(words: result.standardOutput)
        }
        return dsc
    }

    struct Unmade: Error { let words: String }

    private var files: [String: String] {
        [
            "debian/source/format": "3.0 (native)\n", "debian/control": control, "debian/rules": rules,
            "debian/changelog": """
            \(name) (1.0) bookworm; urgency=medium

              * First.

             -- Alice Example <alice@example.org>  Mon, 02 Mar 2026 12:00:00 +0000

            """,
        ]
    }

    private var control: String {
        """
        Source: \(name)
        Section: misc
        Priority: optional
        Maintainer: Alice Example <alice@example.org>
        Standards-Version: 4.6.2
        Rules-Requires-Root: no
        \(buildDepends.isEmpty ? "" : "Build-Depends: \(buildDepends)\n")
        Package: \(name)
        Architecture: \(architecture)
        Description: tiny package
         It holds one file.

        """
    }

    private var rules: String {
        """
        #!/usr/bin/make -f
        clean:
        \trm -rf debian/tree debian/files
        build build-arch build-indep:
        \t\(commands)
        binary-\(architecture == "all" ? "arch" : "indep"):
        binary-\(architecture == "all" ? "indep" : "arch") binary: build
        \tmkdir -p debian/tree/DEBIAN debian/tree/usr/share/\(name)
        \techo here > debian/tree/usr/share/\(name)/file
        \tdpkg-gencontrol -p\(name) -Pdebian/tree
        \tdpkg-deb --root-owner-group --build debian/tree ..
        .PHONY: clean build build-arch build-indep binary binary-arch binary-indep

        """
    }
}
