internal import SystemPackage

/// The places below the state folder: docs/architecture.md, "On disk".
struct StateFolder: Sendable {
    let root: FilePath

    var jail: FilePath { root.appending("jail") }
    var incoming: FilePath { jail.appending("incoming") }
    var landed: FilePath { jail.appending("landed") }
    /// Mails on their way into `landed`.
    var arriving: FilePath { jail.appending("arriving") }
    /// Certificate and key of FTPS.
    var tls: FilePath { jail.appending("tls") }
    var bans: FilePath { jail.appending("bans") }
    var metrics: FilePath { jail.appending("metrics") }
    var held: FilePath { root.appending("held") }
    var files: FilePath { root.appending("files") }
    var archives: FilePath { root.appending("archives") }
    /// The same of external archives.
    var external: FilePath { root.appending("external") }
    var keyring: FilePath { root.appending("keyring") }
    var keys: FilePath { root.appending("keys") }
    var builds: FilePath { root.appending("builds") }
    var chroots: FilePath { root.appending("chroots") }
    var mail: FilePath { root.appending("mail") }
    /// What an apt of ours knows of the suites' bases.
    var bases: FilePath { root.appending("bases") }
    /// The same of the imports', and what is being imported.
    var imports: FilePath { root.appending("imports") }
    /// Locked by who makes sources once more; nothing is in it.
    var rebuilds: FilePath { root.appending("rebuilds") }
    /// Where sources are unpacked, for as long as they are looked at.
    var scratch: FilePath { root.appending("scratch") }
    var catalog: FilePath { root.appending("slipway.sqlite") }
}
