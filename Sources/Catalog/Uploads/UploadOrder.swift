public import ArchiveModel

/// What may be ordered about an upload that waits. The intake does it when it judges the upload again, at once.
public enum UploadAct: Sendable, Hashable {
    /// It is given up.
    case cancel
    /// It waits until `due`, in Unix seconds, instead.
    case reschedule(due: Int64)
    /// It leaves NEW, and is judged like any other. Its source is in the archive as the override says.
    case admit(PackageOverride = PackageOverride())
    /// An admin does not want it.
    case refuse(reason: String)
}

/// All that was ordered about one upload.
public struct UploadOrders: Sendable, Hashable {
    public struct Ending: Sendable, Hashable {
        /// `nil`: the admin, at the machine.
        public let person: OwnerName?
        /// `nil` of a cancelled upload.
        public let reason: String?
    }

    /// How many orders these are.
    public var count = 0
    /// The first order that ends it.
    public var ending: Ending?
    /// Unix seconds; by the last order that says so.
    public var due: Int64?
    public var isAdmitted = false
    /// By somebody who is an admin now, or at the machine.
    public var isAdmittedByAdmin = false
    /// What was said of its source when it was admitted.
    public var override = PackageOverride()

    public init() {}
}

extension UploadOrders {
    /// In the order they were given.
    init(rows: [ResultRow]) throws {
        for row in rows { try add(row) }
    }

    private mutating func add(_ row: ResultRow) throws {
        count += 1
        let person = try row.optionalParsed("name") { OwnerName($0) }
        switch try row.text("act") {
        case "cancel": ending = ending ?? Ending(person: person, reason: nil)
        case "refuse": ending = try ending ?? Ending(person: person, reason: row.text("reason"))
        case "reschedule": due = try row.integer("due")
        case "admit":
            isAdmitted = true
            isAdmittedByAdmin = try isAdmittedByAdmin || row.optionalInteger("is_admin") != 0
            override = try PackageOverride(row: row).over(override)
        default: throw CatalogFailure.unreadable(column: "act")
        }
    }
}

extension UploadAct {
    /// As the table has it.
    var word: String {
        switch self {
        case .cancel: "cancel"
        case .reschedule: "reschedule"
        case .admit: "admit"
        case .refuse: "refuse"
        }
    }

    var due: Int64? {
        guard case .reschedule(let due) = self else { return nil }
        return due
    }

    var override: PackageOverride? {
        guard case .admit(let override) = self else { return nil }
        return override
    }

    var reason: String {
        guard case .refuse(let reason) = self else { return "" }
        return reason
    }
}
