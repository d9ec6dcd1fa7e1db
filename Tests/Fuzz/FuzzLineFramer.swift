/// However the bytes are cut, the lines are the same, and none is over the limit.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    var input = FuzzInput(start, count)
    let limit = Int(input.byte() % 64)
    let cut = Int(input.byte() % 16) + 1
    let bytes = input.all()
    var whole = LineFramer(limit: limit)
    let lines = whole.feed(bytes)
    var framer = LineFramer(limit: limit)
    var pieces: [LineFramer.Line] = []
    var rest = bytes[...]
    while !rest.isEmpty {
        pieces += framer.feed(rest.prefix(cut))
        rest = rest.dropFirst(cut)
    }
    precondition(lines == pieces)
    for case .text(let line) in lines {
        precondition(line.count <= limit && !line.contains(UInt8(ascii: "\n")))
    }
    return 0
}
