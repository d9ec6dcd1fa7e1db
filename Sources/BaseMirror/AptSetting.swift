public import Subprocess
internal import SystemPackage

/// Settings of the machine's apt that a chroot or an apt of ours needs to reach the same mirror, as options of apt.conf(5).
public enum AptSetting {
    private static let names = [
        "Acquire::Check-Valid-Until", "Acquire::Check-Date", "Acquire::http::Proxy", "Acquire::https::Proxy",
    ]

    public static func ofMachine(environment: [Environment.Key: String]) async throws -> [String] {
        let result = try await Subprocess.run(
            .path("/usr/bin/apt-config"), arguments: Arguments(["dump"] + names),
            environment: .custom(environment), output: .string(limit: 64 << 10), error: .discarded)
        return settings(in: result.standardOutput)
    }

    /// Lines such as `Acquire::Check-Date "false";`. Of a tree, apt-config also shows the empty inner nodes.
    static func settings(in dump: String) -> [String] {
        dump.split(separator: "\n").filter { line in
            names.contains { line.hasPrefix("\($0) \"") } && !line.hasSuffix("\"\";")
        }.map(String.init)
    }
}
