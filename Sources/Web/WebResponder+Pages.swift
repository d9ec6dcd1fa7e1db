internal import ArchiveModel
internal import Catalog
internal import DurableFiles
internal import Hummingbird
internal import NIOPosix

extension WebResponder {
    func front(_ form: PageWriter.Form, after: String) async throws -> Response {
        let limit = configuration.rowsPerPage
        let archives = try await parts.catalog.archiveSummaries(after: after, limit: limit)
        return try pages.response(FrontPage(archives, limit: limit, host: configuration.host), .front, form)
    }

    func health(_ form: PageWriter.Form) async throws -> Response {
        let backlog = try? await parts.catalog.backlog()
        return try pages.response(
            HealthPage(backlog, host: configuration.host), .health, form,
            status: backlog == nil ? .serviceUnavailable : .ok)
    }

    func archive(_ reference: ArchiveReference, _ form: PageWriter.Form, after: String) async throws -> Response? {
        guard let archive = try await parts.catalog.archive(reference), archive.presence == .shown else { return nil }
        let packages = try await parts.catalog.packageSummaries(
            in: archive, after: after, limit: configuration.rowsPerPage)
        let uploads = try await parts.catalog.latestUploads(to: archive, limit: configuration.uploadsShown)
        let page = ArchivePage(
            archive, packages: packages, uploads: uploads, waiting: try await parts.catalog.uploadsInNew(of: archive),
            configuration: configuration)
        return try pages.response(page, .archive, form)
    }

    func sources(_ reference: ArchiveReference) async throws -> Response? {
        guard let archive = try await parts.catalog.archive(reference), archive.presence == .shown else { return nil }
        let text = SourcesText(
            address: "\(configuration.publicURL)/\(reference)", suites: archive.suites.map(\.name),
            components: try await parts.catalog.components(of: archive),
            armoredKey: try await keys.text(archive.signingKey))
        return pages.text(text.description, type: MediaTypes.text)
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
        if uploads.isEmpty { return nil }
        var shown: [UploadPage] = []
        for upload in uploads { shown.append(try await page(of: upload)) }
        return try pages.response(
            ReceiptsPage(host: configuration.host, title: title, uploads: shown), .receipts, form)
    }

    private func page(of upload: UploadRecord) async throws -> UploadPage {
        UploadPage(upload, story: try await parts.catalog.story(of: upload), host: configuration.host)
    }

    /// What was taken down or deleted is not to be read by its number, either.
    func isWithdrawn(_ reference: ArchiveReference?) async throws -> Bool {
        guard let reference, let archive = try await parts.catalog.archive(reference) else { return false }
        return archive.presence != .shown
    }

    func build(_ number: Int64, _ form: PageWriter.Form) async throws -> Response? {
        guard let build = try await parts.catalog.build(number), try await !isWithdrawn(build.archive) else {
            return nil
        }
        let hasLog = try await open("\(number)/log", in: parts.builds) != nil
        return try pages.response(BuildPage(build, hasLog: hasLog, host: configuration.host), .build, form)
    }
}
