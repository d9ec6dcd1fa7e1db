import Testing

/// Real programs against a real instance. One after the other: the tests share an instance, and each has the machine to
/// itself, as verdicts are expected within the seconds a client waits.
@Suite(.serialized, .timeLimit(.minutes(10))) enum EndToEnd {
    @Suite(.serialized, .instance) enum OneInstance {}
}
