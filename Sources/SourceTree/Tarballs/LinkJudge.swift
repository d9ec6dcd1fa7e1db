/// Finds links that lead out of the tree, and members that would be written through a link.
///
/// dpkg-source takes a single folder at the top of a tarball away: what stands in it is the tree. Whether there is one is
/// known at the end only.
struct LinkJudge {
    private var tops: Set<Substring> = []
    private var links: Set<String> = []
    private var toTop: [String] = []

    /// More are not remembered.
    private static let linksRemembered = 100_000
    private static let told = 20

    mutating func add(_ member: ArchiveMember, _ path: MemberPath) -> [PackageMistake.Kind] {
        if let top = path.names.first, tops.count < 2 { tops.insert(top) }
        var mistakes: [PackageMistake.Kind] = isBehindLink(path) ? [.throughLink] : []
        switch member.kind {
        case .hardLink(let target):
            let target = MemberPath(target)
            if target.isAbsolute || target.leaves { mistakes.append(.linkOut) }
        case .symbolicLink(let target):
            if links.count < Self.linksRemembered { links.insert(path.joined) }
            mistakes += judge(MemberPath(target), at: path)
        case .file, .folder, .pipe, .special: break
        }
        return mistakes
    }

    /// Links that leave the folder at the top, if it is the only one.
    var leavingTop: [String] { tops.count == 1 ? toTop : [] }

    private func isBehindLink(_ path: MemberPath) -> Bool {
        guard !links.isEmpty else { return false }
        return (1..<max(path.names.count, 1)).contains { links.contains(path.names.prefix($0).joined(separator: "/")) }
    }

    private mutating func judge(_ target: MemberPath, at path: MemberPath) -> [PackageMistake.Kind] {
        var depth = path.names.count - 1
        var lowest = depth
        for name in target.names {
            depth += name == ".." ? -1 : 1
            lowest = min(lowest, depth)
        }
        if target.isAbsolute || lowest < 0 { return [.symlinkOut] }
        if lowest == 0, path.names.count > 1, toTop.count < Self.told { toTop.append(path.shown) }
        return []
    }
}
