@testable import OpenPGP

/// What passes for one clearsigned block holds one signature, and a text that stays the same when it is made canonical again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    try? SignatureArmor.check(detached: bytes)
    guard let block = try? ClearsignedBlock(checking: bytes) else { return 0 }
    precondition(CanonicalText(of: block.text.bytes) == block.text)
    precondition(lines(of: bytes, that: "-----BEGIN PGP SIGNED MESSAGE-----") == 1)
    precondition(lines(of: bytes, that: "-----END PGP SIGNATURE-----") == 1)
    return 0
}

/// How many lines are this one, blanks at their ends aside.
private func lines(of bytes: [UInt8], that text: StaticString) -> Int {
    var lines = LineCursor(bytes)
    var count = 0
    while let line = lines.next() { count += line.isLine(text) ? 1 : 0 }
    return count
}
