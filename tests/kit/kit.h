/*
 * What the test programs share: directories of their own, seeds, waiting without sleeping, and
 * other processes. What fails here ends the test program with a line on stderr, since a test that
 * could not set its scene has shown nothing.
 */
#ifndef BOXOFFICE_TESTS_KIT_KIT_H
#define BOXOFFICE_TESTS_KIT_KIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { KIT_PATH = 256 };

/* Makes a new directory under $TMPDIR or /tmp and writes its path into `path`. */
void kit_tempdir(char path[static KIT_PATH]);

/* Removes a directory with all in it; one that is gone already is no failure. */
void kit_remove_tree(const char *path);

/* Writes "dir/name" into `path` and returns it. */
char *kit_path(char path[static KIT_PATH], const char *dir, const char *name);

/* Writes `size` bytes to a new or emptied file of mode 0644 whatever the umask. */
void kit_write_file(const char *path, const void *bytes, size_t size);

/* Reads a whole file; the result ends with a NUL more and is the caller's to free. `size` may be
 * NULL. */
char *kit_read_file(const char *path, size_t *size);

/*
 * Writes the name of a zone in which it is about noon, so that no test with the machine's clock
 * meets the end of a business day, and returns it.
 */
char *kit_noon_zone(char zone[static 24]);

/* The seed of a property test: $SEED or a random one, printed so that a failure can be repeated. */
uint64_t kit_seed(void);

/* The next 64 bits after `*state`, which begins as a seed and is moved on. */
uint64_t kit_random(uint64_t *state);

/* A number from 0 to n - 1; `n` is at least 1. */
uint64_t kit_below(uint64_t *state, uint64_t n);

/*
 * Asks `reached` about every millisecond until it says true, at most `limit_ms`. Returns what it
 * said last.
 */
bool kit_wait_until(bool (*reached)(void *), void *context, int limit_ms);

/*
 * Starts `argv` (NULL ends it; argv[0] is searched in PATH unless it has a slash) with stdin from
 * /dev/null and its output appended to the file `out`, errors to `err` (the same file when both
 * are the same text; NULL: /dev/null). The files are there when it returns. Returns the process's
 * id; end it with kit_reap.
 */
pid_t kit_spawn(const char *const argv[], const char *out, const char *err);

/*
 * Waits at most `limit_ms` for a process to end and returns its exit status, or 128 + N when signal
 * N ended it. One that does not end in time is killed, and -1 returned.
 */
int kit_reap(pid_t pid, int limit_ms);

/* A command that ran to its end: exit status as kit_reap gives it, and what it printed. */
struct kit_run {
    int status;
    char *out;
    char *err;
};

/*
 * Runs `argv` as kit_spawn does, with scratch files in `dir`, at most `limit_ms`. Free the result
 * with kit_run_fini.
 */
struct kit_run kit_run(const char *dir, const char *const argv[], int limit_ms);

/* Frees what a run printed. */
void kit_run_fini(struct kit_run *run);

#endif
