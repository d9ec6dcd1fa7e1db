// swift-tools-version: 6.2
import PackageDescription

// The layers of docs/architecture.md, lowest first. A target may use lower layers only; the loop at the end stops
// the build when one does not.
let layers: [[String]] = [
    [
        "DebianControl", "FTPProtocol", "CLinux", "CPerl", "CGPGME", "CLibArchive", "CCrypto", "CCompression", "CGMime",
        "CCurl",
    ],
    ["ArchiveModel", "DurableFiles", "SFTPProtocol", "SSHKeys", "Confinement"],
    ["OpenPGP", "PackageFiles", "SourceTree", "BaseMirror", "Catalog", "MailFormat"],
    ["Gateway", "Intake", "Commands", "Builder", "Publisher", "Mailer", "Web", "Maintenance"],
    ["slipway", "slipway-gateway", "slipway-unpack"],
]

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

func part(_ name: String, uses: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: uses, resources: resources, swiftSettings: strict)
}

func program(_ name: String, uses: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: uses, swiftSettings: strict)
}

func tests(_ name: String, uses: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: uses, exclude: exclude, swiftSettings: strict)
}

func system(_ name: String, pkgConfig: String, apt: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
]
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let configuration: Target.Dependency = .product(name: "Configuration", package: "swift-configuration")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "slipway",
    products: [
        .executable(name: "slipway", targets: ["slipway"]),
        .executable(name: "slipway-gateway", targets: ["slipway-gateway"]),
        .executable(name: "slipway-unpack", targets: ["slipway-unpack"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: [.defaults, "YAML"]),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // Layer 0: bytes in, values out.
        part("DebianControl"),
        part("FTPProtocol"),
        .target(name: "CLinux"),
        .target(name: "CPerl"),
        system("CGPGME", pkgConfig: "gpgme", apt: "libgpgme-dev"),
        system("CLibArchive", pkgConfig: "libarchive", apt: "libarchive-dev"),
        system("CCrypto", pkgConfig: "libcrypto", apt: "libssl-dev"),
        system("CCompression", pkgConfig: "liblzma", apt: "liblzma-dev"),
        system("CGMime", pkgConfig: "gmime-3.0", apt: "libgmime-3.0-dev"),
        system("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),

        // Layer 1: nouns and durable files.
        part("ArchiveModel", uses: ["DebianControl"]),
        part("DurableFiles", uses: ["CLinux", systemPackage]),
        // Bytes in, values out as well: it stands here for the paths and names it shares with FTPProtocol.
        part("SFTPProtocol", uses: ["FTPProtocol"]),
        part("SSHKeys", uses: ["CCrypto"]),
        part("Confinement", uses: ["CLinux", systemPackage]),

        // Layer 2: one outside thing each.
        part("OpenPGP", uses: ["DebianControl", "ArchiveModel", "DurableFiles", "CGPGME", "CCrypto", systemPackage]),
        part(
            "PackageFiles",
            uses: [
                "DebianControl", "ArchiveModel", "DurableFiles", "CLibArchive", "CCrypto", "CCompression",
                systemPackage,
            ]),
        part(
            "SourceTree",
            uses: [
                "DebianControl", "ArchiveModel", "DurableFiles", "Confinement", "CLinux", "CPerl", "CLibArchive",
                systemPackage,
            ]),
        part(
            "BaseMirror", uses: ["DebianControl", "ArchiveModel", "DurableFiles", subprocess, systemPackage]),
        part(
            "Catalog",
            uses: ["DebianControl", "ArchiveModel", "SSHKeys", .product(name: "GRDB", package: "GRDB.swift")]),
        part("MailFormat", uses: ["ArchiveModel", "CGMime"]),

        // Layer 3: stages.
        part(
            "Gateway",
            uses: nio + [
                nioSSL, .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                "FTPProtocol", "SFTPProtocol", "ArchiveModel", "DurableFiles", "Confinement", "CLinux", systemPackage,
                logging, metrics, lifecycle,
            ]),
        part(
            "Intake",
            uses: nio + [
                "DebianControl", "ArchiveModel", "DurableFiles", "OpenPGP", "PackageFiles", "SourceTree", "Catalog",
                "MailFormat", "CLinux",
                systemPackage, logging, metrics, lifecycle,
            ]),
        part("Commands", uses: ["DebianControl", "ArchiveModel", "OpenPGP", "Catalog", logging]),
        part(
            "Builder",
            uses: [
                "DebianControl", "ArchiveModel", "DurableFiles", "OpenPGP", "BaseMirror", "Catalog", logging, lifecycle,
                subprocess, systemPackage,
            ]),
        part(
            "Publisher",
            uses: [
                "DebianControl", "ArchiveModel", "DurableFiles", "OpenPGP", "PackageFiles", "Catalog", logging,
                lifecycle,
                systemPackage,
            ]),
        part(
            "Mailer",
            uses: [
                "DebianControl", "ArchiveModel", "DurableFiles", "Catalog", "MailFormat", "CCurl", mustache, logging,
                lifecycle, subprocess,
                systemPackage, .product(name: "NIOPosix", package: "swift-nio"),
            ],
            resources: [.embedInCode("Templates")]),
        part(
            "Web",
            uses: nio + [
                "DebianControl", "ArchiveModel", "DurableFiles", "Catalog", mustache, logging, lifecycle, systemPackage,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
            ],
            resources: [.embedInCode("Templates")]),
        part(
            "Maintenance",
            uses: [
                "DebianControl", "ArchiveModel", "DurableFiles", "OpenPGP", "PackageFiles", "SourceTree", "BaseMirror",
                "Catalog", logging, lifecycle, systemPackage,
            ]),

        // Layer 4: programs.
        program(
            "slipway",
            uses: [
                "DebianControl", "ArchiveModel", "DurableFiles", "SSHKeys", "OpenPGP", "PackageFiles", "Catalog",
                "MailFormat", "SourceTree", "BaseMirror", "Intake", "Commands", "Builder", "Publisher", "Mailer", "Web",
                "Maintenance", "CLinux",
                arguments, configuration, logging, lifecycle, signals, subprocess,
                systemPackage,
            ]),
        program(
            "slipway-gateway",
            uses: nio + [
                "Gateway", "FTPProtocol", "SFTPProtocol", "ArchiveModel", "DurableFiles", "CLinux", systemPackage,
                arguments,
                logging,
                lifecycle,
            ]),

        program("slipway-unpack", uses: ["SourceTree"]),

        tests(
            "SlipwayTests",
            uses: [
                "slipway", "Commands", "ArchiveModel", "SSHKeys", "Catalog", "DebianControl", "SourceTree", "Intake",
                configuration,
                systemPackage,
            ]),
        tests("DebianControlTests", uses: ["DebianControl"]),
        tests("ArchiveModelTests", uses: ["ArchiveModel", "DebianControl"]),
        tests("FTPProtocolTests", uses: ["FTPProtocol"]),
        tests("SFTPProtocolTests", uses: ["SFTPProtocol", "FTPProtocol"]),
        tests("SSHKeysTests", uses: ["SSHKeys"]),
        tests(
            "GatewayTests",
            uses: nio + [
                "Gateway", "slipway-gateway", "FTPProtocol", "ArchiveModel", "DurableFiles", systemPackage, lifecycle,
                logging, metrics,
                subprocess,
            ]),
        tests("OpenPGPTests", uses: ["OpenPGP", "ArchiveModel", "DurableFiles", systemPackage]),
        tests("MailFormatTests", uses: ["MailFormat", "ArchiveModel"]),
        tests("DurableFilesTests", uses: ["DurableFiles", systemPackage]),
        tests(
            "SourceTreeTests",
            uses: [
                "SourceTree", "slipway-unpack", "ArchiveModel", "DebianControl", "DurableFiles", "PackageFiles",
                systemPackage, subprocess,
            ]),
        tests(
            "BaseMirrorTests",
            uses: [
                "BaseMirror", "Maintenance", "Catalog", "ArchiveModel", "DebianControl", "DurableFiles", subprocess,
                systemPackage,
            ]),
        tests("PackageFilesTests", uses: ["PackageFiles", "DurableFiles", systemPackage]),
        tests(
            "IntakeTests",
            uses: nio + [
                "Intake", "Catalog", "ArchiveModel", "DebianControl", "DurableFiles", "OpenPGP", "PackageFiles",
                "SourceTree", "slipway-unpack", logging, lifecycle,
                systemPackage, subprocess,
            ]),
        tests(
            "PublisherTests",
            uses: [
                "Publisher", "DebianControl", "ArchiveModel", "DurableFiles", "OpenPGP", "PackageFiles", "Catalog",
                logging,
                lifecycle, systemPackage, subprocess,
            ]),
        tests(
            "BuilderTests",
            uses: [
                "Builder", "DebianControl", "ArchiveModel", "DurableFiles", "OpenPGP", "PackageFiles", "Catalog",
                logging,
                lifecycle, systemPackage, subprocess,
            ]),
        tests(
            "CommandsTests",
            uses: ["Commands", "Catalog", "ArchiveModel", "DebianControl", "OpenPGP", systemPackage, subprocess]),
        tests("CatalogTests", uses: ["Catalog", "ArchiveModel", "DebianControl", "SSHKeys"]),
        tests(
            "MaintenanceTests",
            uses: [
                "Maintenance", "Catalog", "ArchiveModel", "DebianControl", "DurableFiles", "OpenPGP", "PackageFiles",
                "SourceTree", "slipway-unpack", subprocess, systemPackage,
            ]),
        tests(
            "MailerTests",
            uses: [
                "Mailer", "ArchiveModel", "DebianControl", "Catalog", "MailFormat", "DurableFiles", logging, lifecycle,
                systemPackage, subprocess,
            ]),
        tests(
            "WebTests",
            uses: [
                "Web", "ArchiveModel", "Catalog", "DebianControl", "DurableFiles", logging, lifecycle, systemPackage,
                subprocess,
            ]),
        // Drives the programs, whose modules it does not need.
        tests("EndToEndTests", uses: [subprocess, systemPackage]),
        tests("KillTests", uses: [subprocess, systemPackage], exclude: ["Scenarios"]),
    ]
)

let layerOf = Dictionary(
    uniqueKeysWithValues: layers.enumerated().flatMap { depth, names in names.map { ($0, depth) } })
for target in package.targets where target.type != .test {
    guard let own = layerOf[target.name] else { fatalError("\(target.name) stands in no layer of Package.swift") }
    for case .byNameItem(let used, _) in target.dependencies {
        guard let below = layerOf[used], below < own else {
            fatalError("\(target.name), layer \(own), may not use \(used): a target uses lower layers only")
        }
    }
}
