import Foundation
import Testing

/// A mail as it lies in the Maildir.
struct Mail {
    let text: String

    subscript(_ header: String) -> String? {
        let head = text.components(separatedBy: "\n\n").first ?? ""
        return head.components(separatedBy: "\n").first { $0.lowercased().hasPrefix("\(header.lowercased()): ") }
            .map { String($0.dropFirst(header.count + 2)) }
    }
}

extension Instance {
    /// Waits for the answer to a mail.
    func answer(to messageID: String) async throws -> Mail {
        Mail(
            text: try await must("wait_for 60 answer_to '\(messageID)' >/dev/null; cat \"$(answer_to '\(messageID)')\"")
        )
    }

    /// Waits for the mail of this identity, such as `upload-3-accepted`.
    func mail(_ identity: String) async throws -> Mail {
        Mail(text: try await must("wait_for 60 mail_is '\(identity)'; cat \"$instance\"/mail/new/*_'\(identity)'.*"))
    }

    /// All letters there are, sent or not: who gets them by what they are about.
    func letters() async throws -> [String: String] {
        let list = try await must("\"$slipway\" mail list --limit 1000 --config \"$config\"")
        let rows = list.split(separator: "\n").compactMap { $0.wholeMatch(of: /\d+  \w+  (.*)  (\S+)/) }
        return Dictionary(uniqueKeysWithValues: rows.map { (String($0.2), String($0.1)) })
    }
}
