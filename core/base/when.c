#include "core/base/when.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/text.h"
#include "core/base/words.h"

enum { DAY_BEGINS = 6, DAY_SECONDS = 24 * 60 * 60 };

/* A civil date and time as it stands on a clock, without a zone. */
struct civil {
    int year, month, day, hour, minute, second;
};

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Days since 1970-01-01 in the Gregorian calendar, counted from a year that begins in March. */
static int64_t days_of(int year, int month, int day)
{
    int64_t y = (int64_t)year - (month <= 2);
    int64_t era = floor_div(y, 400);
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static struct civil date_of(int64_t days)
{
    int64_t shifted = days + 719468;
    int64_t era = floor_div(shifted, 146097);
    int64_t of_era = shifted - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    struct civil c = {0};

    c.day = (int)(of_year - (153 * month + 2) / 5 + 1);
    c.month = (int)(month < 10 ? month + 3 : month - 9);
    c.year = (int)(year + era * 400 + (c.month <= 2));
    return c;
}

static int64_t civil_seconds(const struct civil *c)
{
    return days_of(c->year, c->month, c->day) * DAY_SECONDS + c->hour * 3600 + c->minute * 60 +
           c->second;
}

/* Seconds that the venue's clock is ahead of UTC at `utc`. */
static int64_t offset_at(int64_t utc)
{
    time_t t = (time_t)utc;
    struct tm tm;

    return localtime_r(&t, &tm) ? tm.tm_gmtoff : 0;
}

/*
 * The moment when the venue's clock shows `local`, the first of two in autumn. mktime is not asked:
 * in a doubled hour its answer depends on what the process asked it before. False when the clock
 * never shows it; `*utc` is then as much after the change as `local` is after the skipped start.
 */
static bool utc_of(int64_t local, int64_t *utc)
{
    int64_t before = offset_at(local - offset_at(local) - DAY_SECONDS);
    int64_t after = offset_at(local - offset_at(local) + DAY_SECONDS);
    int64_t first = before >= after ? before : after;
    int64_t second = before >= after ? after : before;

    *utc = local - first;
    if (offset_at(*utc) == first)
        return true;
    *utc = local - second;
    if (offset_at(*utc) == second)
        return true;
    *utc = local - before;
    return false;
}

static int64_t local_seconds(when_ms at)
{
    int64_t utc = floor_div(at, WHEN_SECOND);

    return utc + offset_at(utc);
}

static bool zone_known(const char *zone)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789_+-/";
    const char *dir = getenv("TZDIR");
    char path[512], magic[4] = "";

    if (strcmp(zone, "UTC") == 0)
        return true;
    if (zone[0] == '/' || zone[strspn(zone, letters)])
        return false;
    int n = snprintf(path, sizeof path, "%s/%s", dir && *dir ? dir : "/usr/share/zoneinfo", zone);
    if (n < 0 || (size_t)n >= sizeof path)
        return false;
    FILE *file = fopen(path, "re");
    if (!file)
        return false;
    bool known =
        fread(magic, 1, sizeof magic, file) == sizeof magic && memcmp(magic, "TZif", 4) == 0;
    fclose(file);
    return known;
}

enum rc when_zone_set(const char *zone, struct fault *why)
{
    if (*zone) {
        char name[WHEN_TEXT];

        if (!zone_known(zone))
            return fault_set(why, RC_BAD_INPUT,
                             _("no time zone \"%s\" is known here, as Europe/Oslo"),
                             text_escape(zone, name, sizeof name));
        if (setenv("TZ", zone, 1) != 0)
            return fault_set(why, RC_NO_MEMORY, _("out of memory"));
    }
    tzset();
    return RC_OK;
}

when_ms when_host_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (when_ms)now.tv_sec * WHEN_SECOND + now.tv_nsec / 1000000;
}

int32_t when_day(when_ms at)
{
    return (int32_t)floor_div(local_seconds(at) - DAY_BEGINS * 3600, DAY_SECONDS);
}

