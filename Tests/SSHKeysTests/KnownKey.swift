import Testing

/// Keys made by ssh-keygen for these tests, with the fingerprints it prints; nobody has their private halves.
struct KnownKey: Sendable, CustomTestStringConvertible {
    let name: String
    let line: String
    let fingerprint: String

    var testDescription: String { name }

    static let all = [
        KnownKey(
            name: "ed25519",
            line: """
                ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFZeZMEAnL+6j4FxRlu3+MdUeDJBziHdJb5Iqadeg16a ed2\
                55190@example
                """,
            fingerprint: "SHA256:UJrdR5dSK5QPADbmFS2s1R7LFAfSONGA/1zIKRUpYz8"),
        KnownKey(
            name: "ecdsa-256",
            line: """
                ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBGRsJ1YwGV7E\
                57V54U0q4X0ZRWvIA6gpjI0tJ2nDXIYWDyeEPqx2wihV5jfK0BL92Nt5hIpMOk4PqjWGJtVz1Ns= ecdsa25\
                6@example
                """,
            fingerprint: "SHA256:CSgBGwH6WfwKGiTjMl0MsA6JcTqjgUrCBslJHoU5EbQ"),
        KnownKey(
            name: "ecdsa-384",
            line: """
                ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBLKQzjtivVaT\
                o2lHFKBUfgwSBq5OZ+gCoYHaUUrgF1Qr2BgX+80ZoCi9RgZ8pz8XF2lU8zRteTXgGzlKquUZthlLOaXoj97Y\
                x4Bz4ISMWFsdcxeTmSHmfa6zUP7DuT8cLQ== ecdsa384@example
                """,
            fingerprint: "SHA256:6kWX66E/5p/3JJ1ev7VO/g/B73bvdLj46MPCwPHedhc"),
        KnownKey(
            name: "ecdsa-521",
            line: """
                ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAGt8gV2lAKh\
                baj9Mb7ZVaZtTatyF7Erw1D169zPkyOMkbi/tfB1SKvdIG0wmp41oBGmT9w0iua1bUTdQf3tr6QsLwGhlC5b\
                +G72MKAd6eQ78ZO83WbsHsqcD66QAXWZ7eLzHUKWBhN7nsLB6UKyvrEuur3u80KIoZ/k9nSISlPafCV3pQ==\
                 ecdsa521@example
                """,
            fingerprint: "SHA256:a4jxSS6bA+6stIDN/kMots6f0GLl0FfmeLEFna9om6o"),
        KnownKey(
            name: "rsa-2048",
            line: """
                ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDporTjoJKNkS6/YMmE3V7J+BSmXmCAVO84ZDml7+AMxUnH\
                p7PNfUSNnUt/6DLp2Z/FqMtvK0VdyteaFcEuXm9V8hpeGEUwGA+91wKUkmnew7Ie/sSEz54HWcPS2nsrhHo9\
                Lhn5Af19q0T0ynYcwEzxoUFGoVNzKMQaCdUYvpJicQo7ywJMv4np7fC8ziSgajayWDxpaBou6s18nGavXdoN\
                +l4XDhG0WAZAqxMBbgDWdp829qZwwUufU2Z+n9ORzJm77EoIOV9qOKnoX746pF5QVNZ50lyn8xszh2rVOZbA\
                k2Fw0mYlhvEUF1MN+6eGeOAYbFmLiYMJvFVvmIbb7jfr rsa2048@example
                """,
            fingerprint: "SHA256:j5nMwVjrplOQxJ9Em1GsvbdyMwHschobv42tuQsy8W4"),
        KnownKey(
            name: "rsa-3072",
            line: """
                ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQCMgEDKjI74z3XJHXgRgpZ6HHuu6DbsY5I5UIfQEph9e82W\
                krFsqoN+8NHqm0G+ofjNm+Nd3XhuK+WfFw6593/UknyrkC14S4nlnFYb/OGLgdo3RxIRPBIttnstBXUMsJKn\
                nfY7mQJZvjVCJ2hReCD8bKFjLM/bh4cE6LURwCuUX4lzrSOkQ627Ov/eEqD/0OKRI+szyYKpT65fgJXISXJy\
                DA+c8qz+SQ3YwRV+PZw04J7Icb2ES2BERSei+ulnucmq5VZe0qGrTWhEAW6/nOP+P463jB+XR/rwowBh1L5p\
                6SpEi/Fl8sIWTHAzfOBKhpEdPR1R9XKO0HsanSeqJv/BBmr69C32+ZTqDR2qlezwl/L2IUZmObCnN1K2jhAa\
                3wHKWUxHJspaFHf1P+fUlX/qpuqRm+4/Y1x/+1Zwsnu43YKate5FIS7JabYKlKGpsqV48uYfalD5cz86Sd6k\
                fDHXS9n7sBMsFMiEUGl03IU8fNoMzpO0ebweo/frYHwtTBk= rsa3072@example
                """,
            fingerprint: "SHA256:z80slgEh678spcZ4Yp3BXrCJq/ZD213yYL7kvZBx5Zo"),
        KnownKey(
            name: "token-ed25519",
            line: """
                sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIAABAgMEBQYHC\
                AkKCwwNDg8QERITFBUWFxgZGhscHR4fAAAABHNzaDo= token
                """,
            fingerprint: "SHA256:/p0CbeE3dk2SyW1OXXsThGc12ezDVD8eGw2/vtztDfk"),
        KnownKey(
            name: "token-ecdsa",
            line: """
                sk-ecdsa-sha2-nistp256@openssh.com AAAAInNrLWVjZHNhLXNoYTItbmlzdHAyNTZAb3BlbnNzaC5jb\
                20AAAAIbmlzdHAyNTYAAABBBGRsJ1YwGV7E57V54U0q4X0ZRWvIA6gpjI0tJ2nDXIYWDyeEPqx2wihV5jfK0\
                BL92Nt5hIpMOk4PqjWGJtVz1NsAAAAEc3NoOg== token
                """,
            fingerprint: "SHA256:m3xOM/DBfL2pNuPLWyXsZ14K41LlAAXm8u6vwafFTwM"),
    ]

