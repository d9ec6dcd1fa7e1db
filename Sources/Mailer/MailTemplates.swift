internal import ArchiveModel
internal import DurableFiles
internal import Mustache
internal import SystemPackage

/// A mistake in a template of the settings' folder, told at start.
public struct TemplateMistake: Error, Equatable, Sendable, CustomStringConvertible {
    public let template: String
    public let mistake: String

    public var description: String { "The mail template \(template).mustache cannot be used: \(mistake)" }
}

/// The wording of mails: the built-in templates, and a folder's in their place.
struct MailTemplates: Sendable {
    private let library: MustacheLibrary

    /// The largest template read, in bytes: a mail is a page of text.
    private static let sizeLimit = 1 << 16
    /// Mail is plain text: nothing in it is escaped as HTML.
    private static let preamble = "{{% CONTENT_TYPE:TEXT}}\n"

    /// Reads the folder and tries every template with a sample of its letters.
    /// - Throws: `TemplateMistake`; `FileFailure` when the folder cannot be read.
    init(folder: FilePath?) throws {
        var library = MustacheLibrary()
        let replaced = try folder.map(Self.texts(in:)) ?? [:]
        let texts = Dictionary(uniqueKeysWithValues: MailTemplate.allCases.map { ($0, replaced[$0] ?? $0.builtIn) })
        for template in MailTemplate.allCases {
            let text = texts[template] ?? ""
            try Self.checkParts(of: text, in: template)
            do {
                try library.register(Self.preamble + text, named: template.rawValue)
            } catch let error as MustacheTemplate.ParserError {
                // The preamble is a line of its own.
                let place = "line \(error.context.lineNumber - 1), column \(error.context.columnNumber)"
                throw TemplateMistake(template: template.rawValue, mistake: "\(error.error) at \(place)")
            }
        }
        self.library = library
        try Self.checkNames(in: texts)
        try tryAll()
    }

    /// The letter in words.
    /// - Throws: `TemplateMistake` when the template has no subject.
    func text(_ template: MailTemplate, _ words: RootWords) throws(TemplateMistake) -> MailText {
        let rendered = library.render(words, withTemplate: template.rawValue) ?? ""
        guard let text = MailText(rendered: rendered) else {
            throw TemplateMistake(template: template.rawValue, mistake: "its first line is not \"Subject: …\"")
        }
        return text
    }

    private static func texts(in path: FilePath) throws -> [MailTemplate: String] {
        let folder = try Folder(opening: path)
        var texts: [MailTemplate: String] = [:]
        for entry in try folder.entries() where entry.name.hasSuffix(".mustache") {
            let name = String(entry.name.dropLast(".mustache".count))
            guard let template = MailTemplate(rawValue: name) else {
                let known = MailTemplate.allCases.map(\.rawValue).joined(separator: ", ")
                throw TemplateMistake(template: name, mistake: "no mail uses it; there are \(known)")
            }
            guard
                let text = String(validating: try folder.openFile(entry.name).readAll(limit: sizeLimit), as: UTF8.self)
            else { throw TemplateMistake(template: name, mistake: "it is not UTF-8") }
            texts[template] = text
        }
        return texts
    }

    /// The engine leaves out a part it does not know, silently.
    private static func checkParts(of text: String, in template: MailTemplate) throws {
        for name in TemplateTags.parts(in: text) {
            guard let part = MailTemplate(rawValue: name), part.isPart else {
                throw TemplateMistake(template: template.rawValue, mistake: "there is no part \"\(name)\"")
            }
        }
    }

    /// Every name stands for something in every letter that it is used in, though it may have no value there.
    private static func checkNames(in texts: [MailTemplate: String]) throws {
        var known: [MailTemplate: Set<String>] = [:]
        for letter in Letter.samples {
            known[letter.content.template, default: []].formUnion(
                try RootWords(LetterWords.samples.words(for: letter)).known)
        }
        for (letter, known) in known {
            for file in files(of: letter, texts) {
                for name in TemplateTags.names(in: texts[file] ?? "") where !known.contains(name) {
                    let place = file == letter ? "" : " of \(letter.rawValue).mustache"
                    throw TemplateMistake(
                        template: file.rawValue, mistake: "nothing is called \"\(name)\" in the mails\(place)")
                }
            }
        }
    }

    /// A letter's template and all its parts.
    private static func files(of letter: MailTemplate, _ texts: [MailTemplate: String]) -> Set<MailTemplate> {
        var (found, new): (Set<MailTemplate>, Set<MailTemplate>) = ([], [letter])
        while !new.isEmpty {
            found.formUnion(new)
            let parts = new.flatMap { TemplateTags.parts(in: texts[$0] ?? "") }.compactMap(MailTemplate.init(rawValue:))
            new = Set(parts).subtracting(found)
        }
        return found
    }

    private func tryAll() throws {
        for letter in Letter.samples {
            let template = letter.content.template
            let root = try RootWords(LetterWords.samples.words(for: letter))
            _ = try text(template, root)
            if let name = root.missing.first {
                throw TemplateMistake(template: template.rawValue, mistake: "nothing is called \"\(name)\" here")
            }
        }
    }
}

extension Letter.Content {
    var template: MailTemplate {
        switch self {
        case .verdict(let report):
            switch report.verdict.outcome {
            case .accepted: .accepted
            case .rejected, .ignored: .rejected
            case .held, .failed: .held
            }
        case .buildFailed: .buildFailed
        case .commands: .commands
        case .failure: .failure
        case .digest: .digest
        case .announcement: .announcement
        case .quota: .quota
        case .newerInBase: .newerInBase
        case .notice: .notice
        case .collected: .collected
        }
    }
}
