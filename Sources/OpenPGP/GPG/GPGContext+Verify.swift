internal import CGPGME

/// What gpg wrote while it checked a signature. Nothing in it has been judged yet.
struct GPGVerification: Sendable {
    let status: [StatusLine]
    /// The text of a clearsigned block; gpg writes it even when the signature is bad.
    let text: [UInt8]
    /// GPGME calls the input no OpenPGP data at all.
    let isBadData: Bool
}

extension GPGContext {
    func verify(clearsigned block: [UInt8]) throws(OpenPGPFailure) -> GPGVerification {
        let (input, output) = (try GPGData(block), try GPGData())
        let (status, isBadData) = try verification { context in
            input.withRaw { input in output.withRaw { gpgme_op_verify(context, input, nil, $0) } }
        }
        return GPGVerification(status: status, text: output.takeBytes(), isBadData: isBadData)
    }

    func verify(detached signature: [UInt8], over content: [UInt8]) throws(OpenPGPFailure) -> GPGVerification {
        let (input, signed) = (try GPGData(signature), try GPGData(content))
        let (status, isBadData) = try verification { context in
            input.withRaw { input in signed.withRaw { gpgme_op_verify(context, input, $0, nil) } }
        }
        return GPGVerification(status: status, text: content, isBadData: isBadData)
    }

    func verification(
        _ operation: (gpgme_ctx_t) -> gpgme_error_t
    ) throws(OpenPGPFailure) -> (status: [StatusLine], isBadData: Bool) {
        let log = StatusLog(listeningTo: raw)
        defer { log.stop() }
        let error = operation(raw)
        let isBadData = [GPG_ERR_BAD_DATA, GPG_ERR_NO_DATA].contains(gpgme_err_code(error))
        if !isBadData { try check(error, "check a signature") }
        return (log.lines, isBadData)
    }
}

/// Collects gpg's status lines while it runs.
private final class StatusLog {
    private(set) var lines: [StatusLine] = []
    private let context: gpgme_ctx_t

    init(listeningTo context: gpgme_ctx_t) {
        self.context = context
        gpgme_set_status_cb(
            context,
            { log, keyword, arguments in
                guard let log, let keyword else { return 0 }
                let line = StatusLine(String(cString: keyword), arguments.map { String(cString: $0) } ?? "")
                Unmanaged<StatusLog>.fromOpaque(log).takeUnretainedValue().lines.append(line)
                return 0
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    func stop() { gpgme_set_status_cb(context, nil, nil) }
}
