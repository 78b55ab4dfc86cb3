#include "core/base/conf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libconfig.h>

#include "core/base/lexer.h"
#include "core/base/text.h"
#include "core/base/words.h"

enum { DEPTH_MOST = 8, KEYS_MOST = 128, KEY_BYTES = 64, SIZE_MOST = 256 * 1024, PATH_BYTES = 4096 };

/* A key that was seen, in which file (by number), and where. */
struct seen {
    char key[KEY_BYTES];
    int file, line;
    bool over;
};

/* A file that is being read, linked to the one that includes it. */
struct source {
    const char *path;
    char shown[160]; /* its path as it may be printed */
    int number;
    dev_t dev;
    ino_t ino;
    int depth;
    const struct source *parent;
    int named_in; /* the line of the parent */
};

/* One reading of a file with its includes. */
struct reading {
    conf_visit *visit;
    void *context;
    struct seen seen[KEYS_MOST];
    int keys, files;
};

static enum rc read_source(struct reading *r, struct source *source, struct fault *why);

enum rc conf_refuse(const struct conf_value *value, const char *reason, struct fault *why)
{
    return fault_set(why, RC_BAD_INPUT, "%s:%d: %s", value->file, value->line, reason);
}

static enum rc refuse_line(const struct source *source, int line, const char *reason,
                           struct fault *why)
{
    return fault_set(why, RC_BAD_INPUT, "%s:%d: %s", source->shown, line, reason);
}

/* Opens a source and sees that it is a file that only its owner and group may write. */
static enum rc open_source(struct source *source, int *fd, struct fault *why)
{
    struct stat st;

    text_escape(source->path, source->shown, sizeof source->shown);
    *fd = open(source->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (*fd < 0 || fstat(*fd, &st) != 0)
        return fault_set(why, errno == ENOENT ? RC_NOT_FOUND : RC_ENVIRONMENT, "%s: %s",
                         source->shown, strerror(errno));
    if (!S_ISREG(st.st_mode) && !S_ISCHR(st.st_mode)) /* /dev/null is an empty configuration */
        return fault_set(why, RC_BAD_INPUT, _("%s: not a file"), source->shown);
    if (S_ISREG(st.st_mode) && (st.st_mode & S_IWOTH))
        return fault_set(why, RC_BAD_INPUT, _("%s: everybody may write this file; chmod o-w it"),
                         source->shown);
    source->dev = st.st_dev;
    source->ino = st.st_ino;
    return RC_OK;
}

/*
 * Reads all of a file into `text`, SIZE_MOST bytes and two behind them: libconfig refuses a comment
 * that no line's end follows, so there is always one.
 */
static enum rc slurp(const struct source *source, int fd, char *text, size_t *size,
                     struct fault *why)
{
    ssize_t n = 0;

