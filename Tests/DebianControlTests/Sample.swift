/// Control files as dpkg 1.21.23 wrote them for a small package of format 3.0 (quilt), without their signatures.
enum Sample {
    /// By dpkg-source.
    static let dsc = """
        Format: 3.0 (quilt)
        Source: slip-hello
        Binary: slip-hello, slip-hello-doc
        Architecture: any all
        Version: 1:1.0-1
        Maintainer: Zoë Example <zoe@example.org>
        Uploaders: Bob Builder <bob@example.org>, "Smith, Carol" <carol@example.org>
        Standards-Version: 4.6.2
        Build-Depends: debhelper-compat (= 13), libfoo-dev [linux-any] <!nocheck>
        Package-List:
         slip-hello deb misc optional arch=any
         slip-hello-doc deb misc optional arch=all
        Checksums-Sha1:
         677e0104333f4df324f3ddf26be754d27cd07c75 183 slip-hello_1.0.orig.tar.gz
         921f1e923e409241615b58b6cfb4be4cf91d8877 832 slip-hello_1.0-1.debian.tar.xz
        Checksums-Sha256:
         7840e1d5f27e549ac77fd9425e2e785363138f08e330c89d4036accd2a419072 183 slip-hello_1.0.orig.tar.gz
         3d73d7340ff3bd9fb60a4a03aa59b1b87f46e21fbe0f9e675125f020fa8a2da0 832 slip-hello_1.0-1.debian.tar.xz
        Files:
         94b0a3e8e74d59e1b0bef01c4e86f98c 183 slip-hello_1.0.orig.tar.gz
         3e8378cbe11511c4f3beb76ee8515738 832 slip-hello_1.0-1.debian.tar.xz

        """

    /// By `dpkg-buildpackage -S`: no `Binary`, no `Description`.
    static let sourceChanges = """
        Format: 1.8
        Date: Thu, 20 Nov 2025 10:00:00 +0000
        Source: slip-hello
        Architecture: source
        Version: 1:1.0-1
        Distribution: bookworm
        Urgency: medium
        Maintainer: Zoë Example <zoe@example.org>
        Changed-By: Zoë Example <zoe@example.org>
        Closes: 123456 234567
        Changes:
         slip-hello (1:1.0-1) bookworm; urgency=medium
         .
           * First release. (Closes: #123456, #234567)
        Checksums-Sha1:
         227bf6cc8a3b0725af019538dc16ceedccfbecce 951 slip-hello_1.0-1.dsc
         677e0104333f4df324f3ddf26be754d27cd07c75 183 slip-hello_1.0.orig.tar.gz
         921f1e923e409241615b58b6cfb4be4cf91d8877 832 slip-hello_1.0-1.debian.tar.xz
         cd295dc7713bcc7591719062d7d7390767bf868d 4127 slip-hello_1.0-1_source.buildinfo
        Checksums-Sha256:
         dff97d2d1d42bc546c8bdf85799557e7fbc62e6e456dc21f9503f45742808641 951 slip-hello_1.0-1.dsc
         7840e1d5f27e549ac77fd9425e2e785363138f08e330c89d4036accd2a419072 183 slip-hello_1.0.orig.tar.gz
         3d73d7340ff3bd9fb60a4a03aa59b1b87f46e21fbe0f9e675125f020fa8a2da0 832 slip-hello_1.0-1.debian.tar.xz
         a215f495483e4aaf35db8352f60c2b039d12003d94339e7b5b1308b14ece3aca 4127 slip-hello_1.0-1_source.buildinfo
        Files:
         a888cddf946a875545a85c69b2f5e23d 951 misc optional slip-hello_1.0-1.dsc
         94b0a3e8e74d59e1b0bef01c4e86f98c 183 misc optional slip-hello_1.0.orig.tar.gz
         3e8378cbe11511c4f3beb76ee8515738 832 misc optional slip-hello_1.0-1.debian.tar.xz
         1cc1e4868ab5ceaff986ea4d9344ad1d 4127 misc optional slip-hello_1.0-1_source.buildinfo

        """

