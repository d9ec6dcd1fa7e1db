// The room of FTPProtocol.
