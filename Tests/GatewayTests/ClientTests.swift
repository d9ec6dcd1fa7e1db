internal import ArchiveModel
internal import Foundation
internal import Gateway
internal import Subprocess
internal import SystemPackage
internal import Testing

/// The clients of Debian 12, for real. One that is not installed is not tried.
@Suite(.timeLimit(.minutes(10))) struct ClientTests {
    /// A package that dput takes unsigned: files of five letters and a .changes that names them.
    struct Upload {
        static let names = ["hello_1.0_all.deb", "hello_1.0_amd64.buildinfo"]
        static let changesName = "hello_1.0_amd64.changes"
        let folder: TestJail
        var path: String { folder.path.string }

        init() throws {
            folder = try TestJail()
            for name in Self.names { try folder.write("hello\n", to: name) }
            try folder.write(Self.changes, to: Self.changesName)
        }

        private static var changes: String {
            func lines(_ hash: String) -> String { names.map { "\n \(hash) \($0)" }.joined() }
            return """
                Format: 1.8
                Date: Fri, 20 Nov 2026 12:00:00 +0000
                Source: hello
                Binary: hello
                Architecture: all
                Version: 1.0
                Distribution: unstable
                Urgency: medium
                Maintainer: Test Uploader <up@example.org>
                Changed-By: Test Uploader <up@example.org>
                Description:
                 hello - a greeting
                Changes:
                 hello (1.0) unstable; urgency=medium
                 .
                   * A test.
                Checksums-Sha1:\(lines("f572d396fae9206628714fb2ce00f72e94f2258f 6"))
                Checksums-Sha256:\(lines("5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03 6"))
                Files:\(lines("b1946ac92492d2347c6235b4d2611184 6 misc optional"))

                """
        }
    }

    static let rejecting = TestIntake(rejectingAnswer)

    static let rejectingAnswer: TestIntake.Answer = { request in
        guard case .judge(_, _, _) = request else { return TestIntake.friendly(request) }
        return .verdict(.init(outcome: .rejected, lines: ["No signature was found.", "Sign it with debsign."]))
    }

    @Test(.enabled(if: Client.isInstalled("dput"))) func dput() async throws {
        let upload = try Upload()
        try await TestGateway.run { gateway in
            try upload.folder.write(Client.dputConfiguration(gateway.port), to: "dput.cf")
            let run = try await Client.run("dput", ["-u", "-c", "dput.cf", "test", Upload.changesName], in: upload)
            try #require(run.isSuccess, "\(run.output)")
            try await expectLanded(gateway)
        }
    }

    @Test(.enabled(if: Client.isInstalled("dput"))) func dputShowsWhyAnUploadWasRejected() async throws {
        let upload = try Upload()
        try await TestGateway.run(intake: Self.rejecting) { gateway in
            try upload.folder.write(Client.dputConfiguration(gateway.port), to: "dput.cf")
            let run = try await Client.run("dput", ["-u", "-c", "dput.cf", "test", Upload.changesName], in: upload)
            #expect(!run.isSuccess)
            #expect(run.output.contains("No signature was found."))
        }
    }

    /// Not installable beside dput: `DPUT_NG` names the root of an unpacked package.
    @Test(.enabled(if: Client.dputNG != nil)) func dputNG() async throws {
        let upload = try Upload()
        let root = try #require(Client.dputNG)
        try await TestGateway.run { gateway in
            try upload.folder.write(Client.dputNGProfile(gateway.port), to: ".dput.d/profiles/test.json")
            // It looks for its own settings here, too.
            try FileManager.default.createSymbolicLink(
                atPath: "\(upload.path)/skel", withDestinationPath: "\(root)/usr/share/dput-ng")
            let environment = ["PYTHONPATH": "\(root)/usr/lib/python3/dist-packages", "HOME": upload.path]
            let arguments = ["\(root)/usr/bin/dput", "-u", "test", Upload.changesName]
            let run = try await Client.run("/usr/bin/python3", arguments, in: upload, environment: environment)
            try #require(run.isSuccess, "\(run.output)")
            try await expectLanded(gateway)
        }
    }

    @Test(.enabled(if: Client.isInstalled("dupload"))) func dupload() async throws {
        let upload = try Upload()
        try await TestGateway.run { gateway in
            try upload.folder.write(Client.duploadConfiguration(gateway.port), to: "dupload.conf")
            let arguments = ["--nomail", "-c", "./dupload.conf", "-t", "test", Upload.changesName]
            let run = try await Client.run("dupload", arguments, in: upload)
            try #require(run.isSuccess, "\(run.output)")
            try await expectLanded(gateway)
        }
    }

    @Test(.enabled(if: Client.isInstalled("curl")), arguments: [[String](), ["--disable-epsv"]])
    func curl(_ options: [String]) async throws {
        let upload = try Upload()
        try await TestGateway.run { gateway in
            let url = "ftp://127.0.0.1:\(gateway.port)/~alice/debian/"
            for name in Upload.names + [Upload.changesName] {
                let run = try await Client.run("curl", ["-sS"] + options + ["-T", name, url], in: upload)
                try #require(run.isSuccess, "\(run.output)")
                let session = await gateway.intake.nextLanding()
                #expect(gateway.jail.files("landed/\(session)") == ["~alice/debian/\(name)"])
            }
        }
    }

    @Test(.enabled(if: Client.isInstalled("curl"))) func curlFailsWhereThereIsNoTarget() async throws {
        let upload = try Upload()
        try await TestGateway.run { gateway in
            for path in ["~bob/debian/", "", "~alice/"] {
                let url = "ftp://127.0.0.1:\(gateway.port)/\(path)"
                let run = try await Client.run("curl", ["-sS", "-T", Upload.changesName, url], in: upload)
                #expect(!run.isSuccess, "\(path)")
            }
        }
    }

    @Test(.enabled(if: Client.isInstalled("lftp"))) func lftp() async throws {
        let upload = try Upload()
        try await TestGateway.run { gateway in
            let files = (Upload.names + [Upload.changesName]).joined(separator: " ")
            let script = "open ftp://127.0.0.1:\(gateway.port); cd ~alice/debian; mput \(files)"
            let run = try await Client.run("lftp", ["--norc", "-c", script], in: upload)
            try #require(run.isSuccess, "\(run.output)")
            try await expectLanded(gateway)
        }
    }

    @Test(.enabled(if: Client.isInstalled("python3"))) func ftplib() async throws {
        let upload = try Upload()
        try await TestGateway.run { gateway in
            let script = """
                import ftplib
                ftp = ftplib.FTP()
                ftp.connect('127.0.0.1', \(gateway.port), timeout=20)
                ftp.login('alice', 'secret')
                ftp.cwd('~alice/debian')
                assert ftp.pwd() == '/~alice/debian', ftp.pwd()
                data = ftp.transfercmd('STOR half.dsc')
                data.send(b'half')
                print(ftp.abort(), ftp.voidresp())
                data.close()
                for name in \(Upload.names + [Upload.changesName]):
                    print(ftp.storbinary('STOR ' + name, open(name, 'rb')))
                ftp.quit()
                """
            let run = try await Client.run("/usr/bin/python3", ["-c", script], in: upload)
            try #require(run.isSuccess, "\(run.output)")
            #expect(run.output.contains("226-Accepted: \(Upload.changesName)\n226 See the page."))
            try await expectLanded(gateway)
        }
    }

    private func expectLanded(_ gateway: TestGateway) async throws {
        let session = await gateway.intake.nextLanding()
        let found = gateway.jail.files("landed/\(session)")
        #expect(found == (Upload.names + [Upload.changesName]).map { "~alice/debian/\($0)" })
        #expect(gateway.jail.read("landed/\(session)/~alice/debian/\(Upload.names[0])") == "hello\n")
    }
}
