import PackageFiles

/// A source package that is not built but written: small files of the right names, and the control files about them.
struct Draft: Sendable {
    var source = "hello"
    var version = "2.10-3"
    var distribution = "bookworm"
    var architecture = "source"
    var sourceArchitecture = "any"
    var section = "devel"
    var priority = "optional"
    var urgency = "medium"
    var dscSigner: Who? = .alice
    var signer: Who? = .alice
    /// Listed in the `.changes`, and sent.
    var includesOrig = true
    var orig = "the upstream tarball\n"
    var debian = "the packaging\n"
    /// Done to the texts before they are signed.
    var editDsc: @Sendable (String) -> String = { $0 }
    var editChanges: @Sendable (String) -> String = { $0 }
    /// How the text of the `.changes` becomes the bytes that are signed.
    var encodeChanges: @Sendable (String) -> [UInt8] = { Array($0.utf8) }
    /// For gpg, when it signs the `.changes`.
    var signing: [String] = []
    /// Done to the bytes after they are signed.
    var alterDsc: @Sendable ([UInt8]) -> [UInt8] = { $0 }
    var alterChanges: @Sendable ([UInt8]) -> [UInt8] = { $0 }
    /// Further files that the `.changes` lists and the session has.
    var more: [String: [UInt8]] = [:]

    var upstream: String { version.split(separator: "-").first.map(String.init) ?? version }
    var dscName: String { "\(source)_\(version).dsc" }
    var origName: String { "\(source)_\(upstream).orig.tar.xz" }
    var debianName: String { "\(source)_\(version).debian.tar.xz" }
    var changesName: String { "\(source)_\(version)_source.changes" }

    /// All that is sent, by name.
    func files() async throws -> [String: [UInt8]] {
        let keys = try await TestKeys.shared.value
        func signed(_ text: [UInt8], by who: Who?, _ options: [String] = []) async throws -> [UInt8] {
            if let who { return try await keys.clearsign(text, by: who, options) }
            return text
        }
        let parts = [origName: Array(orig.utf8), debianName: Array(debian.utf8)]
        let dsc = alterDsc(try await signed(Array(editDsc(dscText(parts)).utf8), by: dscSigner))
        var files = [dscName: dsc, debianName: Array(debian.utf8)].merging(more) { one, _ in one }
        if includesOrig { files[origName] = Array(orig.utf8) }
        let changes = encodeChanges(editChanges(changesText(files)))
        files[changesName] = alterChanges(try await signed(changes, by: signer, signing))
        return files
    }

    private func dscText(_ files: [String: [UInt8]]) -> String {
        """
        Format: 3.0 (quilt)
        Source: \(source)
        Binary: \(source)
        Architecture: \(sourceArchitecture)
        Version: \(version)
        Maintainer: Alice <alice@example.org>
        Standards-Version: 4.6.2
        Build-Depends: debhelper-compat (= 13)
        \(Self.lists(files) { _ in "" })

        """
    }

    private func changesText(_ files: [String: [UInt8]]) -> String {
        """
        Format: 1.8
        Date: Mon, 26 Dec 2022 16:30:00 +0100
        Source: \(source)
        Architecture: \(architecture)
        Version: \(version)
        Distribution: \(distribution)
        Urgency: \(urgency)
        Maintainer: Alice <alice@example.org>
        Changed-By: Somebody Else <victim@example.net>
        Changes:
         \(source) (\(version)) \(distribution); urgency=medium
         .
           * A change.
        \(Self.lists(files) { _ in "\(section) \(priority) " })

        """
    }

    static func lists(_ files: [String: [UInt8]], extra: (String) -> String) -> String {
        let rows = files.sorted { $0.key < $1.key }.map { ($0.key, Digester.digests(of: $0.value)) }
        let md5 = rows.map { " \($1.md5) \($1.size) \(extra($0))\($0)" }
        let sha1 = rows.map { " \($1.sha1) \($1.size) \($0)" }
        let sha256 = rows.map { " \($1.sha256) \($1.size) \($0)" }
        let sha512 = rows.map { " \($1.sha512) \($1.size) \($0)" }
        return
            (["Checksums-Sha1:"] + sha1 + ["Checksums-Sha256:"] + sha256 + ["Checksums-Sha512:"] + sha512
            + ["Files:"] + md5).joined(separator: "\n")
    }
}
