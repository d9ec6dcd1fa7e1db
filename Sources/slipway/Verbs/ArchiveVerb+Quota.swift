internal import ArchiveModel
internal import ArgumentParser
internal import Catalog

extension ArchiveVerb {
    struct Quota: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives an archive a quota of its own: what its pool may have, builds included.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "debian, or ~owner/debian/name.") var reference: String
        @Argument(help: "MiB, or \"default\" for the rule of slipway.yaml.") var quota: String

        func run() async throws {
            let quota = try bytes()
            let catalog = try common.catalog(try await common.settings())
            let archive = try await knownArchive(reference, in: catalog)
            try await catalog.setQuota(quota, of: archive)
            print(
                "\(archive.reference) has \(archive.bytes >> 20) MiB"
                    + (quota.map { ", and may have \($0 >> 20)." } ?? "."))
        }

        private func bytes() throws -> Int64? {
            if quota == "default" { return nil }
            guard let mebibytes = Int64(quota), (1...1 << 40).contains(mebibytes) else {
                throw Refusal.unreadable("a quota", quota, rule: "a number of MiB, or default")
            }
            return mebibytes << 20
        }
    }
}
