#include "core/base/rc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void every_code__has_name_text_and_status(void **state)
{
    (void)state;
    for (int i = RC_OK; i <= RC_INTERRUPTED; i++) {
        assert_true(strlen(rc_name((enum rc)i)) > 1);
        assert_true(strlen(rc_text((enum rc)i)) > 1);
        assert_in_range(rc_exit_status((enum rc)i), 0, 3);
    }
    assert_string_equal(rc_name(RC_TAKEN), "TAKEN");
    assert_string_equal(rc_text(RC_TAKEN), "a seat is taken");
    assert_int_equal(rc_exit_status(RC_OK), 0);
    assert_int_equal(rc_exit_status(RC_TAKEN), 1);
    assert_int_equal(rc_exit_status(RC_KEY_REUSED), 2);
    assert_int_equal(rc_exit_status(RC_UNKNOWN), 3);
}

static void code_outside_the_list__is_a_failure(void **state)
{
    (void)state;
    assert_int_equal(rc_exit_status((enum rc)999), 3);
    assert_string_equal(rc_name((enum rc)999), "?");
    assert_non_null(rc_text((enum rc)999));
}

static void fault__returns_its_code_and_holds_the_line(void **state)
{
    struct fault why;

    (void)state;
    assert_int_equal(fault_set(&why, RC_TAKEN, "%s is sold (%s)", "F12", "counter-2"), RC_TAKEN);
    assert_int_equal(why.rc, RC_TAKEN);
    assert_string_equal(why.text, "F12 is sold (counter-2)");
    assert_int_equal(fault_set(NULL, RC_BUSY, "nobody listens"), RC_BUSY);
}

static void fault__too_long__is_cut_at_a_characters_end(void **state)
{
    static const char *const characters[] = {"x", "ø", "座", "🎭"};
    char line[2 * FAULT_TEXT];
    struct fault why;

    (void)state;
    for (size_t c = 0; c < 4; c++) {
        for (size_t before = 0; before < 4; before++) {
            size_t size = strlen(characters[c]), n = before;
            memset(line, 'a', before);
            for (; n + size < sizeof line; n += size)
                memcpy(line + n, characters[c], size);
            line[n] = '\0';
            fault_set(&why, RC_STORAGE, "%s", line);
            size_t kept = strlen(why.text);
            assert_in_range(kept, FAULT_TEXT - size, FAULT_TEXT - 1);
            assert_int_equal((kept - before) % size, 0);
            assert_memory_equal(why.text, line, kept);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code__has_name_text_and_status),
        cmocka_unit_test(code_outside_the_list__is_a_failure),
        cmocka_unit_test(fault__returns_its_code_and_holds_the_line),
        cmocka_unit_test(fault__too_long__is_cut_at_a_characters_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
