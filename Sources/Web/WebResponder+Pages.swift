internal import ArchiveModel
internal import Catalog
internal import DurableFiles
internal import Hummingbird
internal import NIOPosix

extension WebResponder {
    func front(_ side: WebSide, _ form: PageWriter.Form, after: String) async throws -> Response {
        let limit = configuration.rowsPerPage
        let archives = try await parts.catalog.archiveSummaries(
            external: side == .external, after: after, limit: limit)
        var page = FrontPage(archives, limit: limit, host: configuration.host)
        page.other = side == .external ? configuration.addresses.url : configuration.addresses.external
        page.isExternal = side == .external
        return try pages.response(page, .front, form)
    }

    func health(_ form: PageWriter.Form) async throws -> Response {
        let backlog = try? await parts.catalog.backlog()
        return try pages.response(
            HealthPage(backlog, host: configuration.host), .health, form,
            status: backlog == nil ? .serviceUnavailable : .ok)
    }

    func archive(
        _ reference: ArchiveReference, on side: WebSide, _ form: PageWriter.Form, after: String
    ) async throws -> Response? {
        guard let archive = try await shown(reference) else { return nil }
        if let elsewhere = elsewhere(archive, from: side, form == .json ? ".json" : "") { return elsewhere }
        let packages = try await parts.catalog.packageSummaries(
            in: archive, after: after, limit: configuration.rowsPerPage)
        let uploads = try await parts.catalog.latestUploads(to: archive, limit: configuration.uploadsShown)
        let page = ArchivePage(
            archive, packages: packages, uploads: uploads, waiting: try await parts.catalog.uploadsInNew(of: archive),
            commands: try await parts.catalog.commands(changing: archive, limit: configuration.uploadsShown),
            relations: try await parts.catalog.relations(of: archive), configuration: configuration)
        return try pages.response(page, .archive, form)
    }

    func sources(_ reference: ArchiveReference, on side: WebSide) async throws -> Response? {
        guard let archive = try await shown(reference) else { return nil }
        if let elsewhere = elsewhere(archive, from: side, ".sources") { return elsewhere }
        let file = try await parts.catalog.sourcesFile(of: archive, addresses: configuration.addresses) {
            try await keys.text($0)
        }
        return pages.text(file.description, type: MediaTypes.text)
    }

    /// The receipt of an upload without a proven signer is no page that can be found by counting.
    func upload(_ number: Int64, _ form: PageWriter.Form) async throws -> Response? {
        guard let upload = try await parts.catalog.upload(number), upload.verdict.outcome != .ignored,
            try await !isWithdrawn(upload.verdict.archive)
        else { return nil }
        return try pages.response(try await page(of: upload), .upload, form)
    }

    func receipts(sha256: String, _ form: PageWriter.Form) async throws -> Response? {
        let uploads = try await parts.catalog.uploads(sha256: sha256, limit: configuration.uploadsShown)
        return try await receipts(uploads, "Receipts of \(sha256)", form)
    }

    func receipts(session: String, _ form: PageWriter.Form) async throws -> Response? {
        let uploads = try await parts.catalog.uploads(session: session, limit: configuration.uploadsShown)
        return try await receipts(uploads, "Session \(session)", form)
    }

    private func receipts(_ uploads: [UploadRecord], _ title: String, _ form: PageWriter.Form) async throws -> Response?
    {
        var shown: [UploadPage] = []
        for upload in uploads where try await !isWithdrawn(upload.verdict.archive) {
            shown.append(try await page(of: upload))
        }
        if shown.isEmpty { return nil }
        return try pages.response(
            ReceiptsPage(host: configuration.host, title: title, uploads: shown), .receipts, form)
    }

    private func page(of upload: UploadRecord) async throws -> UploadPage {
        UploadPage(
            upload, story: try await parts.catalog.story(of: upload), commands: try await commands(of: upload),
            archivePage: try await link(to: upload.verdict.archive), host: configuration.host)
    }

    /// What was taken down or deleted is not to be read by its number, its session or its bytes, either.
    func isWithdrawn(_ reference: ArchiveReference?) async throws -> Bool {
        guard let reference, let archive = try await parts.catalog.archive(reference) else { return false }
        return archive.presence != .shown
    }

    func build(_ number: Int64, _ form: PageWriter.Form) async throws -> Response? {
        guard let build = try await parts.catalog.build(number), try await !isWithdrawn(build.archive) else {
            return nil
        }
        let hasLog = try await open("\(number)/log", in: parts.builds) != nil
        let page = BuildPage(
            build, hasLog: hasLog, archivePage: try await link(to: build.archive), host: configuration.host)
        return try pages.response(page, .build, form)
    }
}
