#define _GNU_SOURCE
#include "jail.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

// What the gateway calls once it serves, found with strace over its tests, and what the C library, the Swift runtime and
// NIO call for the same ends on other days.
static const int allowed[] = {
    // Files. Landlock says which.
    __NR_openat, __NR_openat2, __NR_close, __NR_close_range, __NR_read, __NR_readv, __NR_pread64, __NR_write,
    __NR_writev, __NR_pwrite64, __NR_lseek, __NR_fstat, __NR_newfstatat, __NR_statx, __NR_fstatfs, __NR_statfs,
    __NR_getdents64, __NR_mkdirat, __NR_unlinkat, __NR_renameat, __NR_renameat2, __NR_fsync, __NR_fdatasync,
    __NR_syncfs, __NR_ftruncate, __NR_fallocate, __NR_fadvise64, __NR_fchmod, __NR_utimensat, __NR_flock, __NR_fcntl,
    __NR_faccessat, __NR_faccessat2, __NR_dup, __NR_dup3, __NR_ioctl,
    // Sockets. Which kinds: the other filter.
    __NR_socket, __NR_bind, __NR_listen, __NR_accept, __NR_accept4, __NR_connect, __NR_getsockname, __NR_getpeername,
    __NR_getsockopt, __NR_setsockopt, __NR_sendto, __NR_recvfrom, __NR_sendmsg, __NR_recvmsg, __NR_shutdown,
    // Waiting.
    __NR_ppoll, __NR_epoll_create1, __NR_epoll_ctl, __NR_epoll_pwait, __NR_epoll_pwait2, __NR_eventfd2,
    __NR_timerfd_create, __NR_timerfd_settime, __NR_timerfd_gettime, __NR_signalfd4, __NR_nanosleep,
    __NR_clock_nanosleep, __NR_clock_gettime, __NR_clock_getres, __NR_gettimeofday, __NR_restart_syscall,
    // Memory and threads. clone: the other filter.
    __NR_mmap, __NR_munmap, __NR_mremap, __NR_mprotect, __NR_madvise, __NR_brk, __NR_membarrier, __NR_futex,
    __NR_clone, __NR_clone3, __NR_set_robust_list, __NR_get_robust_list, __NR_rseq, __NR_set_tid_address,
    __NR_sched_yield, __NR_sched_getaffinity, __NR_sched_getparam, __NR_sched_getscheduler,
    __NR_sched_get_priority_max, __NR_sched_get_priority_min, __NR_setpriority, __NR_getpriority, __NR_getcpu,
    __NR_prctl, __NR_exit, __NR_exit_group,
    // Signals to itself, of which tgkill is below.
    __NR_rt_sigaction, __NR_rt_sigprocmask, __NR_rt_sigreturn, __NR_sigaltstack,
    // Questions.
    __NR_getpid, __NR_gettid, __NR_getppid, __NR_getuid, __NR_geteuid, __NR_getgid, __NR_getegid, __NR_getrandom,
    __NR_uname, __NR_sysinfo, __NR_getrusage, __NR_times, __NR_prlimit64,
    // The version alone is asked for; another ruleset could only take more away.
    __NR_landlock_create_ruleset,
#if defined(__x86_64__)
    // The same by older names.
    __NR_open, __NR_stat, __NR_lstat, __NR_access, __NR_mkdir, __NR_rmdir, __NR_unlink, __NR_rename, __NR_dup2,
    __NR_poll, __NR_epoll_create, __NR_epoll_wait, __NR_time, __NR_getrlimit,
#endif
};

#define ALLOWED_COUNT (sizeof allowed / sizeof allowed[0])
#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define ANSWER(action) BPF_STMT(BPF_RET | BPF_K, (action))
// Calls that are newer than this list; from 424 on the numbers are the same everywhere.
#define FIRST_UNKNOWN 451

int slipway_allow_system_calls_of_gateway(void) {
    struct sock_filter filter[2 * ALLOWED_COUNT + 9], *next = filter;
    *next++ = (struct sock_filter)LOAD(nr);
    for (size_t i = 0; i < ALLOWED_COUNT; i++) {
        *next++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, allowed[i], 0, 1);
        *next++ = (struct sock_filter)ANSWER(SECCOMP_RET_ALLOW);
    }
    struct sock_filter rest[] = {
        // The C library does without them where the kernel has none, and takes no other answer for that.
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, FIRST_UNKNOWN, 0, 1),
        ANSWER(SECCOMP_RET_ERRNO | ENOSYS),
        // abort() may end this process.
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_tgkill, 0, 3),
        LOAD(args[0]),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)getpid(), 0, 1),
        ANSWER(SECCOMP_RET_ALLOW),
        ANSWER(SECCOMP_RET_ERRNO | EPERM),
    };
    for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++) *next++ = rest[i];
    struct sock_fprog program = {.len = (unsigned short)(next - filter), .filter = filter};
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
}
