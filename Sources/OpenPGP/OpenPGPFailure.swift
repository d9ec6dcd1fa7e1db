/// Our own trouble with OpenPGP: gpg is missing, a home cannot be read or written, the agent does not start.
///
/// Never the sender's fault; what was being judged is kept and judged again later.
public struct OpenPGPFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// What was being done, as the object of "cannot": `list the keys of /var/lib/slipway/keyring`.
    public let operation: String
    public let cause: String

    public var description: String { "Cannot \(operation): \(cause)." }
}
