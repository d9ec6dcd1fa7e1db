@testable import DebianControl

/// What is read of a .dsc are files of safe names with whole digests, all named after the source; an index that has it is
/// one paragraph.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    guard let dsc = try? paragraph(bytes).flatMap(SourceControl.init) else { return 0 }
    dsc.files.forEach(check)
    for file in dsc.files {
        precondition(file.named.package == dsc.source.description && file.named.kind.isSource)
    }
    let entry = FileEntry(name: FileName("a_1.dsc")!, size: 1, md5: "0", sha1: "0", sha256: "0")
    let index = IndexParagraph.source(dsc, dscEntry: entry, directory: "pool", section: "misc", priority: "optional")
    precondition((try? ControlParagraph(parsing: index.serialized()))?.fields.count == index.fields.count)
    return 0
}
