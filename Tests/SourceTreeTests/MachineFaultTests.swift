import ArchiveModel
import DebianControl
import DurableFiles
import Glibc
import Synchronization
import SystemPackage
import Testing

@testable import SourceTree

/// What fails by the machine, and is never told as the package's mistake.
@Suite(.serialized) struct MachineFaultTests {
    struct Ending: CustomTestStringConvertible, Sendable {
        let complaints: String
        let end: ConfinedChild.End
        let isOurs: Bool
        var isDiskFull = false
        var endedForMemory = 0

        var testDescription: String { "\(end) \(complaints)" }

        static func ours(_ complaints: String, _ end: ConfinedChild.End = .exited(2)) -> Ending {
            Ending(complaints: complaints, end: end, isOurs: true)
        }

        static func packages(_ complaints: String, _ end: ConfinedChild.End = .exited(2)) -> Ending {
            Ending(complaints: complaints, end: end, isOurs: false)
        }

        func when(full: Bool = false, ended: Int = 0) -> Ending {
            Ending(complaints: complaints, end: end, isOurs: isOurs, isDiskFull: full, endedForMemory: ended)
        }
    }

    private static let tar = "tar -xf - --no-same-permissions --no-same-owner subprocess"
    private static let patch = "LC_ALL=C patch -t -F 0 -N -p1 < odd-1.0/debian/patches/a subprocess"

    @Test(
        arguments: [
            .ours("dpkg-source: info: extracting\ndpkg-source: error: cannot fork for tar: Cannot allocate memory\n"),
            .ours("dpkg-source: error: \(tar) was killed by signal 9\n"),
            .ours("dpkg-source: info: applying a\ndpkg-source: error: \(patch) was killed by signal 9\n"),
            .ours("Killed\n", .exited(137)), .ours("", .signal(SIGKILL)), .ours("sh: 2: Cannot fork\n"),
            .ours("tar: Unexpected EOF in archive\n").when(ended: 1),
            .ours("tar: odd-1.0/a: Cannot open: No space left on device\n").when(full: true),
            .ours("cat: write error: Disk quota exceeded\n", .exited(1)).when(full: true),
            .packages(""), .packages("tar: Unexpected EOF in archive\n"),
            // Over limits of ours.
            .packages("dpkg-source: error: \(tar) was killed by signal 24\n"),
            .packages("dpkg-source: error: \(patch) returned exit status 2\n", .exited(25)),
            .packages("", .signal(SIGXCPU)).when(ended: 1), .packages("xz: (stdin): Cannot allocate memory\n"),
            // Words of a stranger's.
            .packages("tar: dpkg-source: error: cannot fork for tar\n"),
            .packages("|dpkg-source: error: \(tar) was killed by signal 9\ndpkg-source: error: no\n"),
            .packages("dpkg-source: error: a\ndpkg-source: error: cannot fork for tar: no\n"),
            .packages("dpkg-source: error: a was killed by signal 9 subprocess returned exit status 1\n"),
            .packages("tar: sh: 2: Cannot fork\nsh: x: Cannot fork\n"),
            .packages("tar: odd-1.0/a: Cannot open: No space left on device\n"),
            .packages("dpkg-source: warning: cannot fork for tar\n", .exited(0)).when(full: true, ended: 1),
        ] as [Ending])
    func whatTheMachineHasNoRoomForIsNoMistakeOfThePackage(_ ending: Ending) {
        let fault = MachineFault(endedForMemory: ending.endedForMemory) { ending.isDiskFull }
        let failure = fault.failure(.init(end: ending.end, output: "", complaints: ending.complaints))
        #expect((failure != nil) == ending.isOurs)
        #expect((failure?.isFullDisk ?? false) == (ending.isOurs && ending.isDiskFull))
    }

    /// As the kernel does, out of memory, or somebody.
    @Test(arguments: ["dpkg-source", "tar"])
    func aProgramThatIsKilledSaysNothingAboutThePackage(_ program: String) async throws {
        let (odd, bench) = (try await OddSource("many"), try Bench())
        defer { try? odd.remove(); try? bench.remove() }
        let task = Task {
            try await bench.unpacker.remake(odd.source, as: PackageVersion("1.0+build1")!, entry: "") { _ in }
        }
        var killed: [pid_t] = []
        while killed.isEmpty {
            try await Task.sleep(for: .milliseconds(1))
            killed = try bench.processes.filter { $0.program == program }.map(\.pid)
        }
        killed.forEach { kill($0, SIGKILL) }
        await #expect(throws: UnpackFailure.self) { try await task.value }
    }

    @Test func whatFailsWhileTheKernelIsShortOfMemoryIsOurFault() async throws {
        let odd = try await OddSource("patch-fails")
        var bench = try Bench()
        defer { try? odd.remove(); try? bench.remove() }
        #expect(try await bench.unpacker.findings(in: odd.source).map(\.code) == ["unpack-failed"])
        let asked = Counter()
        bench.unpacker.endedForMemory = { asked.next() }
        let unpacker = bench.unpacker
        await #expect(throws: UnpackFailure.self) { try await unpacker.findings(in: odd.source) }
    }

    private final class Counter: Sendable {
        private let value = Mutex(0)
        func next() -> Int {
            value.withLock {
                $0 += 1
                return $0
            }
        }
    }

    @Test func theKernelsCountIsRead() {
        #expect(EndedForMemory.count(in: "nr_free_pages 1\noom_kill 7\noom_kill_x 8\n") == 7)
        #expect(EndedForMemory.count(in: "nr_free_pages 1\n") == 0)
    }

    @Test func aDiskOutOfInodesIsOurFault() async throws {
        var limits = UnpackLimits()
        limits.freeInodes = .max / 2
        let (odd, bench) = (try await OddSource("native"), try Bench(limits: limits))
        defer { try? odd.remove(); try? bench.remove() }
        await #expect {
            try await bench.unpacker.findings(in: odd.source)
        } throws: {
            ($0 as? UnpackFailure)?.isFullDisk == true
        }
    }

    @Test(
        arguments: [
            (.system(.ioError), true), (.system(.tooManyOpenFiles), true), (.system(.tooManyOpenFilesInSystem), true),
            (.system(.noMemory), true), (.notARegularFile, false), (.system(.tooManySymbolicLinkLevels), false),
            (.system(.improperLink), false), (.system(.notDirectory), false), (.system(.permissionDenied), false),
        ] as [(FileFailure.Reason, Bool)])
    func aFileThatTheMachineCannotReadIsOurFault(_ reason: FileFailure.Reason, isOurs: Bool) async throws {
        let odd = try await OddSource("native")
        defer { try? odd.remove() }
        let checks = TreeChecks(source: odd.source) { path, _ throws(FileFailure) in
            throw FileFailure("read", FilePath(path), reason)
        }
        guard isOurs else {
            #expect(try checks.findings().allSatisfy { $0.code == "not-a-plain-file" })
            return
        }
        #expect(throws: FileFailure.self) { try checks.findings() }
        #expect(throws: FileFailure.self) { try checks.upstreamKeys() }
    }
}
