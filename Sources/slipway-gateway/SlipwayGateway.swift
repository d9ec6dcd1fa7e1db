internal import ArgumentParser

@main
struct SlipwayGateway: AsyncParsableCommand {
    mutating func run() async throws {}
}
