/// The files of a source package, held against what its format allows: dpkg-source would not unpack anything else.
struct SourceFileSet {
    private let files: [NamedUploadFile]
    private let source: PackageName
    private let version: PackageVersion
    private let line: Int?

    init(_ entries: [FileEntry], of source: PackageName, _ version: PackageVersion, line: Int?) {
        files = entries.map(\.named)
        self.source = source
        self.version = version
        self.line = line
    }

    func mistakes(as format: SourceFormat) -> [FieldMistake] {
        let common = nameMistakes() + compressionMistakes(format) + repetitionMistakes() + signatureMistakes()
        switch format {
        case .v1: return common + v1Mistakes()
        case .native: return common + nativeMistakes()
        case .quilt: return common + quiltMistakes()
        }
    }

    /// An upstream tarball and a diff, or one native tarball.
    private func v1Mistakes() -> [FieldMistake] {
        var mistakes = strangers { [.orig, .upstreamSignature, .diff, .nativeTar].contains($0) }
        switch (has(.orig), has(.diff), has(.nativeTar)) {
        case (true, false, _): mistakes.append(mistake(.missingDiff, "a .diff.gz beside the .orig.tar.gz"))
        case (false, true, _): mistakes.append(mistake(.missingTarball, "an .orig.tar.gz beside the .diff.gz"))
        case (false, false, false): mistakes.append(mistake(.missingTarball, "a tarball"))
        case (true, true, true): mistakes.append(mistake(.fileNotOfThisFormat, "no native tarball beside the others"))
        case (true, true, false), (false, false, true): break
        }
        return mistakes
    }

    private func nativeMistakes() -> [FieldMistake] {
        strangers { $0 == .nativeTar } + (has(.nativeTar) ? [] : [mistake(.missingTarball, "one tarball")])
    }

    private func quiltMistakes() -> [FieldMistake] {
        var mistakes = strangers { kind in
            switch kind {
            case .orig, .origComponent, .upstreamSignature, .debianTar: true
            default: false
            }
        }
        if !has(.orig) { mistakes.append(mistake(.missingTarball, "an .orig.tar.*")) }
        if !has(.debianTar) { mistakes.append(mistake(.missingDebianTarball, "a .debian.tar.*")) }
        return mistakes
    }

    /// Each name starts with the source's name and its version: an upstream file's without the revision.
    private func nameMistakes() -> [FieldMistake] {
        files.flatMap { file -> [FieldMistake] in
            switch file.kind {
            case .orig, .origComponent, .upstreamSignature:
                let wrong = disagreement(of: file, with: version.withoutEpochAndRevision)
                return version.revision == nil ? wrong + [origWithoutRevision(file)] : wrong
            case .diff, .nativeTar, .debianTar:
                return disagreement(of: file, with: version.withoutEpoch)
            case .dsc, .deb, .udeb, .ddeb, .buildinfo, .changes, .commands, .dakCommands, .other:
                return []  // strangers to every format
            }
        }
    }

    private func disagreement(of file: NamedUploadFile, with version: String) -> [FieldMistake] {
        if file.package == source.description, file.version == version { return [] }
        return [mistake(.fileNameDisagrees, "names that start with \(source)_\(version).", file)]
    }

    private func origWithoutRevision(_ file: NamedUploadFile) -> FieldMistake {
        mistake(.origWithoutRevision, "a Debian revision in Version \(version), as there is an upstream tarball", file)
    }

    private func compressionMistakes(_ format: SourceFormat) -> [FieldMistake] {
        files.compactMap { file in
            guard let compression = file.compression else { return nil }
            if format == .v1, compression != .gz { return mistake(.unsupportedCompression, "gz in format 1.0", file) }
            if compression.isTakenByDpkgSource { return nil }
            return mistake(.unsupportedCompression, "gz, bz2, xz or lzma", file)
        }
    }

    /// Of a role there is one file, however it is compressed.
    private func repetitionMistakes() -> [FieldMistake] {
        let roles = Dictionary(
            grouping: files.filter { $0.kind != .upstreamSignature && $0.kind != .other }, by: \.kind)
        return roles.values.filter { $0.count > 1 }.sorted { $0.names < $1.names }.map {
            FieldMistake(
                .severalFilesOfOneRole, field: "Files", expected: "one file of each kind", got: $0.names, line: line)
        }
    }

    /// A signature `x.asc` stands beside its tarball `x`.
    private func signatureMistakes() -> [FieldMistake] {
        let names = Set(files.map(\.name.description))
        return files.compactMap { file in
            let signed = String(file.name.description.dropLast(".asc".count))
            guard file.kind == .upstreamSignature, !names.contains(signed) else { return nil }
            return mistake(.signatureWithoutTarball, "\(signed) beside its signature", file)
        }
    }

    private func strangers(_ isAllowed: (UploadFileKind) -> Bool) -> [FieldMistake] {
        files.filter { !isAllowed($0.kind) }.map { mistake(.fileNotOfThisFormat, "only files of this format", $0) }
    }

    private func has(_ kind: UploadFileKind) -> Bool { files.contains { $0.kind == kind } }

    private func mistake(_ kind: MistakeKind, _ expected: String, _ file: NamedUploadFile? = nil) -> FieldMistake {
        FieldMistake(kind, field: "Files", expected: expected, got: file?.name.description, line: line)
    }
}
