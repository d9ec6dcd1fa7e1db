/// The paragraphs of `Sources` and `Packages` (Debian Repository Format, "Sources" and "Packages" indices).
///
/// What a stranger's control file must not decide, where a file lies and what its digests are, is taken from nowhere
/// but the arguments: fields of those names in the control file are left out.
public enum IndexParagraph {
    /// A source package in `Sources`. `directory` is relative to the archive's root.
    ///
    /// The entry of the .dsc itself has to have a SHA-256; MD5 and others are listed where every file has them.
    public static func source(
        _ dsc: SourceControl, dscEntry: FileEntry, directory: String, section: String?, priority: String?
    ) -> ControlParagraph {
        precondition(dscEntry.sha256 != nil, "an accepted .dsc has a SHA-256")
        var index = ControlParagraph()
        index["Package"] = dsc.source.description
        index.take(first: sourceOrder, of: dsc.paragraph, without: sourceOwn)
        index["Package-List"] = dsc.paragraph["Package-List"]
        index["Directory"] = directory
        index["Priority"] = priority
        index["Section"] = section
        for algorithm in DigestAlgorithm.allCases {
            let field = algorithm.usualField
            index[field] = list(of: [dscEntry] + dsc.files, algorithm)
        }
        return index
    }

    /// A binary package in `Packages`. `fileName` is relative to the archive's root, `size` in bytes. A section or
    /// priority given here stands in place of the package's own.
    public static func binary(
        _ control: BinaryControl, fileName: String, size: Int64, md5: String?, sha1: String?, sha256: String,
        section: String? = nil, priority: String? = nil
    ) -> ControlParagraph {
        var index = ControlParagraph()
        index["Package"] = control.package.description
        index.take(first: binaryOrder, of: control.paragraph, without: binaryOwn)
        index["Section"] = section ?? control.section
        index["Priority"] = priority ?? control.priority
        index["Filename"] = fileName
        index["Size"] = String(size)
        index["MD5sum"] = md5
        index["SHA1"] = sha1
        index["SHA256"] = sha256
        index["Description"] = control.paragraph["Description"]
        return index
    }

    private static let sourceOrder =
        ["Binary", "Version", "Maintainer", "Uploaders"]
        + ["Build-Depends", "Build-Depends-Arch", "Build-Depends-Indep"]
        + ["Build-Conflicts", "Build-Conflicts-Arch", "Build-Conflicts-Indep"]
        + ["Architecture", "Standards-Version", "Format"]

    private static let binaryOrder =
        ["Source", "Version", "Installed-Size", "Maintainer", "Architecture", "Multi-Arch", "Essential", "Protected"]
        + BinaryControl.relationFields

    private static let sourceOwn =
        ["Package", "Source", "Package-List", "Directory", "Priority", "Section", "Files", "Status"]
        + DigestAlgorithm.allCases.map(\.field)

    /// `Status`, `Conffiles` and `Config-Version` belong to dpkg's own database.
    private static let binaryOwn =
        ["Package", "Section", "Priority", "Filename", "Size", "MD5sum", "SHA1", "SHA256", "SHA512", "Description"]
        + ["Description-md5", "Status", "Conffiles", "Config-Version"]

    /// Lines of digest, size and name; nil where a file has no such digest.
    private static func list(of files: [FileEntry], _ algorithm: DigestAlgorithm) -> String? {
        var lines = [""]
        for file in files {
            guard let digest = file[algorithm] else { return nil }
            lines.append("\(digest) \(file.size) \(file.name)")
        }
        return lines.joined(separator: "\n")
    }
}

extension ControlParagraph {
    /// Appends the fields named in `order`, and then all others in their own order, but none of `left`.
    fileprivate mutating func take(first order: [String], of other: ControlParagraph, without left: [String]) {
        let isLeft: (Field) -> Bool = { field in left.contains { $0.equalsIgnoringCase(field.name) } }
        for name in order { self[name] = other[name] }
        for field in other.fields where self[field.name] == nil && !isLeft(field) { self[field.name] = field.value }
    }
}
