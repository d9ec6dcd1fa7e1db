internal import DurableFiles
internal import SystemPackage

/// The kernel's own count of processes that it ended for want of memory, since the machine was started (proc(5), /proc/vmstat).
enum EndedForMemory {
    /// Zero where the kernel does not say it.
    static func count() -> Int {
        let text = (try? Folder(opening: "/proc").openFile("vmstat").readAll(limit: 1 << 20)) ?? []
        return count(in: String(decoding: text, as: UTF8.self))
    }

    static func count(in vmstat: String) -> Int {
        let line = vmstat.split(separator: "\n").first { $0.hasPrefix("oom_kill ") }
        return line.flatMap { Int($0.dropFirst("oom_kill ".count)) } ?? 0
    }
}
