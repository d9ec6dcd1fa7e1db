internal import Foundation
internal import SystemPackage

enum Files {
    static func exists(_ path: FilePath) -> Bool { FileManager.default.fileExists(atPath: path.string) }
}
