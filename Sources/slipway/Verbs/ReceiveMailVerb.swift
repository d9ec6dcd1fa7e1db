internal import ArgumentParser
internal import DurableFiles
internal import Glibc
internal import SystemPackage

/// Takes one mail from an MTA's pipe. It trusts nothing of it: a report of a mail of ours that came back is written down;
/// of others it stores the bytes where the intake finds them, and says 0 only when they survive a power cut.
struct ReceiveMailVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receive-mail",
        abstract: "Reads one mail with signed commands on standard input; for the MTA's pipe.",
        discussion: "Exits with 75 (EX_TEMPFAIL) when it cannot store the mail, so that the MTA tries again.")
    @OptionGroup var common: CommonOptions
    @Option(help: "Whom the mail was sent to, as the MTA was told; without it the variable RECIPIENT.")
    var recipient: String?

    /// In bytes. A signed command text is a few kilobytes; a mail of megabytes is something else.
    static let sizeLimit = 4 << 20

    func run() async throws {
        let mail = try Self.read()
        do {
            let settings = try await common.settings()
            if try await takesBounce(mail, settings) { return }
            LandingHint.send(try Self.store(mail, settings.state), settings.state)
        } catch {
            throw Refusal(.temporary, "The mail cannot be stored now: \(error)")
        }
    }

    private static func read() throws -> [UInt8] {
        var mail: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = try piece.withUnsafeMutableBytes { try FileDescriptor.standardInput.read(into: $0) }
            guard count > 0 else { return mail }
            mail += piece[..<count]
            guard mail.count <= sizeLimit else {
                throw Refusal(.data, "The mail is larger than \(sizeLimit) bytes; commands are short. It is not taken.")
            }
        }
    }

    /// Written beside `landed`, then moved into it by one rename: before that there is no mail, after it a whole one.
    /// - Returns: the session's name.
    private static func store(_ mail: [UInt8], _ state: StateFolder) throws -> String {
        umask(0o007)
        let name = "mail-\(unixTime())-\(UInt64.random(in: .min ... .max))"
        let folder = state.arriving.appending(name)
        try Durably.makeFolders(folder, permissions: FilePermissions(rawValue: 0o2770))
        try Durably.write(mail, to: folder.appending("message.eml"), permissions: FilePermissions(rawValue: 0o660))
        try Durably.move(folder, to: state.landed.appending(name))
        return name
    }
}
