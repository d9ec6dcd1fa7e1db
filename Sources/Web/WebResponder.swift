internal import ArchiveModel
internal import Catalog
internal import Hummingbird
internal import Logging

/// Answers requests: address → value → response. It only reads, and trusts nothing in a request but its own parsers.
struct WebResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let configuration: WebConfiguration
    let parts: WebParts
    let pages: PageWriter
    let keys: KeyTexts

    init(configuration: WebConfiguration, parts: WebParts) throws {
        self.configuration = configuration
        self.parts = parts
        pages = try PageWriter()
        keys = KeyTexts(lifetime: configuration.keyLifetime, fetch: parts.publicKey)
    }

    func respond(to request: Request, context: Context) async throws -> Response {
        let form = Self.form(of: request)
        var response: Response
        do {
            response = try await answer(request, form)
        } catch {
            context.logger.error(
                "A request failed.", metadata: ["path": "\(request.uri.path)", "error": "\(error)"])
            response = problem(.internalServerError, "The service failed to make this page.", form)
        }
        response.headers.append(contentsOf: Self.securityHeaders)
        return request.method == .head ? response.withoutBody : response
    }

    private func answer(_ request: Request, _ form: PageWriter.Form) async throws -> Response {
        guard request.method == .get || request.method == .head else {
            var response = problem(.methodNotAllowed, "Pages can only be read.", form)
            response.headers[.allow] = "GET, HEAD"
            return response
        }
        guard let target = WebTarget(path: request.uri.path) else { return notFound(form) }
        let wanted: PageWriter.Form = target.isJSON ? .json : form
        let after = request.uri.queryParameters["after"].map(String.init) ?? ""
        let side: WebSide = configuration.addresses.isExternal(host: request.head.authority) ? .external : .own
        return try await response(to: target.address, on: side, FileRequest(request.headers), wanted, after: after)
            ?? notFound(wanted)
    }

    private func response(
        to address: WebAddress, on side: WebSide, _ file: FileRequest, _ form: PageWriter.Form, after: String
    ) async throws -> Response? {
        switch address {
        case .front: try await front(side, form, after: after)
        case .terms: try terms(form)
        case .owner(let name): try await owner(name, form)
        case .uploadLog(let reference): try await uploadLog(of: reference, on: side, form, after: after)
        case .health: try await health(form)
        case .style: pages.text(Self.style, type: "text/css; charset=utf-8", cacheControl: "public, max-age=3600")
        case .archive(let reference): try await archive(reference, on: side, form, after: after)
        case .sources(let reference): try await sources(reference, on: side)
        case .file(let archiveFile): try await serve(archiveFile, on: side, file)
        case .upload(let number): try await upload(number, form)
        case .receipts(let sha256): try await receipts(sha256: sha256, form)
        case .session(let name): try await receipts(session: name, form)
        case .build(let number): try await build(number, form)
        case .log(let number): try await log(ofBuild: number, file)
        }
    }

    private static let style = String(decoding: PackageResources.style_css, as: UTF8.self)

    /// HTML, unless JSON is asked for by name.
    private static func form(of request: Request) -> PageWriter.Form {
        let accepted = request.headers[.accept] ?? ""
        return accepted.contains("application/json") && !accepted.contains("text/html") ? .json : .html
    }

    /// Pages have no script, no form and no picture, and nobody else's page may frame them.
    private static let securityHeaders: HTTPFields = [
        .contentSecurityPolicy:
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        .xContentTypeOptions: "nosniff",
    ]

    func notFound(_ form: PageWriter.Form) -> Response { problem(.notFound, "There is nothing here.", form) }

    func problem(_ status: HTTPResponse.Status, _ sentence: String, _ form: PageWriter.Form) -> Response {
        let page = ProblemPage(host: configuration.host, status: status.code, sentence: sentence)
        return (try? pages.response(page, .problem, form, status: status)) ?? Response(status: status)
    }
}

extension Response {
    /// The answer to HEAD: the same headers, the length included.
    fileprivate var withoutBody: Response {
        Response(
            status: status, headers: headers,
            body: ResponseBody(contentLength: body.contentLength) { writer in try await writer.finish(nil) })
    }
}