    *size = 0;
    while (*size <= SIZE_MOST && (n = read(fd, text + *size, SIZE_MOST + 1 - *size)) > 0)
        *size += (size_t)n;
    if (n < 0)
        return fault_set(why, RC_ENVIRONMENT, "%s: %s", source->shown, strerror(errno));
    if (*size > SIZE_MOST)
        return fault_set(why, RC_BAD_INPUT, _("%s: too long for a configuration"), source->shown);
    text[*size] = '\0';
    if (strlen(text) != (*size)++)
        return fault_set(why, RC_BAD_INPUT, _("%s: holds NUL bytes"), source->shown);
    text[*size - 1] = '\n';
    text[*size] = '\0';
    return RC_OK;
}

static struct seen *find_seen(struct reading *r, const char *key, size_t length)
{
    for (int i = 0; i < r->keys; i++)
        if (strlen(r->seen[i].key) == length && memcmp(r->seen[i].key, key, length) == 0)
            return &r->seen[i];
    return NULL;
}

/* Notes that a key stands here; it may stand once in all files of a reading. */
static enum rc note_key(struct reading *r, const struct source *source, const char *key,
                        const struct lexer_word *name, struct fault *why)
{
    const struct seen *before = find_seen(r, key, name->length);

    if (before)
        return fault_set(why, RC_BAD_INPUT,
                         before->file == source->number
                             ? _("%s:%d: %s stands in line %d already")
                             : _("%s:%d: %s stands in line %d of another file already"),
                         source->shown, name->line, before->key, before->line);
    if (r->keys == KEYS_MOST || name->length >= KEY_BYTES)
        return refuse_line(source, name->line, _("no setting is called this"), why);
    struct seen *seen = &r->seen[r->keys++];
    *seen = (struct seen){.file = source->number, .line = name->line};
    memcpy(seen->key, key, name->length);
    return RC_OK;
}

/* The path of an include: beside the file that names it unless it begins at the root. */
static bool include_path(const struct source *from, const char *name, size_t length, char *path)
{
    const char *slash = strrchr(from->path, '/');
    int dir = name[0] == '/' || !slash ? 0 : (int)(slash + 1 - from->path);
    int n = snprintf(path, PATH_BYTES, "%.*s%.*s", dir, from->path, (int)length, name);

    return n > 0 && n < PATH_BYTES;
}

/* Says so when a source includes itself, through others or not. */
static enum rc refuse_loop(const struct source *source, struct fault *why)
{
    for (const struct source *s = source->parent; s; s = s->parent)
        if (s->dev == source->dev && s->ino == source->ino)
            return fault_set(why, RC_BAD_INPUT, _("%s:%d: include loop: %s is being read already"),
                             source->parent->shown, source->named_in, source->shown);
    return RC_OK;
}

static enum rc read_include(struct reading *r, const struct source *from, int line,
                            const char *name, size_t length, struct fault *why)
{
    struct fault inner = {0};
    char path[PATH_BYTES];

    if (length == 0 || !include_path(from, name, length, path))
        return refuse_line(from, line, _("cannot include this"), why);
    if (from->depth == DEPTH_MOST)
        return refuse_line(from, line, _("includes are nested too deep"), why);
    struct source source = {
        .path = path, .depth = from->depth + 1, .parent = from, .named_in = line};
    enum rc rc = read_source(r, &source, &inner);
    if (rc == RC_NOT_FOUND || rc == RC_ENVIRONMENT)
        return fault_set(why, RC_BAD_INPUT, _("%s:%d: cannot include %s"), from->shown, line,
                         inner.text);
    if (rc != RC_OK && why)
        *why = inner;
    return rc;
}

/* What the survey has come to in a file. */
struct survey {
    struct lexer_word name; /* the last name; a key once = or : follows */
    int open;               /* braces and brackets */
};

static enum rc survey_sign(struct reading *r, const struct source *source, struct survey *s,
                           const char *text, char sign, struct fault *why)
{
    bool assigns = (sign == '=' || sign == ':') && s->name.kind == LEXER_NAME && s->open == 0;
    struct lexer_word name = s->name;

    s->name.kind = LEXER_OTHER;
    if (strchr("{[(", sign))
        s->open++;
    else if (strchr("}])", sign))
        s->open--;
    return assigns ? note_key(r, source, text + name.bytes, &name, why) : RC_OK;
}

/* Takes one word of a file into account; an include is read and then blanked for libconfig. */
static enum rc survey_word(struct reading *r, const struct source *source, struct survey *s,
                           char *text, const struct lexer_word *word, struct fault *why)
{
    enum rc rc = RC_OK;

    switch (word->kind) {
    case LEXER_OPEN:
        return refuse_line(source, word->line, _("begins a string or comment that never ends"),
                           why);
    case LEXER_NAME:
        s->name = *word;
        break;
    case LEXER_SIGN:
        return survey_sign(r, source, s, text, text[word->at], why);
    case LEXER_OVER:
        if (r->keys > 0)
            r->seen[r->keys - 1].over = true;
        break;
    case LEXER_INCLUDE:
        rc = read_include(r, source, word->line, text + word->bytes, word->length, why);
        memset(text + word->at, ' ', word->end - word->at);
        break;
    default:
        break;
    }
    return rc;
}

static enum rc survey_text(struct reading *r, const struct source *source, char *text, size_t size,
                           struct fault *why)
{
    struct lexer lexer = lexer_begin(text, size);
    struct survey s = {.name = {.kind = LEXER_OTHER}};
    struct lexer_word word;
    enum rc rc = RC_OK;

