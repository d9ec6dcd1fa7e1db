internal import ArchiveModel

/// What templates can name, made from a letter. Texts of several lines come as lists of lines.
///
/// Names of all letters: host, publicURL, reason. The rest stands below, a function a kind of letter; a name that has
/// no value in this letter is `nil` there, and empty in a template.
struct LetterWords {
    let host: String
    let addresses: ArchiveAddresses
    /// How a letter within another reads by itself.
    let text: (Letter) throws -> MailText

    var publicURL: String { addresses.url }

    func words(for letter: Letter) throws -> Words {
        let own =
            switch letter.content {
            case .verdict(let report): words(for: report)
            case .buildFailed(let report): words(for: report)
            case .commands(let report): words(for: report)
            case .failure(let report): words(for: report)
            case .digest(let report): words(for: report)
            case .announcement(let announcement): words(for: announcement)
            case .quota(let report): words(for: report)
            case .newerInBase(let report): words(for: report)
            case .notice(let notice): words(for: notice)
            case .collected(let letters): try words(for: letters)
            }
        let common: Words = ["host": host, "publicURL": publicURL, "reason": letter.reason]
        return common.merging(own) { _, own in own }
    }

    func words(for report: UploadReport) -> Words {
        let verdict = report.verdict
        let own: Words = [
            "title": verdict.version == nil ? report.changesName : verdict.subject ?? report.changesName,
            "changesName": report.changesName,
            "place": place(verdict.archive, verdict.suite),
            "archive": verdict.archive?.description, "suite": verdict.suite?.text,
            "package": verdict.package, "version": verdict.version,
            "page": verdict.page ?? "\(publicURL)/uploads/\(report.upload)",
            "isWaiting": !verdict.waitsFor.isEmpty, "waitsFor": verdict.waitsFor,
            "hasFiles": !report.files.isEmpty, "files": words(for: report.files),
            "hasChanges": report.changes != nil, "changes": (report.changes ?? "").lines,
            "hasNext": !report.next.isEmpty, "next": report.next,
        ]
        return own.merging(words(for: verdict.findings)) { own, _ in own }
    }

    private func words(for report: BuildReport) -> Words {
        [
            "title": "\(report.package) \(report.version)",
            "package": report.package, "version": report.version, "architecture": report.architecture,
            "place": place(report.archive, report.suite),
            "archive": report.archive.description, "suite": report.suite.text,
            "page": "\(publicURL)/builds/\(report.build)",
            "duration": Self.duration(report.duration), "cause": report.cause,
            "hasLog": !report.logTail.isEmpty, "log": report.logTail.lines,
        ]
    }

    private func words(for report: CommandReport) -> Words {
        let own: Words = [
            "title": report.title, "isDryRun": report.isDryRun, "isDone": report.isDone,
            "results": report.results.enumerated().map { words(for: $1, number: $0 + 1) },
        ]
        return own.merging(words(for: report.findings)) { own, _ in own }
    }

    private func words(for result: CommandReport.Result, number: Int) -> Words {
        [
            "number": number, "isDone": result.isDone, "paragraph": result.paragraph.lines,
            "sentences": result.sentences, "problems": numbered(result.findings),
            "hasAnswer": !result.sentences.isEmpty || !result.findings.isEmpty,
        ]
    }

    private func words(for report: FailureReport) -> Words {
        ["subject": report.subject, "cause": report.cause.lines, "kept": report.place]
    }

    private func place(_ archive: ArchiveReference?, _ suite: SuiteName?) -> String {
        guard let archive else { return host }
        return suite.map { "\(archive)/\($0)" } ?? archive.description
    }

    /// `4 s`, `3 min 20 s`, `2 h 5 min`.
    static func duration(_ seconds: Int64) -> String {
        switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3600: "\(seconds / 60) min \(seconds % 60) s"
        default: "\(seconds / 3600) h \(seconds % 3600 / 60) min"
        }
    }
}

/// Names and values as the template engine takes them.
typealias Words = [String: Any?]

extension LetterWords {
    private func words(for findings: [Finding]) -> Words {
        let errors = numbered(findings.filter { $0.severity == .error })
        let warnings = numbered(findings.filter { $0.severity == .warning })
        return [
            "hasErrors": !errors.isEmpty, "errors": errors, "hasWarnings": !warnings.isEmpty, "warnings": warnings,
        ]
    }

    private func numbered(_ findings: [Finding]) -> [Words] {
        findings.enumerated().map { index, finding in
            [
                "number": index + 1, "code": finding.code, "isWarning": finding.severity == .warning,
                "file": finding.file, "field": finding.field, "expected": finding.expected, "got": finding.got,
                "sentence": finding.sentence, "remedy": finding.remedy,
            ]
        }
    }

    /// In columns: names on the left, sizes in bytes on the right.
    private func words(for files: [UploadReport.File]) -> [Words] {
        let nameWidth = files.map(\.name.count).max() ?? 0
        let sizeWidth = files.map { "\($0.size)".count }.max() ?? 0
        return files.map { file in
            let size = "\(file.size)"
            return [
                "name": file.name + String(repeating: " ", count: nameWidth - file.name.count),
                "size": String(repeating: " ", count: sizeWidth - size.count) + size + " bytes",
                "isReused": file.isReused, "state": file.state?.rawValue,
            ]
        }
    }
}

extension String {
    /// The lines, without blank ones at the beginning and the end.
    fileprivate var lines: [String] {
        let isBlank = { (line: Substring) in line.allSatisfy(\.isWhitespace) }
        var lines = split(separator: "\n", omittingEmptySubsequences: false).drop(while: isBlank)
        while let last = lines.last, isBlank(last) { lines.removeLast() }
        return lines.map(String.init)
    }
}
