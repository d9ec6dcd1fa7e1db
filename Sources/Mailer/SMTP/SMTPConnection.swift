internal import ArchiveModel
internal import CCurl
internal import SystemPackage

/// One connection to a mail server, made at the first mail and kept for the next ones.
///
/// libcurl's handle may move between threads as long as one at a time uses it: whoever delivers has taken it out of
/// `SMTPTransport`'s list.
final class SMTPConnection: @unchecked Sendable {
    private let curl: UnsafeMutableRawPointer
    private let server: SMTPServer

    /// - Parameter name: who we are, for EHLO: a host name.
    init(to server: SMTPServer, as name: String) throws(DeliveryFailure) {
        guard Self.isReady, let curl = curl_easy_init() else { throw DeliveryFailure("libcurl cannot be used.") }
        self.curl = curl
        self.server = server
        set(CURLOPT_URL, server.url(greetingAs: name))
        set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        // No environment variable leads the mails elsewhere.
        set(CURLOPT_PROXY, "")
        // Signals would come to some thread of ours.
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_UPLOAD, 1)
        set(CURLOPT_TIMEOUT_MS, Int(server.timeout / .milliseconds(1)))
        secure()
    }

    /// QUIT, and the end.
    deinit { curl_easy_cleanup(curl) }

    private func secure() {
        let use =
            switch server.security {
            case .required, .implicit: CURLUSESSL_ALL
            case .offered: CURLUSESSL_TRY
            case .off: CURLUSESSL_NONE
            }
        set(CURLOPT_USE_SSL, Int(use.rawValue))
        set(CURLOPT_SSL_VERIFYPEER, server.security.provesServer ? 1 : 0)
        set(CURLOPT_SSL_VERIFYHOST, server.security.provesServer ? 2 : 0)
        if let certificates = server.certificates { set(CURLOPT_CAINFO, certificates.string) }
        guard let account = server.account else { return }
        set(CURLOPT_USERNAME, account.user)
        set(CURLOPT_PASSWORD, account.password)
    }

    /// Returns when the server has taken the mail; waits for it, so call it where waiting is allowed.
    func send(_ message: [UInt8], from sender: String, to recipient: String) throws(DeliveryFailure) {
        let exchange = SMTPExchange(message)
        exchange.join(curl)
        defer { exchange.leave(curl) }
        set(CURLOPT_MAIL_FROM, "<\(sender)>")
        _ = slipway_curl_set_size(curl, CURLOPT_INFILESIZE_LARGE, curl_off_t(exchange.size))
        let recipients = curl_slist_append(nil, "<\(recipient)>")
        defer { curl_slist_free_all(recipients) }
        _ = slipway_curl_set_list(curl, CURLOPT_MAIL_RCPT, recipients)
        let outcome = curl_easy_perform(curl)
        guard outcome != CURLE_OK else { return }
        throw DeliveryFailure(sentence(outcome, exchange), isPermanent: Self.isPermanent(outcome, exchange))
    }

    private func sentence(_ outcome: CURLcode, _ exchange: SMTPExchange) -> String {
        let cause = curl_easy_strerror(outcome).map { String(cString: $0) } ?? "error \(outcome.rawValue)"
        let said = exchange.reply.printable
        let answer = exchange.command.isEmpty ? "it greeted" : "it answered \(exchange.command)"
        return "\(server.host), port \(server.port): \(cause)" + (said.isEmpty ? "." : "; \(answer) with \"\(said)\".")
    }

    /// A 5xx to the mail itself. 5xx to a greeting, to TLS or to a login are the settings' or the server's to mend, also
    /// where they come as answer to a mail (530, 534, 535 and 538: RFC 4954, section 6; RFC 3207, section 4).
    private static func isPermanent(_ outcome: CURLcode, _ exchange: SMTPExchange) -> Bool {
        guard ["MAIL", "RCPT", "DATA"].contains(exchange.command), exchange.reply.hasPrefix("5") else { return false }
        return outcome != CURLE_OPERATION_TIMEDOUT && !["530", "534", "535", "538"].contains(exchange.reply.prefix(3))
    }

    private func set(_ option: CURLoption, _ value: String) { _ = slipway_curl_set_text(curl, option, value) }
    private func set(_ option: CURLoption, _ value: Int) { _ = slipway_curl_set_number(curl, option, value) }

    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}
