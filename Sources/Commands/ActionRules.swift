public import Catalog

/// What an admin lets actions come to: the part of slipway.yaml that they ask.
public struct ActionRules: Sendable {
    public var quotas = QuotaRule()
    public var keys = KeyLimits()
    /// nil where there are no external archives.
    public var external: ExternalRule?
    public var limits = CommandLimits()

    public init() {}
}
