// The room of Builder.
