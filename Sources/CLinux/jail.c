#define _GNU_SOURCE
#include "jail.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "the filter knows the system call numbers of amd64 and arm64"
#endif

int slipway_no_new_privileges(void) {
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

int slipway_landlock_version(void) {
    return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

// linux/landlock.h of Debian 12 ends with the first field. The kernel takes a longer structure than it knows as long as
// what it does not know is zero.
struct ruleset {
    uint64_t file_rights, network_rights, scopes;
};

int slipway_landlock_ruleset(uint64_t file_rights, uint64_t network_rights, uint64_t scopes) {
    struct ruleset ruleset = {file_rights, network_rights, scopes};
    return (int)syscall(SYS_landlock_create_ruleset, &ruleset, sizeof ruleset, 0);
}

int slipway_landlock_allow_beneath(int ruleset, uint64_t rights, int folder) {
    struct landlock_path_beneath_attr beneath = {.allowed_access = rights, .parent_fd = folder};
    return (int)syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
}

int slipway_landlock_enforce(int ruleset) {
    return (int)syscall(SYS_landlock_restrict_self, ruleset, 0);
}

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define REFUSE BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define KILL BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS)
#define FORBID(name) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_##name, 0, 1), REFUSE
#define UNLESS_EQUAL(value, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, (skip))

static struct sock_filter filter[] = {
    // The numbers below mean other calls on another architecture; nobody of ours calls that way.
    LOAD(arch),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCHITECTURE, 1, 0),
    KILL,
    LOAD(nr),
#if defined(__x86_64__)
    // The x32 numbers are the same calls once more.
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
    KILL,
#endif
    // No other program, no other process. (clone without a thread flag is refused below.)
    FORBID(execve),
    FORBID(execveat),
#if defined(__x86_64__)
    FORBID(fork),
    FORBID(vfork),
#endif
    // Nothing in other processes.
    FORBID(ptrace),
    FORBID(process_vm_readv),
    FORBID(process_vm_writev),
    FORBID(process_madvise),
    FORBID(kcmp),
    FORBID(pidfd_open),
    FORBID(pidfd_getfd),
    FORBID(pidfd_send_signal),
    FORBID(kill),
    FORBID(tkill),
    FORBID(tgkill),
    FORBID(rt_sigqueueinfo),
    FORBID(rt_tgsigqueueinfo),
    // No other root, no namespace, no mount.
    FORBID(chroot),
    FORBID(pivot_root),
    FORBID(mount),
    FORBID(umount2),
    FORBID(move_mount),
    FORBID(open_tree),
    FORBID(fsopen),
    FORBID(fsmount),
    FORBID(mount_setattr),
    FORBID(unshare),
    FORBID(setns),
    FORBID(open_by_handle_at),
    FORBID(name_to_handle_at),
    // No other user, no other rights.
    FORBID(setuid),
    FORBID(setgid),
    FORBID(setreuid),
    FORBID(setregid),
    FORBID(setresuid),
    FORBID(setresgid),
    FORBID(setgroups),
    FORBID(setfsuid),
    FORBID(setfsgid),
    FORBID(capset),
    // No devices, pipes or links in the jail; what is uploaded is plain files.
#if defined(__x86_64__)
    FORBID(mknod),
    FORBID(symlink),
    FORBID(link),
#endif
    FORBID(mknodat),
    FORBID(symlinkat),
    FORBID(linkat),
    // Large and rarely used parts of the kernel.
    FORBID(io_uring_setup),
    FORBID(io_uring_enter),
    FORBID(io_uring_register),
    FORBID(bpf),
    FORBID(perf_event_open),
    FORBID(userfaultfd),
    FORBID(keyctl),
    FORBID(add_key),
    FORBID(request_key),
    FORBID(init_module),
    FORBID(finit_module),
    FORBID(delete_module),
    FORBID(kexec_load),
    FORBID(kexec_file_load),
    FORBID(memfd_create),
    FORBID(personality),
    FORBID(reboot),
    FORBID(swapon),
    FORBID(swapoff),
    FORBID(acct),
    FORBID(quotactl),
    FORBID(settimeofday),
    FORBID(clock_settime),
    FORBID(adjtimex),
    FORBID(sethostname),
    FORBID(setdomainname),
    FORBID(syslog),
    FORBID(vmsplice),
    // clone3 hides its flags in memory; ENOSYS makes the C library use clone.
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone3, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
    // clone makes threads only.
    UNLESS_EQUAL(__NR_clone, 4),
    LOAD(args[0]),
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x00010000 /* CLONE_THREAD */, 0, 1),
    ALLOW,
    REFUSE,
    // Limits of its own only.
    UNLESS_EQUAL(__NR_prlimit64, 4),
    LOAD(args[0]),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1),
    ALLOW,
    REFUSE,
    // Sockets of this machine and of IP only.
    UNLESS_EQUAL(__NR_socket, 5),
    LOAD(args[0]),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 3, 0),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_INET, 2, 0),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_INET6, 1, 0),
    REFUSE,
    ALLOW,
};

