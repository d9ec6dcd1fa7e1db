extension Deed {
    static let ofExternals = [
        Deed(
            action: "agree-terms", setup: "with_key frida", fields: "Terms: 1", signer: "frida-$door",
            refusal: Refusal(fields: "Terms: 0", code: "other-terms")),
        Deed(
            action: "create-external",
            setup: "with_key greta; as \"greta-$door\" <<<\"Action: agree-terms\nTerms: 1\"",
            fields: "Archive: ~greta-$door/debian/own\nSuites: bookworm", signer: "greta-$door",
            refusal: Refusal(
                fields: "Archive: ~greta-$door/debian/own\nSuites: squeeze", signer: "greta-$door", code: "no-suite")),
        Deed(
            action: "bar-external", setup: "with_key hanna", fields: "Person: hanna-$door\nReason: a third complaint",
            signer: "carol", refusal: Refusal(fields: "Person: hanna-$door\nReason: x", code: "no-right")),
        Deed(
            action: "unbar-external",
            setup: "with_key ida; as carol <<<\"Action: bar-external\nPerson: ida-$door\nReason: x\"",
            fields: "Person: ida-$door", signer: "carol",
            refusal: Refusal(fields: "Person: ida-$door", code: "no-right")),
    ]
}
