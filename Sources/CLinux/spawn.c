#define _GNU_SOURCE
#include "spawn_more.h"

#include <sched.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

int slipway_spawn_in_folder(void *actions, const char *folder) {
    return posix_spawn_file_actions_addchdir_np(actions, folder);
}

int slipway_spawn_closing_from(void *actions, int first) {
    return posix_spawn_file_actions_addclosefrom_np(actions, first);
}

int slipway_try_namespace(void) {
    return unshare(CLONE_NEWUSER);
}

int slipway_try_thread_of(int process) {
    return (int)syscall(SYS_tgkill, process, process, 0);
}

int slipway_try_limits_of(int process) {
    struct rlimit limit;
    return prlimit(process, RLIMIT_CPU, NULL, &limit);
}
