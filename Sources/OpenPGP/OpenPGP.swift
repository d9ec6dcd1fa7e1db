// The room of OpenPGP.
