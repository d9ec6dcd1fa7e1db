#define _GNU_SOURCE
#include "processes.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// SCM_MAX_FD of the kernel.
#define MOST_DESCRIPTORS 253

int slipway_fork(void) {
    return fork();
}

int slipway_process_descriptor(int process) {
    return (int)syscall(SYS_pidfd_open, process, 0);
}

int slipway_close_from(int first) {
    return (int)syscall(SYS_close_range, first, ~0U, 0);
}

int slipway_message_sockets(int pair[2]) {
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair);
}

union control {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(MOST_DESCRIPTORS * sizeof(int))];
};

long slipway_send_with_descriptors(
    int socket, const void *bytes, size_t size, const int *descriptors, size_t count
) {
    if (count > MOST_DESCRIPTORS) {
        errno = EINVAL;
        return -1;
    }
    union control control = {.header = {0}};
    struct iovec piece = {.iov_base = (void *)bytes, .iov_len = size};
    struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
    if (count > 0) {
        message.msg_control = &control;
        message.msg_controllen = CMSG_SPACE(count * sizeof(int));
        control.header.cmsg_level = SOL_SOCKET;
        control.header.cmsg_type = SCM_RIGHTS;
        control.header.cmsg_len = CMSG_LEN(count * sizeof(int));
        memcpy(CMSG_DATA(&control.header), descriptors, count * sizeof(int));
    }
    return sendmsg(socket, &message, MSG_NOSIGNAL);
}

long slipway_receive_with_descriptors(int socket, void *bytes, size_t size, int *descriptors, size_t *count) {
    union control control;
    struct iovec piece = {.iov_base = bytes, .iov_len = size};
    struct msghdr message = {
        .msg_iov = &piece, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    size_t room = *count;
    *count = 0;
    ssize_t received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    if (received < 0) return -1;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS) {
        size_t came = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        int all[MOST_DESCRIPTORS];
        memcpy(all, CMSG_DATA(header), came * sizeof(int));
        for (size_t i = room; i < came; i++) close(all[i]);
        *count = came < room ? came : room;
        memcpy(descriptors, all, *count * sizeof(int));
        if (came > room) message.msg_flags |= MSG_CTRUNC;
    }
    if (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) {
        for (size_t i = 0; i < *count; i++) close(descriptors[i]);
        *count = 0;
        errno = EMSGSIZE;
        return -1;
    }
    return received;
}
