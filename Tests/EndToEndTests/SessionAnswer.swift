import Foundation

/// What the gateway answered to the last file of a session, read as a person reads it on the terminal.
struct SessionAnswer {
    /// The lines of the last reply without their code.
    let lines: [String]
    /// 226, 450 …
    let code: Int?

    /// - Parameter output: of `curl_upload`.
    init(_ run: Bash.Run) {
        let replies = run.lines.compactMap { $0.wholeMatch(of: /(\d{3})[- ](.*)/) }
        code = replies.last.flatMap { Int($0.1) }
        let last = replies.lastIndex { $0.0.hasPrefix("150 ") }.map { replies[($0 + 1)...] } ?? replies[...]
        lines = last.map { String($0.2) }
    }

    /// "Rejected", "Refused", "Accepted", "Waiting".
    var verdict: String { lines.first.flatMap { $0.split(separator: ":").first.map(String.init) } ?? "" }
    /// Those at the ends of findings.
    var codes: Set<String> { Set(lines.compactMap { $0.firstMatch(of: /\[([a-z0-9-]+)\]$/).map { String($0.1) } }) }
    var upload: Int? { lines.lazy.compactMap { $0.firstMatch(of: /\/uploads\/(\d+)$/) }.first.flatMap { Int($0.1) } }
}
