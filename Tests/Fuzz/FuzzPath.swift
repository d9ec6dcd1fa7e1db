/// A path never leaves its place, is never longer than its limits, and means itself when it is named again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    var input = FuzzInput(start, count)
    var place = VirtualPath.root
    while !input.isOver {
        guard let text = String(validating: input.line(), as: UTF8.self) else { continue }
        if let entered = try? place.entering(text) {
            check(entered)
            place = entered
        }
        if let file = try? VirtualFile(text, in: place) {
            check(file.path)
            check(file.name)
            precondition((try? VirtualFile(file.description, in: place)) == file)
        }
        _ = Subject(text, in: place)
    }
    return 0
}

private func check(_ path: VirtualPath) {
    precondition(path.components.count <= VirtualPath.componentLimit)
    for component in path.components {
        precondition(component.utf8.count <= VirtualPath.lengthLimit)
        precondition(!component.hasPrefix(".") && !component.isEmpty && !component.contains("/"))
        precondition(component.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
    }
    precondition((try? VirtualPath.root.entering(path.absolute)) == path)
    precondition(path == .root || (try? path.parent.entering(path.components[path.components.count - 1])) == path)
}

private func check(_ name: UploadName) {
    let text = name.description
    precondition((1...255).contains(text.utf8.count) && !text.hasPrefix(".") && !text.contains("/"))
}
