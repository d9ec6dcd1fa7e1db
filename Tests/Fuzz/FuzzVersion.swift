@testable import DebianControl

/// Two lines are two versions: their order is that of Policy 5.6.12, told here by its own words and not by sort keys.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    var input = FuzzInput(start, count)
    let versions = (0..<2).compactMap { _ in
        String(validating: input.line(), as: UTF8.self).flatMap { PackageVersion($0) }
    }
    guard versions.count == 2 else { return 0 }
    let order = order(versions[0], versions[1])
    precondition((versions[0] < versions[1]) == (order < 0))
    precondition((versions[0] == versions[1]) == (order == 0))
    precondition((versions[1] < versions[0]) == (order > 0))
    return 0
}

private func order(_ a: PackageVersion, _ b: PackageVersion) -> Int {
    if a.epoch != b.epoch { return a.epoch < b.epoch ? -1 : 1 }
    let upstream = order(Array(a.upstream.utf8), Array(b.upstream.utf8))
    return upstream != 0 ? upstream : order(Array((a.revision ?? "").utf8), Array((b.revision ?? "").utf8))
}

/// A run of other characters and a number, in turn.
private func order(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var (a, b) = (a[...], b[...])
    while !a.isEmpty || !b.isEmpty {
        while a.first.map({ !isDigit($0) }) ?? false || b.first.map({ !isDigit($0) }) ?? false {
            let (left, right) = (weight(a.first), weight(b.first))
            if left != right { return left - right }
            (a, b) = (a.dropFirst(), b.dropFirst())
        }
        let left = Array(a.prefix(while: isDigit).drop { $0 == 0x30 })
        let right = Array(b.prefix(while: isDigit).drop { $0 == 0x30 })
        (a, b) = (a.drop(while: isDigit), b.drop(while: isDigit))
        if left.count != right.count { return left.count - right.count }
        if left != right { return left.lexicographicallyPrecedes(right) ? -1 : 1 }
    }
    return 0
}

private func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }

/// A tilde sorts before the end of a run, and letters before all else.
private func weight(_ byte: UInt8?) -> Int {
    guard let byte, !isDigit(byte) else { return 0 }
    if byte == UInt8(ascii: "~") { return -1 }
    let isLetter = 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
    return isLetter ? Int(byte) : Int(byte) + 256
}
