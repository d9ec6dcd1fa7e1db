internal import Glibc
internal import SystemPackage

extension Folder {
    /// flock(2): while this value lives, nobody else who asks gets the folder. The lock ends with us, however we end.
    ///
    /// - Parameters:
    ///   - waiting: until somebody else lets go of it.
    ///   - shared: with others who ask for it shared.
    /// - Returns: false when somebody else has it.
    public func lock(waiting: Bool, shared: Bool = false) throws(FileFailure) -> Bool {
        do {
            try systemCall("lock", path) { flock(number, (shared ? LOCK_SH : LOCK_EX) | (waiting ? 0 : LOCK_NB)) }
            return true
        } catch  where error.reason == .system(.wouldBlock) {
            return false
        }
    }

    /// Lets go of it before this value ends.
    public func unlock() throws(FileFailure) {
        try systemCall("unlock", path) { flock(number, LOCK_UN) }
    }
}
