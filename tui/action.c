#include "tui/action.h"

#include <string.h>

static const struct action_row rows[] = {
#define ACTION_ROW(action, press, letter, twin, keypad, moves, key, help) \
    {ACTION_##action, press, letter, twin, keypad, moves, #action, key, help},
    ACTIONS(ACTION_ROW)
#undef ACTION_ROW
};
enum { ROWS = sizeof rows / sizeof rows[0] };

static const struct action_word bar[] = {
#define BAR_ROW(screen, line, action, key, word) \
    {SCREEN_##screen, line, ACTION_##action, key, word},
    KEY_BARS(BAR_ROW)
#undef BAR_ROW
};
enum { WORDS = sizeof bar / sizeof bar[0] };

const struct action_row *action_row(enum action action)
{
    return &rows[action - 1];
}

/* The action of a press that is no character; ACTION_NONE. */
static enum action of_press(enum press press)
{
    if (press >= PRESS_F1 && press <= PRESS_F12) {
        int twin = (int)press - PRESS_F1 + 1;
        for (size_t i = 0; i < ROWS; i++)
            if (rows[i].twin == twin)
                return rows[i].action;
        return ACTION_NONE;
    }
    for (size_t i = 0; i < ROWS && press != PRESS_NONE; i++)
        if (rows[i].press == press)
            return rows[i].action;
    return ACTION_NONE;
}

/* The action of one ASCII character; capitals equal small letters. */
static enum action of_letter(char c)
{
    if (c >= 'A' && c <= 'Z')
        c = (char)(c - 'A' + 'a');
    if (c >= '1' && c <= '9')
        return ACTION_DIGIT;
    for (size_t i = 0; i < ROWS && c; i++)
        if (rows[i].letter == c || rows[i].keypad == c)
            return rows[i].action;
    return ACTION_NONE;
}

enum action action_of(const struct key *key, bool typing)
{
    switch (key->press) {
    case PRESS_CTRL:
        if (key->text[0] == 'l')
            return ACTION_REDRAW;
        return key->text[0] == 'z' ? ACTION_SUSPEND : ACTION_NONE;
    case PRESS_TEXT:
        if (typing || key->text[1])
            return ACTION_NONE;
        return of_letter(key->text[0]);
    case PRESS_HOME:
    case PRESS_END:
    case PRESS_LEFT:
    case PRESS_RIGHT:
        return typing ? ACTION_NONE : of_press(key->press);
    case PRESS_WHEEL_UP:
        return ACTION_UP;
    case PRESS_WHEEL_DOWN:
        return ACTION_DOWN;
    default:
        return of_press(key->press);
    }
}

size_t action_words(enum screen_id screen, struct action_word *words, size_t most)
{
    size_t n = 0;

    for (size_t i = 0; i < WORDS && n < most; i++) {
        if (bar[i].screen != screen)
            continue;
        words[n] = bar[i];
        if (!words[n].key)
            words[n].key = action_row(bar[i].action)->key;
        n++;
    }
    return n;
}

int action_lines(enum screen_id screen)
{
    int lines = 0;

    for (size_t i = 0; i < WORDS; i++)
        if (bar[i].screen == screen && bar[i].line >= lines)
            lines = bar[i].line + 1;
    return lines;
}

const char *action_screen_name(enum screen_id screen)
{
    static const char *const names[] = {
#define SCREEN_NAME(id, name) name,
        SCREENS(SCREEN_NAME)
#undef SCREEN_NAME
    };

    return names[screen];
}

/* mdoc takes words that look like its macros or begin with punctuation for its own. */
static void print_key(FILE *out, const char *key)
{
    fprintf(out, ".It \\&%s", key);
}

void action_print(FILE *out)
{
    fputs(".Bl -tag -width \"x, keypad -XX\" -compact\n", out);
    for (size_t i = 0; i < ROWS; i++) {
        const struct action_row *row = &rows[i];
        bool arrow = row->press != PRESS_NONE && row->letter;
        print_key(out, row->key);
        if (arrow)
            fprintf(out, " , %c", row->letter);
        if (row->twin)
            fprintf(out, " , F%d", row->twin);
        if (row->keypad && row->keypad != row->letter)
            fprintf(out, " , keypad %s%c", "\\&", row->keypad);
        fprintf(out, "\n%s\n", row->help);
    }
    fputs(".El\n", out);
}
