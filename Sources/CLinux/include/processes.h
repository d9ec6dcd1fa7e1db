#ifndef SLIPWAY_PROCESSES_H
#define SLIPWAY_PROCESSES_H

#include <stddef.h>

// Each returns what the call returns, with errno set.

/// fork(2), for a process of one thread.
int slipway_fork(void);

/// pidfd_open(2): a descriptor that can be read when the process has ended.
int slipway_process_descriptor(int process);

/// close_range(2): every descriptor from this one on.
int slipway_close_from(int first);

/// A pair of local sockets that keep the borders of messages. Close-on-exec is set.
int slipway_message_sockets(int pair[2]);

/// sendmsg(2): one message, with descriptors (253 at most). No SIGPIPE.
long slipway_send_with_descriptors(int socket, const void *bytes, size_t size, const int *descriptors, size_t count);

/// recvmsg(2): one message. `count` is how many descriptors there is room for, and then how many came; they are close-on-exec.
/// A message that does not fit fails with EMSGSIZE.
long slipway_receive_with_descriptors(int socket, void *bytes, size_t size, int *descriptors, size_t *count);

#endif
