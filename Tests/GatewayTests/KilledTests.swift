internal import Glibc
internal import NIOCore
internal import Testing

/// The program is killed in the middle of a file.
@Suite(.timeLimit(.minutes(10))) struct KilledTests {
    @Test func whatWasWholeIsHandedOverAndNothingElse() async throws {
        let jail = try ProgramJail()
        try await jail.serve(endsBy: SIGKILL) { program in
            try await TestClient.connect(port: program.port) { client in
                try await client.command("USER x", answers: "230 ")
                try await client.command("CWD ~alice/debian", answers: "250 ")
                try await client.store("whole.deb", "one", answers: "226 ")
                try await Self.breakOff(client, "half.deb", jail.folder) { kill(program.identifier, SIGKILL) }
            }
        }
        #expect(jail.folder.files("landed") == [])
        // Before it takes anybody in, what the last one left is handed over.
        try await jail.serve { program in
            try await TestClient.connect(port: program.port) { client in
                try await client.command("NOOP", answers: "200 ")
                #expect(jail.folder.tree("incoming") == [])
                #expect(kill(program.identifier, SIGTERM) == 0)
                try await client.reply(begins: "421 ")
            }
        }
        let names = jail.folder.files("landed").map { $0.split(separator: "/").dropFirst().joined(separator: "/") }
        #expect(names == ["~alice/debian/whole.deb"])
    }

    /// Sends half a file; when it is on the disk, `end` ends the program.
    private static func breakOff(
        _ client: TestClient, _ name: String, _ jail: TestJail, _ end: () -> CInt
    ) async throws {
        var control = client
        let port = try await control.dataPort()
        try await client.withDataConnection(port) { data in
            try await control.command("STOR \(name)", answers: "150 ")
            try await data.write(ByteBuffer(repeating: 120, count: 1 << 20))
            while !jail.files("incoming").contains(where: {
                $0.contains("/.part-") && jail.read("incoming/\($0)")?.isEmpty == false
            }) { try await Task.sleep(for: .milliseconds(10)) }
            #expect(end() == 0)
            #expect(try await control.reply() == "")
        }
    }
}
