// The room of ArchiveModel.
