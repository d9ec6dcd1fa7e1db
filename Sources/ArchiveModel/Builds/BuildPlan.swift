public import DebianControl

/// One build of a plan; it becomes one row.
public struct PlannedBuild: Hashable, Sendable {
    /// Where it runs: one of the suite's architectures.
    public let architecture: Architecture
    /// It also makes the packages for `all`. At most one build of a plan does, as two would make two files of one name.
    public let buildsAll: Bool

    public init(architecture: Architecture, buildsAll: Bool) {
        self.architecture = architecture
        self.buildsAll = buildsAll
    }
}

/// Which builds a source needs in a suite. Policy 5.6.8 says what the words of its `Architecture` field mean.
public struct BuildPlan: Hashable, Sendable {
    /// In the suite's order. Empty when the suite has no architecture that the source can be built on.
    public let builds: [PlannedBuild]

    /// - Parameters:
    ///   - words: the source's `Architecture` field: names, wildcards, `all`.
    ///   - suite: the architectures of the suite, without `all` and `source`.
    public init(source words: [ArchitectureWildcard], suite: [Architecture]) {
        let machines = suite.filter { !$0.isAll && !$0.isSource }
        let native = machines.filter { Self.buildsNative(words, on: $0) }
        guard Self.buildsAll(words) else {
            builds = native.map { PlannedBuild(architecture: $0, buildsAll: false) }
            return
        }
        // A source with `all` and no machine of the suite is still built once, for its `all` packages.
        let chosen = Self.preferred(native) ?? Self.preferred(machines)
        let places = native.isEmpty ? chosen.map { [$0] } ?? [] : native
        builds = places.map { PlannedBuild(architecture: $0, buildsAll: $0 == chosen) }
    }

    /// What is left to build where packages for these architectures are there already: nothing is built once more.
    public func builds(besides made: Set<Architecture>, source words: [ArchitectureWildcard]) -> [PlannedBuild] {
        builds.compactMap { build in
            if made.contains(build.architecture) { return nil }
            guard build.buildsAll, made.contains(.all) else { return build }
            guard Self.buildsNative(words, on: build.architecture) else { return nil }
            return PlannedBuild(architecture: build.architecture, buildsAll: false)
        }
    }

    /// Whether the source has packages for this machine, besides those for `all`.
    public static func buildsNative(_ words: [ArchitectureWildcard], on architecture: Architecture) -> Bool {
        words.contains { $0.matches(architecture) }
    }

    private static func buildsAll(_ words: [ArchitectureWildcard]) -> Bool {
        words.contains { $0.matches(.all) }
    }

    /// amd64 where there is a choice: the machine itself builds it fastest, and maintainers test `all` packages there.
    private static func preferred(_ machines: [Architecture]) -> Architecture? {
        machines.first { $0.description == "amd64" } ?? machines.first
    }
}
