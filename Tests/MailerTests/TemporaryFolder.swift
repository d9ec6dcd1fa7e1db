import DurableFiles
import SystemPackage

/// Runs with a fresh folder, which is gone afterwards.
func withTemporaryFolder<Value>(_ body: (FilePath) throws -> Value) throws -> Value {
    let folder = try makeTemporaryFolder()
    defer { try? Durably.removeTree(folder) }
    return try body(folder)
}

func withTemporaryFolder<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: (FilePath) async throws -> Value
) async throws -> Value {
    let folder = try makeTemporaryFolder()
    defer { try? Durably.removeTree(folder) }
    return try await body(folder)
}

private func makeTemporaryFolder() throws -> FilePath {
    let folder = FilePath("/tmp/slipway-test-\(UInt64.random(in: .min ... .max))")
    try Durably.makeFolders(folder)
    return folder
}
