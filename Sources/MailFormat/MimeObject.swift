internal import CGMime

/// One reference to a GObject of GMime, given back at the end.
///
/// C is called with `raw` from methods only: while one runs, `self` and with it the object lives.
class MimeObject {
    let raw: UnsafeMutableRawPointer

    /// Takes over the caller's reference.
    init(taking raw: UnsafeMutableRawPointer) { self.raw = raw }

    /// Adds a reference to what somebody else owns.
    init(sharing raw: UnsafeMutableRawPointer) { self.raw = g_object_ref(raw) }

    deinit { g_object_unref(raw) }

    /// GMime must be told once that it is going to be used.
    static let isReady: Bool = {
        g_mime_init()
        return true
    }()

    func isKind(of type: GType) -> Bool {
        g_type_check_instance_is_a(raw.assumingMemoryBound(to: GTypeInstance.self), type) != 0
    }

    var hasOwnHeaders: Bool {
        let headers = g_mime_object_get_header_list(raw.assumingMemoryBound(to: GMimeObject.self))
        return g_mime_header_list_get_count(headers) > 0
    }

    func header(_ name: String) -> String? {
        g_mime_object_get_header(raw.assumingMemoryBound(to: GMimeObject.self), name).map { String(cString: $0) }
    }

    /// `text/plain` in lower case.
    var contentType: String {
        guard let type = g_mime_object_get_content_type(raw.assumingMemoryBound(to: GMimeObject.self)),
            let text = g_mime_content_type_get_mime_type(type)
        else { return "" }
        defer { g_free(text) }
        return String(cString: text).lowercased()
    }

    func contentTypeParameter(_ name: String) -> String? {
        let object = raw.assumingMemoryBound(to: GMimeObject.self)
        return g_mime_object_get_content_type_parameter(object, name).map { String(cString: $0) }
    }
}