int slipway_forbid_system_calls(void) {
    struct sock_fprog program = {.len = sizeof filter / sizeof filter[0], .filter = filter};
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
}

int slipway_forbid_system_calls_of_files(bool may_execute) {
    struct sock_filter stricter[sizeof filter / sizeof filter[0]];
    memcpy(stricter, filter, sizeof filter);
    for (size_t i = 0; i < sizeof filter / sizeof filter[0]; i++) {
        if (stricter[i].code != (BPF_JMP | BPF_JEQ | BPF_K)) continue;
        uint32_t number = stricter[i].k;
        bool executes = number == __NR_execve || number == __NR_execveat;
        // A number that no call and no kind of socket has: the rule never fits.
        if ((executes && may_execute) || number == AF_INET || number == AF_INET6) stricter[i].k = UINT32_MAX;
    }
    struct sock_fprog program = {.len = sizeof stricter / sizeof stricter[0], .filter = stricter};
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
}

// Calls that unpacking programs need, and that the gateway must not have.
static const uint32_t needed_for_unpacking[] = {
    __NR_execve, __NR_execveat, __NR_clone, __NR_symlinkat, __NR_linkat, __NR_mknodat, AF_UNIX, AF_INET, AF_INET6,
#if defined(__x86_64__)
    __NR_fork, __NR_vfork, __NR_symlink, __NR_link, __NR_mknod,
#endif
};

// Source trees may have pipes (dpkg's own has); no devices and sockets, whoever unpacks them.
#define PIPES_ONLY(call, mode) \
    UNLESS_EQUAL(call, 5), \
    LOAD(args[mode]), \
    BPF_STMT(BPF_ALU | BPF_AND | BPF_K, S_IFMT), \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, S_IFIFO, 0, 1), \
    ALLOW, \
    REFUSE

static struct sock_filter making_special_files[] = {
    LOAD(nr),
    PIPES_ONLY(__NR_mknodat, 2),
#if defined(__x86_64__)
    PIPES_ONLY(__NR_mknod, 1),
#endif
    ALLOW,
};

// No sessions and groups of their own: the whole group is killed when time is up. No namespaces either.
static struct sock_filter leaving_group[] = {
    LOAD(nr),
    FORBID(setsid),
    FORBID(setpgid),
    UNLESS_EQUAL(__NR_clone, 3),
    LOAD(args[0]),
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x7E020000 /* CLONE_NEW… */, 0, 1),
    REFUSE,
    ALLOW,
};

static bool is_among(uint32_t number, const uint32_t *numbers, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (numbers[i] == number) return true;
    return false;
}

// The filter at the top, without its rules about these numbers.
static int forbid_all_but(const uint32_t *needed, size_t count) {
    struct sock_filter looser[sizeof filter / sizeof filter[0]];
    memcpy(looser, filter, sizeof filter);
    for (size_t i = 0; i < sizeof filter / sizeof filter[0]; i++)
        if (looser[i].code == (BPF_JMP | BPF_JEQ | BPF_K) && is_among(looser[i].k, needed, count))
            looser[i].k = UINT32_MAX;
    struct sock_fprog program = {.len = sizeof looser / sizeof looser[0], .filter = looser};
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
}

#define COUNT(list) (sizeof list / sizeof list[0])

static int forbid_special_files(void) {
    struct sock_fprog program = {.len = COUNT(making_special_files), .filter = making_special_files};
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
}

int slipway_forbid_system_calls_of_unpacking(void) {
    if (forbid_special_files() != 0) return -1;
    struct sock_fprog first = {.len = COUNT(leaving_group), .filter = leaving_group};
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &first) != 0) return -1;
    return forbid_all_but(needed_for_unpacking, COUNT(needed_for_unpacking));
}

// What starts unpacking programs also waits for them and ends them.
static const uint32_t needed_besides[] = {__NR_kill, __NR_pidfd_open};

int slipway_forbid_system_calls_of_unpack_server(void) {
    if (forbid_special_files() != 0) return -1;
    uint32_t needed[COUNT(needed_for_unpacking) + COUNT(needed_besides)];
    memcpy(needed, needed_for_unpacking, sizeof needed_for_unpacking);
    memcpy(needed + COUNT(needed_for_unpacking), needed_besides, sizeof needed_besides);
    return forbid_all_but(needed, COUNT(needed));
}

int slipway_die_with_parent(void) {
    return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
}

static int signal_descriptor(const sigset_t *signals) {
    if (sigprocmask(SIG_BLOCK, signals, NULL) != 0) return -1;
    return signalfd(-1, signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

int slipway_stop_signals(void) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signal_descriptor(&signals);
}

int slipway_reload_signals(void) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGHUP);
    return signal_descriptor(&signals);
}

int slipway_try_ptrace(void) {
    return (int)ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}

int slipway_try_io_uring(void) {
    uint64_t parameters[15] = {0};
    return (int)syscall(__NR_io_uring_setup, 1, parameters);
}
