internal import ArchiveModel
internal import ArgumentParser
internal import Catalog

extension ArchiveVerb {
    struct Quota: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives an archive a quota of its own: what its pool may have, builds included.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "debian, or ~owner/debian/name.") var reference: String
        @Argument(help: "500M, 20G, 2T; MiB without a letter; none, or default: the rule of slipway.yaml.")
        var size: String

        func run() async throws {
            guard let quota = ArchiveQuota(argument: size) else {
                throw Refusal.unreadable("a quota", size, rule: "500M, 20G, 2T, a number of MiB, none, or default")
            }
            let settings = try await common.settings()
            let catalog = try common.catalog(settings)
            try await catalog.setQuota(quota, of: knownArchive(reference, in: catalog))
            let archive = try await knownArchive(reference, in: catalog)
            let limit = settings.quotas.limit(of: archive).map(\.bytes.inBytes) ?? "any number"
            try await catalog.say(
                "\(archive.reference) has \(archive.bytes.inBytes), and may have \(limit).", of: archive)
        }
    }
}

extension ArchiveQuota {
    /// More is no size of a disk, and would not be counted in 64 bits.
    private static let mebibyteLimit: Int64 = 1 << 40

    init?(argument: String) {
        if argument == "default" {
            self = .standard
        } else if argument == "none" {
            self = .unlimited
        } else {
            let units: [Character: Int64] = ["M": 1, "G": 1 << 10, "T": 1 << 20]
            let unit = argument.last.flatMap { units[$0] }
            let digits = unit == nil ? argument[...] : argument.dropLast()
            guard digits.allSatisfy(\.isASCII), digits.first?.isNumber == true, let number = Int64(digits),
                (1...Self.mebibyteLimit / (unit ?? 1)).contains(number)
            else { return nil }
            self = .bytes(number * (unit ?? 1) << 20)
        }
    }
}
