// The room of Mailer.
