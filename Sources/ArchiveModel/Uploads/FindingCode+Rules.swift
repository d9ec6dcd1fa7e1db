public import DebianControl

extension FindingCode: CodedRule {
    public var rule: String {
        switch self {
        case .unreadable: "What is to be judged can be read, and is not larger than the limit."
        case .unreadableMail: "A mail can be read, within the limits of size, parts and depth."
        case .automaticMail: "A mail is from a person; programs' mails are not answered."
        case .unsignedMail: "A mail has a signed part."
        case .severalSignedParts: "A mail has one signed part."

        case .signatureSeen: "A signed text acts once."
        case .signatureTooOld: "The signature is younger than the limit."
        case .blockedKey: "The key is not blocked."
        case .blockedPerson, .signerBlocked: "The person is not blocked."
        case .signerUnknown: "The signer is registered here."
        case .noRight: "The signer has the right."
        case .denied: "No admin has said that the source, its version, or what the key signs may not be uploaded."

        case .noSuchTarget: "The path of the upload names an archive, and a suite of it if it names one."
        case .archiveDisabled: "The archive is enabled."
        case .archiveTakesNoUploads: "The archive is one that takes uploads."
        case .unknownSuite: "Distribution names a suite of the archive."
        case .suiteClosed: "The suite is open."
        case .suiteByPath: "The suite of the path is the one of Distribution."
        case .unknownComponent: "The component of the section is one of the suite's."

        case .missingFile: "Each listed file is in the session, in an earlier one, or in the archive."
        case .filesGone: "The files are still there when the verdict is carried out."
        case .tooManyFiles: "A .changes and its .dsc list no more files than the limit."
        case .fileTooLarge: "A file that is read whole is no larger than the limit."
        case .wrongSize: "Each file has the listed size."
        case .wrongDigest: "Each file has every digest that is listed."
        case .fileDiffersFromPublished: "A file name once published in an archive keeps its bytes."
        case .fileDiffersFromPrimary: "A file that the primary archive has, too, is the same there."
        case .quotaExceeded: "The archive has room for it."
        case .quotaNearlyReached: "The archive has room for more after it."

        case .notSourceOnly:
            "People upload sources, which are built here; where the archive takes packages as well, there are some or a source."
        case .overridden: "Section and priority are those that the archive has for the source."
        case .nothingToBuild: "The suite has an architecture that the source can be built for."
        case .versionTaken: "A version is used once in an archive, and stays used."
        case .versionNotNewer:
            "The version is higher than the suite's, and than those of suites that it has to be newer than."
        case .versionNotOlder: "The version is lower than those of suites that its own has to be older than."
        case .ppaVersionNotNewer: "The version is higher than those of the suite of the base that the PPA names."
        case .ppaVersionNotOlder: "The version is lower than those of the suite of the base that the PPA names."
        case .ppaVersionWithoutName: "Where the PPA says so, the version contains the PPA's name."
        case .upstreamSignatureWrong:
            "Upstream's signature of a tarball is by a key that the package ships; that it is not is a warning."
        case .unknownUrgency: "Urgency is a word that there is."
        case .unknownSection: "The section is one that there is."
        case .unknownPriority: "The priority is one that there is."
        case .versionWaits:
            "The version is higher than those of the source that wait in NEW for the suite, and none of them anywhere."

        case .cancelled: "Nobody who may has cancelled the upload while it waited."
        case .notAdmitted: "Who decides about NEW wants the upload that waited."
        case .tooMuchWaits: "What waits, of one signer and of all, is below the limits."

        case .sourceNotHere: "Packages are taken when the suite has their source, or gets it with them."
        case .packagesIncomplete: "What one build makes is uploaded as a whole."

        case .notABuild: "A builder's key signs results of builds only."
        case .buildNotAwaited: "The build is under way."
        case .notTheBuild: "The result is of the source that was to be built."
        case .nothingBuilt: "A build makes packages."
        case .unexpectedArchitecture: "A build's packages are for its machine, or for all when it makes those."
        case .packageTimes: "No file in a package is dated before 1975, or more than a day ahead."
        case .packageSpecialFile: "A package installs neither devices nor pipes."
        case .packageSetID: "A package installs nothing that runs as another user or group."
        case .notPublished: "A package is of a kind that is published."
        case .builtUsingUnknown:
            "The archive or the suite's base has the sources that Built-Using names; that it has not is a warning."

        case .noCommands: "The service takes commands."
        case .otherService: "Archive names this service."
        case .unknownAction: "Action is one of those that there are."
        case .unknownField: "Each field is one of its action's."
        case .tooMuchAtOnce: "A text of commands names and changes no more than the limits say."
        case .noUpload: "The upload is there, and waits."
        case .noArchive: "The archive is there."
        case .noBuild: "The build is there, and as far as the action needs it to be."
        case .noPerson: "The person or team is there."
        case .archiveExists: "The archive is not there yet."
        case .nameTaken: "A PPA is not named like a suite or a distribution."
        case .dayIsOver: "A right is given until a day that is to come."
        case .tooManyArchives: "A person or a team has so many archives and no more."
        case .noDistribution: "The distribution is there."
        case .noSuite: "The suite is there."
        case .noArchitecture: "The suite has the architecture."
        case .contradictsPublished: "What is published in an archive keeps to what is to be said of the archive."
        case .suiteInUse:
            "A suite that an archive loses has nothing that waits, is built or is fetched, or that the owner's other PPAs draw on."
        case .notPossible: "What else has happened meanwhile leaves room for it."

        case .notInSuite: "What is copied is in the suite, or was."
        case .notBuilt: "What is copied with its packages has some."
        case .builtAlready: "A source is built once in an archive."
        case .buildUnderWay: "What is copied is not being built where it is copied to."
        case .baseUnread: "The mirror of the base that something is imported from was read."
        case .newToArchive: "What is new in an archive with NEW is copied by who decides about it."

        case .notAPPA: "An archive with relations to others is a PPA, and so are the others."
        case .relatedToItself: "An archive neither depends on itself nor breaks itself."
        case .otherDistribution: "Archives that have to do with each other are of one distribution."
        case .dependencyCycle: "What an archive depends on does not depend on it."
        case .brokenCombination: "None of the archives that are needed together breaks another."
        case .tooManyRelations: "An archive names, and needs, no more others than the limits."

        case .onlyForAll: "What is rebuilt has packages for some machine: those for all need a new version."
        case .noTransfers: "The suite takes transfers."
        case .nothingNewer: "What is transferred has something that is newer than the suite's."

        case .keyTaken: "A key is registered once, for one person, and stays so when it is blocked."
        case .keyUnusable:
            "A new key is one OpenPGP key that can sign, RSA of 2048 bits or more or of an elliptic curve."
        case .proofWrong:
            "A new key has signed that its owner wants it registered, with the person's name and the service's."
        case .tooManyKeys: "A person has no more keys that act than the limit, and adds no more in a day than another."

        case .noExternalArchives: "The service has external archives."
        case .otherTerms: "The terms of use that are agreed to are those in force."
        case .termsNotAgreed: "Whoever makes an external archive has agreed to the terms of use in force."
        case .externalBarred: "Nobody has been kept from external archives for what they did with them."

        case .moreFindings: "There are no more findings than a person reads."
        }
    }

    public var origin: String? {
        switch self {
        case .wrongSize, .wrongDigest, .missingFile: "Policy 5.6.21, 5.6.24"
        case .unknownSuite: "Policy 5.6.14"
        case .unknownComponent: "Policy 2.2, 2.4"
        case .overridden: "Policy 2.4, 2.5"
        case .packageSpecialFile: "Policy 10.6"
        case .packageSetID: "Policy 10.9"
        case .versionNotNewer: "Policy 5.6.12"
        case .builtUsingUnknown: "Policy 7.8"
        case .upstreamSignatureWrong: "uscan(1)"
        case .unknownUrgency: "Policy 5.6.17"
        case .unknownSection: "Policy 2.4"
        case .unknownPriority: "Policy 2.5"
        default: nil
        }
    }
}
