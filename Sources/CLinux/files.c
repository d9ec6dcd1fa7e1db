#define _GNU_SOURCE
#include "files.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int slipway_open_beneath(int folder, const char *path, int flags, unsigned mode, bool stay_on_mount) {
    struct open_how how = {
        .flags = (uint64_t)(unsigned)(flags | O_CLOEXEC),
        .mode = mode,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS
                 | (stay_on_mount ? RESOLVE_NO_XDEV : 0),
    };
    return (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
}

int slipway_open_path(int folder, const char *name) {
    return openat(folder, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

int slipway_rename_new(int from_folder, const char *from, int to_folder, const char *to) {
    return renameat2(from_folder, from, to_folder, to, RENAME_NOREPLACE);
}

int slipway_rename_exchange(int from_folder, const char *from, int to_folder, const char *to) {
    return renameat2(from_folder, from, to_folder, to, RENAME_EXCHANGE);
}

int slipway_syncfs(int file) {
    return syncfs(file);
}
