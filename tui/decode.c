#include "tui/decode.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/utf8.h"

enum { ESC = 0x1B, PASTE_SILENCE_MS = 3000 };

static const char paste_end[] = "\033[201~";

void decode_init(struct decode *decode)
{
    memset(decode, 0, sizeof *decode);
    decode->esc_ms = INT64_MIN;
}

/* Queues a key and returns it to be filled in; NULL when there is no room. */
static struct key *queue(struct decode *decode, enum press press)
{
    if (press == PRESS_NONE || decode->count == DECODE_QUEUE)
        return NULL;
    struct key *key = &decode->queue[(decode->head + decode->count++) % DECODE_QUEUE];
    *key = (struct key){.press = press};
    return key;
}

/* The number of a parameter in a sequence, `otherwise` when it is not there. */
static int parameter(const char *text, int which, int otherwise)
{
    for (; which > 0 && text; which--) {
        text = strchr(text, ';');
        text = text ? text + 1 : NULL;
    }
    if (!text || *text < '0' || *text > '9')
        return otherwise;
    long n = strtol(text, NULL, 10);
    return n > 9999 ? 9999 : (int)n;
}

/* What ESC [ n ~ means. */
static enum press tilde(int n)
{
    static const uint8_t presses[] = {
        [1] = PRESS_HOME,    [2] = PRESS_INSERT,    [3] = PRESS_DELETE,   [4] = PRESS_END,
        [5] = PRESS_PAGE_UP, [6] = PRESS_PAGE_DOWN, [7] = PRESS_HOME,     [8] = PRESS_END,
        [11] = PRESS_F1,     [12] = PRESS_F1 + 1,   [13] = PRESS_F1 + 2,  [14] = PRESS_F1 + 3,
        [15] = PRESS_F1 + 4, [17] = PRESS_F1 + 5,   [18] = PRESS_F1 + 6,  [19] = PRESS_F1 + 7,
        [20] = PRESS_F1 + 8, [21] = PRESS_F1 + 9,   [23] = PRESS_F1 + 10, [24] = PRESS_F12,
    };

    return n >= 0 && n < (int)sizeof presses ? (enum press)presses[n] : PRESS_NONE;
}

/* What the last letter of a sequence means, after ESC [ and after ESC O alike. */
static enum press letter(char final, bool control)
{
    switch (final) {
    case 'A':
        return PRESS_UP;
    case 'B':
        return PRESS_DOWN;
    case 'C':
        return control ? PRESS_WORD_RIGHT : PRESS_RIGHT;
    case 'D':
        return control ? PRESS_WORD_LEFT : PRESS_LEFT;
    case 'c':
        return PRESS_WORD_RIGHT;
    case 'd':
        return PRESS_WORD_LEFT;
    case 'H':
        return PRESS_HOME;
    case 'F':
        return PRESS_END;
    case 'Z':
        return PRESS_BACKTAB;
    case 'M':
        return PRESS_ENTER;
    default:
        return final >= 'P' && final <= 'S' ? (enum press)(PRESS_F1 + (final - 'P')) : PRESS_NONE;
    }
}

/* ESC [ < button ; column ; row M or m. */
static void mouse(struct decode *decode, const char *text, char final)
{
    int button = parameter(text, 0, 0);
    enum press press = PRESS_NONE;

    if (button == 64 || button == 65)
        press = button == 64 ? PRESS_WHEEL_UP : PRESS_WHEEL_DOWN;
    else if ((button & 0x63) == 0 && final == 'M')
        press = PRESS_CLICK;
    struct key *key = queue(decode, press);
    if (key) {
        key->column = parameter(text, 1, 1) - 1;
        key->row = parameter(text, 2, 1) - 1;
    }
}

/* A key of the keypad in its application mode: ESC O j to y. */
static bool keypad(struct decode *decode, char final)
{
    static const char chars[] = "*+,-./0123456789";

    if (final < 'j' || final > 'y')
        return false;
    struct key *key = queue(decode, PRESS_TEXT);
    if (key) {
        key->text[0] = chars[final - 'j'];
        key->keypad = true;
    }
    return true;
}

