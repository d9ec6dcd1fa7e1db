import Foundation
import Testing

@testable import DebianControl

struct ReleaseFileTests {
    private var release: ReleaseFile {
        ReleaseFile(
            origin: "Slipway", label: "tools", suite: "bookworm", codename: "bookworm", date: 1_707_563_245,
            architectures: ["amd64", "i386"].compactMap { Architecture($0) }, components: ["main"],
            entries: [
                .init(path: "main/source/Sources.xz", size: 123_456_789, md5: "0f", sha256: "ab"),
                .init(path: "main/binary-amd64/Packages", size: 7, md5: "1e", sha256: "cd"),
            ])
    }

    @Test func isWrittenAsAptReadsIt() {
        #expect(
            release.serialized() == """
                Origin: Slipway
                Label: tools
                Suite: bookworm
                Codename: bookworm
                Date: Sat, 10 Feb 2024 11:07:25 UTC
                Acquire-By-Hash: yes
                Architectures: amd64 i386
                Components: main
                MD5Sum:
                 1e        7 main/binary-amd64/Packages
                 0f 123456789 main/source/Sources.xz
                SHA256:
                 cd        7 main/binary-amd64/Packages
                 ab 123456789 main/source/Sources.xz

                """)
    }

    @Test func optionalFieldsHaveTheirPlaces() throws {
        var release = release
        release.version = "12"
        release.validUntil = 1_708_168_045
        release.notAutomatic = true
        release.butAutomaticUpgrades = true
        release.acquireByHash = false
        release.description = "Tools\nSHA256: none"
        release.entries = [.init(path: "x", size: 1, sha256: "ab")]
        let paragraph = try ControlParagraph(parsing: release.serialized())
        #expect(
            paragraph.fields.map(\.name) == [
                "Origin", "Label", "Suite", "Version", "Codename", "Date", "Valid-Until", "NotAutomatic",
                "ButAutomaticUpgrades", "Architectures", "Components", "Description", "SHA256",
            ])
        #expect(paragraph["Description"] == "Tools SHA256: none")
    }

    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 UTC"), (.min, "Sun, 27 Jan -292277022657 08:29:52 UTC"),
        (-1, "Wed, 31 Dec 1969 23:59:59 UTC"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 UTC"),
        (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 UTC"), (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 UTC"),
        (-62_135_596_800, "Mon, 01 Jan 1 00:00:00 UTC"),
    ])
    func datesAreRight(_ seconds: Int64, _ text: String) {
        #expect(UTCDate(secondsSince1970: seconds).description == text)
    }

    @Test func datesAreRightOnEveryDayOfFourCenturies() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        let start: Int64 = -2_208_988_800  // 1900
        for day in stride(from: Int64(0), to: 146_097, by: 1) {
            let seconds = start + day * 86_400 + day % 86_400
            let ours = UTCDate(secondsSince1970: seconds)
            let theirs = calendar.dateComponents(
                [.year, .month, .day], from: Date(timeIntervalSince1970: Double(seconds)))
            guard ours.year == Int64(theirs.year ?? 0), ours.month == Int64(theirs.month ?? 0),
                ours.day == Int64(theirs.day ?? 0)
            else {
                Issue.record("\(seconds): \(ours)")
                return
            }
        }
    }
}
