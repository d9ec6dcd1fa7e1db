internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import Foundation
internal import SystemPackage

/// Reads `distributions.d/*.suites`: deb822 paragraphs, one for each suite.
///
/// `Distribution`, `Suite`, `Architectures`, `Components` say what the suite is. `URIs`, `Suites`, `Base-Components` and
/// `Signed-By` are, as in sources.list(5), the base its builds draw on; without `URIs` it is the machine's own mirror.
/// `Must-Be-Newer-Than` and `Must-Be-Older-Than` name suites of the same distribution. `Takes-Transfers` is yes or no.
enum SuiteFiles {
    static func read(_ folder: FilePath) throws -> [SuiteDescription] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.string)
        let suites = try names.filter { $0.hasSuffix(".suites") }.sorted().flatMap {
            try read(file: folder.appending($0))
        }
        try suites.forEach { try checkOrder(of: $0, among: suites) }
        return suites
    }

    private static func checkOrder(of suite: SuiteDescription, among suites: [SuiteDescription]) throws {
        for other in suite.order.newerThan + suite.order.olderThan
        where other == suite.name
            || !suites.contains(where: { $0.distribution == suite.distribution && $0.name == other })
        {
            throw ConfigurationMistake(
                key: "suite \(suite.name)", mistake: "\(other) is not another suite of \(suite.distribution)")
        }
    }

    private static func read(file: FilePath) throws -> [SuiteDescription] {
        let text = try String(contentsOfFile: file.string, encoding: .utf8)
        do {
            return try ControlParagraph.paragraphs(in: text).map { try suite($0) }
        } catch let mistake as ControlSyntaxError {
            throw ConfigurationMistake(key: "\(file), line \(mistake.line)", mistake: mistake.mistake)
        } catch let mistake as ConfigurationMistake {
            throw ConfigurationMistake(key: "\(file), \(mistake.key)", mistake: mistake.mistake)
        }
    }

    static func suite(_ paragraph: ControlParagraph) throws -> SuiteDescription {
        SuiteDescription(
            distribution: try word("Distribution", paragraph, DistributionName.init),
            name: try word("Suite", paragraph, SuiteName.init),
            architectures: try words("Architectures", paragraph, Architecture.init),
            components: try words("Components", paragraph, ComponentName.init),
            baseSources: baseSources(paragraph),
            order: SuiteOrder(
                newerThan: try others("Must-Be-Newer-Than", paragraph),
                olderThan: try others("Must-Be-Older-Than", paragraph)),
            takesTransfers: try truth("Takes-Transfers", paragraph))
    }

    private static func truth(_ field: String, _ paragraph: ControlParagraph) throws -> Bool {
        guard paragraph[field] != nil else { return false }
        return try word(field, paragraph) { ["yes": true, "no": false][$0.lowercased()] }
    }

    private static func others(_ field: String, _ paragraph: ControlParagraph) throws -> [SuiteName] {
        paragraph[field] == nil ? [] : try words(field, paragraph, SuiteName.init)
    }

    private static func baseSources(_ paragraph: ControlParagraph) -> String {
        guard let uris = paragraph["URIs"] else { return "" }
        var sources = ControlParagraph()
        sources["Types"] = "deb"
        sources["URIs"] = uris
        sources["Suites"] = paragraph["Suites"] ?? paragraph["Suite"]
        sources["Components"] = paragraph["Base-Components"] ?? paragraph["Components"]
        sources["Signed-By"] = paragraph["Signed-By"]
        return sources.serialized()
    }

    private static func word<Value>(
        _ field: String, _ paragraph: ControlParagraph, _ parse: (String) -> Value?
    ) throws -> Value {
        let found = try words(field, paragraph, parse)
        guard found.count == 1 else { throw ConfigurationMistake(key: field, mistake: "one word is expected") }
        return found[0]
    }

    private static func words<Value>(
        _ field: String, _ paragraph: ControlParagraph, _ parse: (String) -> Value?
    ) throws -> [Value] {
        guard let text = paragraph[field] else {
            throw ConfigurationMistake(key: field, mistake: "the field is missing")
        }
        return try text.split(whereSeparator: \.isWhitespace).map { word in
            guard let value = parse(String(word)) else {
                throw ConfigurationMistake(key: field, mistake: "\"\(word)\" cannot be used here")
            }
            return value
        }
    }
}