/* A whole sequence in `pending`, ESC [ ... final or ESC O final. */
static void sequence(struct decode *decode)
{
    char text[sizeof decode->pending + 1];
    size_t n = decode->n;

    memcpy(text, decode->pending, n);
    text[n] = '\0';
    char final = text[n - 1];
    decode->n = 0;
    if (text[1] == 'O') {
        if (!keypad(decode, final))
            queue(decode, letter(final, false));
    } else if (text[2] == '<') {
        mouse(decode, text + 3, final);
    } else if (text[2] == '[') { /* the console's F1 to F5 */
        queue(decode,
              final >= 'A' && final <= 'E' ? (enum press)(PRESS_F1 + (final - 'A')) : PRESS_NONE);
    } else if (final == '~' && parameter(text + 2, 0, 0) == 200) {
        decode->pasting = true;
        decode->paste_n = 0;
        decode->paste_cut = false;
    } else if (final == '~') {
        queue(decode, tilde(parameter(text + 2, 0, 0)));
    } else {
        queue(decode, letter(final, parameter(text + 2, 1, 1) > 2));
    }
}

/* Does `byte` end the sequence in `pending`, whose last byte it is? */
static bool ends(const struct decode *decode, uint8_t byte)
{
    if (decode->n < 3)
        return false;
    if (decode->pending[1] == 'O' || decode->pending[2] == '[')
        return decode->pending[1] == 'O' || decode->n == 4;
    return byte >= 0x40 && byte <= 0x7E;
}

static void escape(struct decode *decode, int64_t now_ms)
{
    queue(decode, PRESS_ESC);
    decode->esc_ms = now_ms;
    decode->n = 0;
}

/* A byte that follows in a sequence. */
static void follow(struct decode *decode, uint8_t byte, int64_t now_ms)
{
    if (decode->n == 1 && byte != '[' && byte != 'O') {
        escape(decode, now_ms);
        decode->esc_ms = INT64_MIN;
        decode_byte(decode, byte, now_ms);
        return;
    }
    if (byte == ESC || decode->n == sizeof decode->pending) { /* broken: starts anew */
        decode->n = 0;
        decode->tail = 0;
        decode_byte(decode, byte, now_ms);
        return;
    }
    decode->pending[decode->n++] = byte;
    decode->began_ms = now_ms;
    if (!ends(decode, byte))
        return;
    if (decode->tail)
        decode->n = 0;
    else
        sequence(decode);
    decode->tail = 0;
}

static void paste_add(struct decode *decode, uint8_t byte)
{
    if (decode->paste_n < PASTE_MAX)
        decode->paste[decode->paste_n++] = byte ? (char)byte : ' ';
    else
        decode->paste_cut = true;
}

static void paste_done(struct decode *decode)
{
    decode->pasting = false;
    decode->n = 0;
    decode->paste[decode->paste_n] = '\0';
    struct key *key = queue(decode, PRESS_PASTE);
    if (key) {
        key->paste = decode->paste;
        key->paste_cut = decode->paste_cut;
    }
}

/* A byte of pasted text; `pending` holds how far the end of the paste has matched. */
static void paste_byte(struct decode *decode, uint8_t byte, int64_t now_ms)
{
    decode->began_ms = now_ms;
    if (byte == (uint8_t)paste_end[decode->n]) {
        decode->pending[decode->n++] = byte;
        if (decode->n == sizeof paste_end - 1)
            paste_done(decode);
        return;
    }
    for (size_t i = 0; i < decode->n; i++)
        paste_add(decode, decode->pending[i]);
    decode->n = 0;
    if (byte == ESC)
        decode->pending[decode->n++] = byte;
    else
        paste_add(decode, byte);
}

