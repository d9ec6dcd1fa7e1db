#ifndef SLIPWAY_JAIL_H
#define SLIPWAY_JAIL_H

#include <stdbool.h>
#include <stdint.h>

// What locks a program in, and Swift cannot say: variadic calls, and calls for which there is no C function.
// Each returns what the call returns, with errno set. All but seccomp's filter act on the calling thread alone, and on the
// threads and processes it starts later: call them while there is one thread.

/// prctl(PR_SET_NO_NEW_PRIVS): no set-user-id program gives rights any more.
int slipway_no_new_privileges(void);

/// The Landlock version of the kernel, or -1 when there is none.
int slipway_landlock_version(void);

/// landlock_create_ruleset(2): the rights named here are lost, except where a rule gives them back. Returns a descriptor.
int slipway_landlock_ruleset(uint64_t file_rights, uint64_t network_rights, uint64_t scopes);

/// landlock_add_rule(2): gives `rights` back beneath `folder`.
int slipway_landlock_allow_beneath(int ruleset, uint64_t rights, int folder);

/// landlock_restrict_self(2).
int slipway_landlock_enforce(int ruleset);

/// seccomp(2) with a filter for all threads: the system calls of jail.c's list fail with EPERM.
int slipway_forbid_system_calls(void);

/// Another filter, on top of that: the system calls of calls.c's list are the only ones left. The others fail with EPERM,
/// and those that are newer than the list with ENOSYS.
int slipway_allow_system_calls_of_gateway(void);

/// slipway_forbid_system_calls without sockets of IP; with `may_execute` programs can be started in its place.
int slipway_forbid_system_calls_of_files(bool may_execute);

/// slipway_forbid_system_calls for programs that unpack archives: processes, programs and links can be made, and no
/// sockets of any kind.
int slipway_forbid_system_calls_of_unpacking(void);

/// The same, but that processes can be waited for, signalled and put into groups.
int slipway_forbid_system_calls_of_unpack_server(void);

/// prctl(PR_SET_PDEATHSIG): SIGKILL when the thread that started us ends.
int slipway_die_with_parent(void);

/// Blocks SIGTERM and SIGINT, and gives a descriptor (signalfd(2)) that can be read when one of them came.
int slipway_stop_signals(void);

/// The same for SIGHUP.
int slipway_reload_signals(void);

/// ptrace(PTRACE_TRACEME), to see that it fails.
int slipway_try_ptrace(void);

/// An io_uring, to see that there is none: it would carry out calls past the filter.
int slipway_try_io_uring(void);

#endif
