extension FTPSession {
    /// Why a client is turned away at the door.
    public enum Refusal: Equatable, Sendable {
        /// As many sessions as there may be in all.
        case full
        case tooManyFromAddress(limit: Int)
        case tooOften(perMinute: Int)
        case banned

        var reply: FTPReply { FTPReply(.closing, sentence) }

        public var sentence: String {
            switch self {
            case .full: "Too many sessions at the moment; try again later."
            case .tooManyFromAddress(let limit):
                "More than \(limit) sessions from your address; finish one first."
            case .tooOften(let perMinute):
                "More than \(perMinute) connections a minute from your address; wait a little."
            case .banned: "Your address is not welcome here; the admin knows why."
            }
        }

        /// One word, for logs and metrics.
        public var word: String {
            switch self {
            case .full: "full"
            case .tooManyFromAddress: "address"
            case .tooOften: "rate"
            case .banned: "banned"
            }
        }
    }

    /// How a session ended.
    public enum Ending: Equatable, Sendable {
        case quit, idle, stopped, flood
        /// No USER in time.
        case neverLoggedIn
        /// It took longer than a session may.
        case tooLong
        case refused(Refusal)

        /// One word, for logs and metrics.
        public var word: String {
            switch self {
            case .quit: "quit"
            case .idle: "idle"
            case .stopped: "stopped"
            case .flood: "flood"
            case .neverLoggedIn: "login"
            case .tooLong: "long"
            case .refused(let refusal): refusal.word
            }
        }

        var reply: FTPReply {
            switch self {
            case .quit: .goodbye
            case .idle: .idle
            case .stopped: .stopping
            case .flood: .tooManyAtOnce
            case .neverLoggedIn: .neverLoggedIn
            case .tooLong: .tooLong
            case .refused(let refusal): refusal.reply
            }
        }
    }
}
