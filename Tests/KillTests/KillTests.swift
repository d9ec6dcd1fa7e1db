import Foundation
import Subprocess
import SystemPackage
import Testing

/// Invariant 8: `kill -9` at any instant, then a restart, and the outcome is as if it had not happened.
///
/// The scenarios are Python programs that know the service only from outside: FTP, HTTP, signals, and what is on the
/// disk. Each chooses its instants at random and prints the seed first; one that failed is played again with
/// `Tests/KillTests/Scenarios/<name>.py --seed <seed> --keep`.
@Suite(.serialized, .timeLimit(.minutes(10))) struct KillTests {
    private static let scenarios = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "Scenarios")

    /// 200 uploads while gateway, service and supervisor are killed.
    @Test func everyUploadIsPublishedAndMailedOnce() async throws { try await play("uploads_under_kills") }

    /// Half-sent, delayed and new ones.
    @Test func uploadsThatWaitComeToTheirEndOnce() async throws { try await play("waiting_under_kills") }

    /// 150 uploads that landed before, and are accepted several at a time.
    @Test func aBatchIsAcceptedWholeOrNotAtAll() async throws { try await play("batch_under_kills") }

    /// Commands by file and by mail, while everything is killed at once.
    @Test func everyCommandActsAndIsAnsweredOnce() async throws { try await play("commands_under_kills") }

    /// 20 sources that one command wants made once more.
    @Test func everySourceIsMadeOnceMoreOnce() async throws { try await play("rebuilds_under_kills") }

    @Test func aFullDiskRefusesForAWhileAndLosesNothing() async throws { try await play("full_disk") }

    /// 30 uploads whose mails leave by SMTP, to a server that fails half of the time.
    @Test func noMailIsLostWhereHalfOfThemFail() async throws { try await play("mail_under_kills") }

    /// Sources of a mirror, fetched, stored and published by a service that is killed.
    @Test func everyImportIsThereOnce() async throws { try await play("imports_under_kills") }

    /// The same bytes come again with uploads while they are removed, and the remover is killed.
    @Test func removalTakesWhatNobodyNeedsAndNothingElse() async throws { try await play("removal_under_kills") }

    /// Packages without a source, and an archive that is taken down and restored again and again.
    @Test func anExternalArchiveIsWhereItBelongs() async throws { try await play("external_under_kills") }

    private func play(_ name: String) async throws {
        let program = Self.scenarios.appending(path: "\(name).py").path()
        let run = try await Subprocess.run(
            .name("timeout"), arguments: ["--kill-after=60", "400", "python3", "-B", "-u", program],
            output: .string(limit: 1 << 20), error: .combinedWithOutput)
        #expect(run.terminationStatus.isSuccess, "\(run.standardOutput)")
    }
}
