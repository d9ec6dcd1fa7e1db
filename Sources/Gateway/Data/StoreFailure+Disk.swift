internal import DurableFiles
internal import FTPProtocol
internal import SystemPackage

extension StoreFailure {
    /// What a client is told when the disk refused.
    init(_ error: any Error) {
        switch error {
        case let failure as StoreFailure: self = failure
        case let failure as FileFailure: self = failure.reason.storeFailure
        default: self = .failed
        }
    }
}

extension FileFailure.Reason {
    fileprivate var storeFailure: StoreFailure {
        switch self {
        case .system(.noSpace), .system(.diskQuotaExceeded): .diskFull
        // A file cannot take the name of a folder above it either: ENOTEMPTY.
        case .system(.fileExists), .system(.notDirectory), .system(.isDirectory), .system(.directoryNotEmpty):
            .nameTaken
        default: .failed
        }
    }
}
