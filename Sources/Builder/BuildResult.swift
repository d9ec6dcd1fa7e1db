internal import Catalog
internal import DebianControl
internal import DurableFiles
internal import OpenPGP
internal import SystemPackage

/// sbuild's result is not what was asked for: the package's fault, in one sentence.
struct ResultMistake: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// What sbuild made: a `.changes` and the files it lists. It was written inside the chroot, where the package could reach
/// it, so it is read like any upload; the builder checks that it answers the order, and the intake checks the rest.
struct BuildResult: Sendable {
    let build: BuildRecord
    let folder: FilePath
    let name: FileName
    /// The unsigned `.changes`.
    let bytes: [UInt8]
    let changes: Changes

    /// In bytes, of the `.changes`: with its signature the intake still reads it.
    private static let sizeLimit = ControlLimits.standard.bytes - 64 << 10

    /// - Parameter limit: in bytes, of all files together.
    init(of build: BuildRecord, in folder: FilePath, limit: Int64) throws(ResultMistake) {
        self.build = build
        self.folder = folder
        let name = try Self.changesName(in: folder)
        self.name = name
        bytes = try Self.readable { () throws(FileFailure) in
            try Folder(opening: folder).openFile(name.description).readAll(limit: Self.sizeLimit)
        }
        guard bytes.split(separator: UInt8(ascii: "\n")).allSatisfy({ $0.count <= SigningKeys.longestLine }) else {
            throw ResultMistake("The build's .changes has a line that is too long to be signed.")
        }
        changes = try Self.parse(bytes)
        guard changes.source == build.package, changes.sourceVersion == build.version else {
            throw ResultMistake("The build made \(changes.source) \(changes.sourceVersion), which was not asked for.")
        }
        guard changes.version.description == build.packageVersion else {
            throw ResultMistake("The build made version \(changes.version), and not \(build.packageVersion).")
        }
        let size = changes.files.reduce(Int64(0)) { $0.addingReportingOverflow($1.size).partialValue }
        guard (0...limit).contains(size) else {
            throw ResultMistake("The build's files are larger than \(limit) bytes.")
        }
    }

    private static func changesName(in folder: FilePath) throws(ResultMistake) -> FileName {
        let names = try readable { () throws(FileFailure) in try Folder(opening: folder).entries().map(\.name) }
            .filter { $0.hasSuffix(".changes") }
        guard names.count == 1, let name = FileName(names[0]) else {
            throw ResultMistake("sbuild left \(names.count) .changes files, and one was expected.")
        }
        return name
    }

    private static func parse(_ bytes: [UInt8]) throws(ResultMistake) -> Changes {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ResultMistake("The build's .changes is not UTF-8.")
        }
        do {
            return try Changes(try ControlParagraph(parsing: text))
        } catch {
            throw ResultMistake("The build's .changes is not in order: \(error)")
        }
    }

    /// What cannot be read was made unreadable inside the chroot: a link, a pipe, a huge file.
    static func readable<Value: ~Copyable>(_ body: () throws(FileFailure) -> Value) throws(ResultMistake) -> Value {
        do { return try body() } catch { throw ResultMistake("The build's result cannot be read: \(error)") }
    }
}
