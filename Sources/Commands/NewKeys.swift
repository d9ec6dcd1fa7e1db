internal import ArchiveModel

/// The signing keys that are made while one text is carried out: one for each archive, however many paragraphs would make it.
actor NewKeys {
    private let make: @Sendable (ArchiveReference) async throws -> Fingerprint
    private let drop: @Sendable (Fingerprint) async throws -> Void
    private var made: [ArchiveReference: Fingerprint] = [:]

    init(
        make: @escaping @Sendable (ArchiveReference) async throws -> Fingerprint,
        drop: @escaping @Sendable (Fingerprint) async throws -> Void
    ) {
        (self.make, self.drop) = (make, drop)
    }

    func key(for archive: ArchiveReference) async throws -> Fingerprint {
        if let key = made[archive] { return key }
        let key = try await make(archive)
        made[archive] = key
        return key
    }

    /// Drops what signs no archive after all. One that cannot be dropped does no harm.
    func dropUnused(_ isUsed: @Sendable (Fingerprint) async throws -> Bool) async {
        for key in made.values {
            do {
                if try await !isUsed(key) { try await drop(key) }
            } catch {}
        }
        made = [:]
    }
}