static when_ms day_begins(int64_t day)
{
    int64_t utc;

    utc_of(day * DAY_SECONDS + DAY_BEGINS * 3600, &utc);
    return utc * WHEN_SECOND;
}

void when_day_span(int32_t day, when_ms *from, when_ms *to)
{
    *from = day_begins(day);
    *to = day_begins((int64_t)day + 1);
}

/* Reads exactly `digits` digits; a missing one makes *at NULL, and so does a NULL *at. */
static int take_number(const char **at, int digits)
{
    int value = 0;

    for (int i = 0; *at && i < digits; i++) {
        char c = **at;
        if (c < '0' || c > '9')
            *at = NULL;
        else {
            value = value * 10 + (c - '0');
            ++*at;
        }
    }
    return value;
}

/* Steps over one of the characters in `any`, else makes *at NULL. */
static void take_sign(const char **at, const char *any)
{
    if (*at && (**at == '\0' || !strchr(any, **at)))
        *at = NULL;
    else if (*at)
        ++*at;
}

/* Reads a date; *at becomes NULL when there is none of that form. False: no such day. */
static bool take_date(const char **at, struct civil *c)
{
    c->year = take_number(at, 4);
    take_sign(at, "-");
    c->month = take_number(at, 2);
    take_sign(at, "-");
    c->day = take_number(at, 2);
    if (!*at)
        return true;
    if (c->month < 1 || c->month > 12 || c->day < 1)
        return false;
    struct civil back = date_of(days_of(c->year, c->month, c->day));
    return back.month == c->month && back.day == c->day;
}

enum rc when_day_parse(const char *text, int32_t *day, struct fault *why)
{
    struct civil c = {0};

    bool exists = take_date(&text, &c);
    if (!text || *text)
        return fault_set(why, RC_BAD_INPUT, _("write a day as 2026-11-23"));
    if (!exists)
        return fault_set(why, RC_BAD_INPUT, _("there is no %04d-%02d-%02d"), c.year, c.month,
                         c.day);
    *day = (int32_t)days_of(c.year, c.month, c.day);
    return RC_OK;
}

/* Reads Z, +HH:MM, -HH:MM or nothing at the end. False when nothing: then the venue's zone holds.
 */
static bool take_offset(const char **at, int *seconds)
{
    *seconds = 0;
    if (!*at || !**at)
        return false;
    if (**at == 'Z') {
        ++*at;
        return true;
    }
    int sign = **at == '-' ? -1 : 1;
    take_sign(at, "+-");
    int hours = take_number(at, 2);
    take_sign(at, ":");
    int minutes = take_number(at, 2);
    if (hours > 23 || minutes > 59)
        *at = NULL;
    *seconds = sign * (hours * 3600 + minutes * 60);
    return true;
}

static void take_time(const char **at, struct civil *c)
{
    take_sign(at, " T");
    c->hour = take_number(at, 2);
    take_sign(at, ":");
    c->minute = take_number(at, 2);
    if (*at && **at == ':') {
        ++*at;
        c->second = take_number(at, 2);
    }
    if (c->hour > 23 || c->minute > 59 || c->second > 59)
        *at = NULL;
}

enum rc when_parse(const char *text, when_ms *at, struct fault *why)
{
    struct civil c = {0};
    int offset;
    int64_t utc;

    bool exists = take_date(&text, &c);
    take_time(&text, &c);
    bool zoned = take_offset(&text, &offset);
    if (!text || *text)
        return fault_set(why, RC_BAD_INPUT, _("write a time as 2026-11-23 19:45"));
    if (!exists)
        return fault_set(why, RC_BAD_INPUT, _("there is no %04d-%02d-%02d"), c.year, c.month,
                         c.day);
    if (zoned)
        utc = civil_seconds(&c) - offset;
    else if (!utc_of(civil_seconds(&c), &utc))
        return fault_set(why, RC_BAD_INPUT, _("the clocks skip %02d:%02d on %04d-%02d-%02d"),
                         c.hour, c.minute, c.year, c.month, c.day);
    *at = utc * WHEN_SECOND;
    return RC_OK;
}

