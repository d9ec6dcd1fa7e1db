/// The stable codes of mistakes; mails, pages and `--json` show them, so none is ever renamed.
public enum MistakeKind: String, Sendable, CaseIterable {
    // Fields
    case syntax = "syntax-error"
    case missingField = "missing-field"
    case emptyField = "empty-field"
    case badValue = "bad-value"
    case controlCharacter = "control-character"
    case duplicateWord = "duplicate-word"
    case formatOutOfRange = "format-out-of-range"
    case notOneDistribution = "not-one-distribution"
    case badAddress = "bad-address"
    case badRelations = "bad-relations"
    case badPackageListLine = "bad-package-list-line"
    case packageListDisagrees = "package-list-disagrees"

    // Lists of files
    case badFileLine = "bad-file-line"
    case unsafeFileName = "unsafe-file-name"
    case badSize = "bad-size"
    case badDigest = "bad-digest"
    case duplicateFile = "duplicate-file"
    case fileListsDisagree = "file-lists-disagree"
    case sizesDisagree = "sizes-disagree"
    case digestsDisagree = "digests-disagree"

    // What a .changes lists
    case unknownFileKind = "unknown-file-kind"
    case sourceWithoutDsc = "source-without-dsc"
    case dscWithoutSource = "dsc-without-source"
    case severalDsc = "several-dsc"
    case architectureWithoutDeb = "architecture-without-deb"
    case debOfUnlistedArchitecture = "deb-of-unlisted-architecture"
    case binaryNotListed = "binary-not-listed"
    case fileNameDisagrees = "file-name-disagrees"
    case sourceDisagrees = "source-disagrees"
    case versionDisagrees = "version-disagrees"
    case fileNotInDsc = "file-not-in-dsc"

    // What a .dsc lists
    case unsupportedSourceFormat = "unsupported-source-format"
    case missingTarball = "missing-tarball"
    case missingDiff = "missing-diff"
    case missingDebianTarball = "missing-debian-tarball"
    case severalFilesOfOneRole = "several-files-of-one-role"
    case fileNotOfThisFormat = "file-not-of-this-format"
    case unsupportedCompression = "unsupported-compression"
    case signatureWithoutTarball = "signature-without-tarball"
    case origWithoutRevision = "orig-without-revision"

    // Commands
    case noCommand = "no-command"
    case badCommand = "bad-command"
    case mixedCommandForms = "mixed-command-forms"
}
