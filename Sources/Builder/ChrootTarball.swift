public import ArchiveModel
internal import BaseMirror
public import DebianControl
internal import DurableFiles
internal import Glibc
internal import Subprocess
internal import SystemPackage

/// The chroot that builds for one suite and architecture begin in: `<suite>-<architecture>.tar.zst`, as sbuild names it.
public struct ChrootTarball: Sendable, Hashable {
    public let suite: SuiteName
    public let architecture: Architecture

    public init(suite: SuiteName, architecture: Architecture) {
        self.suite = suite
        self.architecture = architecture
    }

    public var name: String { "\(suite)-\(architecture).tar.zst" }

    /// - Throws: `BuilderFault` with the remedy when it was not made yet.
    func existing(in folder: FilePath) throws -> FilePath {
        let path = folder.appending(name)
        guard path.withPlatformString({ access($0, R_OK) }) == 0 else {
            throw BuilderFault(
                "There is no chroot \(path).", remedy: "Make it: slipway chroot create \(suite) \(architecture).")
        }
        return path
    }

    /// Makes the tarball with mmdebstrap, or makes it anew: the old one serves builds until the new one is complete. Takes
    /// about a minute.
    /// - Parameters:
    ///   - baseSources: apt sources of the suite; empty: those of this machine that serve it.
    ///   - report: gets mmdebstrap's words as they come.
    /// - Throws: `BuilderFault` with the remedy, or with mmdebstrap's last words.
    public func create(
        baseSources: String = "", configuration: BuilderConfiguration,
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws {
        let user = try BuildUser.resolve(configuration.buildUser)
        let folder = try BuildFolder(
            in: configuration.work, name: configuration.folderPrefix + "\(suite)-\(architecture)", user: user)
        do {
            try await bootstrap(in: folder, from: try sources(baseSources), report: report)
            try Durably.makeFolders(configuration.chroots)
            try Self.put(folder.result.appending(name), to: configuration.chroots.appending(name))
            try await folder.remove()
        } catch {
            try await uncancelled { try await folder.remove() }
            throw error
        }
    }

    private func sources(_ text: String) throws -> String {
        if !text.isEmpty { return text }
        let own = try AptSources(ofMachine: "/etc/apt").serving(suite)
        guard !own.entries.isEmpty else {
            throw BuilderFault(
                "This machine has no apt sources to make a chroot of \(suite) from.",
                remedy: "Give the suite its base sources.")
        }
        return own.text(of: "deb")
    }

    private func bootstrap(
        in folder: BuildFolder, from sources: String, report: @escaping @Sendable (String) -> Void
    ) async throws {
        let target = folder.result.appending(name)
        let settings = try await AptSetting.ofMachine(environment: folder.environment)
        let words = LastWords()
        let bootstrap = folder.user.configuration(
            "/usr/bin/mmdebstrap",
            ["--variant=buildd", "--mode=unshare", "--architectures=\(architecture)"]
                + settings.map { "--aptopt=\($0)" } + [suite.text, target.string, "-"],
            environment: folder.environment, in: folder.path, grace: .seconds(10))
        let result = try await Subprocess.run(
            bootstrap, input: .string(sources), output: .sequence, error: .combinedWithOutput
        ) { execution in
            for try await line in execution.standardOutput.strings() {
                report(line)
                words.add(line)
            }
        }
        guard result.terminationStatus.isSuccess else {
            throw BuilderFault("mmdebstrap could not make \(name): \(words.text)", remedy: "Mend that, and try again.")
        }
    }

    /// Into place with a copy that is complete before it gets its name: the two may be on different filesystems.
    private static func put(_ made: FilePath, to path: FilePath) throws {
        let source = try Folder(opening: made.removingLastComponent()).openFile(made.lastComponent?.string ?? "")
        let folder = try Folder(opening: path.removingLastComponent())
        let temporary = ".new-\(UInt64.random(in: 0 ... .max))"
        do {
            let copy = try folder.createFile(temporary, permissions: .worldReadable)
            try source.forEachPiece { piece throws(FileFailure) in try copy.write(piece) }
            try copy.sync()
            try copy.close()
            try folder.moveDurably(temporary, to: path.lastComponent?.string ?? "", replacing: true)
        } catch {
            try? folder.remove(temporary)
            throw error
        }
    }
}
