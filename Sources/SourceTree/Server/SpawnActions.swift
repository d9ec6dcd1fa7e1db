internal import CLinux
internal import Glibc
internal import SystemPackage

/// posix_spawn(3) with what is done between fork and exec.
struct SpawnActions: ~Copyable {
    private var actions = posix_spawn_file_actions_t()

    init(in folder: FilePath) {
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        _ = folder.withPlatformString { slipway_spawn_in_folder(&actions, $0) }
    }

    deinit {
        var actions = actions
        posix_spawn_file_actions_destroy(&actions)
    }

    mutating func give(_ descriptor: CInt, as number: CInt) {
        posix_spawn_file_actions_adddup2(&actions, descriptor, number)
    }

    /// In a process group of its own, with no signal blocked or ignored.
    mutating func start(
        _ program: FilePath, _ words: [String], closingFrom first: CInt, environment variables: [String]
    ) throws(UnpackFailure) -> pid_t {
        slipway_spawn_closing_from(&actions, first)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var arguments: [UnsafeMutablePointer<CChar>?] = ([program.string] + words).map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
        defer { (arguments + environment).forEach { free($0) } }
        var pid: pid_t = 0
        let failure = program.withPlatformString {
            posix_spawn(&pid, $0, &actions, &attributes, &arguments, &environment)
        }
        guard failure == 0 else {
            throw UnpackFailure("cannot start \(program): \(String(cString: strerror(failure)))")
        }
        return pid
    }
}
