internal import ArchiveModel
internal import Glibc

/// How a child failed where the machine is at fault, by which the package is neither good nor bad.
///
/// Complaints are a stranger's text in part (names of files, heads of patches), and a package that could make itself our fault would be
/// tried again for ever. So a complaint counts when it is a whole line as its program writes it, of dpkg-source's the one error with
/// which it ends, or when the machine bears it out.
struct MachineFault {
    /// Processes that the kernel ended for want of memory while the child worked, the child's or others'. Some of the child's end unnamed:
    /// when xz goes, it is tar that dpkg-source complains of.
    let endedForMemory: Int
    /// Asked only when a program says so; what it says alone might be the package's words.
    let isDiskFull: () -> Bool

    /// Bytes of a complaint that are shown.
    private static let shown = 300

    /// - Returns: nil where the package failed, or nothing did.
    func failure(_ outcome: ConfinedChild.Outcome) -> UnpackFailure? {
        // Not by us: the limit of processor time is SIGXCPU, which ends all that dpkg-source starts, seconds before its SIGKILL.
        // A shell adds 128 to the signal of what it ran.
        if [.signal(SIGKILL), .exited(128 + SIGKILL)].contains(outcome.end) {
            return UnpackFailure("the child that unpacks was killed")
        }
        guard case .exited(let status) = outcome.end, status != 0 else { return nil }
        let lines = outcome.complaints.unicodeScalars.split(separator: "\n").map(String.init)
        if let line = Self.lackOfProcesses(lines) { return UnpackFailure(Self.shown(line)) }
        if let line = lines.first(where: Self.saysFullDisk), isDiskFull() {
            return UnpackFailure(Self.shown(line), isFullDisk: true)
        }
        guard endedForMemory > 0 else { return nil }
        return UnpackFailure("the machine ran out of memory while the child worked")
    }

    /// No process or no memory for a program of dpkg-source's, or its end by a SIGKILL, which is none of ours.
    private static func lackOfProcesses(_ lines: [String]) -> String? {
        let errors = lines.filter { $0.hasPrefix(dpkgSource) }
        if errors.count == 1, let error = errors.first?.dropFirst(dpkgSource.count),
            error.hasPrefix("cannot fork for ") || error.hasSuffix(" subprocess was killed by signal \(SIGKILL)")
        {
            return errors.first
        }
        return lines.first { line in
            // dash(1), with the number of its line.
            line.hasPrefix("sh: ") && line.hasSuffix(": Cannot fork")
                && Int(line.dropFirst("sh: ".count).dropLast(": Cannot fork".count)) != nil
        }
    }

    private static func saysFullDisk(_ line: String) -> Bool {
        [ENOSPC, EDQUOT].contains { line.contains(String(cString: strerror($0))) }
    }

    private static let dpkgSource = "dpkg-source: error: "

    private static func shown(_ line: String) -> String { String(line.prefix(shown)).printable }
}
