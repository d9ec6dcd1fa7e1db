/// The fields of a .dsc.
extension FieldReader {
    /// A .dsc without `Format` is of the time when there was one format only.
    mutating func sourceFormat() -> SourceFormat? {
        guard paragraph["Format"] != nil else { return .v1 }
        guard let text = optional("Format") else { return nil }
        guard let format = SourceFormat(rawValue: text) else {
            let known = SourceFormat.allCases.map(\.rawValue).joined(separator: ", ")
            note(.unsupportedSourceFormat, "Format", expected: "one of \(known)", got: text)
            return nil
        }
        return format
    }

    mutating func architectureWildcards() -> [ArchitectureWildcard] {
        let expected = "architectures or wildcards such as any and linux-any"
        return words(of: required("Architecture", expected), "Architecture", expected) { word in
            word.elementsEqual("source") ? nil : ArchitectureWildcard(word)
        }
    }

    /// Persons, separated by commas; a comma inside a name is told from one between persons by the `>` before it.
    mutating func uploaders() -> [String] {
        let text = String((optional("Uploaders") ?? "").lines.joined(separator: " "))
        var persons: [String] = []
        var pending = ""
        for part in text.split(separator: ",", omittingEmptySubsequences: true) {
            pending += pending.isEmpty ? String(part.trimmed) : ",\(part)"
            guard pending.trimmed.utf8.last == UInt8(ascii: ">") else { continue }
            if let person = person(String(pending.trimmed), "Uploaders") { persons.append(person) }
            pending = ""
        }
        if !pending.trimmed.isEmpty, let person = person(String(pending.trimmed), "Uploaders") {
            persons.append(person)
        }
        return persons
    }

    /// The lines of `Package-List`, which have to name the packages of `Binary`.
    mutating func packageList(of binary: [PackageName]) -> [PackageListEntry] {
        guard let text = optional("Package-List") else { return [] }
        let entries = text.lines.compactMap { line in
            let entry = PackageListEntry(line)
            if entry == nil, !line.trimmed.isEmpty {
                note(
                    .badPackageListLine, "Package-List", expected: "name type section priority [key=value …]",
                    got: line.trimmed)
            }
            return entry
        }
        let names = Set(entries.map(\.name))
        if names != Set(binary) {
            let expected = binary.map(\.description).joined(separator: " ")
            let got = names.sorted().map(\.description).joined(separator: " ")
            note(.packageListDisagrees, "Package-List", expected: "the packages of Binary: \(expected)", got: got)
        }
        return entries
    }
}
