@testable import DebianControl

/// Relations written and read again are the same; what is left of them on one machine has no restrictions any more.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    guard let text = String(validating: bytes, as: UTF8.self), let relations = try? Relations(parsing: text) else {
        return 0
    }
    precondition((try? Relations(parsing: relations.serialized())) == relations)
    let reduced = relations.reduced(for: Architecture("amd64")!, profiles: ["nocheck"])
    for relation in reduced.groups.joined() {
        precondition(relation.architectures.isEmpty && relation.profiles.isEmpty)
    }
    precondition((try? Relations(parsing: reduced.serialized())) == reduced)
    return 0
}
