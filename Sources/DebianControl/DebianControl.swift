// The room of DebianControl.
