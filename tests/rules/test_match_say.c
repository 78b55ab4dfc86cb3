/* A stored reason is read again whole: in English as it was, in German as a German says it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/rules/match.h"

static char said[256];

static void in_english__every_reason__is_what_was_stored(void **state)
{
    static const char *const reasons[] = {
        "waits for those before it",
        "needs 1 wheelchair place, none was free",
        "needs 2 wheelchair places in stalls, 1 was free",
        "needs 1 seat, none was free",
        "needs 6 seats, 4 were free",
        "needs 6 seats in raised, left block, 4 were free",
        "needs 1 pair, none was free",
        "needs 3 pairs, 2 were free",
        "needs 3 pairs in in pairs, 2 were free",
        "needs 5 in pairs in stalls, 4 were free",
        "needs 4 together, 3 were free in F",
        "needs 4 together in balcony, none was free in AA",
    };

    (void)state;
    words_choose("en");
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        assert_string_equal(match_say(reasons[i], said, sizeof said), reasons[i]);
}

static void in_german__every_part__is_german(void **state)
{
    static const char *const reasons[][2] = {
        {"waits for those before it", "wartet auf die davor"},
        {"needs 1 wheelchair place, none was free", "sucht 1 Rollstuhlplatz, frei war keiner"},
        {"needs 6 seats in raised, left block, 4 were free",
         "sucht 6 Plätze in raised, left block, frei waren 4"},
        {"needs 1 pair, 1 was free", "sucht 1 Paar, frei war 1"},
        {"needs 5 in pairs, 4 were free", "sucht 5 zu zweit, frei waren 4"},
        {"needs 4 together, 3 were free in F", "sucht 4 zusammen, frei waren 3 in F"},
        {"needs 4 together in balcony, none was free in AA",
         "sucht 4 zusammen in balcony, frei war keiner in AA"},
    };

    (void)state;
    words_choose("de");
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        assert_string_equal(match_say(reasons[i][0], said, sizeof said), reasons[i][1]);
}

static void not_ours__stays_as_it_is(void **state)
{
    static const char *const others[] = {"",
                                         "needs more",
                                         "needs 4 together",
                                         "needs 4 chairs, 3 were free",
                                         "needs 4 seats, 3 were taken",
                                         "needs 4 together, 3 were free at F"};

    (void)state;
    words_choose("de");
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_string_equal(match_say(others[i], said, sizeof said), others[i]);
}

static int open_catalogue(void **state)
{
    (void)state;
    setenv("BOXOFFICE_LOCALEDIR", TOP_BUILDDIR "/tui/po", 1);
    words_open();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_english__every_reason__is_what_was_stored),
        cmocka_unit_test(in_german__every_part__is_german),
        cmocka_unit_test(not_ours__stays_as_it_is),
    };

    return cmocka_run_group_tests(tests, open_catalogue, NULL) != 0;
}
