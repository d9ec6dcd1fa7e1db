import Foundation
import SystemPackage
import Testing

@testable import slipway

/// Root makes the folders in a place that the service may change.
@Suite struct StateLayoutTests {
    @Test func foldersHaveTheirModesHoweverOftenTheyAreMade() throws {
        try inScratch { state in
            for _ in 1...2 { try layout(state).make() }
            #expect(mode(state.root) == 0o755 && mode(state.keys) == 0o700 && mode(state.mail) == 0o750)
            #expect(mode(state.landed) == 0o2770 && mode(state.arriving) == 0o2770)
        }
    }

    @Test(arguments: ["files", "keys", "jail", "jail/landed"])
    func aLinkIsNotFollowed(_ place: String) throws {
        try inScratch { state in
            let outside = state.root.removingLastComponent().appending("outside")
            for folder in [outside, state.jail] {
                try FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
            }
            let before = mode(outside)
            let link = state.root.appending(FilePath(place).components)
            try? FileManager.default.removeItem(atPath: link.string)
            try FileManager.default.createSymbolicLink(atPath: link.string, withDestinationPath: outside.string)
            #expect { try layout(state).make() } throws: { ($0 as? Refusal)?.code == .noPermission }
            #expect(mode(outside) == before)
            #expect(try FileManager.default.contentsOfDirectory(atPath: outside.string) == [])
        }
    }

    private func layout(_ state: StateFolder) -> StateLayout { StateLayout(state: state, service: nil, gateway: nil) }

    private func inScratch(_ body: (StateFolder) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "slipway-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(StateFolder(root: FilePath(folder).appending("state")))
    }

    private func mode(_ path: FilePath) -> Int? {
        try? FileManager.default.attributesOfItem(atPath: path.string)[.posixPermissions] as? Int
    }
}
