internal import ArchiveModel
internal import ArgumentParser
internal import Catalog

/// How an archive is made that one person alone answers for.
struct ExternalOptions: ParsableArguments {
    @Flag(help: "An external archive: its owner has agreed to the terms of use in force.") var external = false
    @Flag(help: "Of an external archive: people upload sources only.") var noBinaries = false
    @Flag(help: "Of an external archive: sources are built here.") var autobuild = false

    /// nil when it is to be no external archive.
    /// - Throws: `Refusal` before a key is made for it.
    func owner(
        of reference: ArchiveReference, _ settings: Settings, in catalog: Catalog
    ) async throws -> (person: Person, rule: ExternalRule)? {
        guard external else {
            guard !noBinaries, !autobuild else {
                throw Refusal(.usage, "--no-binaries and --autobuild go with --external.")
            }
            return nil
        }
        guard let rule = settings.external.rule else {
            throw Refusal(.config, "There are no external archives; external.terms in slipway.yaml would name terms.")
        }
        let person = try await PersonVerb.registered(reference.owner?.text ?? "", in: catalog)
        if let obstacle = try await catalog.obstacles(to: person, rule, now: unixTime()).first {
            throw Refusal(.data, obstacle.sentence)
        }
        return (person, rule)
    }

    func describe(_ new: inout NewArchive) {
        (new.takesBinaries, new.buildsByItself) = (!noBinaries, autobuild)
    }
}

extension Catalog {
    /// Prints what an admin has changed; whoever answers for an external archive is mailed the same.
    /// - Parameter archive: nil for all of them, of which nobody is mailed.
    func say(_ sentence: String, of archive: Archive?) async throws {
        print(sentence)
        if let archive { try await tellOwner(of: archive, sentence, now: unixTime()) }
    }
}
