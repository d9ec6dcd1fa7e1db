/// A whole session: lines in any order, work that ends in any way it can, and what happens to it from outside.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    var input = FuzzInput(start, count)
    var driver = Driver(&input)
    while !input.isOver { driver.step(&input) }
    return 0
}

private struct Driver {
    private var session: FTPSession
    /// What the session wants done; the owner does one thing at a time.
    private var work: FTPSession.Work?
    private var isClosed = false
    /// Commands that count on a reply, with the greeting as one.
    private var commands = 1
    private var replies = 0

    init(_ input: inout FuzzInput) {
        let choice = input.byte()
        session = FTPSession(
            .init(
                service: "x", session: "S1", passiveAddress: choice & 1 == 0 ? IPv4Octets("192.0.2.1") : nil,
                activePeer: choice & 2 == 0 ? NetworkAddress("192.0.2.7") : nil,
                protection: Protection(
                    isOffered: choice & 4 == 0, isRequired: choice & 12 == 0, isEncrypted: choice & 20 == 0)))
        take(session.begin(refusing: choice & 224 == 224 ? .tooOften(perMinute: 3) : nil))
    }

    mutating func step(_ input: inout FuzzInput) {
        let wasClosed = isClosed
        let choice = input.byte()
        switch choice {
        case 0: take(session.idle())
        case 1: take(session.stop())
        case 2: take(session.expire())
        case 3: take(session.loginExpired())
        case 4: session.secured()
        case 5: take(session.inputEnded())
        case 6...40: if let work { finish(work, input.byte()) }
        case 41: receive(.tooLong)
        default: receive(.text(input.line()))
        }
        precondition(!wasClosed || isClosed)
        guard !isClosed, session.protection.control != .handshaking else { return }
        // One final reply to each command, in order.
        precondition(replies + (work == nil ? 0 : 1) + session.waiting.count == commands)
        precondition(work != nil || session.waiting.isEmpty)
    }

    private mutating func receive(_ line: LineFramer.Line) {
        if !isClosed, session.protection.control != .handshaking { commands += 1 }
        take(session.receive(line))
    }

    private mutating func take(_ actions: [FTPSession.Action]) {
        for action in actions {
            precondition(!isClosed || action == .close)
            switch action {
            case .send(let reply):
                check(reply)
                // 150 announces; the final reply is another.
                if reply.code != .opening { replies += 1 }
            case .begin(let next):
                precondition(work == nil)
                work = next
            case .stopReceiving: precondition(work != nil)
            case .startTLS: commands = replies
            case .protectData: break
            case .close: isClosed = true
            }
        }
    }

    private mutating func finish(_ done: FTPSession.Work, _ choice: UInt8) {
        work = nil
        take(session.finish(outcome(of: done, choice)))
    }

    private func outcome(of work: FTPSession.Work, _ choice: UInt8) -> FTPSession.Outcome {
        let failures: [StoreFailure] = [
            .noDataConnection, .cut, .aborted, .fileTooLarge(limit: 1), .sessionFull, .nameTaken, .diskFull,
            .nothingThere(size: 7), .absent, .notEmpty, .failed,
        ]
        let failure = failures[Int(choice) % failures.count]
        let words = ["No.\r\n226 Yes.", "\u{1B}[31m", ""]
        let facts = FileFacts(
            name: "a.dsc", size: Int64(choice), modified: FTPTime(seconds: Int64(choice)), isFolder: choice & 8 == 0)
        return switch work {
        case .ask: .target([.valid, .partial, .refused(words[Int(choice) % 3]), .unknown][Int(choice) % 4])
        case .listen: choice < 200 ? .listening(port: 1025) : .notListening
        case .receive: choice < 128 ? .stored : .notStored(failure)
        case .send: choice < 128 ? .sent : .notSent(failure)
        case .judge: .judged([.taken(words), .refused(words), .failed(words), .later][Int(choice) % 4])
        case .look: [.file(facts), .folder([facts, facts]), .notFound][Int(choice) % 3]
        case .change: choice < 128 ? .changed : .notChanged(failure)
        }
    }
}
