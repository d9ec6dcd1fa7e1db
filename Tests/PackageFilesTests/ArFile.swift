/// Makes ar archives, also wrong ones, for hostile packages.
struct ArFile {
    struct Part {
        var name: String
        var bytes: [UInt8]
    }

    var parts: [Part]

    private var sizePrefix = ""

    init(_ parts: [(String, [UInt8])], sizePrefix: String = "") {
        self.parts = parts.map { Part(name: $0.0, bytes: $0.1) }
        self.sizePrefix = sizePrefix
    }

    /// Takes a well-formed archive apart.
    init(_ bytes: [UInt8]) {
        parts = []
        var rest = bytes.dropFirst(8)
        while rest.count >= 60 {
            let header = String(decoding: rest.prefix(60), as: UTF8.self).split(separator: " ")
            let size = Int(header[5]) ?? 0
            parts.append(Part(name: String(header[0]), bytes: Array(rest.dropFirst(60).prefix(size))))
            rest = rest.dropFirst(60 + size + size % 2)
        }
    }

    func inserting(_ name: String, at index: Int) -> ArFile {
        var copy = self
        copy.parts.insert(Part(name: name, bytes: Array("odd".utf8)), at: index)
        return copy
    }

    var bytes: [UInt8] {
        Array("!<arch>\n".utf8)
            + parts.flatMap { part in
                Array(header(part).utf8) + part.bytes + (part.bytes.count % 2 == 1 ? [10] : [])
            }
    }

    private func header(_ part: Part) -> String {
        let fields = [
            (part.name, 16), ("0", 12), ("0", 6), ("0", 6), ("100644", 8), ("\(sizePrefix)\(part.bytes.count)", 10),
        ]
        return fields.map { $0 + String(repeating: " ", count: max(0, $1 - $0.utf8.count)) }.joined() + "`\n"
    }
}
