internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import DurableFiles
internal import OpenPGP
internal import PackageFiles
internal import SystemPackage

/// Gathers what the checks look at.
extension Examination {
    func evidence(_ arrival: Arrival, _ changes: Changes) async throws -> Evidence {
        let earlier = search.earlierSessions(than: arrival.received)
        let dsc = try await dsc(of: changes, arrival, earlier)
        let files = try await files(of: changes, dsc, arrival, earlier)
        let inside = try await inside(files, changes, arrival)
        return Evidence(
            arrival: arrival, changes: changes, files: files, dsc: dsc,
            pooled: try await pooled(files, in: arrival.destination.archive?.archive),
            history: try await history(of: changes, arrival), breaches: try await breaches(by: changes, arrival),
            waiting: try await waiting(changes, arrival),
            newNames: try await newNames(dsc, changes, inside, arrival),
            denials: try await denials(changes, arrival),
            override: try await override(changes, arrival), inside: inside,
            buildinfos: inside == nil ? try await buildinfos(files) : [],
            live: try await live(inside, changes, arrival), wanted: try await wanted(changes, arrival), limits: limits)
    }

    func pooled(_ files: [NeededFile], in archive: Archive?) async throws -> Set<FileName> {
        guard let archive, limits.quotas.limit(of: archive) != nil else { return [] }
        return try await catalog.pooled(files.map(\.name), in: archive)
    }

    private func denials(_ changes: Changes, _ arrival: Arrival) async throws -> [UploadDenial] {
        guard let archive = arrival.destination.archive?.archive else { return [] }
        return try await catalog.denials(source: changes.source, key: arrival.text.signer, in: archive)
    }

    private func override(_ changes: Changes, _ arrival: Arrival) async throws -> PackageOverride? {
        guard let archive = arrival.destination.archive?.archive else { return nil }
        let kept = try await catalog.override(of: changes.source, .source, in: archive)
        let said = arrival.received.orders.override
        return said == PackageOverride() ? kept : said.over(kept)
    }

    private func waiting(_ changes: Changes, _ arrival: Arrival) async throws -> [WaitingUpload] {
        guard let archive = arrival.destination.archive?.archive else { return [] }
        let own = try await catalog.upload(arrival.received.identity)?.id
        return try await catalog.waiting(changes.source, in: archive).compactMap { upload, source in
            upload == own ? nil : WaitingUpload(upload: upload, source: source)
        }
    }

    private func newNames(
        _ dsc: DscEvidence, _ changes: Changes, _ inside: PackageEvidence?, _ arrival: Arrival
    ) async throws -> NewNames {
        guard let archive = arrival.destination.archive?.archive, archive.hasNew else { return .none }
        let packages = (inside?.packages ?? []).compactMap(\.readControl?.package).filter { !$0.isOfDebugSymbols }
        let binaries = Set((dsc.control?.binary ?? []) + packages).sorted { $0.description < $1.description }
        return try await catalog.newNames(source: changes.source, binaries: binaries, in: archive)
    }

    private func history(of changes: Changes, _ arrival: Arrival) async throws -> [SourceHistory] {
        guard let archive = arrival.destination.archive?.archive else { return [] }
        return try await catalog.history(of: changes.source, in: archive)
    }

    private func breaches(by changes: Changes, _ arrival: Arrival) async throws -> [VersionRuleBreach] {
        guard changes.isSourceful, let archive = arrival.destination.archive?.archive else { return [] }
        return try await catalog.breaches(of: archive, by: SourceVersion(changes.source, changes.version))
    }

    private func files(
        of changes: Changes, _ dsc: DscEvidence, _ arrival: Arrival, _ earlier: EarlierSessions
    ) async throws -> [NeededFile] {
        guard changes.fileCount(with: dsc.control) <= limits.filesPerUpload else { return [] }
        let listed = changes.files.map { NeededFile.Listing(lister: arrival.path.name, entry: $0) }
        let fromDsc = (dsc.control?.files ?? []).compactMap { entry in
            changes.dsc.map { NeededFile.Listing(lister: $0.name, entry: entry) }
        }
        return try await find([NeededFile.Listing].grouped(listed + fromDsc), arrival, earlier)
    }

    /// As many at a time as there are cores: a digest keeps one busy. In the order of their listings.
    private func find(
        _ wanted: [[NeededFile.Listing]], _ arrival: Arrival, _ earlier: EarlierSessions
    ) async throws -> [NeededFile] {
        try await withThrowingTaskGroup(of: (Int, NeededFile).self) { group in
            var rest = wanted.enumerated().makeIterator()
            func findNext() {
                guard let (index, listings) = rest.next() else { return }
                group.addTask {
                    (
                        index,
                        try await search.find(
                            listings, of: arrival.received, or: earlier, for: arrival.destination.archive,
                            isRefused: arrival.isRefused)
                    )
                }
            }
            for _ in 0..<processorCount() { findNext() }
            var files: [(Int, NeededFile)] = []
            while let file = try await group.next() {
                files.append(file)
                findNext()
            }
            return files.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// Reads the `.dsc` when it is the one that the `.changes` lists.
    private func dsc(
        of changes: Changes, _ arrival: Arrival, _ earlier: EarlierSessions
    ) async throws -> DscEvidence {
        guard let entry = changes.dsc else { return .absent }
        let listing = NeededFile.Listing(lister: arrival.path.name, entry: entry)
        let file = try await search.find(
            [listing], of: arrival.received, or: earlier, for: nil, isRefused: arrival.isRefused)
        guard let sent = file.sent else { return .absent }
        guard sent.digests.sha256 == entry.sha256 else { return .damaged }
        return try await read(sent, name: entry.name)
    }

    private func read(_ sent: SentFile, name: FileName) async throws -> DscEvidence {
        let bytes: [UInt8]
        do {
            bytes = try await onBlockingThread { try sent.read(limit: ControlLimits.standard.bytes) }
        } catch let failure as FileFailure where failure.isTooLarge {
            return .refused([Finding(.fileTooLarge, "It is too large to be read.", file: name.description)])
        }
        let (text, findings) = try await signatures.findings(onDsc: bytes, file: name)
        guard let text else { return .refused(findings) }
        do {
            return .read(try SourceControl(try ControlParagraph(parsing: text.text)), signer: text.signer)
        } catch {
            return .refused(Mistakes(error, file: name).findings)
        }
    }
}

extension Changes {
    /// How many files it lists, and its `.dsc` besides.
    func fileCount(with dsc: SourceControl?) -> Int {
        Set(files.map(\.name)).union((dsc?.files ?? []).map(\.name)).count
    }
}

extension FileFailure {
    var isTooLarge: Bool {
        guard case .tooLarge = reason else { return false }
        return true
    }
}
