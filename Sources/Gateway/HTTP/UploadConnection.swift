internal import DurableFiles
internal import FTPProtocol
internal import Logging
internal import NIOCore
internal import NIOHTTP1

/// The requests of one HTTP connection, one after the other. Each PUT is a session of its own, since dput and dput-ng make a
/// connection for each file anyway: its folder is handed over before the answer, and the intake finds the files of an upload
/// by their path.
struct UploadConnection {
    typealias Channel = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>
    typealias Parts = NIOAsyncChannelInboundStream<HTTPServerRequestPart>.AsyncIterator
    typealias Writer = NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>

    /// Bytes that are read and dropped after a refusal: most clients read the answer only when they have sent everything.
    private static let drainLimit = 64 << 20

    let gateway: GatewayParts
    /// Who has the connection.
    let peer: NetworkAddress?
    let isEncrypted: Bool

    /// Returns when the client, or we, have had enough.
    func run(_ channel: Channel) async throws {
        try await channel.executeThenClose { inbound, outbound in
            try await channel.channel.setOption(.autoRead, value: true).get()
            var parts = inbound.makeAsyncIterator()
            let rate = Double(gateway.configuration.commandsPerSecond)
            var pace = TokenBucket(perSecond: rate, burst: rate * 5, at: .now())
            while case .head(let head)? = try await parts.next() {
                let wait = pace.take(at: .now())
                if wait > .zero { try await pause(for: wait) }
                if try await serve(head, &parts, outbound) { return }
            }
        }
    }

    /// Returns whether the connection has to end.
    private func serve(_ head: HTTPRequestHead, _ parts: inout Parts, _ outbound: Writer) async throws -> Bool {
        var body = Body()
        let answer = try await answer(to: head, &parts, &body, outbound)
        // Behind a wish for another protocol, which is overlooked, NIO reads no more requests.
        let isLast = !body.isWhole || !head.isKeepAlive || head.headers.contains(name: "upgrade")
        let asJSON = head.method == .POST && head.headers[canonicalForm: "accept"].contains("application/json")
        let response = (head.method == .POST ? answer.toCommands : answer)
            .parts(isLast: isLast, withoutText: head.method == .HEAD, asJSON: asJSON)
        for part in response { try await outbound.write(part) }
        // A client that waits to be asked for the body does not send it after a refusal.
        if !body.isWhole, body.isAwaited || !head.headers.contains(name: "expect") { try await drain(&parts) }
        return isLast
    }

    /// How far the body of a request is.
    private struct Body {
        /// The client was told to send it.
        var isAwaited = false
        var isWhole = false
    }

    private func answer(
        to head: HTTPRequestHead, _ parts: inout Parts, _ body: inout Body, _ outbound: Writer
    ) async throws -> UploadAnswer {
        let peer = Peer(
            peer, forwarded: head.headers["x-forwarded-for"], trusting: gateway.configuration.trustedProxies)
        let refusal = gateway.enter(peer)
        defer { gateway.leave(peer) }
        do throws(UploadAnswer) {
            if let refusal { throw UploadAnswer(refusal) }
            // A proxy's connection does not leave the admin's own network.
            guard isEncrypted || peer.isBehindProxy || !gateway.configuration.isTLSRequired else { throw .onlyTLS }
            let request = try UploadRequest(head)
            let upload = UploadSession(request.file, gateway, peer: peer, door: isEncrypted ? "https" : "http")
            try await upload.admit(length: request.length)
            return try await receive(upload, request, &parts, &body, outbound)
        } catch {
            return error
        }
    }

    private func receive(
        _ upload: UploadSession, _ request: UploadRequest, _ parts: inout Parts, _ body: inout Body, _ outbound: Writer
    ) async throws(UploadAnswer) -> UploadAnswer {
        do {
            if request.wantsContinue {
                body.isAwaited = true
                try await outbound.write(.head(HTTPResponseHead(version: .http1_1, status: .continue)))
            }
            while let part = try await parts.next() {
                switch part {
                case .body(let piece): try await upload.take(piece)
                case .end:
                    body.isWhole = true
                    return try await upload.finish()
                case .head: break  // not within a request
                }
            }
            throw StoreFailure.cut
        } catch {
            // What else can go wrong is the line.
            let failure: any Error = error is FileFailure || error is StoreFailure ? error : StoreFailure.cut
            await upload.drop(after: failure)
            throw UploadAnswer(StoreFailure(failure))
        }
    }

    private func drain(_ parts: inout Parts) async throws {
        var left = Self.drainLimit
        while left > 0, let part = try await parts.next() {
            switch part {
            case .body(let piece): left -= piece.readableBytes
            case .head: break
            case .end: return
            }
        }
    }
}
