internal import ArchiveModel
internal import FoundationEssentials
internal import Glibc
internal import SystemPackage

/// Tells a running service that something has landed. Only a hint: without a service that listens nothing is lost, as the
/// next sweep finds it. It never fails, and waits at most a moment.
enum LandingHint {
    /// Seconds for the answer: who closes before it may not have been heard.
    private static let patience = 2

    static func send(_ session: String, _ state: StateFolder) {
        guard let line = try? VerdictSocket.line(VerdictSocket.Request.landed(session: session)) else { return }
        let raw = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard raw >= 0 else { return }
        let connection = FileDescriptor(rawValue: raw)
        defer { try? connection.close() }
        var limit = timeval(tv_sec: patience, tv_usec: 0)
        for side in [SO_SNDTIMEO, SO_RCVTIMEO] {
            setsockopt(raw, SOL_SOCKET, side, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
        guard connect(raw, to: state.jail.appending(VerdictSocket.name)) else { return }
        guard Glibc.send(raw, line, line.count, Int32(MSG_NOSIGNAL)) == line.count else { return }
        var answer: UInt8 = 0
        _ = recv(raw, &answer, 1, 0)
    }

    /// For every build's result that waits there.
    static func sendForResults(_ state: StateFolder) {
        let sessions = (try? FileManager.default.contentsOfDirectory(atPath: state.landed.string)) ?? []
        for session in sessions where session.hasPrefix("build-") { send(session, state) }
    }

    private static func connect(_ socket: Int32, to path: FilePath) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.string.utf8)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { room in
            guard bytes.count < room.count else { return false }
            room.copyBytes(from: bytes)
            return true
        }
        guard fits else { return false }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        return withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(socket, $0, size) == 0 }
        }
    }
}
