/// What the archive itself may find wrong with an upload, a build's result, a command or a mail. What can be wrong with the
/// form of a file has its codes beside its reader: `MistakeKind`, and others of the kind.
public enum FindingCode: String, Sendable, CaseIterable {
    // The message
    case unreadable
    case unreadableMail = "unreadable-mail"
    case automaticMail = "automatic-mail"
    case unsignedMail = "unsigned-mail"
    case severalSignedParts = "several-signed-parts"

    // Signatures and rights
    case signatureSeen = "signature-seen"
    case signatureTooOld = "signature-too-old"
    case blockedKey = "blocked-key"
    case blockedPerson = "blocked-person"
    case signerBlocked = "signer-blocked"
    case signerUnknown = "signer-unknown"
    case noRight = "no-right"
    case denied

    // Where an upload may go
    case noSuchTarget = "no-such-target"
    case archiveDisabled = "archive-disabled"
    case archiveTakesNoUploads = "archive-takes-no-uploads"
    case unknownSuite = "unknown-suite"
    case suiteClosed = "suite-closed"
    case suiteByPath = "suite-by-path"
    case unknownComponent = "unknown-component"

    // Files
    case missingFile = "missing-file"
    case filesGone = "files-gone"
    case tooManyFiles = "too-many-files"
    case fileTooLarge = "file-too-large"
    case wrongSize = "wrong-size"
    case wrongDigest = "wrong-digest"
    case fileDiffersFromPublished = "file-differs-from-published"
    case fileDiffersFromPrimary = "file-differs-from-primary"
    case quotaExceeded = "quota-exceeded"
    case quotaNearlyReached = "quota-nearly-reached"

    // Sources
    case notSourceOnly = "not-source-only"
    case overridden
    case nothingToBuild = "nothing-to-build"
    case versionTaken = "version-taken"
    case versionNotNewer = "version-not-newer"
    case versionNotOlder = "version-not-older"
    case ppaVersionNotNewer = "ppa-version-not-newer"
    case ppaVersionNotOlder = "ppa-version-not-older"
    case ppaVersionWithoutName = "ppa-version-without-name"
    case upstreamSignatureWrong = "upstream-signature-wrong"
    case unknownUrgency = "unknown-urgency"
    case unknownSection = "unknown-section"
    case unknownPriority = "unknown-priority"
    case versionWaits = "version-waits"

    // Uploads that wait
    case cancelled
    case notAdmitted = "not-admitted"
    case tooMuchWaits = "too-much-waits"

    // Packages that people upload
    case sourceNotHere = "source-not-here"
    case packagesIncomplete = "packages-incomplete"

    // Results of builds
    case notABuild = "not-a-build"
    case buildNotAwaited = "build-not-awaited"
    case notTheBuild = "not-the-build"
    case nothingBuilt = "nothing-built"
    case unexpectedArchitecture = "unexpected-architecture"
    case packageTimes = "deb-time-out-of-range"
    case packageSpecialFile = "deb-special-file"
    case packageSetID = "deb-set-id"
    case notPublished = "not-published"
    case builtUsingUnknown = "built-using-unknown"

    // Commands
    case noCommands = "no-commands"
    case otherService = "other-service"
    case unknownAction = "unknown-action"
    case unknownField = "unknown-field"
    case tooMuchAtOnce = "too-much-at-once"
    case noUpload = "no-upload"
    case noArchive = "no-archive"
    case noBuild = "no-build"
    case noPerson = "no-person"
    case archiveExists = "archive-exists"
    case nameTaken = "name-taken"
    case tooManyArchives = "too-many-archives"
    case dayIsOver = "day-is-over"
    case noDistribution = "no-distribution"
    case noSuite = "no-suite"
    case noArchitecture = "no-architecture"
    case contradictsPublished = "contradicts-published"
    case suiteInUse = "suite-in-use"
    case notPossible = "not-possible"

    // Copies
    case notInSuite = "not-in-suite"
    case notBuilt = "not-built"
    case builtAlready = "built-already"
    case buildUnderWay = "build-under-way"
    case newToArchive = "new-to-archive"
    case baseUnread = "base-unread"

    // Relations between archives
    case notAPPA = "not-a-ppa"
    case relatedToItself = "related-to-itself"
    case otherDistribution = "other-distribution"
    case dependencyCycle = "dependency-cycle"
    case brokenCombination = "broken-combination"
    case tooManyRelations = "too-many-relations"

    // Rebuilds and transfers
    case onlyForAll = "only-for-all"
    case noTransfers = "no-transfers"
    case nothingNewer = "nothing-newer"

    // Keys of people
    case keyTaken = "key-taken"
    case keyUnusable = "key-unusable"
    case proofWrong = "proof-wrong"
    case tooManyKeys = "too-many-keys"

    // External archives
    case noExternalArchives = "no-external-archives"
    case otherTerms = "other-terms"
    case termsNotAgreed = "terms-not-agreed"
    case externalBarred = "external-barred"

    case moreFindings = "more-findings"
}
