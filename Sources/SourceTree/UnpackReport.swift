internal import ArchiveModel

/// What the child says while it looks through the tarballs: lines of fields, separated by tabs.
///
/// The child has touched a stranger's bytes: what does not fit is taken for its end, and nothing it says is shown
/// unless it is printable.
struct UnpackReport: Sendable, Equatable {
    enum Line: Equatable, Sendable {
        /// The walls stand; from here on, what goes wrong is the package's fault.
        case walled
        case mistake(PackageMistake)
        /// All tarballs were looked through; dpkg-source's turn.
        case walked
        /// A fault of ours: no dpkg-source.
        case failed(String)
        /// There is no room on the disk.
        case full(String)
        /// An attempt of the walls' test, and how it came out.
        case tried(String, String)
    }

    private(set) var isWalled = false
    private(set) var isWalked = false
    private(set) var mistakes: [PackageMistake] = []
    private(set) var failure: String?
    private(set) var isFullDisk = false
    private(set) var tried: [String: String] = [:]

    /// Reads what was said; a line that is none of ours, and what follows it, is left out.
    init(reading text: String) {
        for line in text.split(separator: "\n") {
            guard let line = Line(line) else { return }
            switch line {
            case .walled: isWalled = true
            case .mistake(let mistake): mistakes.append(mistake)
            case .walked: isWalked = true
            case .failed(let reason): failure = reason
            case .full(let reason): (failure, isFullDisk) = (reason, true)
            case .tried(let attempt, let outcome): tried[attempt] = outcome
            }
        }
    }
}

/// Something in a package's file that is not taken.
struct PackageMistake: Equatable, Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case damaged, tooManyBytes, tooManyMembers, tooDeep, longPath, unsafePath, device, linkOut, symlinkOut
        case throughLink, pipe

        /// dpkg-source takes it, and so do we: its uploader is told, and no more.
        var isDoubt: Bool { self == .symlinkOut || self == .pipe }
    }

    let kind: Kind
    /// The tarball or diff.
    let file: String
    /// The member, or the reason; printable.
    let detail: String
}

extension UnpackReport.Line: CustomStringConvertible {
    var description: String {
        switch self {
        case .walled: "walled"
        case .walked: "walked"
        case .mistake(let mistake): "mistake\t\(mistake.kind.rawValue)\t\(mistake.file)\t\(mistake.detail)"
        case .failed(let reason): "failed\t\(reason)"
        case .full(let reason): "full\t\(reason)"
        case .tried(let attempt, let outcome): "tried\t\(attempt)\t\(outcome)"
        }
    }

    init?(_ text: Substring) {
        let fields = text.split(separator: "\t", omittingEmptySubsequences: false).map { String($0).printable }
        switch (fields.first, fields.count) {
        case ("walled", 1): self = .walled
        case ("walked", 1): self = .walked
        case ("failed", 2): self = .failed(fields[1])
        case ("full", 2): self = .full(fields[1])
        case ("tried", 3): self = .tried(fields[1], fields[2])
        case ("mistake", 4):
            guard let kind = PackageMistake.Kind(rawValue: fields[1]) else { return nil }
            self = .mistake(PackageMistake(kind: kind, file: fields[2], detail: fields[3]))
        default: return nil
        }
    }
}
