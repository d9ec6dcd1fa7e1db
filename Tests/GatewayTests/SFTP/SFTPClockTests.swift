internal import Testing

@testable internal import Gateway

@Suite struct SFTPClockTests {
    @Test func silenceEndsASessionAndSoDoesItsLongestTime() {
        var configuration = GatewayConfiguration(serviceName: "")
        configuration.idleTimeout = .seconds(300)
        configuration.sessionTimeLimit = .seconds(1000)
        let begin = ContinuousClock.now
        let clock = SFTPClock(configuration, begin: begin)
        #expect(clock.patience(at: begin) == (begin + .seconds(300), "idle"))
        #expect(clock.patience(at: begin + .seconds(700)) == (begin + .seconds(1000), "idle"))
        #expect(clock.patience(at: begin + .seconds(701)) == (begin + .seconds(1000), "long"))
        #expect(clock.patience(at: begin + .seconds(2000)) == (begin + .seconds(1000), "long"))
    }
}
