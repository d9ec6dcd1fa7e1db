extension MistakeKind: CodedRule {
    public var rule: String {
        switch self {
        case .syntax: "The text is one of control paragraphs, in UTF-8, and within the limits."
        case .missingField: "Every mandatory field is there; all that are missing are named at once."
        case .emptyField: "A field that is there has a value."
        case .badValue: "A field's value has the form that its field has."
        case .controlCharacter: "No field has control characters in it."
        case .duplicateWord: "A list has no word twice."
        case .formatOutOfRange: "Format of a .changes is from 1.5 to 2.0."
        case .notOneDistribution: "Distribution is one word."
        case .badAddress: "Maintainer and Changed-By are a name and a mail address."
        case .badRelations: "Relations to other packages can be parsed, and are not empty."
        case .badPackageListLine: "Each line of Package-List has name, type, section and priority."
        case .packageListDisagrees: "Package-List and Binary name the same packages."
        case .badFileLine: "Each line of a list of files has as many words as the field says."
        case .unsafeFileName: "A file's name is a base name of letters, digits and \"_-+~.\", a letter or digit first."
        case .badSize: "A size is a number of bytes."
        case .badDigest: "A digest has as many hexadecimal digits as its algorithm."
        case .duplicateFile: "No file is listed twice."
        case .fileListsDisagree: "Files and each Checksums field list the same files; Checksums-Sha256 is there."
        case .sizesDisagree: "Files and each Checksums field have the same sizes."
        case .digestsDisagree: "Whoever lists a file has the same digest of it."
        case .unknownFileKind: "By its name, each file is one that an upload may have."
        case .sourceWithoutDsc: "Where Architecture has \"source\", there is a .dsc."
        case .dscWithoutSource: "Where there is a .dsc, Architecture has \"source\"."
        case .severalDsc: "There is one .dsc at most."
        case .architectureWithoutDeb: "Each architecture has a package."
        case .debOfUnlistedArchitecture: "Each package is of an architecture that Architecture names."
        case .binaryNotListed: "Each package is one that Binary names, or its debug symbols."
        case .fileNameDisagrees: "A file's name agrees with the fields: package, version without epoch, architecture."
        case .sourceDisagrees: "All files name the same source."
        case .versionDisagrees: "All files have the same version."
        case .fileNotInDsc: "Each source file is one of those that the .dsc lists."
        case .unsupportedSourceFormat: "The source format is 1.0, 3.0 (native) or 3.0 (quilt)."
        case .missingTarball: "The format's tarball is there."
        case .missingDiff: "Format 1.0 with an upstream tarball has a .diff.gz."
        case .missingDebianTarball: "Format 3.0 (quilt) has a .debian.tar."
        case .severalFilesOfOneRole: "There is one file of each role."
        case .fileNotOfThisFormat: "There is no file that the format does not have."
        case .unsupportedCompression: "Tarballs are compressed as their format takes it."
        case .signatureWithoutTarball: "An upstream signature stands beside its tarball."
        case .origWithoutRevision: "A version with an upstream tarball has a Debian revision."
        case .noCommand: "A command file has a command."
        case .badCommand: "Each command of an upload queue is one that dcut knows."
        case .mixedCommandForms: "A command file has actions or commands of an upload queue, not both."
        }
    }

    public var origin: String? {
        switch self {
        case .syntax, .emptyField, .controlCharacter: "Policy 5.1"
        case .missingField: "Policy 5.4, 5.5"
        case .badValue, .duplicateWord: "Policy 5.6"
        case .formatOutOfRange: "Policy 5.6.15"
        case .notOneDistribution: "Policy 5.6.14"
        case .badAddress: "Policy 5.6.2, 5.6.4"
        case .badRelations: "Policy 7.1"
        case .badPackageListLine, .packageListDisagrees, .signatureWithoutTarball, .unsupportedCompression: "dsc(5)"
        case .badFileLine, .badSize, .duplicateFile: "Policy 5.6.21"
        case .badDigest, .fileListsDisagree, .sizesDisagree, .digestsDisagree: "Policy 5.6.24"
        case .unsafeFileName, .fileNameDisagrees: "Policy 5.6"
        case .sourceWithoutDsc, .dscWithoutSource, .severalDsc, .architectureWithoutDeb,
            .debOfUnlistedArchitecture:
            "Policy 5.6.8"
        case .binaryNotListed: "Policy 5.6.19"
        case .sourceDisagrees: "Policy 5.6.1"
        case .versionDisagrees, .origWithoutRevision: "Policy 5.6.12"
        case .unknownFileKind, .fileNotInDsc: nil
        case .unsupportedSourceFormat, .missingTarball, .missingDiff, .missingDebianTarball, .severalFilesOfOneRole,
            .fileNotOfThisFormat:
            "dpkg-source(1), Source package formats"
        case .noCommand, .badCommand, .mixedCommandForms: nil
        }
    }
}
