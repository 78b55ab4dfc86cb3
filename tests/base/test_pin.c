/* PINs and their pepper. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/base/pin.h"
#include "tests/kit/kit.h"

struct place {
    char dir[KIT_PATH], path[KIT_PATH];
};

static int setup(void **state)
{
    static struct place place;

    kit_tempdir(place.dir);
    kit_path(place.path, place.dir, "pepper");
    *state = &place;
    return 0;
}

static int teardown(void **state)
{
    kit_remove_tree(((struct place *)*state)->dir);
    return 0;
}

static void pin__six_digits__and_nothing_else(void **state)
{
    static const char *const bad[] = {"",       "12345",        "1234567", "12345a", "12 456",
                                      "-12345", "１２３４５６", "12345\n", "+12345"};
    struct fault why;

    (void)state;
    assert_true(pin_formed("940271"));
    assert_int_equal(pin_check("940271", &why), RC_OK);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(pin_formed(bad[i]));
        assert_int_equal(pin_check(bad[i], &why), RC_BAD_INPUT);
    }
}

static void pin__first_guesses__are_refused_and_not_repeated(void **state)
{
    static const char *const first[] = {"000000", "777777", "123456", "654321", "456789"};
    struct fault why;

    (void)state;
    for (size_t i = 0; i < sizeof first / sizeof first[0]; i++) {
        assert_int_equal(pin_check(first[i], &why), RC_BAD_INPUT);
        assert_null(strstr(why.text, first[i]));
    }
    assert_int_equal(pin_check("112345", &why), RC_OK);
}

static void pin__hash__is_of_pin_number_and_pepper(void **state)
{
    const struct place *place = *state;
    struct pepper pepper, other = {{1}, "1"};
    struct fault why = {0};
    char hash[PIN_HASH_SIZE], again[PIN_HASH_SIZE];

    assert_int_equal(pepper_read(place->path, true, &pepper, &why), RC_OK);
    assert_int_equal(pin_hash(7, "940271", &pepper, hash, &why), RC_OK);
    assert_int_equal(pin_hash(7, "940271", &pepper, again, &why), RC_OK);
    assert_string_not_equal(hash, again); /* a salt of its own */
    assert_non_null(strstr(hash, "$argon2id$v=19$m=65536,"));
    assert_true(pin_right(7, "940271", &pepper, hash));
    assert_false(pin_right(7, "940272", &pepper, hash));
    assert_false(pin_right(7, "94027", &pepper, hash));
    assert_false(pin_right(8, "940271", &pepper, hash)); /* in another person's row */
    assert_false(pin_right(7, "940271", &other, hash));  /* a stolen database */
    assert_false(pin_right(7, "940271", NULL, hash));
    assert_false(pin_right(7, "940271", &pepper, ""));
}

static void pepper__first_need__is_made_for_the_owner_alone(void **state)
{
    const struct place *place = *state;
    struct pepper made, again;
    struct fault why = {0};
    struct stat st;

    assert_int_equal(pepper_read(place->path, false, &made, &why), RC_ENVIRONMENT);
    assert_non_null(strstr(why.text, place->path));
    umask(0);
    assert_int_equal(pepper_read(place->path, true, &made, &why), RC_OK);
    umask(022);
    assert_int_equal(stat(place->path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    assert_int_equal(st.st_nlink, 1);
    assert_int_equal(pepper_read(place->path, true, &again, &why), RC_OK);
    assert_memory_equal(&made, &again, sizeof made);
    assert_int_equal(strlen(made.mark), PEPPER_MARK - 1);
}

static void fault_103__pepper_that_others_read__is_refused(void **state)
{
    static const mode_t bad[] = {0644, 0604, 0620, 0602, 0601}, good[] = {0600, 0400, 0640};
    const struct place *place = *state;
    struct pepper pepper;
    struct fault why = {0};

    assert_int_equal(pepper_read(place->path, true, &pepper, &why), RC_OK);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(chmod(place->path, bad[i]), 0);
        assert_int_equal(pepper_read(place->path, true, &pepper, &why), RC_ENVIRONMENT);
        assert_non_null(strstr(why.text, "chmod 600"));
    }
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_int_equal(chmod(place->path, good[i]), 0);
        assert_int_equal(pepper_read(place->path, true, &pepper, &why), RC_OK);
    }
}

static void pepper__spoiled_file__is_refused_and_kept(void **state)
{
    const struct place *place = *state;
    struct pepper pepper;
    struct fault why = {0};
    FILE *file = fopen(place->path, "w");

    assert_non_null(file);
    fputs("salt and vinegar\n", file);
    fclose(file);
    assert_int_equal(chmod(place->path, 0600), 0);
    assert_int_equal(pepper_read(place->path, true, &pepper, &why), RC_ENVIRONMENT);
    assert_non_null(strstr(why.text, "holds no pepper"));
    assert_null(strstr(why.text, "vinegar"));
    assert_int_equal(pepper_read(place->dir, true, &pepper, &why), RC_ENVIRONMENT);
}

static void pepper__made_by_many_at_once__is_one(void **state)
{
    enum { MAKERS = 8 };
    const struct place *place = *state;
    struct pepper pepper;
    struct fault why = {0};
    int pipes[2], status;

    assert_int_equal(pipe(pipes), 0);
    for (int i = 0; i < MAKERS; i++) {
        if (fork() == 0) {
            bool made = pepper_read(place->path, true, &pepper, NULL) == RC_OK &&
                        write(pipes[1], pepper.mark, PEPPER_MARK) == PEPPER_MARK;
            _exit(!made);
        }
    }
    for (int i = 0; i < MAKERS; i++) {
        wait(&status);
        assert_int_equal(status, 0);
    }
    assert_int_equal(pepper_read(place->path, false, &pepper, &why), RC_OK);
    for (int i = 0; i < MAKERS; i++) {
        char mark[PEPPER_MARK];
        assert_int_equal(read(pipes[0], mark, sizeof mark), PEPPER_MARK);
        assert_string_equal(mark, pepper.mark);
    }
    close(pipes[0]);
    close(pipes[1]);
}

#define PLACED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pin__six_digits__and_nothing_else),
        cmocka_unit_test(pin__first_guesses__are_refused_and_not_repeated),
        PLACED(pin__hash__is_of_pin_number_and_pepper),
        PLACED(pepper__first_need__is_made_for_the_owner_alone),
        PLACED(fault_103__pepper_that_others_read__is_refused),
        PLACED(pepper__spoiled_file__is_refused_and_kept),
        PLACED(pepper__made_by_many_at_once__is_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
