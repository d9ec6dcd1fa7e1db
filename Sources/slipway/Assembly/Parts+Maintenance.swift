internal import ArchiveModel
internal import BaseMirror
internal import Catalog
internal import Maintenance
internal import OpenPGP
internal import SourceTree
internal import SystemPackage

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
        round.buildsAwaited = Int64(settings.maintenance.baseBuildAfter)
        let keyring = keyring
        round.keyExpiries = {
            try await keyring.keys().filter { !$0.isRevoked }.reduce(into: [:]) { $0[$1.fingerprint] = $1.expires }
        }
        round.unneededBytes = UnneededBytes(
            catalog: catalog, store: store, grace: .seconds(settings.maintenance.bytesGrace))
        round.strangeKeys = StrangeKeys(catalog: catalog, keyring: keyring)
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

    var importRound: WishRound<ImportWork> {
        var configuration = ImportConfiguration(
            wishes(in: settings.state.imports, attempts: settings.maintenance.importAttempts))
        configuration.bytes = Int64(settings.maintenance.importMiB) << 20
        configuration.timeLimit = Int64(settings.maintenance.importTimeLimit)
        return round(ImportWork(configuration, quotas: settings.quotas), configuration.wishes)
    }

    /// - Parameter settled: wakes the stages that go on from what was imported.
    func imports(settled: @escaping @Sendable () -> Void) -> WishService<ImportWork> {
        WishService(importRound, logger: log.part("imports"), settled: settled)
    }

    /// With a `slipway-unpack` of its own, which is started with the first.
    func sourceRebuildRound() throws -> WishRound<SourceRebuildWork> {
        let configuration = wishes(in: settings.state.rebuilds, attempts: settings.maintenance.rebuildAttempts)
        var limits = settings.intake.unpacking
        limits.packingMemory = Int64(settings.maintenance.rebuildMemory) << 20
        let unpacker = try SourceUnpacker(
            program: OwnPrograms.unpacker, scratch: settings.state.scratch, limits: limits)
        return round(
            SourceRebuildWork(store: store, unpacker: unpacker, configuration, quotas: settings.quotas), configuration)
    }

    /// - Parameter settled: wakes the stages that go on from what was made.
    func sourceRebuilds(settled: @escaping @Sendable () -> Void) throws -> WishService<SourceRebuildWork> {
        WishService(try sourceRebuildRound(), logger: log.part("rebuilds"), settled: settled)
    }

    private func wishes(in folder: FilePath, attempts: Int) -> WishConfiguration {
        var configuration = WishConfiguration(folder: folder)
        configuration.freeDisk = settings.intake.unpacking.freeDisk
        configuration.attempts = Int64(attempts)
        configuration.roomWait = Int64(settings.maintenance.roomWait)
        return configuration
    }

    private func round<Work: WishWork>(_ work: Work, _ configuration: WishConfiguration) -> WishRound<Work> {
        WishRound(
            work, catalog: catalog, store: store, configuration: configuration, quotas: settings.quotas, now: unixTime)
    }
}
