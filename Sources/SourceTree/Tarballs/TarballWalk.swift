internal import ArchiveModel
internal import Glibc

/// Looks through the files of a package before anything is unpacked: counts, and finds what has no place in a source
/// tree. One walk for all files, as the limits are for all of them together.
struct PackageWalk {
    let limits: UnpackLimits
    /// Told of each mistake as it is found.
    let note: (PackageMistake) -> Void
    private(set) var bytes: Int64 = 0
    private(set) var members = 0

    /// Of one kind in one file; who finds twenty finds the others.
    private static let mistakesShown = 5

    init(limits: UnpackLimits, note: @escaping (PackageMistake) -> Void) {
        self.limits = limits
        self.note = note
    }

    /// - Returns: false when a limit ends it: there is no use in going on.
    mutating func lookThroughTarball(_ file: String, _ descriptor: CInt) -> Bool {
        var links = LinkJudge()
        var shown: [PackageMistake.Kind: Int] = [:]
        func tell(_ kind: PackageMistake.Kind, _ detail: String) {
            shown[kind, default: 0] += 1
            guard shown[kind, default: 0] <= Self.mistakesShown else { return }
            note(PackageMistake(kind: kind, file: file, detail: detail.printable))
        }
        do throws(ArchiveFile.Damage) {
            let archive = try ArchiveFile(descriptor, as: .tar)
            while let member = try archive.next() {
                let path = MemberPath(member.path)
                if let limit = count(member) {
                    tell(limit, path.shown)
                    return false
                }
                for kind in mistakes(of: member, path) { tell(kind, path.shown) }
                links.add(member, path).forEach { tell($0, path.shown) }
            }
        } catch {
            tell(.damaged, error.reason)
        }
        for path in links.leavingTop { tell(.symlinkOut, path) }
        return true
    }

    /// A `.diff.gz`.
    mutating func lookThroughDiff(_ file: String, _ descriptor: CInt) -> Bool {
        do throws(ArchiveFile.Damage) {
            let archive = try ArchiveFile(descriptor, as: .singleFile)
            guard try archive.next() != nil else { return true }
            bytes += try archive.countBytes(upTo: limits.bytes - bytes)
        } catch {
            note(PackageMistake(kind: .damaged, file: file, detail: error.reason.printable))
        }
        guard bytes > limits.bytes else { return true }
        note(PackageMistake(kind: .tooManyBytes, file: file, detail: ""))
        return false
    }

    /// Sizes are counted before the bytes are unpacked, as stepping over a member unpacks it.
    private mutating func count(_ member: ArchiveMember) -> PackageMistake.Kind? {
        members += 1
        guard members <= limits.members else { return .tooManyMembers }
        guard member.size >= 0, member.size <= limits.bytes - bytes else { return .tooManyBytes }
        bytes += member.size
        return nil
    }

    private func mistakes(of member: ArchiveMember, _ path: MemberPath) -> [PackageMistake.Kind] {
        var mistakes: [PackageMistake.Kind] = []
        if path.isAbsolute || path.leaves { mistakes.append(.unsafePath) }
        if path.names.count > limits.depth + 1 { mistakes.append(.tooDeep) }
        if member.path.utf8.count > limits.path { mistakes.append(.longPath) }
        if member.kind == .special { mistakes.append(.device) }
        if member.kind == .pipe { mistakes.append(.pipe) }
        return mistakes
    }
}

/// A member's path taken apart.
struct MemberPath: Sendable, Equatable {
    let isAbsolute: Bool
    /// Without "." and empty ones.
    let names: [Substring]

    init(_ text: String) {
        isAbsolute = text.hasPrefix("/")
        names = text.split(separator: "/").filter { $0 != "." }
    }

    var leaves: Bool { names.contains("..") }
    var joined: String { names.joined(separator: "/") }

    /// As it is told: the start of a very long one.
    var shown: String {
        let text = (isAbsolute ? "/" : "") + joined
        return text.count > 200 ? text.prefix(200) + "…" : text
    }
}
