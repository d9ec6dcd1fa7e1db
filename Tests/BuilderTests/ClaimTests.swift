import ArchiveModel
import Catalog
import DebianControl
import Logging
import Synchronization
import Testing

@testable import Builder

/// Who has a build, and until when.
struct ClaimTests {
    @Test func twoWorkersNeverGetTheSameBuild() async throws {
        try await World.with { world in
            for number in 1...20 { try await world.accept("p\(number)") }
            let taken = try await withThrowingTaskGroup(of: [Int64].self) { group in
                for worker in 1...4 {
                    group.addTask {
                        var own: [Int64] = []
                        while let order = try await world.claim("worker\(worker)") { own.append(order.record.id) }
                        return own
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(taken.count == 20)
            #expect(Set(taken).count == 20)
        }
    }

    @Test func orderSaysAllThatAWorkerNeeds() async throws {
        try await World.with { world in
            let id = try await world.accept("tiny")
            let order = try #require(try await world.claim(now: 100))
            #expect(order.record.id == id)
            #expect(order.record.state == .building)
            #expect(order.record.started == 100)
            #expect(order.record.attempts == 1)
            #expect(order.dsc.name.description == "tiny_1.0.dsc")
            #expect(order.sourceArchitectures.map(\.description) == ["all"])
            #expect(order.record.buildsAll)
            #expect(!order.isArchivePublished)
            #expect(order.record.signer == world.alice.mail)
        }
    }

    @Test func workerTakesOnlyWhatItCanBuild() async throws {
        try await World.with { world in
            try await world.accept("tiny")
            let arm64 = BuildAbility(architectures: [try #require(Architecture("arm64"))])
            #expect(try await world.catalog.claimBuild(by: "a", able: arm64, lease: 9, now: 1) == nil)
            let resting = BuildAbility(architectures: [BuildMachine.architecture], except: ["bookworm/amd64"])
            #expect(try await world.catalog.claimBuild(by: "a", able: resting, lease: 9, now: 1) == nil)
            let other = BuildAbility(architectures: [BuildMachine.architecture], exceptBuilds: [1])
            #expect(try await world.catalog.claimBuild(by: "a", able: other, lease: 9, now: 1) == nil)
            #expect(try await world.claim() != nil)
        }
    }

    @Test func leaseThatRanOutGivesTheBuildBackUntilTheLimit() async throws {
        try await World.with { world in
            let id = try await world.accept("tiny")
            for attempt in 1...3 as ClosedRange<Int64> {
                let now = attempt * 1000
                #expect(try await world.claim(lease: now + 60, now: now)?.record.attempts == attempt)
                #expect(try await world.catalog.giveBackExpiredBuilds(attemptsLimit: 3, now: now + 59) == [])
                let back = try await world.catalog.giveBackExpiredBuilds(attemptsLimit: 3, now: now + 60)
                #expect(back == (attempt < 3 ? [id] : []))
            }
            #expect(try await world.catalog.buildsGivenUp(attemptsLimit: 3, now: 3060).map(\.id) == [id])
            try await world.service().buildOnce()
            let build = try #require(try await world.catalog.build(id))
            #expect(build.state == .failed)
            #expect(try await world.catalog.letters(limit: 2).map(\.recipient) == [world.alice.mail.description])
        }
    }

    @Test func onlyTheHolderExtendsTheLease() async throws {
        try await World.with { world in
            let id = try await world.accept("tiny")
            _ = try await world.claim("a", lease: 60, now: 1)
            #expect(try await world.catalog.extendBuildLease(id, by: "a", until: 90, now: 50))
            #expect(try await !world.catalog.extendBuildLease(id, by: "b", until: 99, now: 50))
            #expect(try await world.catalog.giveBackExpiredBuilds(attemptsLimit: 3, now: 89) == [])
            try await world.catalog.cancelBuild(id, cause: "Not needed.", now: 60)
            #expect(try await !world.catalog.extendBuildLease(id, by: "a", until: 120, now: 61))
        }
    }

    @Test func workerThatStartsAgainLetsGoOfWhatItHad() async throws {
        try await World.with { world in
            let own = try await world.accept("own")
            let others = try await world.accept("others")
            _ = try await world.claim(World.worker)
            _ = try await world.claim("another")
            try await world.service().takeOver()
            #expect(try await world.catalog.build(own)?.state == .wanted)
            #expect(try await world.catalog.build(others)?.state == .building)
        }
    }

    @Test func giveBackIsNoAttempt() async throws {
        try await World.with { world in
            let id = try await world.accept("tiny")
            _ = try await world.claim("a")
            try await world.catalog.giveBackBuild(id, by: "b", cause: nil, now: 2)
            #expect(try await world.catalog.build(id)?.state == .building, "b does not have it")
            try await world.catalog.giveBackBuild(id, by: "a", cause: "The machine burns.", now: 2)
            let build = try #require(try await world.catalog.build(id))
            #expect(build.state == .wanted)
            #expect(build.attempts == 0)
            #expect(build.cause == "The machine burns.")
        }
    }

    @Test func archiveMovesAsLongAsSomethingMayAppear() async throws {
        try await World.with { world in
            let first = try await world.accept("first")
            let second = try await world.accept("second")
            #expect(try await world.catalog.isArchiveMoving(around: first), "it waits for the publisher")
            let snapshot = try #require(try await world.catalog.snapshot(ofSuite: world.archive.suites[0].id))
            try await world.catalog.notePublished(snapshot, now: 50)
            #expect(try await world.claim(now: 100)?.record.id == first)
            #expect(try await !world.catalog.isArchiveMoving(around: first), "the second comes later")
            #expect(try await world.catalog.isArchiveMoving(around: second), "the first is under way")
            try await world.catalog.notePublished(snapshot, now: 101)
            #expect(try await world.catalog.isArchiveMoving(around: first), "it was published meanwhile")
        }
    }

    @Test func failureAndItsMailAreOne() async throws {
        try await World.with { world in
            let id = try await world.accept("tiny")
            let order = try #require(try await world.claim())
            let letter = Letter.failed(order.record, cause: "No.", tail: LogTail(of: ""), now: 2)
            #expect(try await world.catalog.failBuild(id, cause: "No.", letters: [letter], now: 2))
            #expect(try await !world.catalog.failBuild(id, cause: "Again.", letters: [letter], now: 3))
            #expect(try await world.catalog.build(id)?.cause == "No.")
            #expect(try await world.catalog.letters(limit: 9).count == 1)
        }
    }

    @Test func retriedBuildBeginsAnewAndIsToldAnew() async throws {
        try await World.with { world in
            let id = try await world.accept("tiny")
            await #expect(throws: Conflict.self) { try await world.catalog.retryBuild(id) }
            for started in [100, 200] as [Int64] {
                let order = try #require(try await world.claim(now: started))
                let letter = Letter.failed(order.record, cause: "No.", tail: LogTail(of: ""), now: started)
                try await world.catalog.failBuild(id, cause: "No.", letters: [letter], now: started)
                try await world.catalog.retryBuild(id)
                #expect(try await world.catalog.build(id)?.attempts == 0)
            }
            #expect(try await world.catalog.letters(limit: 9).count == 2)
        }
    }

    @Test func missingChrootRestsItsPlaceAndTellsTheAdminOnce() async throws {
        guard BuildMachine.problem == nil else { return }
        try await World.with { world in
            let id = try await world.accept("tiny")
            let service = world.service()
            for _ in 1...2 {
                let other = world.service()
                #expect(try await other.buildOnce()?.state == .wanted)
            }
            #expect(try await service.buildOnce()?.state == .wanted)
            #expect(try await service.buildOnce() == nil, "the place rests")
            let build = try #require(try await world.catalog.build(id))
            #expect(build.cause?.contains("slipway chroot create bookworm amd64") == true)
            #expect(build.attempts == 0)
            #expect(try await world.catalog.letters(limit: 9).map(\.recipient) == [World.admin.description])
        }
    }

    /// A package can make its build look like the machine's fault; it must not stop all others of its suite.
    @Test func buildThatTheMachineFailedLetsOthersGoFirst() async throws {
        guard BuildMachine.problem == nil else { return }
        try await World.with { world in
            let (first, second) = (try await world.accept("first"), try await world.accept("second"))
            let now = Mutex<Int64>(1000)
            let parts = BuilderParts(
                catalog: world.catalog, files: world.store, keys: world.keys, key: world.key,
                configuration: world.configuration, now: { now.withLock(\.self) })
            let service = BuilderService(parts, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            #expect(try await service.buildOnce()?.id == first)
            now.withLock { $0 += 60 }
            #expect(try await service.buildOnce()?.id == second, "the place has rested, and the first is still resting")
        }
    }
}

extension World {
    func claim(_ worker: String = "worker", lease: Int64 = 1 << 40, now: Int64 = 1) async throws -> BuildOrder? {
        try await catalog.claimBuild(
            by: worker, able: BuildAbility(architectures: [BuildMachine.architecture]), lease: lease, now: now)
    }
}
