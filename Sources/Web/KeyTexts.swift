internal import ArchiveModel

/// The archives' public keys as text. Each comes from gpg, a process of its own, so it is kept a while: strangers who ask
/// again and again start no process each time.
actor KeyTexts {
    private let lifetime: Duration
    private let fetch: @Sendable (Fingerprint) async throws -> [UInt8]
    private var kept: [Fingerprint: (text: Task<String, any Error>, until: ContinuousClock.Instant)] = [:]

    init(lifetime: Duration, fetch: @escaping @Sendable (Fingerprint) async throws -> [UInt8]) {
        self.lifetime = lifetime
        self.fetch = fetch
    }

    func text(_ key: Fingerprint) async throws -> String {
        let now = ContinuousClock.now
        if let known = kept[key], now < known.until { return try await known.text.value }
        let text = Task { [fetch] in String(decoding: try await fetch(key), as: UTF8.self) }
        kept[key] = (text, now + lifetime)
        do {
            return try await text.value
        } catch {
            kept[key] = nil
            throw error
        }
    }
}
