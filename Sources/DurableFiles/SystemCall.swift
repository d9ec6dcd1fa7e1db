internal import Glibc
internal import SystemPackage

/// Makes a system call until no signal interrupts it, and turns -1 into a failure with `errno` in it.
@discardableResult
func systemCall<Result: SignedInteger>(
    _ operation: @autoclosure () -> String, _ path: @autoclosure () -> FilePath, _ call: () -> Result
) throws(FileFailure) -> Result {
    while true {
        let result = call()
        if result >= 0 { return result }
        let cause = Errno(rawValue: errno)
        guard cause == .interrupted else { throw FileFailure(operation(), path(), .system(cause)) }
    }
}

/// The current time, in whole seconds since 1970.
public func secondsSince1970() -> Int64 {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Int64(now.tv_sec)
}

/// Sixteen random hexadecimal digits, for names that nothing else has. From getrandom(2), so it works in an empty
/// chroot.
func randomName() -> String {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}
