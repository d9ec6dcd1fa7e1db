extension Deed {
    static let ofRights = [
        Deed(
            action: "set-uploaders", fields: "In: $ppa\nUploaders: bob",
            refusal: Refusal(fields: "In: $ppa\nUploaders: nobody-here", code: "no-person")),
        Deed(
            action: "grant", fields: "In: $ppa\nTo: bob\nSources: tiny\nReason: maintains it",
            refusal: Refusal(fields: "In: $ppa\nTo: bob", code: "missing-field")),
        Deed(
            action: "revoke", setup: "own_ppa; slip archive uploader add \"$ppa\" bob >/dev/null",
            fields: "In: $ppa\nTo: bob\nReason: has moved on",
            refusal: Refusal(fields: "In: $ppa\nTo: bob\nReason: mine", signer: "bob", code: "no-right")),
    ]

    static let ofKeys = [
        Deed(
            action: "add-key", setup: "with_new_key", fields: "$new_key", signer: "della-$door",
            refusal: Refusal(fields: "$new_key", signer: "bob", code: "proof-wrong")),
        Deed(
            action: "revoke-key", setup: "with_key", fields: "Key: $key\nReason: lost", signer: "dora-$door",
            refusal: Refusal(fields: "Key: $key\nReason: not mine", signer: "bob", code: "no-right")),
        Deed(
            action: "block-key", setup: "with_key dana", fields: "Key: $key\nReason: lost", signer: "carol",
            refusal: Refusal(fields: "Key: $key\nReason: lost", code: "no-right")),
        Deed(
            action: "unblock-key",
            setup: "with_key dave; as carol <<<\"Action: block-key\nKey: $key\nReason: lost\"",
            fields: "Key: $key\nReason: found", signer: "carol",
            refusal: Refusal(fields: "Key: $key\nReason: found", code: "no-right")),
    ]
}