/* What the venue's clock shows at `at`. */
static struct civil shown(when_ms at)
{
    int64_t local = local_seconds(at);
    int64_t day = floor_div(local, DAY_SECONDS);
    int of_day = (int)(local - day * DAY_SECONDS);
    struct civil c = date_of(day);

    c.hour = of_day / 3600;
    c.minute = of_day / 60 % 60;
    c.second = of_day % 60;
    return c;
}

bool when_on_day(int32_t day, const char *clock, when_ms *at)
{
    const int32_t date = day + (strtol(clock, NULL, 10) < DAY_BEGINS);
    char text[2 * WHEN_TEXT], iso[WHEN_TEXT];
    struct fault why;

    (void)snprintf(text, sizeof text, "%s %.*s", when_day_iso(date, iso, sizeof iso), WHEN_TEXT,
                   clock);
    return when_parse(text, at, &why) == RC_OK;
}

char *when_rfc3339(when_ms at, char *buffer, size_t size)
{
    struct civil c = shown(at);
    int64_t offset = offset_at(floor_div(at, WHEN_SECOND));
    int minutes = (int)(offset < 0 ? -offset : offset) / 60;

    snprintf(buffer, size, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", c.year, c.month, c.day,
             c.hour, c.minute, c.second, offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
    return buffer;
}

char *when_clock(when_ms at, char *buffer, size_t size)
{
    struct civil c = shown(at);

    snprintf(buffer, size, "%02d:%02d", c.hour, c.minute);
    return buffer;
}

char *when_day_iso(int32_t day, char *buffer, size_t size)
{
    struct civil c = date_of(day);

    snprintf(buffer, size, "%04d-%02d-%02d", c.year, c.month, c.day);
    return buffer;
}

const char *when_weekday(int32_t day)
{
    static const char *const week[] = {N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"),
                                       N_("Mon"), N_("Tue"), N_("Wed")};

    return _(week[day - 7 * floor_div(day, 7)]);
}

char *when_day_name(int32_t day, char *buffer, size_t size)
{
    static const char *const year[] = {N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"),
                                       N_("May"), N_("Jun"), N_("Jul"), N_("Aug"),
                                       N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")};
    struct civil c = date_of(day);

    /* translators: weekday, day and month: Mon 23 Nov. It stands in columns: keep it short. */
    snprintf(buffer, size, _("%s %d %s"), when_weekday(day), c.day, _(year[c.month - 1]));
    return buffer;
}

char *when_distance(when_ms from, when_ms to, char *buffer, size_t size)
{
    /* Whole minutes of the two clock times, so that the figure agrees with the clocks beside it. */
    int64_t minutes = floor_div(to, WHEN_MINUTE) - floor_div(from, WHEN_MINUTE);
    bool past = minutes < 0;
    int64_t far = past ? -minutes : minutes;
    int hours = (int)(far / 60), rest = (int)(far % 60);
    unsigned long days = (unsigned long)(far / (24 * 60));

    /* translators: how far off a time is, in short: "17 ago" are minutes, "1 h 58" hours */
    if (far == 0)
        snprintf(buffer, size, "%s", _("now"));
    else if (far < 60)
        snprintf(buffer, size, past ? _("%d ago") : _("%d min"), (int)far);
    else if (far < 24 * 60)
        snprintf(buffer, size, past ? _("%d h %02d ago") : _("%d h %02d"), hours, rest);
    else if (far < 48 * 60)
        snprintf(buffer, size, past ? _("%d h ago") : _("%d h"), hours);
    else if (past)
        snprintf(buffer, size, ngettext("%lu day ago", "%lu days ago", days), days);
    else
        snprintf(buffer, size, ngettext("%lu day", "%lu days", days), days);
    return buffer;
}
