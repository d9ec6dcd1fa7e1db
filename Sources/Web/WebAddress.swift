internal import ArchiveModel

/// What a request's path means. Anything that is not listed here is not served.
enum WebAddress: Hashable {
    case front, health, style
    /// The terms of use of external archives.
    case terms
    /// The log of an external archive's uploads: `/~alice/debian/drivers/uploads`.
    case uploadLog(ArchiveReference)
    /// A person or a team: `/~alice`.
    case owner(OwnerName)
    case archive(ArchiveReference)
    /// The apt source with the key in it: `/~alice/debian/tools.sources`.
    case sources(ArchiveReference)
    case file(ArchiveFile)
    case upload(Int64)
    /// By the SHA-256 of the `.changes` as it was sent, in lower case.
    case receipts(sha256: String)
    case session(String)
    case build(Int64)
    case log(build: Int64)
}

/// A file of an archive as apt sees it: below `dists` or `pool`, no name with a dot in front.
struct ArchiveFile: Hashable {
    let archive: ArchiveReference
    /// Below the archive's folder: `["dists", "bookworm", "InRelease"]`.
    let components: [String]

    /// Below the folder of all archives.
    var path: String { ([archive.description] + components).joined(separator: "/") }
    /// Its content never changes: by-hash files and the pool (a version never changes its bytes).
    var isImmutable: Bool { components[0] == "pool" || components.contains("by-hash") }
}

/// An address, and whether its path asks for JSON.
struct WebTarget: Hashable {
    let address: WebAddress
    let isJSON: Bool

    /// Reads the path of a request line, percent-encoded, without the query. `nil`: nothing is there.
    init?(path: String) {
        guard path.utf8.first == UInt8(ascii: "/") else { return nil }
        var parts: [String] = []
        for part in path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let name = PathComponent(encoded: part) else { return nil }
            parts.append(name.text)
        }
        if parts.last == "" { parts.removeLast() }  // pages may end in a slash
        guard !parts.contains("") else { return nil }
        if let file = WebAddress(fileAt: parts) {
            guard path.utf8.last != UInt8(ascii: "/") else { return nil }
            self.init(address: file, isJSON: false)
        } else {
            self.init(pageAt: parts)
        }
    }

    private init(address: WebAddress, isJSON: Bool) {
        self.address = address
        self.isJSON = isJSON
    }

    private init?(pageAt parts: [String]) {
        var parts = parts
        let isJSON = parts.last?.hasSuffix(".json") == true
        if isJSON, let last = parts.popLast() { parts.append(String(last.dropLast(".json".count))) }
        if parts == ["index"], isJSON { parts = [] }
        guard let address = WebAddress(pageAt: parts) else { return nil }
        self.init(address: address, isJSON: isJSON)
    }
}

extension WebAddress {
    fileprivate init?(fileAt parts: [String]) {
        let (reference, rest) = Self.split(parts)
        guard let archive = ArchiveReference(reference), rest.count > 1, rest[0] == "dists" || rest[0] == "pool" else {
            return nil
        }
        self = .file(ArchiveFile(archive: archive, components: rest))
    }

    fileprivate init?(pageAt parts: [String]) {
        switch (parts.first, parts.count) {
        case (nil, _): self = .front
        case ("healthz", 1): self = .health
        case ("style.css", 1): self = .style
        case ("terms", 1): self = .terms
        case ("uploads", 2): self.init(number: parts[1], Self.upload)
        case ("uploads", 3): self.init(receiptsAt: parts)
        case ("sessions", 2): self = .session(parts[1])
        case ("builds", 2): self.init(number: parts[1], Self.build)
        case ("builds", 3) where parts[2] == "log": self.init(number: parts[1], Self.log)
        case ("uploads", _), ("sessions", _), ("builds", _), ("healthz", _), ("terms", _): return nil
        default: self.init(archiveAt: parts)
        }
    }

    private init?(number text: String, _ page: (Int64) -> WebAddress) {
        guard let number = Int64(text), number > 0, "\(number)" == text else { return nil }
        self = page(number)
    }

    private init?(receiptsAt parts: [String]) {
        let digits = parts[2].lowercased()
        guard parts[1] == "by-sha256", digits.utf8.count == 64, digits.allSatisfy(\.isHexDigit) else { return nil }
        self = .receipts(sha256: digits)
    }

    private init?(archiveAt parts: [String]) {
        let (reference, rest) = Self.split(parts)
        if parts.count == 1, reference.first == "~", let owner = OwnerName(String(reference.dropFirst())) {
            self = .owner(owner)
            return
        }
        if rest == ["uploads"], let archive = ArchiveReference(reference) {
            self = .uploadLog(archive)
            return
        }
        guard rest.isEmpty else { return nil }
        if reference.hasSuffix(".sources") {
            guard let archive = ArchiveReference(String(reference.dropLast(".sources".count))) else { return nil }
            self = .sources(archive)
        } else {
            guard let archive = ArchiveReference(reference) else { return nil }
            self = .archive(archive)
        }
    }

    /// `~alice/debian/tools` has three parts, `debian` has one.
    private static func split(_ parts: [String]) -> (reference: String, rest: [String]) {
        let length = parts.first?.hasPrefix("~") == true ? 3 : 1
        return (parts.prefix(length).joined(separator: "/"), Array(parts.dropFirst(length)))
    }
}
