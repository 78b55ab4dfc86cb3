/* Making lines of a template and values (layout.h). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/rules/layout.h"

/* How lines are set from here on. */
struct making {
    const struct layout *layout;
    const struct layout_values *values;
    const struct layout_row *row; /* of the group that is repeated; NULL: none */
    int columns;
    enum layout_align align;
    bool bold, tall, wide;
    struct layout_lines *lines;
};

static struct layout_line *add(struct making *m, enum layout_mark mark)
{
    struct layout_lines *lines = m->lines;
    struct layout_line *line;

    if (lines->n == lines->room) {
        size_t room = lines->room > 0 ? lines->room * 2 : 64;
        struct layout_line *more = realloc(lines->lines, room * sizeof *more);

        if (more == NULL) {
            lines->failed = true;
            return NULL;
        }
        lines->lines = more;
        lines->room = room;
    }
    line = &lines->lines[lines->n++];
    *line = (struct layout_line){
        .mark = mark, .bold = m->bold, .tall = m->tall, .wide = m->wide, .align = m->align};
    return line;
}

static const char *in_fields(const struct layout_field *fields, size_t count, const char *name,
                             size_t n)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(fields[i].name) == n && memcmp(fields[i].name, name, n) == 0)
            return fields[i].text;
    return NULL;
}

/* A field's text: the repeated row's, else the sale's; "" when it has none. */
static const char *value(const struct making *m, const char *name, size_t n)
{
    const char *text = m->row != NULL ? in_fields(m->row->fields, m->row->n, name, n) : NULL;

    if (text == NULL)
        text = in_fields(m->values->fields, m->values->n, name, n);
    return text != NULL ? text : "";
}

/* Puts the fields in; what stands behind {>} goes to `right`. What does not fit is cut at a
 * character's end. */
static void fill(const struct making *m, const char *text, char *left, char *right, size_t size)
{
    char *out = left;
    size_t used = 0;

    left[0] = right[0] = '\0';
    while (*text != '\0') {
        const char *piece = text;
        size_t n = strcspn(text, "{");

        if (n == 0 && text[1] == '{') {
            n = 1;
            text += 2;
        } else if (n == 0) {
            size_t end = strcspn(text, "}");

            if (text[1] == '>') {
                out = right;
                used = 0;
            }
            piece = text[1] == '>' ? "" : value(m, text + 1, end - 1);
            n = strlen(piece);
            text += end + 1;
        } else {
            text += n;
        }
        if (n >= size - used)
            n = text_fit(piece, (int)(size - used) / 8);
        memcpy(out + used, piece, n);
        used += n;
        out[used] = '\0';
    }
}

/* Bytes of the longest beginning that fits, ended at a blank where there is one. */
static size_t break_at(const char *text, int cells)
{
    size_t n = text_fit(text, cells), blank;

    if (text[n] == '\0' || n == 0)
        return n > 0 ? n : text_grapheme(text, NULL);
    for (blank = n; blank > 0 && text[blank] != ' ';)
        blank--;
    return blank > 0 ? blank : n;
}

/* Writes `n` bytes of text with the blanks that align it. */
static void set(struct making *m, const char *text, size_t n, int room)
{
    struct layout_line *line = add(m, MARK_TEXT);
    char copy[LAYOUT_LINE * 2];
    int blanks;

    if (line == NULL)
        return;
    memcpy(copy, text, n);
    while (n > 0 && copy[n - 1] == ' ')
        n--;
    copy[n] = '\0';
    blanks = room - text_cells(copy);
    if (blanks < 0 || m->align == ALIGN_LEFT)
        blanks = 0;
    else if (m->align == ALIGN_CENTER)
        blanks /= 2;
    (void)snprintf(line->text, sizeof line->text, "%*s%.*s", blanks, "",
                   (int)(sizeof line->text - LAYOUT_WIDE_MOST - 1), copy);
}

static void set_wrapped(struct making *m, const char *text)
{
    int room = m->wide ? m->columns / 2 : m->columns;

    if (*text == '\0') {
        set(m, "", 0, room);
        return;
    }
    while (*text != '\0') {
        size_t n = break_at(text, room);

        set(m, text, n, room);
        text += n;
        text += strspn(text, " ");
    }
}

/* Left and right on one line; when they do not fit together the right one has its own. */
static void set_text(struct making *m, const char *text)
{
    char left[LAYOUT_LINE], right[LAYOUT_LINE], both[LAYOUT_LINE * 2];
    int room = m->wide ? m->columns / 2 : m->columns, gap;
    enum layout_align align = m->align;

    fill(m, text, left, right, sizeof left);
    if (right[0] == '\0') {
        set_wrapped(m, left);
        return;
    }
    gap = room - text_cells(left) - text_cells(right);
    m->align = ALIGN_LEFT;
    if (gap >= 1) {
        (void)snprintf(both, sizeof both, "%s%*s%s", left, gap, "", right);
        set(m, both, strlen(both), room);
    } else {
        set_wrapped(m, left);
        m->align = ALIGN_RIGHT;
        set_wrapped(m, right);
    }
    m->align = align;
}

