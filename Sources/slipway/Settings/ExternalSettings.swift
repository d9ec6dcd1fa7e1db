internal import ArchiveModel
internal import Catalog
internal import Configuration
internal import Foundation
internal import SystemPackage

/// Whether there are external archives, and by which terms.
struct ExternalSettings: Sendable {
    /// The file of the terms of use; `nil`: there are no external archives to be made.
    var terms: FilePath?
    /// What `agree-terms` names; a new text has a new one.
    var termsVersion: String?
    /// Since when they are in force: `2026-11-21`.
    var termsDate: String?
    /// Where external archives and their pages are seen from outside, without a slash at the end: a host name of their own.
    var url: String?
    /// How many one person may have.
    var archivesEach = 5
}

extension ExternalSettings {
    /// - Parameters:
    ///   - reader: of the section `external`.
    ///   - others: where everything else is seen from outside.
    init(_ reader: ConfigReader, besides others: String) throws {
        terms = reader.path("terms")
        termsVersion = reader.string(forKey: "termsVersion")
        termsDate = reader.string(forKey: "termsDate")
        url = reader.string(forKey: "url")
        archivesEach = try reader.number(
            "archivesEach", default: archivesEach, within: 1...1_000_000, of: "external.archivesEach")
        if url != nil || terms != nil { try check(besides: others) }
    }

    private func check(besides others: String) throws {
        guard let url, ArchiveAddresses(url: others, external: url) != nil else {
            throw ConfigurationMistake(
                key: "external.url",
                mistake: "external archives need an address with a host name, or a port, that \(others) has not")
        }
        guard terms == nil || parsedTerms != nil else {
            throw ConfigurationMistake(
                key: "external.termsVersion",
                mistake:
                    "terms need termsVersion, a word in quotes such as \"1\", and termsDate, such as \"2026-11-21\"")
        }
    }

    /// `nil` where there are none.
    private var parsedTerms: TermsOfUse? {
        guard terms != nil, let url, let termsVersion, let termsDate else { return nil }
        return TermsOfUse(version: termsVersion, date: termsDate, page: "\(url)/terms")
    }

    /// What holds for them; `nil` where there are none.
    var rule: ExternalRule? {
        guard let parsedTerms else { return nil }
        var rule = ExternalRule(terms: parsedTerms)
        rule.archivesEach = Int64(archivesEach)
        return rule
    }

    /// In bytes: the longest terms are some pages.
    private static let longestTerms = 256 << 10

    /// - Throws: `ConfigurationMistake` when the file cannot be read, or is no text.
    func termsText() throws -> String? {
        guard let terms else { return nil }
        guard let bytes = try? Data(contentsOf: URL(filePath: terms.string)), bytes.count <= Self.longestTerms,
            let text = String(validating: bytes, as: UTF8.self), !text.isEmpty
        else {
            throw ConfigurationMistake(
                key: "external.terms", mistake: "\(terms) cannot be read, is no UTF-8, or larger than 256 KiB")
        }
        return text
    }
}
