/// The end of an upload path that makes an upload wait: `DELAYED/3-day`, as debianqueued has it and `dput --delayed` sends it.
enum DelayedPath {
    static let folder = "DELAYED"
    static let longest = 15

    /// - Parameter parts: what stands behind `DELAYED`.
    static func meaning(of parts: [String], after target: PathMeaning) -> PathMeaning {
        guard case .target(let target) = target else { return target }
        guard let part = parts.first else { return .partial }
        guard parts.count == 1, let delay = days(part) else {
            return .refused(
                "\"\(parts.joined(separator: "/"))\" is no delay; 0-day to \(longest)-day are, as in DELAYED/3-day.")
        }
        return .target(UploadTarget(archive: target.archive, suite: target.suite, delay: delay))
    }

    private static func days(_ text: String) -> Int? {
        let days = text.hasSuffix("-day") ? text.dropLast("-day".count) : ""
        guard (1...2).contains(days.utf8.count), days.allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
        return Int(days).flatMap { $0 <= longest ? $0 : nil }
    }
}
