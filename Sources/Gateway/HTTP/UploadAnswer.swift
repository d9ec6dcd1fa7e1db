internal import ArchiveModel
internal import FTPProtocol
internal import NIOCore
internal import NIOHTTP1

/// What is answered to a PUT, or to posted commands: a status and a text for a person. dput-ng shows the text of a 409; it goes on after a 403,
/// and dput asks for a password after a 401: neither is said.
struct UploadAnswer: Error, Sendable {
    let status: HTTPResponseStatus
    let lines: [String]
    /// The verdict in one word, where there is one.
    var outcome: String?

    init(_ status: HTTPResponseStatus, _ lines: [String]) {
        self.status = status
        self.lines = lines
    }

    init(_ status: HTTPResponseStatus, _ line: String) {
        self.init(status, [line])
    }

    static let onlyPut = UploadAnswer(
        .methodNotAllowed,
        "This door takes uploads: PUT /~owner/distribution/name/file, the .changes last; and POST /commands.")
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

    /// A text of commands that is refused is no conflict with anything: RFC 9110, 15.5.21.
    var toCommands: UploadAnswer {
        guard status == .conflict else { return self }
        var answer = UploadAnswer(.unprocessableEntity, lines)
        answer.outcome = outcome
        return answer
    }

    /// The whole answer. `isLast` says that the connection ends with it.
    func parts(isLast: Bool, withoutText: Bool = false, asJSON: Bool = false) -> [HTTPServerResponsePart] {
        let json = asJSON ? try? VerdictSocket.line(Shown(outcome: outcome, lines: printable)) : nil
        let text = json.map { ByteBuffer(bytes: $0) } ?? ByteBuffer(string: text)
        var headers: HTTPHeaders = [
            "content-type": json == nil ? "text/plain; charset=utf-8" : "application/json",
            "content-length": String(text.readableBytes),
        ]
        if isLast { headers.add(name: "connection", value: "close") }
        if status == .methodNotAllowed { headers.add(name: "allow", value: "PUT, POST") }
        let head = HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))
        return withoutText ? [head, .end(nil)] : [head, .body(.byteBuffer(text)), .end(nil)]
    }

    /// For programs.
    private struct Shown: Encodable {
        let outcome: String?
        let lines: [String]
    }

    private var text: String { printable.joined(separator: "\n") + "\n" }

    /// A reply of FTP makes the lines printable.
    private var printable: [String] { FTPReply(.done, lines).lines }
}