    /// Too short.
    static let rsa1024 = """
        ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQCqvBDsqfHIfMy5TiDzF1JB0IdKvGXGluoCraPIz8eXfIi3MKRYg2z1\
        HMGBZfouYd5tNcoJ83Tu2RXxPTr9vgbursaXCBfw/9eB/MJMilIG4w9YYYbdrAWlsZ4j+3aWDt2dOmL46WAH9QvPpxL7\
        t5ddA1V12iV3qR0ZnxXNuaBStQ== rsa1024@example
        """

    /// Too weak.
    static let dsa = """
        ssh-dss AAAAB3NzaC1kc3MAAACBAIlE1P/jdDg8LQoDxc3izo1bvozyMHsJu9dZ0rVqfVUcMywi8iLiPD4lEglDE+77\
        HiNGN57kuzMhZPdhc+fbLWfBcVDuB3pROXszOHuY98Q9ohOZoIwT1c3N0UEM5M4Jx4Azxg1jTlVhNbqwNbL9bYEOibC7\
        WWfwU2fWTjCCUSvRAAAAFQD9EEduWPxJCe6b1BM9ADHuKAPerwAAAIAe30czO49EJj/MnQzyk4UB+Za/VuwZg1+PFt0m\
        IlZOV60nh4DLg6BZO8OjqOlUiPgkE4QNc+/b3A823BjdHIRzqeUzUQe1O4YHkE7ZeDUXkDrhA5ZweSvNTsLhjZvfdoUz\
        NbZlAqgp8gIQ19xwIXUG2dNTsiwYlMDEbDE4sgt2LQAAAIBWYtK3jtyfsHoDfPje1fg94Tys47tFmfq1HtGFflASPiYR\
        tTxvpH5b4K4tvrOjnK/M+Z8ggWRlPn6NUTRqB8l49JiElg0MJOep+B8GzDsLHdC6ZevkhjS68VugZLphJ+A4o/UX8aH3\
        TMgZSx4g6Sj7Ba9txPYlMa4s8jnxa9APUQ== dsa1024@example
        """
}
