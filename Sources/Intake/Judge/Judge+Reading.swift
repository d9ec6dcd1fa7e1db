internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import DurableFiles
internal import PackageFiles

extension Judge {
    /// The bytes of the `.changes` or command file, and the identity of its receipt. The bytes are none when they are
    /// too many to be read.
    func read(_ path: UploadPath, in session: SessionFolder) async throws -> ReceivedText {
        let (bytes, sha256) = try await onBlockingThread { try Self.read(session.place(path)) }
        let identity = UploadIdentity(session: session.name.description, path: path.description, sha256: sha256)
        let known = try await catalog.upload(identity)
        return ReceivedText(
            session: session, path: path, bytes: bytes, identity: identity, received: known?.received ?? clock())
    }

    private static func read(_ place: FilePlace) throws -> (bytes: [UInt8], sha256: String) {
        do {
            let bytes = try place.read(limit: ControlLimits.standard.bytes)
            return (bytes, Digester.sha256(bytes))
        } catch let failure as FileFailure where failure.isTooLarge {
            return ([], try Digester.digests(of: place.open()).sha256)
        }
    }

    static func unreadable(_ received: ReceivedText) -> Finding {
        Finding(
            .unreadable, "It is empty, or larger than \(ControlLimits.standard.bytes) bytes.",
            file: received.path.name.description, remedy: "Build the package again with dpkg-buildpackage -S.")
    }
}