void decode_flood(struct decode *decode, const uint8_t *bytes, size_t n, int64_t now_ms)
{
    decode->paste_n = 0;
    decode->paste_cut = false;
    for (size_t i = 0; i < n; i++)
        paste_add(decode, bytes[i]);
    decode->began_ms = now_ms;
    paste_done(decode);
}

/* A byte of a character above ASCII; what is no UTF-8 is lost. */
static void character(struct decode *decode, uint8_t byte, int64_t now_ms)
{
    char text[8] = "";
    int32_t c;

    if (byte >= 0xC0)
        decode->n = 0;
    else if (decode->n == 0)
        return;
    decode->pending[decode->n++] = byte;
    decode->began_ms = now_ms;
    uint8_t first = decode->pending[0];
    size_t want = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (decode->n < want)
        return;
    memcpy(text, decode->pending, want);
    decode->n = 0;
    if (utf8_next(text, &c) != want || c == UTF8_BAD)
        return;
    struct key *key = queue(decode, PRESS_TEXT);
    if (key)
        memcpy(key->text, text, sizeof text);
}

/* A byte that is a key by itself. */
static void plain(struct decode *decode, uint8_t byte)
{
    struct key *key;

    if (byte == '\r' || byte == '\n') {
        if ((key = queue(decode, PRESS_ENTER)) && byte == '\n')
            key->text[0] = '\n';
    } else if (byte == '\t') {
        queue(decode, PRESS_TAB);
    } else if (byte == 0x7F || byte == 0x08) {
        queue(decode, PRESS_BACKSPACE);
    } else if (byte >= ' ') {
        if ((key = queue(decode, PRESS_TEXT)))
            key->text[0] = (char)byte;
    } else if (byte >= 1 && byte <= 26) {
        if ((key = queue(decode, PRESS_CTRL)))
            key->text[0] = (char)('a' + byte - 1);
    }
}

void decode_byte(struct decode *decode, uint8_t byte, int64_t now_ms)
{
    bool late_tail = decode->esc_ms != INT64_MIN && now_ms - decode->esc_ms <= DECODE_TAIL_MS;

    if (decode->pasting) {
        paste_byte(decode, byte, now_ms);
    } else if (decode->n > 0 && decode->pending[0] == ESC) {
        follow(decode, byte, now_ms);
    } else if (byte == ESC) {
        decode->pending[0] = byte;
        decode->n = 1;
        decode->began_ms = now_ms;
        decode->esc_ms = INT64_MIN;
    } else if (late_tail && (byte == '[' || byte == 'O')) {
        decode->pending[0] = ESC;
        decode->pending[1] = byte;
        decode->n = 2;
        decode->tail = 1;
        decode->began_ms = now_ms;
        decode->esc_ms = INT64_MIN;
    } else if (byte >= 0x80) {
        character(decode, byte, now_ms);
    } else {
        decode->n = 0;
        decode->esc_ms = INT64_MIN;
        plain(decode, byte);
    }
}

int64_t decode_deadline(const struct decode *decode)
{
    if (decode->pasting)
        return decode->began_ms + PASTE_SILENCE_MS;
    if (decode->n == 0 || decode->pending[0] != ESC)
        return INT64_MAX;
    return decode->began_ms + (decode->n == 1 ? DECODE_ESC_MS : DECODE_TAIL_MS);
}

void decode_time(struct decode *decode, int64_t now_ms)
{
    if (now_ms < decode_deadline(decode))
        return;
    if (decode->pasting) {
        paste_done(decode);
    } else if (decode->n == 1) {
        escape(decode, now_ms);
    } else { /* a sequence whose end never came */
        decode->n = 0;
        decode->tail = 0;
    }
}

bool decode_next(struct decode *decode, struct key *key)
{
    if (decode->count == 0)
        return false;
    *key = decode->queue[decode->head];
    decode->head = (decode->head + 1) % DECODE_QUEUE;
    decode->count--;
    return true;
}
