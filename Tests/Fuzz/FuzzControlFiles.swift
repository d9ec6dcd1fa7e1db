@testable import DebianControl

/// One paragraph of what libFuzzer made up; nil where it is none.
func paragraph(_ bytes: some Sequence<UInt8>) -> ControlParagraph? {
    String(validating: Array(bytes), as: UTF8.self).flatMap { try? ControlParagraph(parsing: $0) }
}

/// A listed file as the intake relies on it: no path, no missing SHA-256, no negative size.
func check(_ file: FileEntry) {
    let name = file.name.description
    precondition(!name.contains("/") && !name.hasPrefix(".") && (1...255).contains(name.utf8.count), name)
    precondition(file.size >= 0)
    precondition(file.sha256?.utf8.count == 64)
    for algorithm in DigestAlgorithm.allCases {
        guard let digest = file[algorithm] else { continue }
        precondition(digest.utf8.allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 }, digest)
    }
}
