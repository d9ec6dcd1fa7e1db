import Testing

@testable import DebianControl

struct NameTests {
    @Test(arguments: [("hello", "h"), ("libx11", "libx"), ("lib", "l"), ("lib3ds", "lib3"), ("0ad", "0"), ("g++", "g")])
    func packageHasAPlaceInThePool(_ text: String, _ prefix: String) {
        #expect(PackageName(text)?.poolPrefix == prefix)
    }

    @Test(arguments: ["", "a", "Hello", "-dash", "+a", ".a", "../x", "a_b", "a b", "é1", "ab\n", "a/b"])
    func refusesPackage(_ text: String) { #expect(PackageName(text) == nil) }

    @Test func namesHaveLimits() {
        #expect(PackageName(String(repeating: "a", count: 200)) != nil)
        #expect(PackageName(String(repeating: "a", count: 201)) == nil)
        #expect(FileName(String(repeating: "a", count: 255)) != nil)
        #expect(FileName(String(repeating: "a", count: 256)) == nil)
    }

    @Test(arguments: ["a", "hello_1.0~rc1-1.dsc", "A+b_c.d", "0"])
    func takesFile(_ text: String) { #expect(FileName(text)?.description == text) }

    @Test(arguments: [
        "", ".", "..", ".hidden", "-x", "_x", "~x", "+x", "a/b", "../a", "a:b", "a b", "a\n", "é", "a\u{0}",
    ])
    func refusesFile(_ text: String) { #expect(FileName(text) == nil) }
}
