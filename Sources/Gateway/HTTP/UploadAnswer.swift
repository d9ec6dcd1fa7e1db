internal import FTPProtocol
internal import NIOCore
internal import NIOHTTP1

/// What is answered to a PUT: a status and a text for a person. dput-ng shows the text of a 409; it goes on after a 403,
/// and dput asks for a password after a 401: neither is said.
struct UploadAnswer: Error, Sendable {
    let status: HTTPResponseStatus
    let lines: [String]

    init(_ status: HTTPResponseStatus, _ lines: [String]) {
        self.status = status
        self.lines = lines
    }

    init(_ status: HTTPResponseStatus, _ line: String) {
        self.init(status, [line])
    }

    static let onlyPut = UploadAnswer(
        .methodNotAllowed, "This door takes uploads: PUT /~owner/distribution/name/file, the .changes last.")
    static let onlyTLS = UploadAnswer(.conflict, "Uploads are taken over encrypted connections only: use https.")
    static let stored = UploadAnswer(.created, "Received.")

    /// Nothing can be answered when the client is gone; the word is for the log.
    init(_ failure: StoreFailure) {
        switch failure {
        case .fileTooLarge, .sessionFull: self.init(.payloadTooLarge, failure.sentence)
        case .diskFull: self.init(.insufficientStorage, failure.sentence)
        case .cut, .aborted, .noDataConnection: self.init(.requestTimeout, "The upload broke off.")
        case .nameTaken, .nothingThere, .absent, .notEmpty: self.init(.conflict, failure.sentence)
        case .failed: self.init(.serviceUnavailable, failure.sentence)
        }
    }

    init(_ judgement: Judgement, session: SessionName) {
        switch judgement {
        case .taken(let lines): self.init(.ok, lines)
        case .refused(let lines): self.init(.conflict, lines)
        case .failed(let lines): self.init(.serviceUnavailable, lines)
        case .later: self.init(.accepted, "Received; the verdict comes by mail. Session \(session).")
        }
    }

    init(_ refusal: FTPSession.Refusal) {
        switch refusal {
        case .full: self.init(.serviceUnavailable, refusal.sentence)
        case .tooManyFromAddress, .tooOften: self.init(.tooManyRequests, refusal.sentence)
        case .banned: self.init(.conflict, refusal.sentence)
        }
    }

    /// The whole answer. `isLast` says that the connection ends with it.
    func parts(isLast: Bool, withoutText: Bool = false) -> [HTTPServerResponsePart] {
        let text = ByteBuffer(string: text)
        var headers: HTTPHeaders = [
            "content-type": "text/plain; charset=utf-8", "content-length": String(text.readableBytes),
        ]
        if isLast { headers.add(name: "connection", value: "close") }
        if status == .methodNotAllowed { headers.add(name: "allow", value: "PUT") }
        let head = HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))
        return withoutText ? [head, .end(nil)] : [head, .body(.byteBuffer(text)), .end(nil)]
    }

    private var text: String {
        // A reply of FTP makes the lines printable.
        FTPReply(.done, lines).lines.joined(separator: "\n") + "\n"
    }
}
