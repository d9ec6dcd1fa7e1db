extension Int64 {
    /// A number of bytes for people, never more than it is: `3.2 GiB`, `512 MiB`, `17 bytes`.
    public var inBytes: String {
        switch self {
        case ..<1024: "\(self) bytes"
        case ..<(1 << 20): "\(self >> 10) KiB"
        case ..<(1 << 30): "\(self >> 20) MiB"
        default: "\(self >> 30).\((self >> 20) % 1024 * 10 / 1024) GiB"
        }
    }
}
