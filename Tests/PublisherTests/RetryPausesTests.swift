import ArchiveModel
import DebianControl
import Testing

@testable import Publisher

@Suite struct RetryPausesTests {
    private let tools = ArchiveReference("~alice/debian/tools")!

    @Test func pausesDoubleUpToTheLongest() {
        var pauses = RetryPauses(first: .seconds(10), longest: .seconds(60))
        let now = ContinuousClock.now
        let lengths = (0..<5).map { _ in pauses.noteFailure(of: tools, at: now) }
        #expect(lengths == [10, 20, 40, 60, 60].map { Duration.seconds($0) })
    }

    @Test func aPauseEndsWithItsTimeOrASuccess() {
        var pauses = RetryPauses(first: .seconds(10), longest: .seconds(60))
        let now = ContinuousClock.now
        pauses.noteFailure(of: tools, at: now)
        #expect(pauses.isPaused(tools, at: now + .seconds(9)))
        #expect(!pauses.isPaused(tools, at: now + .seconds(10)))
        pauses.noteFailure(of: tools, at: now)
        pauses.noteSuccess(of: tools)
        #expect(!pauses.isPaused(tools, at: now))
    }
}
