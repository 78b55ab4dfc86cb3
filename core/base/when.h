/*
 * Time: UTC epoch milliseconds everywhere; the venue's zone only where a person reads or types.
 *
 * The business day runs from 06:00 to 05:59 local, so that a late show belongs to the evening it is
 * sold for. A day is counted as civil days since 1970-01-01. Both nights when the clocks change are
 * one business day each (23 and 25 hours).
 */
#ifndef BOXOFFICE_CORE_BASE_WHEN_H
#define BOXOFFICE_CORE_BASE_WHEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/rc.h"

typedef int64_t when_ms;

enum { WHEN_TEXT = 40 };
#define WHEN_SECOND ((when_ms)1000)
#define WHEN_MINUTE (60 * WHEN_SECOND)
#define WHEN_HOUR   (60 * WHEN_MINUTE)

/*
 * Sets the venue's zone for the process (an IANA name; "" keeps the system's). Call once, before
 * any thread; all else here may then be called from any. RC_BAD_INPUT when the zone database does
 * not know the name.
 */
enum rc when_zone_set(const char *zone, struct fault *why);

/* The host's wall clock. Only engines and the composition root ask it; the rest is told `now`. */
when_ms when_host_now(void);

/* The business day that `at` belongs to. */
int32_t when_day(when_ms at);

/* The first millisecond of a business day, and the first after it. */
void when_day_span(int32_t day, when_ms *from, when_ms *to);

/* Reads YYYY-MM-DD strictly; RC_BAD_INPUT otherwise or when there is no such day. */
enum rc when_day_parse(const char *text, int32_t *day, struct fault *why);

/*
 * Reads "YYYY-MM-DD HH:MM" (also with T, seconds, and with Z or an offset) in the venue's zone when
 * it names none. A local time that the spring clock skips is refused with RC_BAD_INPUT; one that
 * comes twice in autumn is the first of the two.
 */
enum rc when_parse(const char *text, when_ms *at, struct fault *why);

/* When a business day's clock says so, "14:30" or "02:15", which is of the date after it. False: it
 * is no such time, or the spring clock skips it. */
bool when_on_day(int32_t day, const char *clock, when_ms *at);

/* RFC 3339 with the venue's offset and whole seconds: 2026-11-23T19:45:00+01:00. Returns buffer. */
char *when_rfc3339(when_ms at, char *buffer, size_t size);

/* "19:45" in the venue's zone. Returns buffer. */
char *when_clock(when_ms at, char *buffer, size_t size);

/* "2026-11-23" of a business day. Returns buffer. */
char *when_day_iso(int32_t day, char *buffer, size_t size);

/* "Mon" of a business day, in the reader's language; static. */
const char *when_weekday(int32_t day);

/* "Mon 23 Nov" of a business day, in the reader's language. Returns buffer. */
char *when_day_name(int32_t day, char *buffer, size_t size);

/*
 * How far off as the counter says it: "17 ago", "now", "28 min", "1 h 58", "26 h", "3 days";
 * counted between the minutes that the two clocks show, so that it agrees with them. Returns
 * buffer.
 */
char *when_distance(when_ms from, when_ms to, char *buffer, size_t size);

#endif
