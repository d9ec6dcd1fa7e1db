internal import SourceTree

/// Unpacks one source package behind walls of its own, for `slipway`, and knows nothing else of the service.
@main
enum SlipwayUnpack {
    static func main() {
        ConfinedUnpacking.run(CommandLine.arguments.dropFirst())
    }
}
