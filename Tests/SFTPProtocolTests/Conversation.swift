internal import FTPProtocol
internal import Testing

@testable internal import SFTPProtocol

/// A session and those around it: the client's packets go in, and what is said and done comes out as lines.
struct Conversation {
    var session = SFTPSession(
        session: "s1", limits: .init(fileSize: 1000, textSize: 100, sessionSize: 1500, sessionFiles: 4))
    var targets: [String: TargetAnswer] = ["~alice/debian": .valid, "~alice": .partial, "": .partial]
    var judgement = Judgement.taken(["Accepted."])
    /// How writes to the disk end.
    var disk = SFTPSession.Outcome.served(.done)

    /// Everything that one packet leads to.
    mutating func send(_ bytes: [UInt8]) -> [String] {
        var lines: [String] = []
        var actions = session.receive(bytes)
        while !actions.isEmpty {
            let action = actions.removeFirst()
            lines.append(Self.text(action))
            if case .begin(let work) = action { actions += session.finish(outcome(of: work)) }
        }
        return lines
    }

    private func outcome(of work: SFTPSession.Work) -> SFTPSession.Outcome {
        switch work {
        case .ask(let path): .target(targets[path.description] ?? .refused("No such target."))
        case .serve(.create(let part)): .served(.handle(Array("server:\(part)".utf8)))
        case .serve(.write), .serve(.truncate): disk
        case .serve: .served(.done)
        case .keep, .discard, .remove, .move: .done
        case .judge: .judged(judgement)
        }
    }

    private static func text(_ action: SFTPSession.Action) -> String {
        switch action {
        case .send(.status(let number, let code, let text)): "\(number) \(code) \(text)"
        case .send(.handle(let number, let handle)): "\(number) handle \(String(decoding: handle, as: UTF8.self))"
        case .send(.attributes(let number, let entry)): "\(number) \(entry.size.map { "file of \($0)" } ?? "folder")"
        case .send(.names(let number, let entries)): "\(number) names \(entries.map(\.name).joined(separator: " "))"
        case .send(.version): "version"
        case .tell(let lines): "tell \(lines.joined(separator: "|"))"
        case .begin(.ask(let path)): "ask \(path)"
        case .begin(.serve(let request)): "serve \(text(request))"
        case .begin(.keep(let part, let place)): "keep \(part) as \(place.path)/\(place.name)"
        case .begin(.discard(let part)): "discard \(part)"
        case .begin(.remove(let place)): "remove \(place.path)/\(place.name)"
        case .begin(.move(let from, let to)): "move \(from.path)/\(from.name) to \(to.path)/\(to.name)"
        case .begin(.judge(let place)): "judge \(place.path)/\(place.name)"
        case .count(let refusal): "count \(refusal.word)"
        case .end: "end"
        }
    }

    private static func text(_ request: FileServerRequest) -> String {
        switch request {
        case .initialize: "initialize"
        case .create(let part): "create \(part)"
        case .write(_, let offset, let data): "write \(data.count) at \(offset)"
        case .truncate(_, let size): "truncate \(size)"
        case .close: "close"
        }
    }
}

/// Packets as clients send them, without their length.
enum Packet {
    static let initialize: [UInt8] = [1, 0, 0, 0, 3]

    static func text(_ type: UInt8, _ number: UInt8, _ texts: String..., tail: [UInt8] = []) -> [UInt8] {
        [type, 0, 0, 0, number] + texts.flatMap { [0, 0, 0, UInt8($0.utf8.count)] + Array($0.utf8) } + tail
    }

    /// WRITE, CREAT and TRUNC, as paramiko has it.
    static func open(_ number: UInt8, _ path: String, flags: UInt8 = 0x1a) -> [UInt8] {
        text(3, number, path, tail: [0, 0, 0, flags, 0, 0, 0, 0])
    }

    static func write(_ number: UInt8, _ handle: String, at offset: Int, _ count: Int) -> [UInt8] {
        let (offset, size) = (UInt32(offset), UInt32(count))
        func bytes(_ number: UInt32) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } }
        return text(
            6, number, handle, tail: [0, 0, 0, 0] + bytes(offset) + bytes(size) + [UInt8](repeating: 7, count: count))
    }

    static func close(_ number: UInt8, _ handle: String) -> [UInt8] { text(4, number, handle) }

    static func setSize(_ number: UInt8, _ handle: String, _ size: UInt8) -> [UInt8] {
        text(10, number, handle, tail: [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, size])
    }
}
