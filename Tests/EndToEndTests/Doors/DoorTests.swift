import Foundation
import Testing

extension EndToEnd {
    /// Every action by dcut, by a mail through Postfix and by POST: the same is refused and the same is done, in the same words.
    @Suite(.serialized, .instance) struct DoorTests {
        private static let start = "source Tests/Fixtures/doors\n"

        enum Door: String, CaseIterable {
            case dcut, mail, post

            /// Mail servers become other users: they need root, and to have been unpacked (scripts/deps).
            static let open = allCases.filter { door in
                let servers = ProcessInfo.processInfo.environment["MAIL_SERVERS"] ?? ""
                return door != .mail || getuid() == 0 && access("\(servers)/postfix", R_OK) == 0
            }
        }

        /// What the log of commands has of a text.
        private struct Report: Decodable {
            struct Finding: Decodable { let code: String }
            struct Result: Decodable {
                let isDone: Bool
                let findings: [Finding]
                let sentences: [String]
            }
            let findings: [Finding]
            let results: [Result]

            var codes: Set<String> { Set((findings + results.flatMap(\.findings)).map(\.code)) }
        }

        @Test func everyActionIsTried() async throws {
            let list = try await Instance.current().must("\"$slipway\" command list --json")
            struct Form: Decodable { let action: String }
            let names = try JSONDecoder().decode([Form].self, from: Data(list.utf8)).map(\.action)
            #expect(Set(names) == Set(Deed.all.map(\.action)))
        }

        @Test func theSameByEachDoor() async throws {
            let instance = try Instance.current()
            try await instance.must(Self.start + "doors_open")
            for deed in Deed.all {
                let words = try await withThrowingTaskGroup(of: [String].self) { group in
                    for door in Door.open { group.addTask { try await does(deed, by: door, at: instance) } }
                    return try await group.reduce(into: Set<[String]>()) { $0.insert($1) }
                }
                #expect(words.count == 1, "\(deed.action): not the same words: \(words)")
            }
            try await instance.must(Self.start + "doors_close")
        }

        /// What is said when it is done, without what differs from door to door: names and numbers.
        private func does(_ deed: Deed, by door: Door, at instance: Instance) async throws -> [String] {
            let output = try await instance.must(
                Self.start + """
                    door=\(door); ppa='~alice/debian/\(deed.action)-\(door)'
                    \(deed.setup)
                    act "\(deed.refusal.signer)" <<TEXT
                    Action: \(deed.action)
                    \(deed.refusal.fields)
                    TEXT
                    act "\(deed.signer)" <<TEXT
                    Action: \(deed.action)
                    \(deed.fields)
                    TEXT
                    """)
            let reports = try output.split(separator: "\n").filter { $0.hasPrefix("{") }
                .map { try JSONDecoder().decode(Report.self, from: Data($0.utf8)) }
            try #require(reports.count == 2, "\(deed.action) by \(door): \(output)")
            #expect(reports[0].codes == [deed.refusal.code], "\(deed.action) by \(door): \(output)")
            #expect(reports[1].codes == [], "\(deed.action) by \(door): \(output)")
            #expect(reports[1].results.map(\.isDone) == [true], "\(deed.action) by \(door): \(output)")
            return reports[1].results.flatMap(\.sentences).map { plain($0, door) }
        }

        private func plain(_ sentence: String, _ door: Door) -> String {
            sentence.replacing("-\(door)", with: "-DOOR").replacing(/[0-9A-F]{40}/, with: "KEY")
                .replacing(/\d+/, with: "N")
        }
    }
}
