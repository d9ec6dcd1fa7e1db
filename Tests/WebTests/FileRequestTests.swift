import Testing

@testable import Web

struct FileRequestTests {
    static let file = FileValidators(
        size: 1000, tag: "\"t\"", modified: HTTPDate(seconds: 784_111_777), now: 900_000_000)
    static let same = "Sun, 06 Nov 1994 08:49:37 GMT"
    static let before = "Sun, 06 Nov 1994 08:49:36 GMT"
    static let after = "Mon, 07 Nov 1994 08:49:37 GMT"

    @Test(
        arguments: [
            ("bytes=0-0", 0..<1), ("bytes=0-99", 0..<100), ("bytes=990-", 990..<1000), ("bytes=-10", 990..<1000),
            ("bytes=-5000", 0..<1000), ("bytes=999-5000", 999..<1000), ("bytes=0-9223372036854775807", 0..<1000),
        ] as [(String, Range<Int64>)])
    func aPart(range: String, part: Range<Int64>) {
        #expect(FileRequest(range: range).answer(for: Self.file) == .part(part))
    }

    @Test(arguments: ["bytes=1000-", "bytes=1000-2000", "bytes=-0"])
    func unsatisfiable(range: String) {
        #expect(FileRequest(range: range).answer(for: Self.file) == .unsatisfiable)
    }

    @Test(arguments: [
        "bytes=0-1,5-6", "bytes=5-4", "bytes=-", "bytes=", "bytes=a-b", "bytes=+1-2", "bytes=1--2", "lines=0-1",
        "bytes=99999999999999999999-", "bytes = 0-1",
    ])
    func whatIsNotOneRangeGetsTheWhole(range: String) {
        #expect(FileRequest(range: range).answer(for: Self.file) == .whole)
    }

    @Test func anEmptyFileHasNoPart() {
        let empty = FileValidators(size: 0, tag: "\"e\"", modified: HTTPDate(seconds: 0), now: 9)
        #expect(FileRequest(range: "bytes=0-").answer(for: empty) == .unsatisfiable)
        #expect(FileRequest(range: "bytes=-1").answer(for: empty) == .unsatisfiable)
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let request: FileRequest
        let answer: FileRequest.Answer
    }

    @Test(arguments: [
        Row(testDescription: "same tag", request: .init(ifNoneMatch: "\"t\""), answer: .notModified),
        Row(testDescription: "one of the tags", request: .init(ifNoneMatch: "\"a\", W/\"t\""), answer: .notModified),
        Row(testDescription: "any tag", request: .init(ifNoneMatch: "*"), answer: .notModified),
        Row(testDescription: "other tag", request: .init(ifNoneMatch: "\"x\""), answer: .whole),
        Row(testDescription: "same date", request: .init(ifModifiedSince: same), answer: .notModified),
        Row(testDescription: "later date", request: .init(ifModifiedSince: after), answer: .notModified),
        Row(testDescription: "earlier date", request: .init(ifModifiedSince: before), answer: .whole),
        Row(testDescription: "no date", request: .init(ifModifiedSince: "yesterday"), answer: .whole),
        Row(
            testDescription: "the tag counts, not the date",
            request: .init(ifNoneMatch: "\"x\"", ifModifiedSince: same), answer: .whole),
        Row(
            testDescription: "unchanged goes before range", request: .init(ifNoneMatch: "\"t\"", range: "bytes=0-0"),
            answer: .notModified),
        Row(
            testDescription: "range of the same tag", request: .init(range: "bytes=0-0", ifRange: "\"t\""),
            answer: .part(0..<1)),
        Row(
            testDescription: "range of the same date", request: .init(range: "bytes=0-0", ifRange: same),
            answer: .part(0..<1)),
        Row(testDescription: "range of another", request: .init(range: "bytes=0-0", ifRange: "\"x\""), answer: .whole),
        Row(testDescription: "range of a later", request: .init(range: "bytes=0-0", ifRange: after), answer: .whole),
    ])
    func conditions(_ row: Row) {
        #expect(row.request.answer(for: Self.file) == row.answer)
    }

    @Test func datesAreWrittenAndRead() {
        for seconds in [0, 784_111_777, 951_782_400, 1_796_000_000, 4_102_444_799] as [Int64] {
            #expect(HTTPDate(HTTPDate(seconds: seconds).description)?.seconds == seconds)
        }
        #expect(HTTPDate(seconds: 784_111_777).description == Self.same)
    }

    @Test(arguments: [
        "Sun, 06 Nov -2147483648 08:49:37 GMT", "Sun, 06 Nov 2147483647 08:49:37 GMT",
        "", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37 CET",
    ])
    func olderDatesAreNotRead(_ text: String) {
        #expect(HTTPDate(text) == nil)
    }

    @Test(arguments: [
        ("hello_2.10-3_amd64.deb", "application/vnd.debian.binary-package"), ("hello_2.10-3.dsc", MediaTypes.text),
        ("InRelease", MediaTypes.text), ("Release.gpg", "application/pgp-signature"), ("Packages", MediaTypes.text),
        ("Packages.xz", "application/x-xz"), ("hello_2.10.orig.tar.gz", "application/gzip"),
        ("0a0b", "application/octet-stream"),
    ])
    func types(name: String, type: String) {
        #expect(MediaTypes.type(ofFile: name) == type)
    }
}
