internal import ArchiveModel

@testable import MailFormat

/// Mails through GMime. What is read of one is fit to be answered: no header can be forged by it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let mail = try? IncomingMail(parsing: bytes) else { return 0 }
    check(mail.subject.description)
    check(mail.messageID?.description ?? "")
    check(mail.from?.description ?? "")
    for part in mail.signedParts {
        guard case .pgpMime(_, let content) = part else { continue }
        _ = try? SignedContent.text(ofVerifiedPart: content)
    }
    return 0
}

private func check(_ text: String) {
    precondition(text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }, text)
}
