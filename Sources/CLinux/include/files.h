#ifndef SLIPWAY_FILES_H
#define SLIPWAY_FILES_H

#include <stdbool.h>

// System calls that Swift's Glibc module does not show: variadic ones, and those behind _GNU_SOURCE.
// Each returns what the call returns, with errno set.

/// openat2(2): `path` is looked up beneath `folder`, and no symbolic or magic link is followed anywhere in it.
/// With `stay_on_mount` no mount point is crossed either. Close-on-exec is always set.
int slipway_open_beneath(int folder, const char *path, int flags, unsigned mode, bool stay_on_mount);

/// openat(2) with O_PATH of the folder `name`, which may be one that cannot be read. No link is followed.
int slipway_open_path(int folder, const char *name);

/// renameat2(2) with RENAME_NOREPLACE: EEXIST when `to` is there.
int slipway_rename_new(int from_folder, const char *from, int to_folder, const char *to);

/// renameat2(2) with RENAME_EXCHANGE: both must be there, and they change places in one step.
int slipway_rename_exchange(int from_folder, const char *from, int to_folder, const char *to);

/// syncfs(2): writes back everything of the filesystem that `file` is on.
int slipway_syncfs(int file);

#endif
