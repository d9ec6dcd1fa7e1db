public import SystemPackage

/// The mail server that takes mails for delivery by SMTP (RFC 5321), and how it is spoken to.
public struct SMTPServer: Sendable {
    /// How the connection is kept secret.
    public enum Security: String, Sendable, CaseIterable {
        /// STARTTLS (RFC 3207) with a certificate that is good for the host, or no mail leaves.
        case required
        /// STARTTLS where the server offers it, with whatever certificate: better than nothing, and proves nothing.
        case offered
        /// `off` would be a truth value in YAML.
        case off = "none"
        /// TLS from the first byte on (RFC 8314, section 3.3), with a certificate that is good for the host.
        case implicit

        /// Whoever answers has proven to be the host.
        public var provesServer: Bool { self == .required || self == .implicit }
    }

    /// Who we are to the server (RFC 4954).
    public struct Account: Sendable {
        public let user: String
        public let password: String

        public init(user: String, password: String) {
            self.user = user
            self.password = password
        }
    }

    /// A host name or an IP address.
    public var host: String
    public var port: Int
    public var security = Security.required
    public var account: Account?
    /// A PEM file with the certificates to trust in place of the system's.
    public var certificates: FilePath?
    /// For one mail, connection and greeting included. RFC 5321, section 4.5.3.2, would wait 5 minutes for each answer;
    /// the queue tries again, and a server nearby that is silent for a minute is not well.
    public var timeout = Duration.seconds(60)

    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// - Parameter name: who we are, for EHLO.
    func url(greetingAs name: String) -> String {
        let scheme = security == .implicit ? "smtps" : "smtp"
        let authority = host.contains(":") ? "[\(host)]" : host
        return "\(scheme)://\(authority):\(port)/\(name)"
    }
}
