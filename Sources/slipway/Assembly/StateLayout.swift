internal import Foundation
internal import Glibc
internal import SystemPackage

/// Makes the state folder's places with owner and mode; safe to repeat.
struct StateLayout {
    let state: StateFolder
    /// `nil`: everything belongs to whoever runs us.
    let service: Account?
    let gateway: Account?

    func make() throws {
        try folder(state.root, 0o755)
        try folder(state.jail, 0o755)
        // The gateway makes session folders and renames them; the service, by its group, reads and removes them.
        try folder(state.incoming, 0o2770, owner: gateway)
        try folder(state.landed, 0o2770, owner: gateway)
        try folder(state.arriving, 0o2770)
        for place in [state.held, state.keyring, state.keys] { try folder(place, 0o700) }
        // Served by any web server; builds and chroots are read by sbuild's user namespace.
        for place in [state.files, state.archives, state.builds, state.chroots] { try folder(place, 0o755) }
        try folder(state.mail, 0o750)
    }

    private func folder(_ path: FilePath, _ mode: mode_t, owner: Account? = nil) throws {
        try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: true)
        if let service { try check(chown(path.string, (owner ?? service).user, service.group), path) }
        try check(chmod(path.string, mode), path)
    }

    private func check(_ result: Int32, _ path: FilePath) throws {
        guard result == 0 else {
            throw Refusal(
                .noPermission, "\(path) cannot be given its owner and mode: \(String(cString: strerror(errno)))")
        }
    }
}
