import DurableFiles
import Glibc
import SystemPackage
import Testing

@testable import SourceTree

struct ScratchTests {
    @Test func whatACrashLeftIsSweptAtTheNextStartAndWhatIsAtWorkIsNot() throws {
        let bench = try Bench()
        let folder = try Folder(opening: bench.scratch)
        try folder.makeFolder("left").makeFolder("tree").makeFolder("debian")
        let other = try ScratchFolders(in: bench.scratch)
        #expect(try bench.leftovers == [])
        let atWork = try other.make()
        _ = try ScratchFolders(in: bench.scratch)
        #expect(try bench.leftovers == [atWork.name])
        try other.remove(atWork)
        try bench.remove()
    }

    @Test func theWallsHold() async throws {
        let bench = try Bench()
        var tried = try await bench.unpacker.tryWalls()
        for allowed in ["make a file here", "make a link here", "make a pipe"] {
            #expect(tried.removeValue(forKey: allowed) == WallProbes.succeeded)
        }
        for allowed in ["make a file here", "run a program of the system"] {
            #expect(tried.removeValue(forKey: "dpkg-source: \(allowed)") == WallProbes.succeeded)
        }
        #expect(tried.count == WallProbes.attempts - 3 + WallProbes.attemptsInPerl - 2)
        #expect(tried.filter { $0.value != WallProbes.refused } == [:])
        try bench.remove()
    }

    /// The child is stopped in the middle, as the service is; its package is judged anew later.
    @Test func aCancelledTaskEndsTheChild() async throws {
        let odd = try await OddSource("many")
        let bench = try Bench()
        let task = Task { try await bench.unpacker.findings(in: odd.source) }
        while try bench.leftovers.isEmpty { try await Self.pause() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try bench.leftovers == [])
        try odd.remove()
        try bench.remove()
    }

    @Test func aChildThatSomebodyKillsSaysNothingAboutThePackage() async throws {
        let odd = try await OddSource("many")
        let bench = try Bench()
        let task = Task { try await bench.unpacker.findings(in: odd.source) }
        var children: [pid_t] = []
        while children.isEmpty {
            try await Self.pause()
            children = try bench.processes.map(\.pid)
        }
        children.forEach { kill($0, SIGKILL) }
        await #expect(throws: UnpackFailure.self) { try await task.value }
        #expect(try bench.leftovers == [])
        try odd.remove()
        try bench.remove()
    }

    /// Not usleep(3): two tests that wait so take all threads that the others, and their own tasks, go on.
    private static func pause() async throws { try await Task.sleep(for: .milliseconds(1)) }
}

struct ReportTests {
    @Test func linesComeBackAsTheyWereSaid() {
        let lines: [UnpackReport.Line] = [
            .walled, .walked, .failed("no tar"), .full("no room"), .tried("x", "refused"),
            .mistake(PackageMistake(kind: .device, file: "odd_1.0.tar.xz", detail: "odd-1.0/null")),
        ]
        for line in lines { #expect(UnpackReport.Line(Substring(line.description)) == line) }
    }

    @Test(arguments: ["", "walled\tx", "mistake\tdevice\tx", "mistake\tnothing\tx\ty", "nonsense"])
    func whatIsNoneOfTheLinesEndsTheReport(line: String) {
        #expect(UnpackReport.Line(Substring(line)) == nil)
        #expect(!UnpackReport(reading: "\(line)\nwalked\n").isWalked || line.isEmpty)
    }

    @Test func aRequestComesBackAsItWasSent() throws {
        var limits = UnpackLimits()
        (limits.bytes, limits.freeInodes) = (7, 8)
        let request = UnpackRequest(limits: limits, dsc: "odd_1.0.dsc", files: ["odd_1.0.tar.xz"])
        #expect(try #require(UnpackRequest(words: request.words)) == request)
        #expect(UnpackRequest(words: ["1", "2"]) == nil)
    }
}
