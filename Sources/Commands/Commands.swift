// The room of Commands.
