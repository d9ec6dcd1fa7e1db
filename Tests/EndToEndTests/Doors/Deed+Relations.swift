extension Deed {
    static let ofRelations = [
        Deed(
            action: "set-dependencies", setup: "own_ppa; make_ppa \"$ppa-base\" >/dev/null",
            fields: "Ppa: $ppa\nDepends: $ppa-base",
            refusal: Refusal(fields: "Ppa: $ppa\nDepends: $ppa", code: "related-to-itself")),
        Deed(
            action: "set-breaks", setup: "own_ppa; make_ppa \"$ppa-other\" >/dev/null",
            fields: "Ppa: $ppa\nBreaks: $ppa-other",
            refusal: Refusal(fields: "Ppa: $ppa\nBreaks: none", signer: "bob", code: "no-right")),
        Deed(
            action: "transfer", setup: "ppa=${ppa/debian/derived}; with_built", fields: "Ppa: $ppa", signer: "carol",
            refusal: Refusal(fields: "Ppa: $ppa\nSuites: squeeze", code: "no-suite")),
        Deed(
            action: "rebuild", setup: "with_built", fields: "In: $ppa\nSources: tiny-$door\nReason: to try it",
            refusal: Refusal(fields: "In: $ppa\nSources: huge\nReason: to try it", code: "not-in-suite")),
    ]
}
