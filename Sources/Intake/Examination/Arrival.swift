internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import OpenPGP

/// A `.changes` or command file as it was received: nothing of it is proven.
struct ReceivedText: Sendable {
    let session: SessionFolder
    let path: UploadPath
    let bytes: [UInt8]
    let identity: UploadIdentity
    /// When it was first seen, in Unix seconds.
    let received: Int64
    /// What was ordered about it while it waited.
    var orders = UploadOrders()

    /// What the command log says of where it came from.
    var place: CommandPlace {
        CommandPlace(upload: identity, client: session.client)
    }
}

/// A `.changes` signed by a registered person, before its fields are read.
struct Arrival: Sendable {
    let received: ReceivedText
    let text: VerifiedText
    let signer: Person
    /// Whoever is proven to have sent it, by the door it came through; nil when the door proves nothing.
    let sender: OwnerName?
    let destination: Destination
    /// What this signed text was when it acted before; nil when it never did.
    let earlier: SeenSignature?
    let now: Int64
    /// Seconds after which a signature is too old.
    let signatureAge: Int64
    /// By what is known before its files are read.
    var isRefused = false

    var path: UploadPath { received.path }

    /// It acted before, and nobody knows that its signer wants it to act again.
    var isReplay: Bool { earlier != nil && !isSentBySigner }
    var isSentBySigner: Bool { sender == signer.name }
}

/// What the upload path means.
enum Destination: Sendable {
    case archive(ArchiveDestination)
    /// No place to upload to, and why.
    case refused(String)

    var archive: ArchiveDestination? {
        switch self {
        case .archive(let archive): archive
        case .refused: nil
        }
    }
}

struct ArchiveDestination: Sendable {
    let archive: Archive
    /// Named by the path; nil leaves it to the `Distribution` field.
    let forcedSuite: SuiteName?
    /// Days to wait, by the path.
    let delay: Int?
    /// The signer's, with the key that signed.
    let rights: UploadRights
    /// The distribution's primary archive, when this is another one: its files need not be sent.
    let primary: Archive?
    /// The components that sections of the distribution's suites may name.
    let components: [SuiteName: [ComponentName]]
    /// How versions in the distribution's suites stand to those in others.
    var orders: [SuiteName: SuiteOrder] = [:]
    /// Of an external archive: why the signer, or its owner, is kept from all of them.
    var externalBar: ExternalBar?
}
