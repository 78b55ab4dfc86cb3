#include "core/base/settings.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/conf.h"
#include "core/base/text.h"

enum kind { KIND_TEXT, KIND_CAPITALS, KIND_NUMBER, KIND_BOOL, KIND_CHOICE };

/* One setting: where it lies in struct settings, and what may stand there. */
struct row {
    enum kind kind;
    const char *key;
    size_t offset, size;
    const char *text; /* default of a text or a choice */
    int64_t number;   /* default of a number or a bool */
    int64_t least, most;
    const char *help;
};

#define PRESET_TEXT(preset)     .text = (preset)
#define PRESET_CAPITALS(preset) .text = (preset)
#define PRESET_CHOICE(preset)   .text = (preset)
#define PRESET_NUMBER(preset)   .number = (preset)
#define PRESET_BOOL(preset)     .number = (preset)
#define ROW(kind_, field, key_, preset, least_, most_, help_) \
    {.kind = KIND_##kind_,                                    \
     .key = (key_),                                           \
     .offset = offsetof(struct settings, field),              \
     .size = sizeof((struct settings *)0)->field,             \
     PRESET_##kind_(preset),                                  \
     .least = (least_),                                       \
     .most = (most_),                                         \
     .help = (help_)},

static const struct row rows[] = {SETTINGS(ROW)};

enum { ROWS = sizeof rows / sizeof rows[0], WANTED = 160 };

static void put_text(struct settings *settings, const struct row *row, const char *text)
{
    char *field = (char *)settings + row->offset;

    memset(field, 0, row->size);
    memcpy(field, text, strnlen(text, row->size - 1));
}

static void put_number(struct settings *settings, const struct row *row, int64_t number)
{
    void *field = (char *)settings + row->offset;
    bool yes = number != 0;

    if (row->kind == KIND_BOOL)
        memcpy(field, &yes, sizeof yes);
    else
        memcpy(field, &number, sizeof number);
}

/*
 * Writes "$VARIABLE/rest", or "$HOME/fallback/rest", into `out`; a variable that holds no absolute
 * path counts as unset. False, with `out` empty, when there is no such place or it does not fit.
 */
static bool place(const char *variable, const char *fallback, const char *rest, char *out,
                  size_t size)
{
    const char *base = getenv(variable), *home = getenv("HOME");
    int n = -1;

    if (base && base[0] == '/')
        n = snprintf(out, size, "%s/%s", base, rest);
    else if (home && home[0] == '/')
        n = snprintf(out, size, "%s/%s/%s", home, fallback, rest);
    if (n >= 0 && (size_t)n < size)
        return true;
    if (size > 0)
        out[0] = '\0';
    return false;
}

/* A service has a directory of its own. */
static void find_memory(struct settings *settings)
{
    const char *own = getenv("STATE_DIRECTORY");
    const size_t size = sizeof settings->memory;

    if (!own || own[0] != '/')
        place("XDG_DATA_HOME", ".local/share", "boxoffice", settings->memory, size);
    else if (snprintf(settings->memory, size, "%.*s", (int)strcspn(own, ":"), own) >= (int)size)
        settings->memory[0] = '\0';
}

void settings_init(struct settings *settings)
{
    *settings = (struct settings){0};
    for (const struct row *row = rows; row < rows + ROWS; row++) {
        if (row->text)
            put_text(settings, row, row->text);
        else
            put_number(settings, row, row->number);
    }
    find_memory(settings);
}

/* The words of a choice end where its help begins. */
static size_t words_length(const struct row *row)
{
    return strcspn(row->help, ":");
}

static bool is_choice(const struct row *row, const char *text)
{
    const char *word = row->help, *end = row->help + words_length(row);
    size_t length = strlen(text);

    while (word < end) {
        size_t n = strcspn(word, "|:");
        if (n == length && memcmp(word, text, n) == 0)
            return true;
        word += n + 1;
    }
    return false;
}

/* A text fits its row: bytes, no control characters, and capitals where they are wanted. */
static bool is_text(const struct row *row, const char *text)
{
    static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    char escaped[SETTING_TEXT];
    int64_t bytes = (int64_t)strlen(text);

    if (bytes < row->least || bytes > row->most)
        return false;
    if (row->kind == KIND_CAPITALS)
        return text[strspn(text, capitals)] == '\0';
    return strcmp(text_escape(text, escaped, sizeof escaped), text) == 0;
}

/* What a row takes, as the sample and the refusals say it. */
static void describe(const struct row *row, char *out, size_t size)
{
    switch (row->kind) {
    case KIND_TEXT:
        snprintf(out, size, _("a text of at most %" PRId64 " bytes without control characters"),
                 row->most);
        break;
    case KIND_CAPITALS:
        snprintf(out, size, _("a text of %" PRId64 " capital letters"), row->most);
        break;
    case KIND_NUMBER:
        snprintf(out, size, _("a whole number from %" PRId64 " to %" PRId64), row->least,
                 row->most);
        break;
    case KIND_BOOL:
        snprintf(out, size, "%s", _("true or false"));
        break;
    case KIND_CHOICE:
        snprintf(out, size, _("one of the texts %.*s"), (int)words_length(row), row->help);
        break;
    }
}

