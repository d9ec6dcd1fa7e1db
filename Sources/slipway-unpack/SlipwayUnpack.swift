internal import SourceTree

/// Unpacks source packages for `slipway`, each in a child behind walls of its own, and knows nothing else of the service.
@main
enum SlipwayUnpack {
    static func main() {
        UnpackServer.run(CommandLine.arguments.dropFirst())
    }
}
