#include "core/base/when.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/rc.h"
#include "tests/kit/kit.h"

static void in_zone(const char *zone)
{
    struct fault why = {0};

    if (when_zone_set(zone, &why) != RC_OK)
        fail_msg("%s: %s", zone, why.text);
}

static when_ms at(const char *text)
{
    struct fault why = {0};
    when_ms ms = 0;

    if (when_parse(text, &ms, &why) != RC_OK)
        fail_msg("%s: %s", text, why.text);
    return ms;
}

static int32_t day(const char *text)
{
    struct fault why = {0};
    int32_t n = 0;

    if (when_day_parse(text, &n, &why) != RC_OK)
        fail_msg("%s: %s", text, why.text);
    return n;
}

static void expect_rfc3339(const char *text, const char *want)
{
    char buffer[WHEN_TEXT];

    assert_string_equal(when_rfc3339(at(text), buffer, sizeof buffer), want);
}

static void zone__unknown__is_refused_and_named(void **state)
{
    static const char *const zones[] = {"Europe/Olso", "/etc/passwd",   "../../../etc/localtime",
                                        "Europe",      "Europe/Oslo\n", "posixrules;x"};
    struct fault why;

    (void)state;
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++)
        assert_int_equal(when_zone_set(zones[i], &why), RC_BAD_INPUT);
    assert_int_equal(when_zone_set("Europe/Olso", &why), RC_BAD_INPUT);
    assert_non_null(strstr(why.text, "Europe/Olso"));
}

static void parse__reads_the_venues_clock(void **state)
{
    (void)state;
    in_zone("Europe/Oslo");
    assert_int_equal(at("2026-11-23 19:45"), 1795459500000);
    assert_int_equal(at("2026-11-23T19:45"), 1795459500000);
    assert_int_equal(at("2026-11-23 19:45:07"), 1795459507000);
    assert_int_equal(at("2026-11-23T18:45:00Z"), 1795459500000);
    assert_int_equal(at("2026-11-23T13:15:00-05:30"), 1795459500000);
    expect_rfc3339("2026-11-23 19:45", "2026-11-23T19:45:00+01:00");
    expect_rfc3339("2026-07-01 19:45", "2026-07-01T19:45:00+02:00");
    in_zone("America/St_Johns");
    expect_rfc3339("2026-11-23 19:45", "2026-11-23T19:45:00-03:30");
    in_zone("UTC");
    expect_rfc3339("2026-11-23 19:45", "2026-11-23T19:45:00+00:00");
    expect_rfc3339("1969-12-31 23:59:59", "1969-12-31T23:59:59+00:00");
}

static void parse__another_form__says_what_it_wants(void **state)
{
    static const char *const forms[] = {
        "",
        "19:45",
        "2026-11-23",
        "2026-11-23 ",
        "2026-11-23 19",
        "2026-11-23 19:4",
        "2026-11-23 9:45",
        "26-11-23 19:45",
        "2026-11-23  19:45",
        "2026-11-23 19:45 ",
        " 2026-11-23 19:45",
        "2026-11-23 24:00",
        "2026-11-23 19:60",
        "2026-11-23 19:45:60",
        "2026-11-23 19:45z",
        "2026-11-23 19:45+1:00",
        "2026-11-23 19:45+24:00",
        "2026-11-23 19:45+01:60",
        "2026-11-23 19:45+01:00x",
        "2026-11-23_19:45",
        "2026/11/23 19:45",
        "+2026-11-23 19:45",
        "2026-11-23 19:45.5",
        "2026-11-2319:45",
    };
    struct fault why;
    when_ms got = 5;

    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (when_parse(forms[i], &got, &why) != RC_BAD_INPUT)
            fail_msg("\"%s\" taken", forms[i]);
        assert_non_null(strstr(why.text, "2026-11-23 19:45"));
    }
    assert_int_equal(when_parse("2026-02-29 19:45", &got, &why), RC_BAD_INPUT);
    assert_string_equal(why.text, "there is no 2026-02-29");
    assert_int_equal(got, 5);
}

static void day_parse__is_strict(void **state)
{
    static const char *const forms[] = {"",           "2026-11",    "2026-11-23 ", "26-11-23",
                                        "2026-11-2",  "2026-13-01", "2026-00-10",  "2026-02-30",
                                        "2026-04-31", "2025-02-29", "1900-02-29",  "2026-11-00",
                                        "today"};
    struct fault why;
    int32_t got = -9;
    char buffer[WHEN_TEXT];

    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (when_day_parse(forms[i], &got, &why) != RC_BAD_INPUT)
            fail_msg("\"%s\" taken", forms[i]);
    assert_int_equal(got, -9);
    assert_int_equal(day("1970-01-01"), 0);
    assert_int_equal(day("2000-02-29"), 11016);
    assert_string_equal(when_day_iso(11016, buffer, sizeof buffer), "2000-02-29");
    assert_string_equal(when_day_iso(-1, buffer, sizeof buffer), "1969-12-31");
}

