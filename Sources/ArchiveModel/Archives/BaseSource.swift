public import DebianControl

/// A source package of the base that a suite is made on, as its mirror's signed index tells.
public struct BaseSource: Sendable, Hashable {
    public let name: PackageName
    public let version: PackageVersion
    public let component: ComponentName
    /// It is kept there only because a package was built with it (`Extra-Source-Only`); nobody installs what it makes.
    public let isExtra: Bool

    public init(_ name: PackageName, _ version: PackageVersion, component: ComponentName, isExtra: Bool = false) {
        self.name = name
        self.version = version
        self.component = component
        self.isExtra = isExtra
    }
}

/// A version of a source, wherever it may be.
public struct SourceVersion: Sendable, Hashable {
    public let name: PackageName
    public let version: PackageVersion

    public init(_ name: PackageName, _ version: PackageVersion) {
        self.name = name
        self.version = version
    }
}
