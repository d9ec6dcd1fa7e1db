internal import Confinement
internal import DebianControl
internal import DurableFiles
internal import Glibc
internal import SystemPackage

/// What a child of `slipway-unpack` does.
///
/// Takes: the words of a request, its working directory, its open files. Raises its walls, looks through the tarballs, tells
/// what it found on standard output, and becomes dpkg-source when there is nothing that refuses the package.
enum ConfinedUnpacking {
    /// Where programs are. What is no longer a link into /usr stands on older machines.
    static let executable: [FilePath] = ["/usr", "/bin", "/lib", "/lib64"]
    private static let readable: [FilePath] = [
        "/etc/ld.so.cache", "/etc/dpkg", "/etc/perl", "/etc/alternatives", "/dev/urandom",
    ]

    /// By one program at the most: xz of newer releases unpacks with several threads.
    private static let processorsUsed = 4

    enum Status {
        static let mistakes: CInt = 65
        static let failure: CInt = 71
    }

    /// - Parameters:
    ///   - server: the process it was forked from.
    ///   - isPrepared: dpkg-source is loaded (`PreparedDpkgSource`).
    static func run(_ words: [String], server: pid_t, isPrepared: Bool) -> Never {
        if let request = LintianRequest(words: words) { ConfinedLintian.run(request, server: server) }
        if let request = RemakeRequest(words: words) { ConfinedRemaking.run(request, server: server) }
        guard let request = UnpackRequest(words: words) else { end(.failed("the request is wrong")) }
        do {
            try raiseWalls(request, server)
        } catch {
            end(.failed(error.description))
        }
        tell(.walled)
        guard let dsc = request.dsc else { tryWalls(isPrepared) }
        lookThrough(request)
        becomeUnpacker(of: dsc, request, isPrepared, isPrepared ? unpackPlain(request) : [:])
    }

    private static func tryWalls(_ isPrepared: Bool) -> Never {
        WallProbes.tryAll().forEach { tell(.tried($0, $1)) }
        if isPrepared { PreparedDpkgSource.evaluate(WallProbes.inPerl) }
        exit(0)
    }

    static func raiseWalls(_ request: UnpackRequest, _ server: pid_t) throws(WallFailure) {
        let limits = request.limits
        let opened = request.files.indices.map { UnpackRequest.firstDescriptor + CInt($0) }
        for (file, number) in zip(request.files, opened) {
            let name = "\(UnpackRequest.input)/\(file)"
            try WallFailure.check("name \(file)", symlink("/proc/self/fd/\(number)", name))
        }
        let walls = ChildWalls(
            folder: ".", executable: executable, readable: readable, opened: opened,
            limits: ChildLimits(
                memory: limits.memory, processorSeconds: limits.seconds * processorsUsed, fileSize: limits.bytes,
                openFiles: request.files.count + 64, processes: limits.processes))
        try walls.raise(diesWith: server)
    }

    static func lookThrough(_ request: UnpackRequest) {
        var refuses = false
        var walk = PackageWalk(limits: request.limits) { mistake in
            refuses = refuses || !mistake.kind.isDoubt
            tell(.mistake(mistake))
        }
        for (file, number) in zip(request.files, UnpackRequest.firstDescriptor...) {
            guard look(through: file, number, &walk) else { break }
        }
        if refuses { exit(Status.mistakes) }
        guard hasRoom(for: walk, besides: request.limits) else {
            end(.full("there is no room on the disk for \(walk.bytes) bytes in \(walk.members) files"))
        }
        tell(.walked)
    }

    private static func look(through file: String, _ descriptor: CInt, _ walk: inout PackageWalk) -> Bool {
        guard let kind = FileName(file).map({ NamedUploadFile($0).kind }) else { return true }
        return switch kind {
        case .orig, .origComponent, .nativeTar, .debianTar: walk.lookThroughTarball(file, descriptor)
        case .diff: walk.lookThroughDiff(file, descriptor)
        default: true
        }
    }

