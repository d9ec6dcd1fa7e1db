#ifndef SLIPWAY_CPERL_H
#define SLIPWAY_CPERL_H

// Perl in this process, perlembed(1). Its library is loaded when it is asked for, as its name has Perl's version in it, and a
// program that was built with one would not start with the next. For one thread.

/// Loads Perl from `library`, and has it read and compile the program of `arguments` (as perl's command line, NULL at the
/// end) without running it: what it says with `use` is loaded afterwards. Returns NULL, or words for why it cannot be done.
const char *slipway_perl_load(const char *library, char **arguments, char **environment);

/// Evaluates Perl code in the loaded program. Its errors end the process.
void slipway_perl_evaluate(const char *code);

/// Runs the loaded program to its end, once, and returns its exit status. What it wrote is written then. The process is to
/// end next: nothing is freed, as that takes as long as the program (pages shared with the process it was forked from
/// are copied so as to be freed), and no object that is left at the end learns of it; dpkg-source has none that would.
int slipway_perl_run(void);

#endif