static void day_names__are_those_of_the_screen(void **state)
{
    char buffer[WHEN_TEXT];

    (void)state;
    assert_string_equal(when_day_name(day("2026-11-23"), buffer, sizeof buffer), "Mon 23 Nov");
    assert_string_equal(when_day_name(day("2027-01-03"), buffer, sizeof buffer), "Sun 3 Jan");
    assert_string_equal(when_day_name(-1, buffer, sizeof buffer), "Wed 31 Dec");
}

static void business_day__runs_from_six_to_six(void **state)
{
    when_ms from, to;

    (void)state;
    in_zone("Europe/Oslo");
    int32_t monday = day("2026-11-23");
    assert_int_equal(when_day(at("2026-11-23 06:00")), monday);
    assert_int_equal(when_day(at("2026-11-24 05:59:59")), monday);
    assert_int_equal(when_day(at("2026-11-24 06:00")), monday + 1);
    assert_int_equal(when_day(at("2026-11-23 05:59:59") + 999), monday - 1);
    when_day_span(monday, &from, &to);
    assert_int_equal(from, at("2026-11-23 06:00"));
    assert_int_equal(to, at("2026-11-24 06:00"));
}

static void fault_071__doubled_hour__one_business_day(void **state)
{
    when_ms from, to;
    char buffer[WHEN_TEXT];

    (void)state;
    in_zone("Europe/Oslo");
    int32_t night = day("2026-10-24");
    when_day_span(night, &from, &to);
    assert_int_equal(to - from, 25 * WHEN_HOUR);
    for (when_ms t = from; t < to; t += 10 * WHEN_MINUTE)
        assert_int_equal(when_day(t), night);
    assert_int_equal(when_day(to), night + 1);
    when_ms first = at("2026-10-25 02:30");
    assert_string_equal(when_rfc3339(first, buffer, sizeof buffer), "2026-10-25T02:30:00+02:00");
    when_rfc3339(first + WHEN_HOUR, buffer, sizeof buffer);
    assert_string_equal(buffer, "2026-10-25T02:30:00+01:00");
    assert_int_equal(at(buffer), first + WHEN_HOUR);
}

static void fault_071__skipped_hour__refused_and_one_business_day(void **state)
{
    struct fault why;
    when_ms from, to, got;

    (void)state;
    in_zone("Europe/Berlin");
    int32_t night = day("2026-03-28");
    when_day_span(night, &from, &to);
    assert_int_equal(to - from, 23 * WHEN_HOUR);
    for (when_ms t = from; t < to; t += 10 * WHEN_MINUTE)
        assert_int_equal(when_day(t), night);
    assert_int_equal(when_parse("2026-03-29 02:30", &got, &why), RC_BAD_INPUT);
    assert_string_equal(why.text, "the clocks skip 02:30 on 2026-03-29");
    assert_int_equal(at("2026-03-29 03:00") - at("2026-03-29 01:59"), WHEN_MINUTE);
}

static void fault_073__year_2038_and_later__read_and_written(void **state)
{
    (void)state;
    in_zone("Europe/Oslo");
    assert_int_equal(at("2038-01-19 04:14:08"), (when_ms)INT32_MAX * 1000 + 1000);
    expect_rfc3339("2038-07-19 20:00", "2038-07-19T20:00:00+02:00");
    expect_rfc3339("2107-12-31 23:59", "2107-12-31T23:59:00+01:00");
    expect_rfc3339("9999-12-31 23:59:59", "9999-12-31T23:59:59+01:00");
    assert_int_equal(when_day(at("2040-02-29 20:00")), day("2040-02-29"));
}

static void days_and_spans__agree_in_every_zone(void **state)
{
    static const char *const zones[] = {
        "Europe/Oslo",      "America/New_York",  "Australia/Lord_Howe",
        "Asia/Kathmandu",   "Africa/Casablanca", "Pacific/Apia",
        "America/Santiago", "Asia/Tehran",       "UTC"};
    uint64_t seed = kit_seed();

    (void)state;
    for (size_t z = 0; z < sizeof zones / sizeof zones[0]; z++) {
        in_zone(zones[z]);
        for (int i = 0; i < 3000; i++) {
            when_ms from, to, t = (when_ms)kit_below(&seed, 100ull * 366 * 86400 * 1000);
            when_day_span(when_day(t), &from, &to);
            assert_true(from <= t && t < to);
        }
    }
}

