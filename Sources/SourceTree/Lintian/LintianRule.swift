public import DebianControl

/// What lintian, another program, finds; by its own tags.
public enum LintianRule: String, CodedRule {
    case tag = "lintian-tag"
    case beyondLimits = "lintian-beyond-limits"

    public var rule: String {
        switch self {
        case .tag:
            "None of the tags that the admin has chosen is found by lintian. Some are warnings, and most may be overridden."
        case .beyondLimits: "The upload keeps lintian busy within the limit of seconds, and of the bytes that it says."
        }
    }

    public var origin: String? { "lintian(1)" }
}
