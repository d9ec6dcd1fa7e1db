extension Deed {
    static let ofUploads = [
        Deed(
            action: "cancel", setup: "with_delayed", fields: "Upload: $upload",
            refusal: Refusal(fields: "Upload: $upload", signer: "bob", code: "no-right")),
        Deed(
            action: "reschedule", setup: "with_delayed", fields: "Upload: $upload\nDelay: 1-day",
            refusal: Refusal(fields: "Upload: $upload\nDelay: 99-day", code: "bad-value")),
        Deed(
            action: "accept", setup: "with_new", fields: "Upload: $upload\nSection: utils",
            refusal: Refusal(fields: "Upload: 999999", code: "no-upload")),
        Deed(
            action: "reject", setup: "with_new", fields: "Upload: $upload\nReason: a second tiny",
            refusal: Refusal(fields: "Upload: $upload", code: "missing-field")),
    ]

    static let ofBuilds = [
        Deed(
            action: "cancel-build", setup: "with_build", fields: "Build: $build",
            refusal: Refusal(fields: "Build: 999999", code: "no-build")),
        Deed(
            action: "retry-build", setup: "with_build; slip build cancel \"$build\" >/dev/null",
            fields: "Build: $build", refusal: Refusal(fields: "Build: $build", signer: "bob", code: "no-right")),
        Deed(
            action: "rescore-build", setup: "with_build", fields: "Build: $build\nScore: 7", signer: "carol",
            refusal: Refusal(fields: "Build: $build\nScore: 7", code: "no-right")),
    ]
}
