/// What dpkg-source is told of tarballs that are unpacked already: the steps in which it would start programs are done, and
/// all else is as it is written there.
extension PlainTarball {
    /// Perl for after dpkg-source was loaded. `%Dpkg::Source::Archive::slipway_plain` has the folder by the tarball's name.
    ///
    /// `extract` of Dpkg::Source::Archive opens the tarball (a decompressor), has tar unpack it into a new folder, and chmod
    /// set its rights. Each of the three looks whether it is done; when tar is to do something else than it was in
    /// dpkg 1.19 to 1.22, it does it.
    static let inPerl = """
        package Dpkg::Source::Archive;
        no warnings;
        our %slipway_plain;
        my ($archive, $plain, $done);
        my ($start, $set_rights, $erase) = (\\&spawn, \\&fixperms, \\&erasedir);
        my $tar = 'tar -xf - --no-same-permissions --no-same-owner';
        my %usual = map { $_ => 1 } $tar, "$tar --anchored --no-wildcards-match-slash --exclude */.pc --exclude .pc";
        *ensure_open = sub {
            my ($self, $mode, %opts) = @_;
            ($archive, $plain) = ($self, undef);
            $plain = delete $slipway_plain{basename($self->get_filename())} if $mode eq 'r';
            $self->Dpkg::Compression::FileHandle::ensure_open($mode, %opts) unless defined $plain;
        };
        *spawn = sub {
            my %opts = @_;
            my $folder = $plain;
            $plain = undef;
            return $start->(%opts) unless defined $folder;
            if ($usual{join(' ', @{$opts{exec}})} && rename($folder, $opts{chdir})) { $done = $opts{chdir}; return; }
            $archive->Dpkg::Compression::FileHandle::ensure_open('r', delete_sig => [ 'PIPE' ]);
            $start->(%opts, from_handle => $archive->get_filehandle());
        };
        *fixperms = sub {
            my $dir = shift;
            return if defined $done && $done eq $dir;
            $set_rights->($dir);
        };
        *erasedir = sub {
            my $dir = shift;
            $erase->($dir) unless !-l $dir && rmdir($dir);
        };
        package main;
        """
}
