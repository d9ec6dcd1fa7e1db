/// Where an upload goes: what a path of the gateway means.
public struct UploadTarget: Hashable, Sendable, Codable {
    public let archive: ArchiveReference
    /// The suite named by the path; `nil` leaves it to the `Distribution` field.
    public let suite: SuiteName?
    /// Days that it waits before it is taken, by `…/DELAYED/3-day`; `nil` does not wait.
    public let delay: Int?

    public init(archive: ArchiveReference, suite: SuiteName? = nil, delay: Int? = nil) {
        self.archive = archive
        self.suite = suite
        self.delay = delay
    }
}

/// What the service knows by name when it reads a path: its distributions and their suites.
public struct TargetVocabulary: Sendable, Equatable {
    public var suites: [DistributionName: Set<SuiteName>]
    /// The distribution an empty path and the older `~alice/tools` mean.
    public var standard: DistributionName?

    public init(suites: [DistributionName: Set<SuiteName>], standard: DistributionName?) {
        self.suites = suites
        self.standard = standard
    }
}

extension TargetVocabulary {
    /// A PPA may not be named like a suite or a distribution: the third part of `~alice/debian/x` would mean two things.
    public func isAmbiguous(_ name: ArchiveName) -> Bool {
        suites.contains { distribution, suites in
            distribution.text == name.text || suites.contains { $0.text == name.text }
        }
    }
}

/// What a path means by its form alone; whether the owner and the archive exist is the catalog's to say.
public enum PathMeaning: Equatable, Sendable {
    case target(UploadTarget)
    /// May become a target when more components follow: `~alice` alone.
    case partial
    /// Never a target; the sentence names only what the client typed, and what would have been understood.
    case refused(String)
}

extension TargetVocabulary {
    /// Reads an upload path; the forms are those of docs/upload-life.md, "Targets".
    public func meaning(of path: String) -> PathMeaning {
        let parts = path.split(separator: "/").map(String.init)
        guard let place = parts.firstIndex(of: DelayedPath.folder) else { return undelayed(parts) }
        return DelayedPath.meaning(of: Array(parts[(place + 1)...]), after: undelayed(Array(parts[..<place])))
    }

    private func undelayed(_ parts: [String]) -> PathMeaning {
        guard let first = parts.first else { return emptyPath }
        return first.hasPrefix("~") ? owned(String(first.dropFirst()), Array(parts.dropFirst())) : primary(parts)
    }

    private var emptyPath: PathMeaning {
        guard let standard else { return .partial }
        return .target(UploadTarget(archive: .primary(standard)))
    }

    private func primary(_ parts: [String]) -> PathMeaning {
        guard let distribution = distribution(parts[0]) else {
            return .refused(
                "There is no distribution \"\(parts[0])\"; there is \(list(suites.keys)). A PPA is ~owner/distribution/name."
            )
        }
        guard parts.count > 1 else { return .target(UploadTarget(archive: .primary(distribution))) }
        guard parts.count == 2 else { return tooLong }
        return inSuite(parts[1], of: distribution, archive: .primary(distribution))
    }

    private func owned(_ ownerText: String, _ rest: [String]) -> PathMeaning {
        guard let owner = OwnerName(ownerText) else {
            return .refused(
                "\"~\(ownerText)\" is not the name of a person or team: \(OwnerKind.rule). Is the upload profile filled in?"
            )
        }
        guard let second = rest.first else { return .partial }
        if let distribution = distribution(second) { return current(owner, distribution, Array(rest.dropFirst())) }
        return older(owner, rest)
    }

    /// `~alice/debian`, `~alice/debian/bookworm`, `~alice/debian/tools`, `~alice/debian/tools/bookworm`.
    private func current(_ owner: OwnerName, _ distribution: DistributionName, _ rest: [String]) -> PathMeaning {
        func archive(_ name: ArchiveName) -> ArchiveReference { .owned(by: owner, of: distribution, named: name) }
        guard let third = rest.first else { return .target(UploadTarget(archive: archive(.defaultPPA))) }
        if let suite = SuiteName(third), suites[distribution]?.contains(suite) == true {
            return rest.count == 1 ? .target(UploadTarget(archive: archive(.defaultPPA), suite: suite)) : tooLong
        }
        guard let name = ArchiveName(third) else { return notAnArchiveName(third) }
        guard rest.count > 1 else { return .target(UploadTarget(archive: archive(name))) }
        guard rest.count == 2 else { return tooLong }
        return inSuite(rest[1], of: distribution, archive: archive(name))
    }

    /// `~alice/tools`, `~alice/tools/debian`, `~alice/tools/debian/bookworm`, which some dput.cf still carry.
    private func older(_ owner: OwnerName, _ rest: [String]) -> PathMeaning {
        guard let name = ArchiveName(rest[0]) else { return notAnArchiveName(rest[0]) }
        guard rest.count > 1 else {
            guard let standard else { return .partial }
            return .target(UploadTarget(archive: .owned(by: owner, of: standard, named: name)))
        }
        guard let distribution = distribution(rest[1]) else {
            return .refused(
                "Neither \"\(rest[0])\" nor \"\(rest[1])\" is a distribution; there is \(list(suites.keys)).")
        }
        let archive = ArchiveReference.owned(by: owner, of: distribution, named: name)
        guard rest.count > 2 else { return .target(UploadTarget(archive: archive)) }
        return rest.count == 3 ? inSuite(rest[2], of: distribution, archive: archive) : tooLong
    }

    private func inSuite(_ text: String, of distribution: DistributionName, archive: ArchiveReference) -> PathMeaning {
        guard let suite = SuiteName(text), let known = suites[distribution], known.contains(suite) else {
            return .refused("\(distribution) has no suite \"\(text)\"; it has \(list(suites[distribution] ?? [])).")
        }
        return .target(UploadTarget(archive: archive, suite: suite))
    }

    private func distribution(_ text: String) -> DistributionName? {
        DistributionName(text).flatMap { suites[$0] == nil ? nil : $0 }
    }

    private func notAnArchiveName(_ text: String) -> PathMeaning {
        .refused("\"\(text)\" is not the name of an archive: \(ArchiveNameKind.rule).")
    }

    private var tooLong: PathMeaning {
        .refused("The path has too many parts; ~owner/distribution/name/suite is the longest form.")
    }

    private func list<Kind>(_ names: some Collection<Name<Kind>>) -> String {
        names.isEmpty ? "none yet" : names.sorted().map(\.text).joined(separator: ", ")
    }
}
