// The room of PackageFiles.
