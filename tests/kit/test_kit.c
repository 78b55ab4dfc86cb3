#include "tests/kit/kit.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/kit/pty.h"

static void tempdir__is_new_and_wholly_removed(void **state)
{
    char dir[KIT_PATH], other[KIT_PATH], path[KIT_PATH];

    (void)state;
    kit_tempdir(dir);
    kit_tempdir(other);
    assert_string_not_equal(dir, other);
    assert_int_equal(mkdir(kit_path(path, dir, "sub"), 0755), 0);
    kit_write_file(kit_path(path, dir, "sub/file"), "a\0b", 3);
    assert_int_equal(symlink(other, kit_path(path, dir, "sub/link")), 0);
    kit_remove_tree(dir);
    assert_int_equal(access(dir, F_OK), -1);
    assert_int_equal(access(other, F_OK), 0); /* links are not followed */
    kit_remove_tree(other);
    kit_remove_tree(other);
}

static void file__is_read_as_it_was_written(void **state)
{
    char dir[KIT_PATH], path[KIT_PATH];
    size_t size;

    (void)state;
    kit_tempdir(dir);
    kit_write_file(kit_path(path, dir, "file"), "longer", 6);
    kit_write_file(path, "a\0b", 3);
    char *bytes = kit_read_file(path, &size);
    assert_int_equal(size, 3);
    assert_memory_equal(bytes, "a\0b", 4);
    free(bytes);
    kit_remove_tree(dir);
}

static void seed__repeats_what_it_made(void **state)
{
    uint64_t one, two;

    (void)state;
    setenv("SEED", "42", 1);
    one = kit_seed();
    two = kit_seed();
    unsetenv("SEED");
    assert_int_equal(one, 42);
    for (int i = 0; i < 100; i++)
        assert_int_equal(kit_random(&one), kit_random(&two));
    for (int i = 0; i < 1000; i++)
        assert_in_range(kit_below(&one, 7), 0, 6);
    assert_int_not_equal(kit_seed(), kit_seed());
}

static bool counted_down(void *context)
{
    int *left = context;

    return --*left <= 0;
}

static void wait__ends_when_reached_or_at_its_limit(void **state)
{
    int soon = 3, never = 1000000000;

    (void)state;
    assert_true(kit_wait_until(counted_down, &soon, 10000));
    assert_int_equal(soon, 0);
    assert_false(kit_wait_until(counted_down, &never, 5));
    assert_true(never < 1000000000);
}

static void reap__tells_how_a_process_ended(void **state)
{
    static const char *const ends[] = {"sh", "-c", "exit 7", NULL};
    static const char *const killed[] = {"sh", "-c", "kill -TERM $$", NULL};
    static const char *const hangs[] = {"sleep", "600", NULL};
    static const char *const missing[] = {"no-such-command-here", NULL};

    (void)state;
    assert_int_equal(kit_reap(kit_spawn(ends, NULL, NULL), 10000), 7);
    assert_int_equal(kit_reap(kit_spawn(killed, NULL, NULL), 10000), 128 + SIGTERM);
    assert_int_equal(kit_reap(kit_spawn(missing, NULL, NULL), 10000), 127);
    pid_t pid = kit_spawn(hangs, NULL, NULL);
    assert_int_equal(kit_reap(pid, 5), -1);
    assert_int_equal(kill(pid, 0), -1);
}

static void spawn__killed_at_once__leaves_its_file(void **state)
{
    static const char *const hangs[] = {"sleep", "60", NULL};
    char dir[KIT_PATH], path[KIT_PATH];

    (void)state;
    kit_tempdir(dir);
    for (int i = 0; i < 50; i++) {
        char name[16];
        pid_t pid;

        snprintf(name, sizeof name, "out-%d", i);
        pid = kit_spawn(hangs, kit_path(path, dir, name), NULL);
        assert_int_equal(kill(pid, SIGKILL), 0);
        assert_int_equal(kit_reap(pid, 10000), 128 + SIGKILL);
        free(kit_read_file(path, NULL));
    }
    kit_remove_tree(dir);
}

static void run__keeps_both_outputs_apart(void **state)
{
    static const char *const argv[] = {"sh", "-c", "echo out; echo err >&2; cat; exit 3", NULL};
    char dir[KIT_PATH];

    (void)state;
    kit_tempdir(dir);
    struct kit_run run = kit_run(dir, argv, 10000);
    assert_int_equal(run.status, 3);
    assert_string_equal(run.out, "out\n");
    assert_string_equal(run.err, "err\n");
    kit_run_fini(&run);
    assert_int_equal(rmdir(dir), 0);
}

/* Without looking at the whole, the second half would be missed nearly every time. */
static void screen__written_in_pieces__is_looked_at_when_whole(void **state)
{
    static const char *const argv[] = {
        "/bin/sh", "-c",
        "printf 'first '; i=0; while [ $i -lt 3000 ]; do i=$((i + 1)); done; printf second; read x",
        NULL};
    struct pty pty;

    (void)state;
    pty_init(&pty, &(struct pty_options){.argv = argv});
    pty_wait_text(&pty, "first");
    assert_string_equal(pty_row(&pty, 0), "first second");
    pty_fini(&pty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tempdir__is_new_and_wholly_removed),
        cmocka_unit_test(file__is_read_as_it_was_written),
        cmocka_unit_test(seed__repeats_what_it_made),
        cmocka_unit_test(wait__ends_when_reached_or_at_its_limit),
        cmocka_unit_test(reap__tells_how_a_process_ended),
        cmocka_unit_test(spawn__killed_at_once__leaves_its_file),
        cmocka_unit_test(run__keeps_both_outputs_apart),
        cmocka_unit_test(screen__written_in_pieces__is_looked_at_when_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
