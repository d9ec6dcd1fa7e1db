internal import ArchiveModel
public import DebianControl
internal import DurableFiles

extension SourceUnpacker {
    /// Makes a source package once more, with one more entry in front of its changelog and nothing else changed, in a child with
    /// the walls that unpacking has. What upstream made stays as it is, bytes and all.
    ///
    /// - Parameters:
    ///   - source: is in the archive, so that every check has passed it.
    ///   - version: of the entry.
    ///   - entry: with the empty line that ends it (deb-changelog(5)).
    ///   - take: is given what was made, while it is there. It may wait for the disk.
    /// Throws: failures of ours, and what `take` throws.
    public func remake<Value: Sendable>(
        _ source: SourceToUnpack, as version: PackageVersion, entry: String,
        _ take: @escaping @Sendable (RemadeSource) throws -> Value
    ) async throws -> Remaking<Value> {
        guard source.files.count <= limits.files else { return .refused([.tooManyFiles(source, limit: limits.files)]) }
        guard let dsc = FileName("\(source.control.source)_\(version.withoutEpoch).dsc") else {
            return .refused([.nameTooLong(source, version)])
        }
        let remade = try await onOwnThread { isCancelled in
            try twice { server in
                try within(scratch) { place -> Remaking<Value> in
                    let verdict = try verdict(on: source, entry, by: server, in: place, isCancelled)
                    guard verdict.isUnpacked else { return .refused(verdict.findings) }
                    guard let made = RemadeSource(named: dsc, in: place) else { return .refused([.notMade(source)]) }
                    return .made(try take(made))
                }
            }
        }
        try Task.checkCancellation()
        return remade
    }

    private func verdict(
        on source: SourceToUnpack, _ entry: String, by server: UnpackServerProcess, in place: Scratch,
        _ isCancelled: () -> Bool
    ) throws -> UnpackVerdict {
        try write(source, in: place)
        let file = try place.folder.createFile("\(UnpackRequest.input)/\(RemakeRequest.entry)")
        try file.write(Array(entry.utf8))
        var limits = limits
        limits.memory = limits.packingMemory
        let request = RemakeRequest(
            limits: limits, dsc: source.dsc.description, format: source.control.format,
            files: source.files.map(\.name.description))
        return try verdict(on: source, request.words, by: server, in: place, isCancelled)
    }
}

extension Finding {
    fileprivate static func nameTooLong(_ source: SourceToUnpack, _ version: PackageVersion) -> Finding {
        Finding(
            rule: TreeRule.unpackFailed, "There is no file name for version \(version).", file: source.dsc.description)
    }

    fileprivate static func notMade(_ source: SourceToUnpack) -> Finding {
        Finding(
            rule: TreeRule.unpackFailed, "dpkg-source made no .dsc of its tree that can be read.",
            file: source.dsc.description)
    }
}
