public import Metrics
internal import Synchronization

/// Metrics in memory, and as the text that Prometheus reads. A series is there from the moment somebody asks for it.
public final class MetricsPage: MetricsFactory {
    /// One name with its type; the values by what stands before them in a line.
    private struct Family {
        let type: String
        var values: [String: Double] = [:]
    }

    private let families = Mutex<[String: Family]>([:])

    public init() {}

    /// In the text format 0.0.4.
    public var text: String {
        families.withLock { families in
            families.sorted { $0.key < $1.key }.map { name, family in
                let lines = family.values.sorted { $0.key < $1.key }.map { "\($0) \(Self.number($1))\n" }
                return "# TYPE \(name) \(family.type)\n" + lines.joined()
            }.joined()
        }
    }

    /// Adds the values of such a text. A line that is none of it is passed over.
    func add(_ text: String) {
        var family = (name: "", type: "")
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            if words.count == 4, words[0] == "#", words[1] == "TYPE" {
                family = (words[2], words[3])
            } else if words.count == 2, !family.name.isEmpty, words[0].hasPrefix(family.name),
                let value = Double(words[1]), value.isFinite
            {
                families.withLock { families in
                    families[family.name, default: Family(type: family.type)].values[words[0], default: 0] += value
                }
            }
        }
    }

    private static func number(_ value: Double) -> String { Int64(exactly: value).map(String.init) ?? "\(value)" }

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label + "_total", "counter", dimensions)
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, "gauge", dimensions)
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label + "_seconds", "summary", dimensions, suffixes: ["_sum", "_count"])
    }

    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        series(label, "summary", dimensions, suffixes: ["_sum", "_count"])
    }

    public func destroyCounter(_ handler: any CounterHandler) {}
    public func destroyMeter(_ handler: any MeterHandler) {}
    public func destroyTimer(_ handler: any TimerHandler) {}
    public func destroyRecorder(_ handler: any RecorderHandler) {}

    private func series(
        _ name: String, _ type: String, _ dimensions: [(String, String)], suffixes: [String] = [""]
    ) -> Series {
        // All labels are words of ours: nothing in them needs a backslash.
        let labels = dimensions.map { "\($0)=\"\($1)\"" }.joined(separator: ",")
        let series = Series(self, name, labels: labels.isEmpty ? "" : "{\(labels)}")
        families.withLock { families in
            for suffix in suffixes {
                families[name, default: Family(type: type)].values[series.key(suffix), default: 0] += 0
            }
        }
        return series
    }

    /// On one of a family's values.
    fileprivate func change(_ family: String, _ key: String, _ body: (inout Double) -> Void) {
        families.withLock { body(&$0[family]!.values[key, default: 0]) }
    }
}

private final class Series: CounterHandler, MeterHandler, TimerHandler, RecorderHandler {
    private let page: MetricsPage
    private let name: String
    private let labels: String

    init(_ page: MetricsPage, _ name: String, labels: String) {
        self.page = page
        self.name = name
        self.labels = labels
    }

    func key(_ suffix: String = "") -> String { name + suffix + labels }

    func increment(by amount: Int64) { page.change(name, key()) { $0 += Double(amount) } }
    func reset() { page.change(name, key()) { $0 = 0 } }

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { page.change(name, key()) { $0 = value } }
    func increment(by amount: Double) { page.change(name, key()) { $0 += amount } }
    func decrement(by amount: Double) { page.change(name, key()) { $0 -= amount } }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }
    func record(_ value: Double) {
        page.change(name, key("_sum")) { $0 += value }
        page.change(name, key("_count")) { $0 += 1 }
    }
}
