internal import Catalog
internal import DurableFiles
internal import Hummingbird
internal import NIOPosix
internal import SystemPackage

extension WebResponder {
    /// A file as apt wants it. The tree is the truth here, not the catalog: what the publisher put there can be had,
    /// also while the catalog cannot be read.
    func serve(_ file: ArchiveFile, on side: WebSide, _ request: FileRequest) async throws -> Response? {
        let tree = side == .external ? parts.external : parts.archives
        guard let opened = try await open(file.path, in: tree) else { return nil }
        return response(
            opened, request, type: MediaTypes.type(ofFile: file.components.last ?? ""),
            cacheControl: file.isImmutable ? Self.forEver : Self.askEachTime)
    }

    /// A log grows while its build runs, so it is asked for each time; a range fetches what is new.
    func log(ofBuild number: Int64, _ request: FileRequest) async throws -> Response? {
        guard try await !isWithdrawn(parts.catalog.build(number)?.archive),
            let opened = try await open("\(number)/log", in: parts.builds)
        else { return nil }
        return response(opened, request, type: MediaTypes.text, cacheControl: Self.askEachTime)
    }

    private static let forEver = "public, max-age=31536000, immutable"
    private static let askEachTime = "no-cache"

    func open(_ path: String, in folder: FilePath) async throws -> ServedFile? {
        let now = parts.now
        return try await NIOThreadPool.singleton.runIfActive { try ServedFile.open(path, in: folder, now: now()) }
    }

    private func response(
        _ file: ServedFile, _ request: FileRequest, type: String, cacheControl: String
    ) -> Response {
        let size = file.validators.size
        var headers: HTTPFields = [
            .eTag: file.validators.tag, .lastModified: file.validators.told.description,
            .cacheControl: cacheControl, .acceptRanges: "bytes",
        ]
        switch request.answer(for: file.validators) {
        case .notModified:
            return Response(
                status: .notModified, headers: headers, body: ResponseBody(contentLength: nil, Self.nothing))
        case .unsatisfiable:
            headers[.contentRange] = "bytes */\(size)"
            return Response(status: .rangeNotSatisfiable, headers: headers)
        case .whole:
            headers[.contentType] = type
            return Response(status: .ok, headers: headers, body: Self.body(file, 0..<size))
        case .part(let range):
            headers[.contentType] = type
            headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
            return Response(status: .partialContent, headers: headers, body: Self.body(file, range))
        }
    }

    @Sendable private static func nothing(_ writer: inout any ResponseBodyWriter) async throws {
        try await writer.finish(nil)
    }

    private static func body(_ file: ServedFile, _ range: Range<Int64>) -> ResponseBody {
        ResponseBody(contentLength: Int(range.upperBound - range.lowerBound)) { writer in
            try await file.forEachPiece(of: range) { try await writer.write($0) }
            try await writer.finish(nil)
        }
    }
}
