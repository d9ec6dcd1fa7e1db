internal import FoundationEssentials
internal import Hummingbird
internal import NIOCore

/// Makes responses of page values: HTML by template, JSON by the value itself.
struct PageWriter: Sendable {
    private let templates: PageTemplates

    init() throws { templates = try PageTemplates() }

    enum Form: Sendable { case html, json }

    func response(
        _ page: some Encodable, _ template: PageTemplates.Name, _ form: Form, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        switch form {
        case .html: text(templates.html(template, page), type: "text/html; charset=utf-8", status: status)
        case .json: text(try json(page), type: "application/json", status: status)
        }
    }

    /// What is told changes with every upload: it may be kept, and is asked for again each time.
    func text(
        _ text: String, type: String, status: HTTPResponse.Status = .ok, cacheControl: String = "no-cache"
    ) -> Response {
        Response(
            status: status,
            headers: [.contentType: type, .cacheControl: cacheControl, .vary: "Accept"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private func json(_ page: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(page), as: UTF8.self) + "\n"
    }
}
