internal import ArgumentParser
internal import FTPProtocol
internal import Gateway

/// How much a session may bring: docs/operations.md, "Limits".
struct UploadOptions: ParsableArguments {
    @Option(help: "MiB in a file.")
    var fileSize: Int64 = 8192

    @Option(help: "MiB in a session.")
    var sessionSize: Int64 = 16384

    @Option(help: "Files in a session.")
    var sessionFiles = 5000

    @Option(help: "KiB in a .changes or command file.")
    var textSize: Int64 = 4096

    @Option(help: "Components of an upload path.")
    var pathDepth = VirtualPath.componentLimit

    @Option(help: "Bytes in the name of a file.")
    var nameLength = UploadName.lengthLimit

    @Option(help: "MiB that stay free on the disk: below that nothing is taken.")
    var freeSpace: Int64 = 1024

    func configure(_ configuration: inout GatewayConfiguration) {
        configuration.fileSizeLimit = fileSize << 20
        configuration.sessionSizeLimit = sessionSize << 20
        configuration.sessionFileLimit = sessionFiles
        configuration.textSizeLimit = textSize << 10
        configuration.names.depth = pathDepth
        configuration.names.nameLength = nameLength
        configuration.freeSpaceFloor = freeSpace << 20
    }

    func validate() throws {
        guard [fileSize, sessionSize, textSize, Int64(sessionFiles)].allSatisfy({ (1...(1 << 40)).contains($0) }) else {
            throw ValidationError("Sizes begin with 1.")
        }
        guard (0...(1 << 40)).contains(freeSpace) else { throw ValidationError("--free-space begins with 0.") }
        guard (1...VirtualPath.componentLimit).contains(pathDepth) else {
            throw ValidationError("--path-depth is at most \(VirtualPath.componentLimit): no target is deeper.")
        }
        guard (1...UploadName.lengthLimit).contains(nameLength) else {
            throw ValidationError("--name-length is at most \(UploadName.lengthLimit): no disk takes more.")
        }
    }
}
