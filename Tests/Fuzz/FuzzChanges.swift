@testable import DebianControl

/// A .changes and, after a zero byte, a .dsc that is held against it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    guard let changes = try? paragraph(parts[0]).flatMap(Changes.init) else { return 0 }
    precondition(changes.distribution.count == 1 && !changes.files.isEmpty)
    changes.files.forEach(check)
    precondition(Set(changes.files.map(\.name)).count == changes.files.count)
    for name in ["a_1_source.changes", "\(changes.source)_\(changes.version.withoutEpoch)_source.changes"] {
        _ = FileName(name).map(changes.mistakes(named:))
    }
    guard parts.count == 2, let dsc = try? paragraph(parts[1]).flatMap(SourceControl.init) else { return 0 }
    _ = changes.mistakes(against: dsc).map(\.description)
    return 0
}
