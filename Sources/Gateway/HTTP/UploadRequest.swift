internal import FTPProtocol
internal import NIOHTTP1

/// `PUT /<upload path>/<file>`: what a request wants, as far as it can be understood at all.
struct UploadRequest: Sendable {
    /// Bytes of a target: a path of eight long parts and a long name stay below it.
    private static let targetLimit = 2048

    let file: VirtualFile
    /// nil when the client does not know it yet.
    let length: Int64?
    let wantsContinue: Bool

    /// Throws the answer to a request that is none.
    init(_ head: HTTPRequestHead) throws(UploadAnswer) {
        guard head.method == .PUT else { throw .onlyPut }
        guard head.uri.utf8.count <= Self.targetLimit else {
            throw UploadAnswer(.uriTooLong, "The address is longer than \(Self.targetLimit) bytes.")
        }
        let target = head.uri.prefix { $0 != "?" && $0 != "#" }
        guard target.hasPrefix("/"), let path = Self.decoded(target.dropFirst().utf8) else {
            throw UploadAnswer(.badRequest, "The address is not a path in UTF-8.")
        }
        do throws(FileMistake) {
            file = try VirtualFile(path, in: .root)
        } catch {
            throw UploadAnswer(.conflict, error.sentence)
        }
        length = try Self.length(head.headers)
        wantsContinue = head.headers[canonicalForm: "expect"].contains { $0.lowercased() == "100-continue" }
    }

    private static func length(_ headers: HTTPHeaders) throws(UploadAnswer) -> Int64? {
        guard let text = headers.first(name: "content-length") else { return nil }
        guard let length = Int64(text), length >= 0 else {
            throw UploadAnswer(.badRequest, "Content-Length is not a number of bytes.")
        }
        return length
    }

    /// RFC 3986, 2.1.
    private static func decoded(_ text: some Sequence<UInt8>) -> String? {
        var bytes: [UInt8] = []
        var rest = text.makeIterator()
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.next()?.hexDigit, let low = rest.next()?.hexDigit else { return nil }
            bytes.append(high << 4 | low)
        }
        guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var hexDigit: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
