// The room of DurableFiles.
