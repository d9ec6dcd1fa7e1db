internal import DurableFiles
internal import Glibc
internal import SystemPackage

@testable import PackageFiles

/// Binary packages through libarchive: whatever it is, it is the package that is wrong and never we, and no path leads out.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    precondition(ftruncate(file, 0) == 0 && pwrite(file, start, count, 0) == count)
    do {
        let deb = try DebFile(
            reading: OwnedDescriptor(taking: FileDescriptor(rawValue: dup(file)), path: "fuzz"), limits: limits)
        for member in deb.controlMembers + (try deb.contents()) { check(member) }
    } catch {
        precondition(error is DebFileMistake, "\(error)")
    }
    return 0
}

/// Without a name, and in memory.
private let file: CInt = {
    let path = "/dev/shm/slipway-fuzz-\(getpid())"
    let file = open(path, O_RDWR | O_CREAT | O_EXCL, 0o600)
    precondition(file >= 0 && unlink(path) == 0)
    return file
}()

/// Small, so that one input costs little; what they refuse is what the large ones refuse.
private let limits: DebLimits = {
    var limits = DebLimits()
    (limits.controlFile, limits.controlArchive, limits.dataArchive) = (64 << 10, 1 << 20, 4 << 20)
    (limits.xzMemory, limits.members) = (16 << 20, 1000)
    return limits
}()

private func check(_ member: DebFile.Member) {
    precondition(!member.path.hasPrefix("/") && !member.path.isEmpty)
    precondition(!member.path.split(separator: "/").contains(".."))
    precondition(member.path.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } && member.size >= 0)
}
