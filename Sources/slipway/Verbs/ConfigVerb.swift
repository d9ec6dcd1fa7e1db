internal import ArgumentParser
internal import SystemPackage

struct ConfigVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "The configuration.", subcommands: [Check.self, Show.self])

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reads the configuration and the suites as serve would, and says what is wrong with which key.")
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let settings = try await common.settings()
            let suites = try SuiteFiles.read(settings.distributions)
            _ = try Parts.letterWriter(settings)
            _ = try settings.external.termsText()
            _ = try Parts.lintianPolicy(settings) { tags in
                print("Warning: the installed lintian has no \(tags.joined(separator: ", ")); they are left out.")
            }
            print("The configuration is good; it describes \(suites.count) suites.")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows what is in force, defaults included.")
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let settings = try await common.settings()
            show("", settings)
        }

        /// The value's own structure is the key path: `gateway.listen`.
        private func show(_ path: String, _ value: Any) {
            let mirror = Mirror(reflecting: value)
            guard mirror.displayStyle == .struct, !(value is any CustomStringConvertible) else {
                print("\(path): \(text(value))")
                return
            }
            for child in mirror.children {
                show(path.isEmpty ? child.label ?? "" : "\(path).\(child.label ?? "")", child.value)
            }
        }

        private func text(_ value: Any) -> String {
            let mirror = Mirror(reflecting: value)
            guard mirror.displayStyle == .optional else { return "\(value)" }
            return mirror.children.first.map { "\($0.value)" } ?? "(none)"
        }
    }
}
