internal import Glibc

extension Connection {
    /// Unix seconds.
    var clock: Int64 { Int64(time(nil)) }
}
