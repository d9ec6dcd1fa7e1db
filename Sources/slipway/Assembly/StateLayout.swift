internal import DurableFiles
internal import SystemPackage

/// Makes the state folder's places with owner and mode; safe to repeat.
///
/// Root does it, in a folder that the service may write to: so below the state folder no link is followed, and owner and
/// mode are those of what was opened. Else the service could have any folder of the machine given to it.
struct StateLayout {
    let state: StateFolder
    /// `nil`: everything belongs to whoever runs us.
    let service: Account?
    let gateway: Account?

    func make() throws {
        do {
            try Durably.makeFolders(state.root)
            let root = try Folder(opening: state.root)
            try settle(root, 0o755)
            try makeJail(in: root)
            for place in [state.held, state.scratch, state.keyring, state.keys] { try folder(place, in: root, 0o700) }
            // Served by any web server; builds and chroots are read by sbuild's user namespace.
            for place in [state.files, state.archives, state.external, state.builds, state.chroots] {
                try folder(place, in: root, 0o755)
            }
            try folder(state.mail, in: root, 0o750)
        } catch {
            throw Refusal(.noPermission, "\(error). A link is not taken for one of the folders that init makes.")
        }
    }

    private func makeJail(in root: Folder) throws(FileFailure) {
        let jail = try folder(state.jail, in: root, 0o755)
        // The gateway makes session folders and renames them; the service, by its group, reads and removes them.
        try folder(state.incoming, in: jail, 0o2770, owner: gateway)
        try folder(state.landed, in: jail, 0o2770, owner: gateway)
        try folder(state.arriving, in: jail, 0o2770)
        // Certificate and key: put there by root or slipway, read by the gateway.
        try folder(state.tls, in: jail, 0o2750)
        try folder(state.bans, in: jail, 0o2750)
        // The gateway and the sessions of SFTP write, whoever watches them reads.
        try folder(state.metrics, in: jail, 0o775, owner: gateway)
    }

    @discardableResult
    private func folder(
        _ path: FilePath, in parent: Folder, _ mode: CInt, owner: Account? = nil
    ) throws(FileFailure) -> Folder {
        let folder = try parent.ownFolder(path.lastComponent?.string ?? "")
        try settle(folder, mode, owner: owner)
        return folder
    }

    private func settle(_ folder: Folder, _ mode: CInt, owner: Account? = nil) throws(FileFailure) {
        if let service { try folder.setOwner(user: (owner ?? service).user, group: service.group) }
        try folder.setPermissions(FilePermissions(rawValue: CInterop.Mode(mode)))
    }
}
