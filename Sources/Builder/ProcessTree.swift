internal import Glibc

/// A process of Linux as /proc shows it. Number and start together name one process for ever, a number alone does not.
struct ProcessIdentity: Sendable, Hashable {
    let number: pid_t
    /// In clock ticks since the machine started: field 22 of proc_pid_stat(5).
    let start: UInt64

    /// Reads `/proc/<pid>/stat`.
    init?(stat: String) {
        guard let fields = StatFields(stat) else { return nil }
        (number, start) = (fields.number, fields.start)
    }

    /// The process of this number that runs now.
    init?(_ number: pid_t) {
        guard let stat = Self.stat(number) else { return nil }
        self.init(stat: stat)
    }

    init(number: pid_t, start: UInt64) {
        self.number = number
        self.start = start
    }

    var isAlive: Bool { ProcessIdentity(number) == self }

    /// Ends it at once, unless it has ended and its number is another's by now.
    func kill() {
        if isAlive { _ = Glibc.kill(number, SIGKILL) }
    }

    /// All that it started, and they in turn. sbuild starts a build in a session of its own: a signal to sbuild's process
    /// group does not reach it, but the tree does, as long as sbuild lives.
    var descendants: [ProcessIdentity] {
        var children: [pid_t: [ProcessIdentity]] = [:]
        for fields in Self.running() {
            children[fields.parent, default: []].append(ProcessIdentity(number: fields.number, start: fields.start))
        }
        var found: [ProcessIdentity] = []
        var next = children[number] ?? []
        while let process = next.popLast() {
            found.append(process)
            next += children[process.number] ?? []
        }
        return found
    }

    private static func running() -> [StatFields] {
        guard let folder = opendir("/proc") else { return [] }
        defer { closedir(folder) }
        var found: [StatFields] = []
        while let entry = readdir(folder) {
            // Not entry.pointee.d_name: that copies 256 bytes, and what is mapped may end before them.
            guard let start = entry.pointer(to: \.d_name) else { continue }
            let name = String(cString: UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self))
            guard let number = pid_t(name), let stat = stat(number), let fields = StatFields(stat) else { continue }
            found.append(fields)
        }
        return found
    }

    /// `nil` when there is no such process.
    private static func stat(_ number: pid_t) -> String? {
        let file = open("/proc/\(number)/stat", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        return withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
            let count = read(file, buffer.baseAddress, buffer.count)
            return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
        }
    }
}

/// `pid (command) state ppid …`: the command may hold blanks and brackets, so what counts begins after the last one.
private struct StatFields {
    let number: pid_t
    let parent: pid_t
    let start: UInt64

    init?(_ stat: String) {
        guard let end = stat.lastIndex(of: ")"), let number = pid_t(stat.prefix { $0 != " " }) else { return nil }
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        guard fields.count > 19, fields[0] != "Z", let parent = pid_t(fields[1]), let start = UInt64(fields[19]) else {
            return nil
        }
        (self.number, self.parent, self.start) = (number, parent, start)
    }
}
