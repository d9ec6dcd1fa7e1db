import ArchiveModel
import Foundation
import Testing

/// The catalog and the socket hold values as their texts; what was stored is never read as something else.
@Suite struct TextCodedTests {
    @Test func valuesAreTheirTexts() throws {
        try expect(OwnerName("alice"), is: #""alice""#)
        try expect(ArchiveReference("~alice/debian/tools"), is: #""~alice/debian/tools""#)
        try expect(MailAddress(name: " \"Alice, A.\" ", address: "a@b.org"), is: #""Alice, A. <a@b.org>""#)
        try expect(Fingerprint(String(repeating: "a", count: 40)), is: "\"\(String(repeating: "A", count: 40))\"")
    }

    @Test func textOfNoSuchValueIsNotRead() {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(ArchiveReference.self, from: Data(#""~alice""#.utf8))
        }
    }

    private func expect<Value: TextCoded & Equatable>(_ value: Value?, is json: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        let value = try #require(value)
        let bytes = try encoder.encode(value)
        #expect(String(decoding: bytes, as: UTF8.self) == json)
        #expect(try JSONDecoder().decode(Value.self, from: bytes) == value)
    }
}