static void rule(struct making *m)
{
    struct layout_line *line = add(m, MARK_TEXT);

    if (line == NULL)
        return;
    line->wide = line->tall = false;
    memset(line->text, '-', (size_t)m->columns);
}

static void set_size(struct making *m, const char *word)
{
    m->tall = !m->lines->plain && (word[0] == 't' || word[0] == 'b');
    m->wide = !m->lines->plain && (word[0] == 'w' || word[0] == 'b');
}

static void do_item(struct making *m, const struct layout_item *item)
{
    struct layout_line *line;

    switch (item->op) {
    case LAYOUT_TEXT:
        set_text(m, item->text);
        break;
    case LAYOUT_ALIGN:
        m->align = item->text[0] == 'l'   ? ALIGN_LEFT
                   : item->text[0] == 'c' ? ALIGN_CENTER
                                          : ALIGN_RIGHT;
        break;
    case LAYOUT_SIZE:
        set_size(m, item->text);
        break;
    case LAYOUT_BOLD:
        m->bold = item->number != 0;
        break;
    case LAYOUT_RULE:
        rule(m);
        break;
    case LAYOUT_FEED:
        for (int i = 0; i < item->number; i++)
            (void)add(m, MARK_TEXT);
        break;
    case LAYOUT_QR:
        if ((line = add(m, MARK_QR)) != NULL)
            (void)snprintf(line->text, sizeof line->text, "%s", value(m, "scan", 4));
        break;
    case LAYOUT_CUT:
        (void)add(m, MARK_CUT);
        break;
    case LAYOUT_DRAWER:
        (void)add(m, MARK_DRAWER);
        break;
    case LAYOUT_IF:
    case LAYOUT_EACH:
    case LAYOUT_END:
        break;
    }
}

/* The item behind the .end that belongs to the one at `at`. */
static size_t behind(const struct layout *layout, size_t at)
{
    int depth = 0;

    for (; at < layout->n; at++) {
        enum layout_op op = layout->items[at].op;

        depth += op == LAYOUT_IF || op == LAYOUT_EACH;
        depth -= op == LAYOUT_END;
        if (depth == 0)
            return at + 1;
    }
    return at;
}

static const struct layout_group *group_of(const struct making *m, const char *name)
{
    for (size_t i = 0; i < LAYOUT_GROUPS; i++)
        if (m->values->groups[i].name != NULL && strcmp(m->values->groups[i].name, name) == 0)
            return &m->values->groups[i];
    return NULL;
}

static void do_items(struct making *m, size_t from, size_t to)
{
    while (from < to) {
        const struct layout_item *item = &m->layout->items[from];
        size_t next = from + 1;

        if (item->op == LAYOUT_IF && *value(m, item->text, strlen(item->text)) == '\0') {
            next = behind(m->layout, from);
        } else if (item->op == LAYOUT_EACH) {
            const struct layout_group *group = group_of(m, item->text);

            next = behind(m->layout, from);
            for (size_t i = 0; group != NULL && i < group->n; i++) {
                m->row = &group->rows[i];
                do_items(m, from + 1, next - 1);
            }
            m->row = NULL;
        } else {
            do_item(m, item);
        }
        from = next;
    }
}

bool layout_make(const struct layout *layout, const struct layout_values *values, int columns,
                 struct layout_lines *lines)
{
    struct making m = {.layout = layout, .values = values, .columns = columns, .lines = lines};

    do_items(&m, 0, layout->n);
    return !lines->failed;
}

void layout_fini(struct layout_lines *lines)
{
    free(lines->lines);
    *lines = (struct layout_lines){.plain = lines->plain};
}

char *layout_text(const struct layout_lines *lines)
{
    size_t size = 1, used = 0;
    char *text;

    for (size_t i = 0; i < lines->n; i++)
        size += strlen(lines->lines[i].text) + 4;
    text = malloc(size);
    if (text == NULL)
        return NULL;
    text[0] = '\0';
    for (size_t i = 0; i < lines->n; i++) {
        const struct layout_line *line = &lines->lines[i];

        if (line->mark == MARK_TEXT)
            used += (size_t)snprintf(text + used, size - used, "%s\n", line->text);
        else if (line->mark == MARK_QR)
            used += (size_t)snprintf(text + used, size - used, "[%s]\n", line->text);
        else if (line->mark == MARK_CUT)
            used += (size_t)snprintf(text + used, size - used, "\f\n");
    }
    return text;
}
