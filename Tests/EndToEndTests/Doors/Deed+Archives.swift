extension Deed {
    static let ofPPAs = [
        Deed(
            action: "create-ppa", setup: ":", fields: "Ppa: $ppa\nSuites: bookworm",
            refusal: Refusal(fields: "Ppa: $ppa\nSuites: squeeze", code: "no-suite")),
        Deed(
            action: "change-ppa", fields: "Ppa: $ppa\nDescription: New words",
            refusal: Refusal(fields: "Ppa: $ppa\nDescription: New words", signer: "bob", code: "no-right")),
        Deed(
            action: "change-ppa", setup: "ppa+=-more; own_ppa", fields: "Ppa: $ppa\nSuites: bookworm trixie",
            refusal: Refusal(fields: "Ppa: $ppa\nSuites: bookworm squeeze", code: "no-suite")),
        Deed(
            action: "change-ppa",
            setup:
                "ppa+=-fewer; own_ppa; as alice <<<\"Action: change-ppa\nPpa: $ppa\nSuites: bookworm trixie\"",
            fields: "Ppa: $ppa\nSuites: trixie",
            refusal: Refusal(fields: "Ppa: $ppa\nSuites: trixie", signer: "bob", code: "no-right")),
        Deed(
            action: "take-down", fields: "Ppa: $ppa\nReason: a complaint", signer: "carol",
            refusal: Refusal(fields: "Ppa: $ppa\nReason: a complaint", code: "no-right")),
        Deed(
            action: "restore",
            setup: "own_ppa; as carol <<<\"Action: take-down\nPpa: $ppa\nReason: a complaint\"",
            fields: "Ppa: $ppa", signer: "carol", refusal: Refusal(fields: "Ppa: $ppa", code: "no-right")),
        Deed(
            action: "delete-ppa", fields: "Ppa: $ppa\nReason: of no use",
            refusal: Refusal(fields: "Ppa: $ppa", signer: "bob", code: "no-right")),
        Deed(
            action: "open-suite", setup: "own_ppa; as alice <<<\"Action: close-suite\nIn: $ppa\nSuites: bookworm\"",
            fields: "In: $ppa\nSuites: bookworm",
            refusal: Refusal(fields: "In: $ppa\nSuites: squeeze", code: "no-suite")),
        Deed(
            action: "freeze-suite", fields: "In: $ppa\nSuites: bookworm",
            refusal: Refusal(fields: "In: $ppa\nSuites: bookworm", signer: "bob", code: "no-right")),
        Deed(
            action: "close-suite", fields: "In: $ppa\nSuites: bookworm\nReason: its end",
            refusal: Refusal(fields: "In: $ppa", code: "missing-field")),
    ]

    static let ofPackages = [
        Deed(
            action: "copy-packages", setup: "with_tiny; make_ppa \"$ppa-copy\" >/dev/null",
            fields: "From: $ppa\nFrom-Suite: bookworm\nTo: $ppa-copy\nPackages: tiny",
            refusal: Refusal(
                fields: "From: $ppa\nFrom-Suite: bookworm\nTo: $ppa-copy\nPackages: huge", code: "not-in-suite")),
        Deed(
            action: "import-packages", setup: "with_tiny; make_ppa \"$ppa-copy\" >/dev/null",
            fields: "Ppa: $ppa-copy\nPackages: tiny\nFrom: $ppa\nBinaries: no",
            refusal: Refusal(fields: "Ppa: $ppa-copy\nPackages: huge\nFrom: $ppa", code: "not-in-suite")),
        Deed(
            action: "remove-packages", setup: "with_tiny", fields: "Ppa: $ppa\nPackages: tiny",
            refusal: Refusal(fields: "Ppa: $ppa-none\nPackages: tiny", code: "no-archive")),
    ]
}
