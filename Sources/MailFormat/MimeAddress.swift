internal import ArchiveModel
internal import CGMime

/// GMime's addresses; they belong to the message they are of.
enum MimeAddress {
    static func isMailbox(_ address: UnsafeMutablePointer<InternetAddress>) -> Bool {
        let instance = UnsafeMutableRawPointer(address).assumingMemoryBound(to: GTypeInstance.self)
        return g_type_check_instance_is_a(instance, internet_address_mailbox_get_type()) != 0
    }

    /// Without its name when the name has control characters in it.
    static func mailbox(_ address: UnsafeMutablePointer<InternetAddress>) -> MailAddress? {
        let mailbox = UnsafeMutableRawPointer(address).assumingMemoryBound(to: InternetAddressMailbox.self)
        guard let text = internet_address_mailbox_get_addr(mailbox) else { return nil }
        let name = internet_address_get_name(address).map { String(cString: $0) }
        return MailAddress(name: name, address: String(cString: text))
            ?? MailAddress(name: nil, address: String(cString: text))
    }
}
