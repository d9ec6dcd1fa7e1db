internal import Glibc

/// The machine's log, by syslog(3): standard error of an SFTP session is the client's terminal.
enum SystemLog {
    /// Connects now, while the log's socket can still be reached.
    static func open() {
        // The C library keeps the pointer.
        openlog(strdup("slipway-sftp"), LOG_PID | LOG_NDELAY, LOG_DAEMON)
    }

    static func write(_ line: String) {
        line.withCString { text in withVaList([text]) { vsyslog(LOG_INFO, "%s", $0) } }
    }
}
