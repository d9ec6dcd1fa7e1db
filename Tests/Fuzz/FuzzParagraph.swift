@testable import DebianControl

/// Whatever paragraphs are read, written and read again they are the same: no value reaches out of its field.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    guard let text = String(validating: bytes, as: UTF8.self),
        let paragraphs = try? ControlParagraph.paragraphs(in: text)
    else { return 0 }
    for paragraph in paragraphs {
        precondition(!paragraph.fields.isEmpty)
        precondition(paragraph.fields.allSatisfy { ControlParagraph.isFieldName($0.name) && $0.line > 0 })
        let again = try? ControlParagraph(parsing: paragraph.serialized())
        precondition(again?.fields.map(\.name) == paragraph.fields.map(\.name))
        precondition(again?.fields.map(\.value) == paragraph.fields.map(\.value))
    }
    _ = try? CommandFile(parsing: text)
    return 0
}
