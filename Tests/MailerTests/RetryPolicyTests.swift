import Testing

@testable import Mailer

struct RetryPolicyTests {
    @Test func pausesDoubleUpToFourHours() {
        let pauses = (1...10).map { RetryPolicy().pause(afterAttempts: $0) }
        let seconds: [Int64] = [60, 120, 240, 480, 960, 1920, 3840, 7680, 14400, 14400]
        #expect(pauses == seconds.map { .seconds($0) })
    }

    @Test func fiveDaysLaterItIsGivenUp() {
        let attempts = (1...100).prefix { RetryPolicy().pause(afterAttempts: Int64($0)) != nil }
        #expect(attempts.count == 36)
    }
}
