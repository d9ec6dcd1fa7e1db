internal import ArchiveModel
internal import DebianControl

/// Of letters about more than one thing.
extension LetterWords {
    func words(for report: DigestReport) -> Words {
        [
            "since": Self.time(report.since), "until": Self.time(report.until), "isQuiet": report.isQuiet,
            "counts": report.counts.map(Self.words), "ignored": report.ignored.map(Self.words),
            "hasCounts": !report.counts.isEmpty, "hasIgnored": !report.ignored.isEmpty,
            "hasFailures": !report.failures.isEmpty, "failures": report.failures,
            "failed": report.failures.count,
            "hasQueues": !report.queues.isEmpty,
            "queues": report.queues.map { queue -> Words in
                [
                    "what": queue.what, "count": Self.right("\(queue.length)"),
                    "age": queue.age.map { Self.duration($0) },
                ]
            },
            "disks": report.disks.map { disk -> Words in ["path": disk.path, "free": disk.free.inBytes] },
        ]
    }

    func words(for announcement: Announcement) -> Words {
        words(for: announcement.upload).merging(["uploader": announcement.uploader.text]) { _, new in new }
    }

    func words(for report: QuotaReport) -> Words {
        let page = "\(publicURL)/\(report.archive)"
        return [
            "title": report.archive.description, "archive": report.archive.description, "page": page,
            "used": report.used.inBytes, "limit": report.limit.inBytes,
            "free": max(0, report.limit - report.used).inBytes, "last": report.last,
        ]
    }

    func words(for report: NewerInBase) -> Words {
        [
            "archive": report.archive.description, "page": "\(publicURL)/\(report.archive)",
            "areDeleted": report.areDeleted, "count": report.packages.count, "isOne": report.packages.count == 1,
            "packages": report.packages.map { package -> Words in
                [
                    "package": package.name, "suite": package.suite.text, "version": package.version,
                    "baseVersion": package.baseVersion,
                ]
            },
        ]
    }

    func words(for letters: [Letter]) throws -> Words {
        [
            "count": letters.count,
            "letters": try letters.enumerated().map { index, letter -> Words in
                let text = try text(letter)
                return [
                    "number": index + 1, "subject": text.subject, "page": try words(for: letter)["page"] ?? nil,
                    "text": text.bodyWithoutFooter.split(separator: "\n", omittingEmptySubsequences: false).map {
                        String($0)
                    },
                ]
            },
        ]
    }

    /// For trying templates before there is any letter.
    static var samples: LetterWords {
        LetterWords(host: "ppa.example.org", publicURL: "https://ppa.example.org") { _ in
            MailText(subject: "A subject", body: "A text.")
        }
    }

    private static func words(_ count: DigestReport.Count) -> Words {
        ["what": count.what, "count": right("\(count.count)")]
    }

    /// In a column of its own.
    private static func right(_ text: String) -> String {
        String(repeating: " ", count: max(0, 7 - text.count)) + text
    }

    /// `Sat, 21 Nov 2026 07:00:00 UTC`
    static func time(_ seconds: Int64) -> String { "\(UTCDate(secondsSince1970: seconds))" }
}
