internal import Catalog

// DurableFiles has a `StoredFile` too, and the class `Catalog` hides its module's name: this is the only file that
// sees one of the two alone.

/// A file as the catalog knows it: name, size and all digests.
typealias CatalogFile = StoredFile
