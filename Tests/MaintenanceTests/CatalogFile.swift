import Catalog

/// A file as the catalog knows it; DurableFiles has a `StoredFile` too.
typealias CatalogFile = StoredFile