static void rfc3339__is_what_parse_reads(void **state)
{
    uint64_t seed = kit_seed();
    char buffer[WHEN_TEXT];

    (void)state;
    in_zone("Europe/Oslo");
    for (int i = 0; i < 20000; i++) {
        when_ms t = (when_ms)kit_below(&seed, 4000000000u) * WHEN_SECOND;
        assert_int_equal(at(when_rfc3339(t, buffer, sizeof buffer)), t);
    }
}

static void clock__is_the_venues(void **state)
{
    char buffer[WHEN_TEXT];

    (void)state;
    in_zone("Asia/Kathmandu");
    assert_string_equal(when_clock(0, buffer, sizeof buffer), "05:30");
    assert_string_equal(when_clock(-1, buffer, sizeof buffer), "05:29");
    in_zone("Europe/Oslo");
    assert_string_equal(when_clock(at("2026-11-23T18:45:59Z"), buffer, sizeof buffer), "19:45");
}

static void distance__is_said_as_at_the_counter(void **state)
{
    static const struct {
        int seconds;
        const char *says;
    } cases[] = {
        {-17 * 60, "17 ago"},
        {28 * 60, "28 min"},
        {118 * 60, "1 h 58"},
        {65 * 60, "1 h 05"},
        {5 * 3600 + 780, "5 h 13"},
        {0, "now"},
        {59, "now"},
        {60, "1 min"},
        {-1, "1 ago"},
        {60 * 60, "1 h 00"},
        {24 * 3600, "24 h"},
        {47 * 3600, "47 h"},
        {48 * 3600, "2 days"},
        {3 * 86400, "3 days"},
        {-90 * 60, "1 h 30 ago"},
        {-5 * 86400, "5 days ago"},
    };
    char buffer[WHEN_TEXT];

    (void)state;
    when_ms now = 1795459500000;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        when_distance(now, now + cases[i].seconds * WHEN_SECOND, buffer, sizeof buffer);
        assert_string_equal(buffer, cases[i].says);
    }
    /* At 14:32:30 a show at 19:45 is 5 h 13 away by the two clocks that staff see. */
    when_distance(now + 30 * WHEN_SECOND, now + 313 * WHEN_MINUTE, buffer, sizeof buffer);
    assert_string_equal(buffer, "5 h 13");
}

static void on_day__before_six__is_of_the_date_after(void **state)
{
    char text[WHEN_TEXT];
    when_ms then;

    (void)state;
    in_zone("Europe/Berlin");
    int32_t night = day("2026-03-28");
    assert_true(when_on_day(night, "06:00", &then));
    assert_string_equal(when_rfc3339(then, text, sizeof text), "2026-03-28T06:00:00+01:00");
    assert_true(when_on_day(night, "05:59", &then));
    assert_string_equal(when_rfc3339(then, text, sizeof text), "2026-03-29T05:59:00+02:00");
    assert_false(when_on_day(night, "02:30", &then)); /* skipped in that night */
    assert_false(when_on_day(night, "14:60", &then));
    assert_false(when_on_day(night, "noon", &then));
}

static void host_now__is_after_this_was_written(void **state)
{
    (void)state;
    assert_true(when_host_now() > 1700000000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zone__unknown__is_refused_and_named),
        cmocka_unit_test(parse__reads_the_venues_clock),
        cmocka_unit_test(parse__another_form__says_what_it_wants),
        cmocka_unit_test(day_parse__is_strict),
        cmocka_unit_test(day_names__are_those_of_the_screen),
        cmocka_unit_test(business_day__runs_from_six_to_six),
        cmocka_unit_test(fault_071__doubled_hour__one_business_day),
        cmocka_unit_test(fault_071__skipped_hour__refused_and_one_business_day),
        cmocka_unit_test(fault_073__year_2038_and_later__read_and_written),
        cmocka_unit_test(days_and_spans__agree_in_every_zone),
        cmocka_unit_test(rfc3339__is_what_parse_reads),
        cmocka_unit_test(clock__is_the_venues),
        cmocka_unit_test(distance__is_said_as_at_the_counter),
        cmocka_unit_test(on_day__before_six__is_of_the_date_after),
        cmocka_unit_test(host_now__is_after_this_was_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
