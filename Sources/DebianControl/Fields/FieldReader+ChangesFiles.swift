/// What the files of a .changes have to do with its other fields, as far as their names tell.
extension FieldReader {
    mutating func checkFiles(
        _ files: [FileEntry], of source: SourceReference?, _ version: PackageVersion?, _ architectures: [Architecture],
        _ binary: [PackageName]
    ) {
        if files.isEmpty { return }  // told already: Files is missing, or none of its lines can be read
        let named = files.map(\.named)
        checkSource(named, source, version, architectures)
        checkArchitectures(named, architectures)
        checkBinaries(named, binary)
        checkBuildinfos(named, source, version)
        for file in files {
            checkKind(file)
            checkSection(file)
        }
    }

    /// A .buildinfo is named like the .changes beside it: `source_version_architecture.buildinfo`.
    private mutating func checkBuildinfos(
        _ files: [NamedUploadFile], _ source: SourceReference?, _ version: PackageVersion?
    ) {
        guard let source, let version else { return }
        for file in files where file.kind == .buildinfo && file.package != nil {
            guard file.package != source.name.description || file.version != version.withoutEpoch else { continue }
            let expected = "\(source.name)_\(version.withoutEpoch)_….buildinfo"
            note(.fileNameDisagrees, "Files", expected: expected, got: file.name.description)
        }
    }

    /// `section` or `component/section`, and a priority: words that go into indexes as they are.
    private mutating func checkSection(_ file: FileEntry) {
        let parts = (file.section ?? "").split(separator: "/", omittingEmptySubsequences: false)
        if parts.count > 2 || !parts.allSatisfy(Self.isIndexWord) {
            note(.badValue, "Files", expected: "a section such as devel or contrib/devel", got: file.section)
        }
        if !Self.isIndexWord((file.priority ?? "")[...]) {
            note(.badValue, "Files", expected: "a priority such as optional", got: file.priority)
        }
    }

    private static func isIndexWord(_ word: Substring) -> Bool {
        let others = "-+._".utf8
        return !word.isEmpty && word.utf8.allSatisfy { $0.isLowerAlphanumeric || others.contains($0) }
    }

    /// `source` in Architecture, and exactly one .dsc of the right name: both or neither.
    private mutating func checkSource(
        _ files: [NamedUploadFile], _ source: SourceReference?, _ version: PackageVersion?,
        _ architectures: [Architecture]
    ) {
        let dscs = files.filter { $0.kind == .dsc }
        if dscs.isEmpty, architectures.contains(.source) {
            note(.sourceWithoutDsc, "Files", expected: "a .dsc, as Architecture has source")
        }
        if dscs.count > 1 { note(.severalDsc, "Files", expected: "one .dsc", got: dscs.names) }
        if files.contains(where: \.kind.isSource), !architectures.contains(.source) {
            note(.dscWithoutSource, "Architecture", expected: "source, as Files has files of a source package")
        }
        guard let source, let version else { return }
        let expected = "\(source.name)_\(version.withoutEpoch).dsc"
        for dsc in dscs where dsc.name.description != expected {
            note(.fileNameDisagrees, "Files", expected: expected, got: dsc.name.description)
        }
    }

    /// Each architecture has a binary package, and each binary package an architecture.
    private mutating func checkArchitectures(_ files: [NamedUploadFile], _ architectures: [Architecture]) {
        let binaries = files.filter(\.kind.isBinary)
        let present = Set(binaries.compactMap(\.architecture))
        for architecture in architectures where !architecture.isSource && !present.contains(architecture.description) {
            note(
                .architectureWithoutDeb, "Architecture", expected: "a binary package for each",
                got: architecture.description)
        }
        let listed = Set(architectures.map(\.description))
        for file in binaries where file.architecture.map({ !listed.contains($0) }) ?? false {
            note(
                .debOfUnlistedArchitecture, "Files", expected: "packages of the architectures listed",
                got: file.name.description)
        }
    }

    /// Debug symbols are named after their package, which is enough.
    private mutating func checkBinaries(_ files: [NamedUploadFile], _ binary: [PackageName]) {
        let binaries = files.filter(\.kind.isBinary)
        guard !binaries.isEmpty else { return }
        for field in ["Binary", "Description"] where paragraph[field] == nil {
            note(.missingField, field, expected: "the packages, as Files has some")
        }
        let listed = Set(binary.map(\.description))
        for file in binaries {
            guard let package = file.package, !listed.isEmpty, !listed.contains(package) else { continue }
            if package.hasSuffix("-dbgsym"), listed.contains(String(package.dropLast("-dbgsym".count))) { continue }
            note(.binaryNotListed, "Binary", expected: "\(package), as \(file.name) is listed")
        }
    }

    /// A file of no known kind says by its section that it is meant for hand work; commands travel alone.
    private mutating func checkKind(_ file: FileEntry) {
        let section = file.section ?? ""
        switch file.named.kind {
        case .changes, .commands, .dakCommands:
            break
        case .other where section == "byhand" || section.hasPrefix("raw-"):
            return
        case .other:
            break
        case .dsc, .deb, .udeb, .ddeb, .buildinfo:
            if file.named.package != nil { return }
        case .diff, .nativeTar, .orig, .origComponent, .upstreamSignature, .debianTar:
            return
        }
        note(
            .unknownFileKind, "Files", expected: "source, binary package or .buildinfo, named as Policy says",
            got: file.name.description)
    }
}

extension [NamedUploadFile] {
    var names: String { map(\.name.description).joined(separator: " ") }
}
