#ifndef SLIPWAY_SPAWN_MORE_H
#define SLIPWAY_SPAWN_MORE_H

// File actions of posix_spawn(3) behind _GNU_SOURCE; `actions` is a posix_spawn_file_actions_t, whose header would make
// types of the C library ours. Each returns what the call returns: an error number, or 0.

/// The child's working directory.
int slipway_spawn_in_folder(void *actions, const char *folder);

/// Every descriptor from this one on is closed in the child.
int slipway_spawn_closing_from(void *actions, int first);

/// A user namespace, to see that there is none: it would give rights back.
int slipway_try_namespace(void);

// Signal 0 for the main thread of another process, and what limits it has; -1 with errno where that is forbidden.
int slipway_try_thread_of(int process);
int slipway_try_limits_of(int process);

#endif
