#include "tui/founding.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/words.h"
#include "tui/office.h"
#include "tui/reads.h"

enum { PLAN_MOST = 1 << 20, PLACES = 9 };

void founding_place(const struct settings *settings, char *out, size_t size)
{
    char first[NEW_HOUSE_PATH];
    int n = 0, directory;

    (void)settings_database(settings, NULL, first, sizeof first);
    directory = (int)(strrchr(first, '/') ? strrchr(first, '/') - first + 1 : 0);
    if (first[0] == '\0' || sql_is_server(first))
        n = snprintf(out, size, "%s", "");
    else
        n = snprintf(out, size, "%s", first);
    for (int i = 1; i <= PLACES && n > 0 && founding_taken(out); i++)
        n = snprintf(out, size, i == 1 ? "%.*shouse.db" : "%.*shouse-%d.db", directory, first, i);
    if (n < 0 || (size_t)n >= size || founding_taken(out))
        out[0] = '\0';
}

bool founding_taken(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0;
}

enum rc founding_settle(struct read_found *found, const struct settings *settings,
                        const char *terminal, struct fault *why)
{
    struct new_house *p = &found->house;

    p->application = OFFICE_APPLICATION;
    p->tax = (int32_t)settings->tax;
    p->cash_round = (int32_t)settings->cash_round;
    p->drawer = (int32_t)settings->drawer;
    p->sale_stop_min = settings->sale_stop_min;
    found->configured = settings->from_file;
    (void)snprintf(p->terminal, sizeof p->terminal, "%s", terminal);
    return office_pepper(settings, p->path, p->pepper_file, sizeof p->pepper_file, why);
}

/* --- the hall --------------------------------------------------------------------------------- */

/* Reads a whole file, the caller's; NULL, and said, when that can't be. */
static char *read_plan(const char *path, size_t *size, struct fault *why)
{
    FILE *file = NULL;
    struct stat st;
    char *text = NULL;
    const char *wrong = NULL;

    if (stat(path, &st) != 0)
        wrong = strerror(errno);
    else if (!S_ISREG(st.st_mode) || st.st_size > PLAN_MOST)
        wrong = _("this is no plan of a hall");
    else if (!(file = fopen(path, "re")) || !(text = malloc(PLAN_MOST + 1)))
        wrong = strerror(errno);
    if (!wrong) {
        *size = fread(text, 1, PLAN_MOST, file);
        if (ferror(file))
            wrong = strerror(errno);
    }
    if (file)
        fclose(file);
    if (!wrong)
        return text;
    free(text);
    fault_set(why, RC_NOT_FOUND, "%s: %s", path, wrong);
    return NULL;
}

enum rc founding_plan(const struct read_found *found, struct plan **plan, struct fault *why)
{
    size_t size = 0;
    char *text;
    enum rc rc;

    if (found->hall_file[0] == '\0')
        return plan_draw(&found->drawing, plan, why);
    text = read_plan(found->hall_file, &size, why);
    if (!text)
        return why->rc;
    rc = plan_parse(text, size, plan, NULL, NULL, why);
    free(text);
    if (rc == RC_OK && (*plan)->name[0] == '\0')
        memcpy((*plan)->name, found->drawing.name, sizeof(*plan)->name);
    return rc;
}

/* --- how it is found again -------------------------------------------------------------------- */

/* Where the user's own configuration is looked for; false when there is no such place. */
static bool configuration_place(char *out, size_t size)
{
    const char *base = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    int n = -1;

    if (base && base[0] == '/')
        n = snprintf(out, size, "%s/boxoffice/boxoffice.conf", base);
    else if (home && home[0] == '/')
        n = snprintf(out, size, "%s/.config/boxoffice/boxoffice.conf", home);
    return n > 0 && (size_t)n < size;
}

/* Writes a configuration that leads there, if there is none at all. */
static bool configure(const char *database)
{
    char path[PATH_MAX];
    struct fault why;
    int fd;
    bool written;

    if (strpbrk(database, "\"\\") || !configuration_place(path, sizeof path) ||
        office_directories(path, &why) != RC_OK)
        return false;
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (fd < 0)
        return false;
    written = dprintf(fd,
                      "# Written when this box office was made: boxoffice.conf(5) has all.\n"
                      "database = \"%s\";\n",
                      database) > 0;
    return close(fd) == 0 && written;
}

static void tell(const struct read_found *found, struct founded *founded)
{
    struct settings preset;
    char usual[NEW_HOUSE_PATH];

    settings_init(&preset);
    (void)settings_database(&preset, NULL, usual, sizeof usual);
    if (!found->configured &&
        (strcmp(usual, founded->database) == 0 || configure(founded->database)))
        (void)snprintf(founded->notice, sizeof founded->notice,
                       _("made: from now on boxoffice opens %.200s"), founded->database);
    else
        (void)snprintf(founded->notice, sizeof founded->notice,
                       _("made: from now on open it with boxoffice -d %.200s"), founded->database);
}

static enum rc run(const struct read_found *found, struct founded *founded, struct fault *why)
{
    struct plan *plan = NULL;
    enum rc rc = founding_plan(found, &plan, why);

    if (rc == RC_OK)
        rc = office_directories(found->house.path, why);
    if (rc == RC_OK)
        rc = new_house_make(&found->house, plan, why);
    plan_free(&plan);
    if (rc != RC_OK)
        return rc;
    memcpy(founded->database, found->house.path, sizeof founded->database);
    tell(found, founded);
    return RC_OK;
}

enum rc founding_read(struct sql *db, const union read_args *args, void **result, struct fault *why)
{
    struct founded *founded = calloc(1, sizeof *founded);

    (void)db;
    *result = founded;
    if (!founded)
        return fault_set(why, RC_NO_MEMORY, _("out of memory"));
    return run(&args->found, founded, why);
}
