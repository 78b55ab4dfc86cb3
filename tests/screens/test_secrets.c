/* What a terminal must not leave behind: cores, and PINs in its memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/kit/stage.h"

enum { LINE = 512, CHUNK = 1 << 16, MOST = 1 << 30 };

static struct stage stage;
static struct pty one;

static int setup(void **state)
{
    (void)state;
    stage_init(&stage);
    stage.locked = true;
    stage_open(&stage, &one, "till-1", NULL, NULL);
    pty_wait_text(&one, "Enter sign in");
    pty_wait_text(&one, "******");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    if (one.vterm)
        pty_fini(&one);
    stage_fini(&stage);
    return 0;
}

static FILE *of_process(const char *name)
{
    char path[64];
    FILE *file;

    (void)snprintf(path, sizeof path, "/proc/%d/%s", (int)one.pid, name);
    file = fopen(path, "re");
    assert_non_null(file);
    return file;
}

static void fault_110__core_dumps__are_off(void **state)
{
    FILE *limits = of_process("limits");
    char line[LINE];
    long soft = -1, hard = -1;

    (void)state;
    while (fgets(line, sizeof line, limits) != NULL)
        if (strncmp(line, "Max core file size", 18) == 0) {
            char *rest;

            soft = strtol(line + 18, &rest, 10);
            hard = strtol(rest, NULL, 10);
        }
    (void)fclose(limits);
    /* Less than a page, so no file; and of all limits the one below which no program gets it. */
    assert_int_equal(soft, 1);
    assert_int_equal(hard, 1);
}

/* How often a text stands in a stretch of the program's memory. */
static int count_in(FILE *memory, uint64_t from, uint64_t to, const char *text)
{
    static char bytes[CHUNK + 64];
    size_t size = strlen(text), kept = 0;
    int n = 0;

    if (fseeko(memory, (off_t)from, SEEK_SET) != 0)
        return 0;
    while (from < to) {
        size_t want = to - from < CHUNK ? (size_t)(to - from) : CHUNK;
        size_t got = fread(bytes + kept, 1, want, memory), all = kept + got;

        if (got == 0)
            break;
        for (size_t i = 0; i + size <= all; i++)
            n += memcmp(bytes + i, text, size) == 0;
        kept = all < size - 1 ? all : size - 1;
        memmove(bytes, bytes + all - kept, kept);
        from += got;
    }
    clearerr(memory);
    return n;
}

/* How often it stands in all that the program may write. */
static int in_memory(const char *text)
{
    FILE *maps = of_process("maps"), *memory = of_process("mem");
    char line[LINE];
    int n = 0;

    while (fgets(line, sizeof line, maps) != NULL) {
        char *rest; /* "7f00-7fff rw-p ..." */
        uint64_t from = strtoull(line, &rest, 16), to = strtoull(rest + 1, &rest, 16);

        if (strncmp(rest, " rw", 3) == 0 && to - from < MOST) /* larger ones are a sanitizer's */
            n += count_in(memory, from, to, text);
    }
    (void)fclose(maps);
    (void)fclose(memory);
    return n;
}

/* gcc and clang say in ways of their own that AddressSanitizer is built in. */
#if defined __has_feature
#if __has_feature(address_sanitizer)
#define SANITIZED
#endif
#elif defined __SANITIZE_ADDRESS__
#define SANITIZED
#endif

static void fault_110__pin_typed_and_tried__is_not_in_memory(void **state)
{
    (void)state;
#ifdef SANITIZED
    print_message("its sanitizer keeps what the program gave back\n");
    skip();
#endif
    pty_type(&one, "\025940271");
    pty_wait_text(&one, "******");
    pty_quiet(&one, 100);
    assert_true(in_memory("940271") > 0); /* as long as it stands in its field */
    pty_type(&one, "\r");
    pty_wait_text(&one, "wrong number or PIN");
    assert_int_equal(in_memory("940271"), 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(fault_110__core_dumps__are_off),
        TEST(fault_110__pin_typed_and_tried__is_not_in_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
