/// Every line is some command, whatever stands in it; verbs are read in any case.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    var input = FuzzInput(start, count)
    let line = input.all()
    let command = FTPCommand(parsing: line)
    guard line.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
        precondition(command == .unreadable)
        return 0
    }
    let verb = line.prefix { $0 != UInt8(ascii: " ") }
    let lowered = verb.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    precondition(FTPCommand(parsing: lowered + line.dropFirst(verb.count)) == command)
    if case .setModificationTime(let time?, _) = command { precondition(FTPTime(time.description) == time) }
    return 0
}
