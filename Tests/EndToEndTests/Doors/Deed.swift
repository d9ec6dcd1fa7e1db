import Testing

/// What people do with one action, in words of bash: `$ppa` is an archive for each door, and what else `setup` has set.
struct Deed: Sendable, CustomTestStringConvertible {
    let action: String
    /// Functions of Tests/Fixtures/doors.
    var setup = "own_ppa"
    /// What stands below `Action`.
    let fields: String
    var signer = "alice"
    let refusal: Refusal

    /// The same action, tried before it is done, and refused.
    struct Refusal: Sendable {
        let fields: String
        var signer = "alice"
        let code: String
    }

    var testDescription: String { action }

    static let all = ofPPAs + ofPackages + ofUploads + ofBuilds + ofRights + ofKeys + ofRelations + ofExternals
}
