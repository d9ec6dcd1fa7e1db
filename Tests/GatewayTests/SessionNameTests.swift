internal import Testing

@testable internal import Gateway

@Suite struct SessionNameTests {
    @Test(arguments: [
        (0, UInt32(0), "19700101T000000-00000000"),
        (1_795_215_312, 0x3f9a_c2d1, "20261120T225512-3f9ac2d1"),
        (951_827_696, 0xf, "20000229T123456-0000000f"),
    ])
    func namesTimeAndChance(_ seconds: Int, _ random: UInt32, _ expected: String) {
        #expect(SessionName(secondsSince1970: seconds, random: random).description == expected)
    }

    @Test func noTwoAreAlike() {
        #expect(Set((0..<1000).map { _ in SessionName().description }).count == 1000)
    }
}
