extension [String] {
    /// The word that was most likely meant: the fewest letters differ, and not all of them.
    func nearest(to word: String) -> String? {
        let written = word.prefix(100)  // longer than any word there is
        let distances = map { (word: $0, distance: $0.distance(to: written)) }
        return distances.filter { $0.distance < $0.word.count }.min { $0.distance < $1.distance }?.word
    }
}

extension String {
    /// The number of letters to change, add or leave out (Levenshtein), without case.
    fileprivate func distance(to other: some StringProtocol) -> Int {
        let wanted = Array(other.lowercased())
        var row = Array(0...wanted.count)
        for (i, letter) in lowercased().enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, target) in wanted.enumerated() {
                let change = diagonal + (letter == target ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = Swift.min(change, row[j] + 1, diagonal + 1)
            }
        }
        return row[wanted.count]
    }
}
