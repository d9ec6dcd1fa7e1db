/// Merges the lists of files: `Files` and `Checksums-*`.
extension FieldReader {
    /// What a line of the first list holds besides digest, size and name.
    enum FileColumns {
        /// Digest, size, name.
        case plain
        /// Digest, size, section, priority, name: the `Files` of a .changes.
        case withSection

        var expected: String {
            switch self {
            case .plain: "digest, size and name on each line"
            case .withSection: "digest, size, section, priority and name on each line"
            }
        }

        var count: Int {
            switch self {
            case .plain: 3
            case .withSection: 5
            }
        }
    }

    /// The files of all lists. `first` gives the files and their order; the others have to list the same ones, with
    /// the same sizes. SHA-256 is required, for it is what this service stores files by.
    ///
    /// Lists are held against each other only where each of their lines could be read: one slip is one mistake.
    mutating func mergedFiles(first field: String, columns: FileColumns) -> [FileEntry] {
        let known = mistakes.count
        let lines = required(field, "a list of files") == nil ? [] : fileLines(field, .listed(by: field), columns)
        let isWhole = mistakes.count == known
        var files = lines.map(\.entry)
        for algorithm in DigestAlgorithm.allCases where !field.equalsIgnoringCase(algorithm.field) {
            if algorithm == .sha256 { _ = required(algorithm.field, "the SHA-256 of each file") }
            guard paragraph[algorithm.field] != nil else { continue }
            let known = mistakes.count
            let more = fileLines(algorithm.field, algorithm, .plain)
            if isWhole, mistakes.count == known { merge(more, algorithm, into: &files, of: field) }
        }
        return files
    }

    /// The files of one list, each name once.
    private mutating func fileLines(
        _ field: String, _ algorithm: DigestAlgorithm, _ columns: FileColumns
    ) -> [(entry: FileEntry, line: Int?)] {
        var seen: Set<FileName> = []
        let start = paragraph.line(of: field).flatMap { $0 > 0 ? $0 : nil }
        return (paragraph[field] ?? "").lines.enumerated().compactMap { offset, text in
            let line = start.map { $0 + offset }
            guard let entry = fileLine(text, field, algorithm, columns, line) else { return nil }
            guard seen.insert(entry.name).inserted else {
                note(.duplicateFile, field, expected: "each file once", got: entry.name.description, line: line)
                return nil
            }
            return (entry, line)
        }
    }

    private mutating func fileLine(
        _ text: Substring, _ field: String, _ algorithm: DigestAlgorithm, _ columns: FileColumns, _ line: Int?
    ) -> FileEntry? {
        let words = text.words
        if words.isEmpty { return nil }
        guard words.count == columns.count, let last = words.last else {
            note(.badFileLine, field, expected: columns.expected, got: text.trimmed, line: line)
            return nil
        }
        let name = FileName(last)
        if name == nil {
            let rule = "a file name of letters, digits and _ - + ~ . only, a letter or digit first"
            note(.unsafeFileName, field, expected: rule, got: last, line: line)
        }
        let size = Self.size(words[1])
        if size == nil { note(.badSize, field, expected: "a size in bytes", got: words[1], line: line) }
        let digest = algorithm.hex(words[0])
        if digest == nil {
            let rule = "\(algorithm.hexLength) hexadecimal digits"
            note(.badDigest, field, expected: rule, got: words[0], line: line)
        }
        guard let name, let size, let digest else { return nil }
        var entry = FileEntry(name: name, size: size)
        entry[algorithm] = digest
        if columns == .withSection { (entry.section, entry.priority) = (String(words[2]), String(words[3])) }
        return entry
    }

    private mutating func merge(
        _ lines: [(entry: FileEntry, line: Int?)], _ algorithm: DigestAlgorithm, into files: inout [FileEntry],
        of first: String
    ) {
        let places = Dictionary(uniqueKeysWithValues: files.enumerated().map { ($1.name, $0) })
        for (entry, line) in lines {
            let name = entry.name.description
            guard let place = places[entry.name] else {
                note(
                    .fileListsDisagree, algorithm.field, expected: "the files of \(first) only", got: name, line: line)
                continue
            }
            if files[place].size != entry.size {
                let expected = "\(files[place].size) bytes for \(name), as in \(first)"
                note(.sizesDisagree, algorithm.field, expected: expected, got: String(entry.size), line: line)
            }
            files[place][algorithm] = entry[algorithm]
        }
        for file in files where file[algorithm] == nil {
            note(.fileListsDisagree, algorithm.field, expected: "\(file.name), which \(first) lists")
        }
    }

    /// Digits only: a sign is not a size.
    private static func size(_ text: Substring) -> Int64? { text.utf8.allSatisfy(\.isDigit) ? Int64(text) : nil }
}