    private static func hasRoom(for walk: PackageWalk, besides reserve: UnpackLimits) -> Bool {
        guard let here = try? Folder(opening: "."), let bytes = try? here.freeBytes(),
            let inodes = try? here.freeInodes()
        else { return true }
        return bytes - reserve.freeDisk > walk.bytes && inodes - reserve.freeInodes > walk.members
    }

    /// Unpacks what can be unpacked without other programs.
    ///
    /// - Returns: by tarball, the folder it is in.
    private static func unpackPlain(_ request: UnpackRequest) -> [String: String] {
        guard mkdir(PlainTarball.folder, 0o777) == 0 else { return [:] }
        var unpacked: [String: String] = [:]
        for (index, file) in request.files.enumerated() where isTarball(file) {
            let tree = "\(PlainTarball.folder)/\(index)"
            let number = UnpackRequest.firstDescriptor + CInt(index)
            if PlainTarball.unpack(file, number, into: tree, upTo: request.limits.bytes) { unpacked[file] = tree }
        }
        return unpacked
    }

    private static func isTarball(_ file: String) -> Bool {
        guard let kind = FileName(file).map({ NamedUploadFile($0).kind }) else { return false }
        return switch kind {
        case .orig, .origComponent, .nativeTar, .debianTar: true
        default: false
        }
    }

    private static func becomeUnpacker(
        of dsc: String, _ request: UnpackRequest, _ isPrepared: Bool, _ unpacked: [String: String]
    ) -> Never {
        let words = ["--no-check", "--no-copy", "-x", "\(UnpackRequest.input)/\(dsc)", UnpackRequest.tree]
        let environment = environment(memory: request.limits.memory)
        guard isPrepared else { become(PreparedDpkgSource.program, words, environment) }
        close(complain())
        PreparedDpkgSource.run(words, environment, unpacked: unpacked.mapValues { "\(folder)/\($0)" })
    }

    /// What it says from here on goes where its complaints go: the report is ours alone.
    /// - Returns: a descriptor of the report, which no program gets.
    private static func complain() -> CInt {
        let report = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO)
        dup2(STDERR_FILENO, STDOUT_FILENO)
        return report
    }

    /// The scratch folder.
    private static var folder: String { getcwd(nil, 0).map { String(cString: $0) } ?? "." }

    /// What programs find: where files of their own go, and how much memory xz takes, which starts a thread for each processor. That
    /// only makes it start fewer (xz(1), `--memlimit-mt-decompress`).
    ///
    /// - Parameter memory: bytes that one of them may take.
    static func environment(memory: Int64) -> [String: String] {
        ["TMPDIR": "\(folder)/\(UnpackRequest.temporary)", "XZ_DEFAULTS": "--memlimit-mt-decompress=\(memory / 2)"]
    }

    /// Becomes a program whose words are complaints.
    static func become(_ program: String, _ words: [String], _ environment: [String: String]) -> Never {
        let report = complain()
        let reason = tryToBecome(program, words, environment)
        dup2(report, STDOUT_FILENO)
        end(.failed(reason))
    }

    /// Becomes a program, which says what it says where this process does.
    /// - Returns: why it could not.
    static func tryToBecome(_ program: String, _ words: [String], _ environment: [String: String]) -> String {
        for (name, value) in environment { setenv(name, value, 1) }
        var arguments: [UnsafeMutablePointer<CChar>?] = ([program] + words).map { strdup($0) } + [nil]
        execv(program, &arguments)
        return "cannot run \(program): \(String(cString: strerror(errno)))"
    }

    static func end(_ line: UnpackReport.Line) -> Never {
        tell(line)
        exit(Status.failure)
    }

    /// Ends for what the system just refused.
    static func end(unableTo operation: String) -> Never {
        let (number, reason) = (errno, "cannot \(operation): \(String(cString: strerror(errno)))")
        end([ENOSPC, EDQUOT].contains(number) ? .full(reason) : .failed(reason))
    }

    static func tell(_ line: UnpackReport.Line) {
        var bytes = Array("\(line)\n".utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            guard count > 0 else { exit(Status.failure) }
            bytes = bytes.dropFirst(count)
        }
    }
}