/* Puts a value into its row's field; false when the row does not take it. */
static bool put_value(struct settings *settings, const struct row *row,
                      const struct conf_value *value)
{
    switch (row->kind) {
    case KIND_NUMBER:
        if (value->kind != CONF_NUMBER || value->over || value->number < row->least ||
            value->number > row->most)
            return false;
        put_number(settings, row, value->number);
        return true;
    case KIND_BOOL:
        if (value->kind != CONF_BOOL)
            return false;
        put_number(settings, row, value->yes);
        return true;
    case KIND_TEXT:
    case KIND_CAPITALS:
    case KIND_CHOICE:
        if (value->kind != CONF_TEXT)
            return false;
        if (row->kind == KIND_CHOICE ? !is_choice(row, value->text) : !is_text(row, value->text))
            return false;
        put_text(settings, row, value->text);
        return true;
    }
    return false;
}

static enum rc take_value(void *context, const struct conf_value *value, struct fault *why)
{
    struct settings *settings = context;
    char wanted[WANTED], reason[2 * WANTED];

    for (const struct row *row = rows; row < rows + ROWS; row++) {
        if (strcmp(row->key, value->key) != 0)
            continue;
        if (put_value(settings, row, value))
            return RC_OK;
        describe(row, wanted, sizeof wanted);
        /* translators: a setting, and what it must be: "a whole number from 1 to 9" */
        snprintf(reason, sizeof reason, _("%s must be %s"), value->key, wanted);
        return conf_refuse(value, reason, why);
    }
    snprintf(reason, sizeof reason, _("%s is no setting"), value->key);
    return conf_refuse(value, reason, why);
}

enum rc settings_read(struct settings *settings, const char *path, struct fault *why)
{
    struct settings read = *settings;

    enum rc rc = conf_read(path, take_value, &read, why);
    if (rc == RC_OK) {
        read.from_file = true;
        *settings = read;
    }
    return rc;
}

/* Reads a file that need not be there. */
static enum rc read_if_there(struct settings *settings, const char *path, struct fault *why)
{
    enum rc rc = settings_read(settings, path, why);

    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc settings_load(struct settings *settings, const char *path, struct fault *why)
{
    struct settings read = *settings;
    char own[4096];
    enum rc rc;

    if (path) {
        rc = settings_read(&read, path, why);
        if (rc == RC_NOT_FOUND)
            rc = RC_ENVIRONMENT;
        if (rc == RC_ENVIRONMENT && why)
            why->rc = rc;
    } else {
        rc = read_if_there(&read, "/etc/boxoffice.conf", why);
        if (rc == RC_OK &&
            place("XDG_CONFIG_HOME", ".config", "boxoffice/boxoffice.conf", own, sizeof own))
            rc = read_if_there(&read, own, why);
    }
    if (rc == RC_OK)
        *settings = read;
    return rc;
}

/* Copies a text that may not be cut; `out` is empty when it does not fit. */
static void copy_whole(const char *text, char *out, size_t size)
{
    size_t length = strlen(text);

    if (length < size)
        memcpy(out, text, length + 1);
    else if (size > 0)
        out[0] = '\0';
}

bool settings_database(const struct settings *settings, const char *named, char *out, size_t size)
{
    const char *chosen = named && *named ? named : settings->database;

    if (!*chosen) {
        place("XDG_DATA_HOME", ".local/share", "boxoffice/boxoffice.db", out, size);
        return false;
    }
    copy_whole(chosen, out, size);
    return true;
}

void settings_key_file(const struct settings *settings, char *out, size_t size)
{
    if (settings->channel_key[0] != '\0')
        copy_whole(settings->channel_key, out, size);
    else
        (void)place("XDG_CONFIG_HOME", ".config", "boxoffice/channel.key", out, size);
}

static void print_row(FILE *out, const struct row *row)
{
    char wanted[WANTED];
    const char *help = _(row->help), *behind = strstr(help, ": ");

    if (row->kind == KIND_CHOICE && behind) /* behind the words that it may be */
        help = behind + strlen(": ");
    describe(row, wanted, sizeof wanted);
    fprintf(out, "\n# %s\n# (%s)\n#%s = ", help, wanted, row->key);
    if (row->text)
        fprintf(out, "\"%s\";\n", row->text);
    else if (row->kind == KIND_BOOL)
        fprintf(out, "%s;\n", row->number ? "true" : "false");
    else
        fprintf(out, "%" PRId64 ";\n", row->number);
}

void settings_print_sample(FILE *out)
{
    fprintf(out, "# %s\n# %s\n",
            _("Settings of boxoffice, each with its default; see boxoffice.conf(5)."),
            _("Copy this to /etc/boxoffice.conf or ~/.config/boxoffice/boxoffice.conf."));
    for (const struct row *row = rows; row < rows + ROWS; row++)
        print_row(out, row);
}
