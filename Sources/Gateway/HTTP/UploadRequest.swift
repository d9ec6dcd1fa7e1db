internal import FTPProtocol
internal import NIOHTTP1

/// `PUT /<upload path>/<file>`, or `POST /commands`: what a request wants, as far as it can be understood at all.
struct UploadRequest: Sendable {
    /// Bytes of a target: a path of eight long parts and a long name stay below it.
    private static let targetLimit = 2048

    /// Where commands are posted. A PUT below it is an upload like any other.
    private static let commandsPath = "commands"
    /// The name of what is posted: its session tells one from the other.
    private static let postedName = "posted.commands"

    let file: VirtualFile
    /// Signed commands, which are no file of an upload.
    let isPost: Bool
    /// nil when the client does not know it yet.
    let length: Int64?
    let wantsContinue: Bool

    /// Throws the answer to a request that is none.
    init(_ head: HTTPRequestHead) throws(UploadAnswer) {
        isPost = head.method == .POST
        guard isPost || head.method == .PUT else { throw .onlyPut }
        guard head.uri.utf8.count <= Self.targetLimit else {
            throw UploadAnswer(.uriTooLong, "The address is longer than \(Self.targetLimit) bytes.")
        }
        try Self.refuseOtherBytes(head.headers)
        guard let target = Self.target(of: head.uri), let path = Self.decoded(target.utf8) else {
            throw UploadAnswer(.badRequest, "The address is not a path in UTF-8.")
        }
        guard !isPost || path == Self.commandsPath else { throw .onlyPut }
        do throws(FileMistake) {
            file = try VirtualFile(isPost ? Self.postedName : path, in: .root)
        } catch {
            throw UploadAnswer(.conflict, error.sentence)
        }
        length = try Self.length(head.headers)
        wantsContinue = head.headers[canonicalForm: "expect"].contains { $0.lowercased() == "100-continue" }
    }

    /// Without its first slash. As for a proxy, `http://host/path`, is a target too (RFC 9112, 3.2.2).
    private static func target(of uri: String) -> Substring? {
        var target = uri.prefix { $0 != "?" && $0 != "#" }
        for scheme in ["http://", "https://"] where target.lowercased().hasPrefix(scheme) {
            target = target.dropFirst(scheme.count).drop { $0 != "/" }
        }
        return target.hasPrefix("/") ? target.dropFirst() : nil
    }

    /// A body that is not the file, byte for byte: compressed, or a part, as `curl -C` sends it (RFC 9110, 14.5).
    private static func refuseOtherBytes(_ headers: HTTPHeaders) throws(UploadAnswer) {
        func hasOther(_ name: String, than coding: String) -> Bool {
            headers[canonicalForm: name].contains { $0.lowercased() != coding }
        }
        if hasOther("transfer-encoding", than: "chunked") {
            throw UploadAnswer(.notImplemented, "No Transfer-Encoding is taken but chunked.")
        }
        if hasOther("content-encoding", than: "identity") {
            throw UploadAnswer(.unsupportedMediaType, "A file is sent as it is, without Content-Encoding.")
        }
        if headers.contains(name: "content-range") {
            throw UploadAnswer(.badRequest, "A file is sent as a whole, without Content-Range.")
        }
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
