#define _GNU_SOURCE
#include "spawn_more.h"

#include <sched.h>
#include <spawn.h>

int slipway_spawn_in_folder(void *actions, const char *folder) {
    return posix_spawn_file_actions_addchdir_np(actions, folder);
}

int slipway_spawn_closing_from(void *actions, int first) {
    return posix_spawn_file_actions_addclosefrom_np(actions, first);
}

int slipway_try_namespace(void) {
    return unshare(CLONE_NEWUSER);
}
