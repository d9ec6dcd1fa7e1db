// The room of MailFormat.