    do {
        word = lexer_next(&lexer);
        rc = survey_word(r, source, &s, text, &word, why);
    } while (rc == RC_OK && word.kind != LEXER_END);
    return rc;
}

static struct conf_value value_of(const struct source *source, const config_setting_t *setting)
{
    struct conf_value value = {
        .file = source->shown,
        .line = (int)config_setting_source_line(setting),
        .key = config_setting_name(setting),
        .kind = CONF_OTHER,
    };

    switch (config_setting_type(setting)) {
    case CONFIG_TYPE_STRING:
        value.kind = CONF_TEXT;
        value.text = config_setting_get_string(setting);
        break;
    case CONFIG_TYPE_INT:
        value.kind = CONF_NUMBER;
        value.number = config_setting_get_int(setting);
        break;
    case CONFIG_TYPE_INT64:
        value.kind = CONF_NUMBER;
        value.number = config_setting_get_int64(setting);
        break;
    case CONFIG_TYPE_BOOL:
        value.kind = CONF_BOOL;
        value.yes = config_setting_get_bool(setting);
        break;
    default:
        break;
    }
    return value;
}

/* The last line with anything on it: an error at the end is found there, not behind it. */
static int last_line(const char *text)
{
    int line = 1, last = 1;

    for (; *text; text++) {
        if (!strchr(" \t\r\n\f", *text))
            last = line;
        line += *text == '\n';
    }
    return last;
}

static enum rc parse_text(struct reading *r, const struct source *source, const char *text,
                          struct fault *why)
{
    config_t config;
    enum rc rc = RC_OK;

    config_init(&config);
    if (config_read_string(&config, text) != CONFIG_TRUE) {
        int line = config_error_line(&config), last = last_line(text);
        rc = refuse_line(source, line < last ? line : last, config_error_text(&config), why);
        goto out;
    }
    const config_setting_t *root = config_root_setting(&config);
    for (int i = 0; i < config_setting_length(root) && rc == RC_OK; i++) {
        struct conf_value value = value_of(source, config_setting_get_elem(root, (unsigned)i));
        const struct seen *seen = find_seen(r, value.key, strlen(value.key));
        if (seen)
            value.line = seen->line;
        value.over = seen && seen->over;
        rc = r->visit(r->context, &value, why);
    }
out:
    config_destroy(&config);
    return rc;
}

static enum rc read_source(struct reading *r, struct source *source, struct fault *why)
{
    char *text = NULL;
    size_t size;
    int fd = -1;

    source->number = r->files++;
    enum rc rc = open_source(source, &fd, why);
    if (rc == RC_OK)
        rc = refuse_loop(source, why);
    if (rc != RC_OK)
        goto out;
    text = malloc(SIZE_MOST + 2);
    if (!text) {
        rc = fault_set(why, RC_NO_MEMORY, _("out of memory"));
        goto out;
    }
    rc = slurp(source, fd, text, &size, why);
    if (rc == RC_OK)
        rc = survey_text(r, source, text, size, why);
    if (rc == RC_OK)
        rc = parse_text(r, source, text, why);
out:
    if (fd >= 0)
        close(fd);
    free(text);
    return rc;
}

enum rc conf_read(const char *path, conf_visit *visit, void *context, struct fault *why)
{
    struct reading *r = calloc(1, sizeof *r);
    struct source source = {.path = path};

    if (!r)
        return fault_set(why, RC_NO_MEMORY, _("out of memory"));
    r->visit = visit;
    r->context = context;
    enum rc rc = read_source(r, &source, why);
    free(r);
    return rc;
}
