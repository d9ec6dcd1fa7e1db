internal import ArchiveModel
internal import DurableFiles
internal import Subprocess
internal import SystemPackage

/// An apt with its configuration, lists and cache in one folder, which touches nothing of the machine's own.
struct PrivateApt {
    /// One index file, verified and uncompressed.
    struct Index: Equatable {
        let component: ComponentName
        let file: FilePath
    }

    static let environment: [Environment.Key: String] = ["PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C.UTF-8"]

    private let folder: FilePath
    private let settings: [String]

    /// - Parameter settings: more lines for apt.conf(5).
    init(_ folder: FilePath, settings: [String]) throws {
        guard !folder.string.contains(where: { "\"\\\n".contains($0) }) else {
            throw BaseMirrorFault("apt cannot work in \(folder): its name has a quote, a backslash or a line feed.")
        }
        self.folder = folder
        self.settings = settings
    }

    /// What is written here can be written again at any time: nothing waits for the disk.
    func write(sources: String) throws {
        for part in ["etc/apt.conf.d", "etc/preferences.d", "etc/sources.list.d", "state/lists/partial", "cache"] {
            try Durably.makeFolders(folder.appending(part), sync: .later)
        }
        try Durably.write(Array(configuration.utf8), to: configurationFile, sync: .later)
        try Durably.write(
            Array(sources.utf8), to: folder.appending("etc/sources.list.d/base.sources"), sync: .later)
    }

    private var configurationFile: FilePath { folder.appending("apt.conf") }

    /// apt.conf(5). Keys are the machine's where the sources name none with Signed-By.
    private var configuration: String {
        """
        Dir "\(folder)";
        Dir::Etc "etc";
        Dir::Etc::Trusted "/etc/apt/trusted.gpg";
        Dir::Etc::TrustedParts "/etc/apt/trusted.gpg.d";
        Dir::State "state";
        Dir::State::Status "/dev/null";
        Dir::Cache "cache";
        Dir::Log "cache";
        APT::Sandbox::User "";
        Acquire::Languages "none";
        Acquire::GzipIndexes "false";
        Acquire::AllowInsecureRepositories "false";
        Acquire::AllowWeakRepositories "false";
        Acquire::AllowDowngradeToInsecureRepositories "false";
        \(settings.joined(separator: "\n"))

        """
    }

    /// - Throws: `BaseMirrorFault` with apt's last words, also when a part only was fetched.
    func update(timeLimit: Duration) async throws {
        try await run("/usr/bin/apt-get", ["update", "-q", "--error-on=any"], timeLimit: timeLimit)
    }

    func indices() async throws -> [Index] {
        let lines = try await run(
            "/usr/bin/apt-get", ["indextargets", "--format", "$(COMPONENT) $(FILENAME)", "Created-By: Sources"],
            timeLimit: .seconds(60))
        return try lines.split(separator: "\n").map { line in
            let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
            guard parts.count == 2, let component = ComponentName(parts[0]) else {
                throw BaseMirrorFault("apt names an index of no component that can be used here: \(line)")
            }
            return Index(component: component, file: FilePath(parts[1]))
        }
    }

    /// - Parameter folder: where it works; nil: here.
    /// - Throws: `BaseMirrorFault` with apt's last words.
    @discardableResult
    func run(
        _ program: FilePath, _ arguments: [String], in folder: FilePath? = nil, timeLimit: Duration
    ) async throws -> String {
        var environment = Self.environment
        environment["APT_CONFIG"] = configurationFile.string
        // timeout(1) ends the methods that apt has started, too.
        let result = try await Subprocess.run(
            .path("/usr/bin/timeout"),
            arguments: Arguments(["--kill-after=5", "\(timeLimit.components.seconds)", program.string] + arguments),
            environment: .custom(environment), workingDirectory: folder, output: .string(limit: 4 << 20),
            error: .string(limit: 4 << 20))
        let mistakes = result.standardError.split(separator: "\n").filter { $0.hasPrefix("E: ") || $0.hasPrefix("W: ") }
        // An index that a mirror does not have is a warning to apt: to us it is a base that would look empty.
        guard result.terminationStatus.isSuccess, !mistakes.contains(where: { $0.hasPrefix("W: Skipping acquire") })
        else {
            throw BaseMirrorFault(
                mistakes.isEmpty ? "apt ended with \(result.terminationStatus)." : mistakes.joined(separator: " "))
        }
        return result.standardOutput
    }
}
