internal import BaseMirror
internal import Maintenance

extension Parts {
    var maintenanceRound: MaintenanceRound {
        let mirror = BaseMirror(
            root: settings.state.bases, timeLimit: .seconds(settings.maintenance.mirrorTimeLimit))
        return MaintenanceRound(catalog: catalog, mirror: mirror, now: unixTime)
    }

    /// `nil` when it is switched off.
    /// - Parameter settled: wakes the stages that go on from what a round did.
    func maintenance(settled: @escaping @Sendable () -> Void) -> MaintenanceService? {
        guard settings.maintenance.interval > 0 else { return nil }
        return MaintenanceService(
            maintenanceRound, interval: .seconds(settings.maintenance.interval), logger: log.part("maintenance"),
            settled: settled)
    }
}
