extension Changes {
    /// What the name of the .changes says against its fields. The name is `source_version_architecture.changes`; the
    /// last part may be `multi` or the builder's own architecture, which the field need not list, so only `source` and
    /// `all` are looked up.
    public func mistakes(named name: FileName) -> [FieldMistake] {
        let named = NamedUploadFile(name)
        guard named.kind == .changes, let package = named.package, let nameVersion = named.version else {
            return [mistake("Source", "\(source)_\(version.withoutEpoch)_….changes as the name", name.description)]
        }
        var mistakes: [FieldMistake] = []
        if package != source.description { mistakes.append(mistake("Source", package, source.description)) }
        if nameVersion != version.withoutEpoch {
            mistakes.append(mistake("Version", nameVersion, version.withoutEpoch))
        }
        for architecture in [Architecture.source, .all]
        where named.architecture == architecture.description && !architectures.contains(architecture) {
            let got = architectures.map(\.description).joined(separator: " ")
            mistakes.append(mistake("Architecture", architecture.description, got))
        }
        return mistakes
    }

    /// What the .dsc of this upload says against it: another source, version or spelling of it, a file of other size or
    /// digest, a source file that the .dsc does not know.
    public func mistakes(against dsc: SourceControl) -> [FieldMistake] {
        var mistakes: [FieldMistake] = []
        if dsc.source != source {
            mistakes.append(
                FieldMistake(
                    .sourceDisagrees, field: "Source", expected: "\(dsc.source), as in the .dsc", got: "\(source)"))
        }
        if dsc.version.description != version.description {
            mistakes.append(
                FieldMistake(
                    .versionDisagrees, field: "Version", expected: "\(dsc.version), as in the .dsc", got: "\(version)"))
        }
        let listed = Dictionary(uniqueKeysWithValues: dsc.files.map { ($0.name, $0) })
        for file in files where file.named.kind.isSource && file.named.kind != .dsc {
            mistakes += Self.mistakes(of: file, against: listed[file.name])
        }
        return mistakes
    }

    private static func mistakes(of file: FileEntry, against entry: FileEntry?) -> [FieldMistake] {
        guard let entry else {
            let expected = "source files that the .dsc lists"
            return [FieldMistake(.fileNotInDsc, field: "Files", expected: expected, got: file.name.description)]
        }
        guard entry.size == file.size else {
            let expected = "\(entry.size) bytes for \(file.name), as in the .dsc"
            return [FieldMistake(.sizesDisagree, field: "Files", expected: expected, got: String(file.size))]
        }
        return DigestAlgorithm.allCases.compactMap { algorithm in
            guard let ours = file[algorithm], let theirs = entry[algorithm], ours != theirs else { return nil }
            return FieldMistake(
                .digestsDisagree, field: algorithm.usualField, expected: "\(theirs) for \(file.name), as in the .dsc",
                got: ours)
        }
    }

    private func mistake(_ field: String, _ expected: String, _ got: String) -> FieldMistake {
        let line = paragraph.line(of: field)
        return FieldMistake(
            .fileNameDisagrees, field: field, expected: "\(expected), as in the file's name", got: got, line: line)
    }
}
