internal import ArchiveModel
internal import BaseMirror
internal import Catalog
internal import Maintenance
internal import OpenPGP
internal import SourceTree

extension Parts {
    var maintenanceRound: MaintenanceRound {
        let mirror = BaseMirror(
            root: settings.state.bases, timeLimit: .seconds(settings.maintenance.mirrorTimeLimit))
        var round = MaintenanceRound(catalog: catalog, now: unixTime) { suite, bringIn in
            try await mirror.reading(suite.name, in: suite.distribution, from: suite.baseSources, bringIn)
        }
        round.quotas = settings.quotas
        round.goneBases.frozenAfter = Int64(settings.maintenance.baseGoneAfter)
        round.goneBases.withdrawnAfter = Int64(settings.maintenance.baseWithdrawnAfter)
        round.goneBases.failedRounds = Int64(settings.maintenance.baseFailedRounds)
        let keyring = keyring
        round.keyExpiries = {
            try await keyring.keys().filter { !$0.isRevoked }.reduce(into: [:]) { $0[$1.fingerprint] = $1.expires }
        }
        round.unneededBytes = UnneededBytes(
            catalog: catalog, store: store, grace: .seconds(settings.maintenance.bytesGrace))
        return round
    }

    /// `nil` when it is switched off.
    /// - Parameter settled: wakes the stages that go on from what a round did.
    func maintenance(settled: @escaping @Sendable () -> Void) -> MaintenanceService? {
        guard settings.maintenance.interval > 0 else { return nil }
        return MaintenanceService(
            maintenanceRound, interval: .seconds(settings.maintenance.interval), logger: log.part("maintenance"),
            settled: settled)
    }

    var importRound: ImportRound {
        var configuration = ImportConfiguration(folder: settings.state.imports)
        configuration.bytes = Int64(settings.maintenance.importMiB) << 20
        configuration.freeDisk = settings.intake.unpacking.freeDisk
        configuration.timeLimit = Int64(settings.maintenance.importTimeLimit)
        configuration.attempts = Int64(settings.maintenance.importAttempts)
        return ImportRound(
            catalog: catalog, store: store, configuration: configuration, quotas: settings.quotas, now: unixTime)
    }

    /// - Parameter settled: wakes the stages that go on from what was imported.
    func imports(settled: @escaping @Sendable () -> Void) -> ImportService {
        ImportService(importRound, logger: log.part("imports"), settled: settled)
    }

    /// With a `slipway-unpack` of its own, which is started with the first.
    func sourceRebuildRound() throws -> SourceRebuildRound {
        var configuration = SourceRebuildConfiguration()
        configuration.attempts = Int64(settings.maintenance.rebuildAttempts)
        var limits = settings.intake.unpacking
        limits.packingMemory = Int64(settings.maintenance.rebuildMemory) << 20
        let unpacker = try SourceUnpacker(
            program: OwnPrograms.unpacker, scratch: settings.state.scratch, limits: limits)
        return SourceRebuildRound(
            catalog: catalog, store: store, unpacker: unpacker, configuration: configuration, quotas: settings.quotas,
            now: unixTime)
    }

    /// - Parameter settled: wakes the stages that go on from what was made.
    func sourceRebuilds(settled: @escaping @Sendable () -> Void) throws -> SourceRebuildService {
        SourceRebuildService(try sourceRebuildRound(), logger: log.part("rebuilds"), settled: settled)
    }
}