    /// By `dpkg-buildpackage`: source and binaries.
    static let fullChanges = """
        Format: 1.8
        Date: Thu, 20 Nov 2025 10:00:00 +0000
        Source: slip-hello
        Binary: slip-hello slip-hello-doc
        Architecture: source all amd64
        Version: 1:1.0-1
        Distribution: bookworm
        Urgency: medium
        Maintainer: Zoë Example <zoe@example.org>
        Changed-By: Zoë Example <zoe@example.org>
        Description:
         slip-hello - greets
         slip-hello-doc - documents the greeting
        Closes: 123456 234567
        Changes:
         slip-hello (1:1.0-1) bookworm; urgency=medium
         .
           * First release. (Closes: #123456, #234567)
        Checksums-Sha1:
         227bf6cc8a3b0725af019538dc16ceedccfbecce 951 slip-hello_1.0-1.dsc
         677e0104333f4df324f3ddf26be754d27cd07c75 183 slip-hello_1.0.orig.tar.gz
         921f1e923e409241615b58b6cfb4be4cf91d8877 832 slip-hello_1.0-1.debian.tar.xz
         e5079f2682c61be252df52b7173cbcc841e8df22 732 slip-hello-doc_1.0-1_all.deb
         1e93a432d54e35c448c656c4e4aba0977a3d3ace 4647 slip-hello_1.0-1_amd64.buildinfo
         1a9e2c853c0988b82b0ae8bc20890101689bf060 724 slip-hello_1.0-1_amd64.deb
        Checksums-Sha256:
         dff97d2d1d42bc546c8bdf85799557e7fbc62e6e456dc21f9503f45742808641 951 slip-hello_1.0-1.dsc
         7840e1d5f27e549ac77fd9425e2e785363138f08e330c89d4036accd2a419072 183 slip-hello_1.0.orig.tar.gz
         3d73d7340ff3bd9fb60a4a03aa59b1b87f46e21fbe0f9e675125f020fa8a2da0 832 slip-hello_1.0-1.debian.tar.xz
         cacc8d85c7e23d102df72c432f8ea5d50cb100fd3633505e5d42500310bda24f 732 slip-hello-doc_1.0-1_all.deb
         3130f68e40c327c474cc4e54379ff366f1657aebc616fc7ee7aa0807f88f451f 4647 slip-hello_1.0-1_amd64.buildinfo
         9071d24386b31a66ff6441eb29870b6a3b807dd1735ca263f0ea496dbc4e1614 724 slip-hello_1.0-1_amd64.deb
        Files:
         a888cddf946a875545a85c69b2f5e23d 951 misc optional slip-hello_1.0-1.dsc
         94b0a3e8e74d59e1b0bef01c4e86f98c 183 misc optional slip-hello_1.0.orig.tar.gz
         3e8378cbe11511c4f3beb76ee8515738 832 misc optional slip-hello_1.0-1.debian.tar.xz
         0a8ab075a72ee12e3025d20bf131b16d 732 misc optional slip-hello-doc_1.0-1_all.deb
         67c74a3cc625e6db579a36969d8540fd 4647 misc optional slip-hello_1.0-1_amd64.buildinfo
         e39d95c094cc5de0dab770cbfe6477e9 724 misc optional slip-hello_1.0-1_amd64.deb

        """

    /// By the same build; the long lists are shortened.
    static let buildinfo = """
        Format: 1.0
        Source: slip-hello
        Binary: slip-hello slip-hello-doc
        Architecture: all amd64 source
        Version: 1:1.0-1
        Checksums-Md5:
         a888cddf946a875545a85c69b2f5e23d 951 slip-hello_1.0-1.dsc
         0a8ab075a72ee12e3025d20bf131b16d 732 slip-hello-doc_1.0-1_all.deb
         e39d95c094cc5de0dab770cbfe6477e9 724 slip-hello_1.0-1_amd64.deb
        Checksums-Sha1:
         227bf6cc8a3b0725af019538dc16ceedccfbecce 951 slip-hello_1.0-1.dsc
         e5079f2682c61be252df52b7173cbcc841e8df22 732 slip-hello-doc_1.0-1_all.deb
         1a9e2c853c0988b82b0ae8bc20890101689bf060 724 slip-hello_1.0-1_amd64.deb
        Checksums-Sha256:
         dff97d2d1d42bc546c8bdf85799557e7fbc62e6e456dc21f9503f45742808641 951 slip-hello_1.0-1.dsc
         cacc8d85c7e23d102df72c432f8ea5d50cb100fd3633505e5d42500310bda24f 732 slip-hello-doc_1.0-1_all.deb
         9071d24386b31a66ff6441eb29870b6a3b807dd1735ca263f0ea496dbc4e1614 724 slip-hello_1.0-1_amd64.deb
        Build-Origin: Debian
        Build-Architecture: amd64
        Build-Date: Fri, 20 Nov 2026 23:10:20 +0000
        Installed-Build-Depends:
         base-files (= 12.4+deb12u11),
         bash (= 5.2.15-2+b8)
        Environment:
         LANG="C.UTF-8"
         SOURCE_DATE_EPOCH="1763632800"

        """

    /// The control file of the package built.
    static let control = """
        Package: slip-hello
        Version: 1:1.0-1
        Architecture: amd64
        Maintainer: Zoë Example <zoe@example.org>
        Installed-Size: 2
        Section: misc
        Priority: optional
        Description: greets
         It greets.
         .
         That is all.

        """
}
