/// Where a control text stops being one.
public struct ControlSyntaxError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Counted from 1 in the text that was parsed: of a signed file, in the text the signature covers.
    public let line: Int
    /// A sentence without the line number.
    public let mistake: String

    public init(line: Int, mistake: String) {
        self.line = line
        self.mistake = mistake
    }

    public var description: String { "line \(line): \(mistake)" }
}
