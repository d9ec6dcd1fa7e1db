internal import CPerl
internal import Glibc
internal import SystemPackage

/// dpkg-source, read and compiled by a Perl in this process and not yet run: that takes 60 of the 90 ms that unpacking a
/// small package takes, and has to be done once only when what runs it is forked from here.
enum PreparedDpkgSource {
    static let program = "/usr/bin/dpkg-source"

    /// Modules that dpkg-source loads as it goes, by the format of the package. One more changes nothing but the time.
    private static let modules = [
        "Dpkg::Source::Package::V1", "Dpkg::Source::Package::V2", "Dpkg::Source::Package::V3::Native",
        "Dpkg::Source::Package::V3::Quilt", "Dpkg::OpenPGP::Backend::SOP", "Dpkg::OpenPGP::Backend::Sequoia",
        "Dpkg::OpenPGP::Backend::GnuPG", "Dpkg::Vendor::Debian", "Dpkg::Vendor::Ubuntu", "MIME::Base64",
    ]

    #if arch(arm64)
    private static let libraries = "/usr/lib/aarch64-linux-gnu"
    #else
    private static let libraries = "/usr/lib/x86_64-linux-gnu"
    #endif

    /// Files that say which dpkg-source it is: when one of them has changed, it has to be prepared anew.
    static let parts: [FilePath] = [FilePath(program), "/usr/share/perl5/Dpkg.pm", "/usr/bin/perl"]

    /// Takes the environment from this process.
    ///
    /// - Returns: words for why it cannot be done: dpkg-source can then still be run as a program.
    static func load() -> String? {
        guard access(program, R_OK) == 0 else { return "there is no \(program)" }
        guard let library else { return "there is no libperl of the version of /usr/bin/perl" }
        let available = modules.filter { module in
            let file = module.split(separator: ":").joined(separator: "/")
            return access("/usr/share/perl5/\(file).pm", R_OK) == 0
        }
        let words = ["perl"] + available.map { "-m\($0)" } + [program]
        // They are Perl's for as long as this process lives.
        let arguments = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: words.count + 1)
        for (index, word) in words.enumerated() { arguments[index] = strdup(word) }
        arguments[words.count] = nil
        if let problem = slipway_perl_load(library.string, arguments, environ) {
            return "\(library): \(String(cString: problem))"
        }
        slipway_perl_evaluate(PlainTarball.inPerl)
        return nil
    }

    /// Runs it. Only in a process that was forked from the one that loaded it, and once.
    ///
    /// - Parameter unpacked: tarballs that need no tar, and the folders in which they are (`PlainTarball`).
    static func run(_ words: [String], _ environment: [String: String], unpacked: [String: String]) -> Never {
        let (plain, variables) = (unpacked.flatMap { [$0, $1] }, environment.flatMap { [$0, $1] })
        // The start of the process, which dpkg-source takes for that of its own.
        slipway_perl_evaluate(
            """
            $^T = time; %ENV = (%ENV, \(list(variables))); @ARGV = (\(list(words)));
            %Dpkg::Source::Archive::slipway_plain = (\(list(plain)));
            """)
        _exit(slipway_perl_run())
    }

    /// Evaluates Perl code there: the walls' test asks for it.
    static func evaluate(_ code: String) { slipway_perl_evaluate(code) }

    private static func list(_ words: [String]) -> String { words.map(quoted).joined(separator: ", ") }

    /// A literal of Perl, whatever bytes are in the text.
    private static func quoted(_ text: String) -> String {
        let digits = text.utf8.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }
        return "pack('H*', '\(digits.joined())')"
    }

    /// That of the Perl that is /usr/bin/perl: an upgrade may leave an older one beside it.
    private static var library: FilePath? {
        guard let perl = identity(of: "/usr/bin/perl"), let folder = opendir(libraries) else { return nil }
        defer { closedir(folder) }
        let prefix = "libperl.so."
        while let entry = readdir(folder) {
            // Not entry.pointee.d_name: that copies 256 bytes, and what is mapped may end before them.
            guard let start = entry.pointer(to: \.d_name) else { continue }
            let name = String(cString: UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self))
            guard name.hasPrefix(prefix) else { continue }
            if identity(of: "/usr/bin/perl\(name.dropFirst(prefix.count))") == perl {
                return FilePath("\(libraries)/\(name)")
            }
        }
        return nil
    }

    private static func identity(of path: String) -> [UInt64]? {
        var found = stat()
        guard stat(path, &found) == 0 else { return nil }
        return [UInt64(found.st_dev), UInt64(found.st_ino)]
    }
}
