internal import ArchiveModel
internal import Catalog
internal import Hummingbird

/// By which host name somebody asks: that of external archives, or that of everything else.
enum WebSide: Sendable { case own, external }

extension WebResponder {
    /// nil when there is none, or it is not to be seen.
    func shown(_ reference: ArchiveReference) async throws -> Archive? {
        guard let archive = try await parts.catalog.archive(reference), archive.presence == .shown else { return nil }
        return archive.kind != .external || configuration.addresses.external != nil ? archive : nil
    }

    /// The way to the archive's own host name, where it is not this one.
    /// - Parameter suffix: of the address.
    func elsewhere(_ archive: Archive, from side: WebSide, _ suffix: String) -> Response? {
        guard (archive.kind == .external) != (side == .external) else { return nil }
        let address = configuration.addresses.address(of: archive.reference, archive.kind)
        return Response(status: .found, headers: [.location: address + suffix, .cacheControl: "no-cache"])
    }

    /// The archive's page, as a page of the other host name can name it; nil when there is none to be seen.
    func link(to reference: ArchiveReference?) async throws -> String? {
        guard let reference, let archive = try await shown(reference) else { return nil }
        let isExternal = archive.kind == .external
        return isExternal ? configuration.addresses.address(of: reference, archive.kind) : "/\(reference)"
    }

    func terms(_ form: PageWriter.Form) throws -> Response? {
        guard let terms = configuration.terms else { return nil }
        let page = TermsPage(
            host: configuration.host, version: terms.inForce.version, date: terms.inForce.date, text: terms.text)
        return try pages.response(page, .terms, form)
    }

    func uploadLog(
        of reference: ArchiveReference, on side: WebSide, _ form: PageWriter.Form, after: String
    ) async throws -> Response? {
        guard let archive = try await shown(reference), archive.kind == .external else { return nil }
        if let elsewhere = elsewhere(archive, from: side, form == .json ? "/uploads.json" : "/uploads") {
            return elsewhere
        }
        let limit = configuration.rowsPerPage
        let uploads = try await parts.catalog.uploadLog(of: archive, before: Int64(after), limit: limit)
        return try pages.response(
            UploadLogPage(archive, uploads, limit: limit, host: configuration.host), .uploads, form)
    }
}

/// `/terms`: what whoever makes an external archive agrees to.
struct TermsPage: Encodable {
    let host: String
    let version: String
    let date: String
    let text: String
}
