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
            "disks": report.disks.map { disk -> Words in
                [
                    "path": disk.path, "free": disk.free.inBytes, "floor": disk.floor?.inBytes, "isShort": disk.isShort,
                ]
            },
        ].merging(report.rooms.map(words) ?? [:]) { _, new in new }
    }

    private func words(for rooms: DigestReport.Rooms) -> Words {
        [
            "hasNearlyFull": !rooms.nearlyFull.isEmpty, "namedAbove": DigestReport.Rooms.namedAbove,
            "nearlyFull": rooms.nearlyFull.map(Self.words), "hasLargest": !rooms.largest.isEmpty,
            "moreNearlyFull": rooms.moreNearlyFull > 0 ? rooms.moreNearlyFull : nil,
            "largest": rooms.largest.map(Self.words),
        ]
    }

    func words(for announcement: Announcement) -> Words {
        words(for: announcement.upload).merging(["uploader": announcement.uploader.text]) { _, new in new }
    }

    func words(for report: QuotaReport) -> Words {
        let page = self.page(of: report.archive, report.kind)
        return [
            "title": report.archive.description, "archive": report.archive.description, "page": page,
            "used": report.used.inBytes, "limit": report.limit.inBytes,
            "free": max(0, report.limit - report.used).inBytes, "last": report.last,
        ]
    }

    func words(for report: NewerInBase) -> Words {
        [
            "archive": report.archive.description, "page": "\(publicURL)/\(report.archive)",
            "areDeleted": report.areDeleted, "areUpdated": report.areUpdated,
            "areFetched": report.areUpdated && report.packages.contains { $0.copying == nil },
            "areCopied": report.areUpdated && !report.packages.contains { $0.copying == nil },
            "stay": !report.areDeleted && !report.areUpdated, "count": report.packages.count,
            "isOne": report.packages.count == 1,
            "packages": report.packages.map { package -> Words in
                [
                    "package": package.name, "suite": package.suite.text, "version": package.version,
                    "baseVersion": package.baseVersion, "isCopied": package.copying == .done,
                    "refusal": package.refusal,
                ]
            },
        ]
    }

    func words(for notice: Notice) -> Words {
        [
            "archive": notice.archive?.description ?? host, "page": notice.archive.map { page(of: $0, notice.kind) },
            "title": notice.title, "sentences": notice.sentences,
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
        LetterWords(host: "ppa.example.org", addresses: ArchiveAddresses(url: "https://ppa.example.org")) { _ in
            MailText(subject: "A subject", body: "A text.")
        }
    }

    private func page(of archive: ArchiveReference, _ kind: ArchiveKind?) -> String {
        addresses.address(of: archive, kind ?? .ppa)
    }

    private static func words(_ count: DigestReport.Count) -> Words {
        ["what": count.what, "count": right("\(count.count)")]
    }

    private static func words(_ room: DigestReport.ArchiveRoom) -> Words {
        [
            "archive": room.archive.description, "used": room.used.inBytes, "limit": room.limit?.inBytes,
            "percent": room.percent.map { right("\($0)") }, "size": right(room.used.inBytes, width: 9),
        ]
    }

    /// In a column of its own.
    private static func right(_ text: String, width: Int = 7) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    /// `Sat, 21 Nov 2026 07:00:00 UTC`
    static func time(_ seconds: Int64) -> String { "\(UTCDate(secondsSince1970: seconds))" }
}

extension NewerInBase.Package {
    fileprivate var refusal: String? {
        if case .refused(let cause)? = copying { cause } else { nil }
    }
}
