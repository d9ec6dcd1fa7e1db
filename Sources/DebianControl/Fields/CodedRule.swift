/// A kind of finding: its code, which programs and translations go by, and the rule behind it. docs/checks.md has them all.
public protocol CodedRule: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == String {
    /// What is checked, as the rule that holds when there is no finding.
    var rule: String { get }
    /// Where the rule is from: a section of Debian Policy, a manual page; `nil` when it is ours.
    var origin: String? { get }
}

extension CodedRule {
    /// Stable, kebab-case; none is ever renamed.
    public var code: String { rawValue }
}
