#include "CPerl.h"

#include <dlfcn.h>
#include <stddef.h>

// As perl.h declares them for a Perl with threads (MULTIPLICITY), which Debian's is.
struct interpreter;
typedef void bootstrap(struct interpreter *);

static struct interpreter *perl;
static void *(*new_xs)(struct interpreter *, const char *, void *, const char *);
static void *(*eval_pv)(struct interpreter *, const char *, int);
static int (*run)(struct interpreter *);
static int (*flush)(struct interpreter *, void *);
static void *boot_dynaloader;

// Lets Perl load modules that are libraries.
static void register_dynaloader(struct interpreter *self) {
    new_xs(self, "DynaLoader::boot_DynaLoader", boot_dynaloader, __FILE__);
}

static const char *load(void *library, char **arguments, char **environment) {
    void (*system_init)(int *, char ***, char ***) = dlsym(library, "Perl_sys_init3");
    struct interpreter *(*allocate)(void) = dlsym(library, "perl_alloc");
    void (*construct)(struct interpreter *) = dlsym(library, "perl_construct");
    int (*parse)(struct interpreter *, bootstrap *, int, char **, char **) = dlsym(library, "perl_parse");
    new_xs = dlsym(library, "Perl_newXS");
    eval_pv = dlsym(library, "Perl_eval_pv");
    run = dlsym(library, "perl_run");
    flush = dlsym(library, "Perl_PerlIO_flush");
    boot_dynaloader = dlsym(library, "boot_DynaLoader");
    if (!system_init || !allocate || !construct || !parse || !new_xs || !eval_pv || !run || !flush
        || !boot_dynaloader)
        return "it lacks functions";
    // A Perl without threads has the interpreter's parts as variables, and its functions lack the first argument.
    if (dlsym(library, "PL_stack_sp")) return "it is a Perl without threads";

    int count = 0;
    while (arguments[count]) count++;
    system_init(&count, &arguments, &environment);
    perl = allocate();
    if (!perl) return "there is no memory for it";
    construct(perl);
    return parse(perl, register_dynaloader, count, arguments, environment) == 0 ? NULL : "it does not take the program";
}

const char *slipway_perl_load(const char *path, char **arguments, char **environment) {
    // Global: the libraries of modules take Perl's functions from it.
    void *library = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
    return library ? load(library, arguments, environment) : dlerror();
}

void slipway_perl_evaluate(const char *code) {
    eval_pv(perl, code, 1);
}

int slipway_perl_run(void) {
    int status = run(perl);
    flush(perl, NULL);
    return status;
}
