internal import CCurl

/// One mail on its way through libcurl: the bytes it reads, and what the server and it said to each other.
final class SMTPExchange {
    private let message: [UInt8]
    private var sent = 0
    /// The first word of our last command but QUIT: `MAIL`, `RCPT`, `DATA`; empty before any. Never more, as there is a password
    /// in some.
    private(set) var command = ""
    /// The last line of the answer to it.
    private(set) var reply = ""
    private var isOver = false

    /// - Parameter message: with LF line ends; it leaves with CRLF.
    init(_ message: [UInt8]) { self.message = message.withLongLineEnds }

    var size: Int { message.count }

    /// Tells libcurl to ask us, until `leave`.
    func join(_ curl: UnsafeMutableRawPointer) {
        let own = Unmanaged.passUnretained(self).toOpaque()
        _ = slipway_curl_set_read(curl) { buffer, size, count, own in
            guard let buffer, let own else { return 0 }
            return SMTPExchange.at(own).read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
        }
        _ = slipway_curl_set_pointer(curl, CURLOPT_READDATA, own)
        _ = slipway_curl_set_debug(curl) { _, kind, text, count, own in
            guard let text, let own else { return 0 }
            SMTPExchange.at(own).hear(kind, UnsafeRawBufferPointer(start: text, count: count))
            return 0
        }
        _ = slipway_curl_set_pointer(curl, CURLOPT_DEBUGDATA, own)
        _ = slipway_curl_set_number(curl, CURLOPT_VERBOSE, 1)
    }

    /// libcurl says QUIT later on, when there may be nobody here.
    func leave(_ curl: UnsafeMutableRawPointer) {
        _ = slipway_curl_set_number(curl, CURLOPT_VERBOSE, 0)
        _ = slipway_curl_set_pointer(curl, CURLOPT_READDATA, nil)
        _ = slipway_curl_set_pointer(curl, CURLOPT_DEBUGDATA, nil)
    }

    private static func at(_ pointer: UnsafeMutableRawPointer) -> SMTPExchange {
        Unmanaged<SMTPExchange>.fromOpaque(pointer).takeUnretainedValue()
    }

    private func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, message.count - sent)
        buffer.copyBytes(from: message[sent..<sent + count])
        sent += count
        return count
    }

    private func hear(_ kind: curl_infotype, _ text: UnsafeRawBufferPointer) {
        if isOver { return }
        switch kind {
        case CURLINFO_HEADER_OUT:
            let word = Self.line(text).prefix { $0.isLetter }.uppercased()
            isOver = word == "QUIT"
            if !isOver { command = word }
        case CURLINFO_HEADER_IN: reply = Self.line(text)
        default: break
        }
    }

    private static func line(_ text: UnsafeRawBufferPointer) -> String {
        String(decoding: text.prefix { $0 != 0x0D && $0 != 0x0A }, as: UTF8.self)
    }
}

extension [UInt8] {
    /// LF becomes CRLF, as SMTP has it.
    fileprivate var withLongLineEnds: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(count + count / 32)
        for byte in self {
            if byte == 0x0A { result.append(0x0D) }
            result.append(byte)
        }
        return result
    }
}
