internal import ArgumentParser

@main
struct Slipway: AsyncParsableCommand {
    mutating func run() async throws {}
}
