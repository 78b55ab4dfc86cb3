/*
 * Settings: read with libconfig from files, each one a row of a table with its type, range, default
 * and help text. The commented sample file and boxoffice.conf(5) are checked against that table.
 */
#ifndef BOXOFFICE_CORE_BASE_SETTINGS_H
#define BOXOFFICE_CORE_BASE_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "core/base/rc.h"
#include "core/base/words.h"

enum { SETTING_TEXT = 256 };

/*
 * X(kind, field, key in the file, default, least, most, help)
 * kind: TEXT (least and most bound its bytes), CAPITALS (a text of capital letters), NUMBER, BOOL,
 * CHOICE (words in `help` before the colon, parted by bars).
 */
#define SETTINGS(X)                                                                                \
    X(TEXT, database, "database", "", 0, 255,                                                      \
      N_("database file; empty: $XDG_DATA_HOME/boxoffice/boxoffice.db"))                           \
    X(TEXT, terminal, "terminal", "", 0, 32, N_("name of this terminal; empty: HOST-PID"))         \
    X(NUMBER, operator_number, "operator", 1, 1, 9999,                                             \
      N_("operator number where nobody signs in"))                                                 \
    X(TEXT, pepper_file, "pepper_file", "", 0, 255,                                                \
      N_("secret file that PINs are hashed with; empty: DATABASE-pepper"))                         \
    X(NUMBER, lock_min, "lock_min", 10, 0, 240,                                                    \
      N_("minutes without a key until it locks; 0: never"))                                        \
    X(TEXT, zone, "zone", "", 0, 64, N_("time zone of the venue; empty: the system's"))            \
    X(CAPITALS, currency, "currency", "EUR", 3, 3, N_("currency, three letters of ISO 4217"))      \
    X(CHOICE, assigner, "assigner", "standby", 0, 0,                                               \
      N_("prefer|standby|never: whether this terminal gives freed seats to the waiting list"))     \
    X(CHOICE, fit, "fit", "first", 0, 0,                                                           \
      N_("first|strict: first party that fits, or the head of the list blocks"))                   \
    X(NUMBER, sale_stop_min, "sale_stop_min", 20, 0, 240,                                          \
      N_("minutes after its start until a show stops selling"))                                    \
    X(NUMBER, drawer, "drawer", 1, 0, 99, N_("cash drawer of this terminal; 0: none"))             \
    X(NUMBER, cash_round, "cash_round", 1, 1, 1000,                                                \
      N_("smallest coin in minor units: cash is rounded to it"))                                   \
    X(NUMBER, refund_limit, "refund_limit", 5000, 0, 100000000,                                    \
      N_("minor units that a clerk may refund at once without an approval"))                       \
    X(BOOL, two_sign, "two_sign", 0, 0, 1, N_("closing a till takes a second signature"))          \
    X(NUMBER, collect_min, "collect_min", 30, 0, 1440,                                             \
      N_("minutes before the start when an unpaid reservation lapses"))                            \
    X(BOOL, channel, "channel", 1, 0, 1, N_("tell and hear other terminals; off: timer speed"))    \
    X(TEXT, runtime_dir, "runtime_dir", "", 0, 80, N_("directory of the channel's sockets"))       \
    X(TEXT, channel_address, "channel_address", "", 0, 64,                                         \
      N_("address or interface where other machines reach this one; empty: this host alone"))      \
    X(NUMBER, channel_port, "channel_port", 0, 0, 65535, N_("port there; 0: any that is free"))    \
    X(TEXT, channel_key, "channel_key", "", 0, 255,                                                \
      N_("file of the channel's secret key; empty: $XDG_CONFIG_HOME/boxoffice/channel.key"))       \
    X(CHOICE, journal, "journal", "wal", 0, 0, N_("wal|truncate: journal mode of SQLite"))         \
    X(CHOICE, colour, "colour", "auto", 0, 0, N_("auto|never|16|256: colours on the screen"))      \
    X(CHOICE, language, "language", "", 0, 0,                                                      \
      N_("|en|de|fr: language of screens and messages; empty: as the environment says"))           \
    X(CHOICE, glyphs, "glyphs", "auto", 0, 0, N_("auto|ascii: characters that draw the screen"))   \
    X(CHOICE, hall_view, "hall_view", "map", 0, 0,                                                 \
      N_("map|runs: the hall as a map or as free runs"))                                           \
    X(TEXT, venue, "venue", "", 0, 80,                                                             \
      N_("name of the venue on tickets; empty: the one that the box office has"))                  \
    X(NUMBER, tax, "tax", 0, 0, 9999,                                                              \
      N_("tax in the prices, hundredths of a per cent (700: 7 %), of ticket types without their "  \
         "own"))                                                                                   \
    X(TEXT, printer, "printer", "none", 4, 255,                                                    \
      N_("none, device:PATH, file:PATH or command:WORDS: where tickets are printed"))              \
    X(CHOICE, printer_kind, "printer_kind", "text", 0, 0,                                          \
      N_("text|escpos: what the printer is given"))                                                \
    X(NUMBER, printer_columns, "printer_columns", 42, 16, 80,                                      \
      N_("letters in a line of the printer"))                                                      \
    X(NUMBER, printer_limit_s, "printer_limit_s", 10, 1, 120,                                      \
      N_("seconds until a printer that does not answer has failed"))                               \
    X(TEXT, printer_glyphs, "printer_glyphs", "/usr/share/unifont/unifont.hex", 0, 255,            \
      N_("font for letters that the printer lacks, as GNU Unifont's .hex file"))                   \
    X(TEXT, ticket_template, "ticket_template", "", 0, 255,                                        \
      N_("file with the layout of a ticket; empty: the built-in one"))                             \
    X(TEXT, receipt_template, "receipt_template", "", 0, 255,                                      \
      N_("file with the layout of a receipt; empty: the built-in one"))                            \
    X(BOOL, receipts, "receipts", 0, 0, 1, N_("print a receipt behind the tickets of every sale")) \
    X(CHOICE, scan_prefix, "scan_prefix", "none", 0, 0,                                            \
      N_("none|~|^|#|$|&|@|=|_: character that the scanner sends before what it reads"))           \
    X(BOOL, mouse, "mouse", 1, 0, 1, N_("click a seat, wheel through lists"))                      \
    X(BOOL, calm, "calm", 0, 0, 1, N_("nothing on the screen changes by the second"))

struct settings {
#define SETTING_FIELD_TEXT(field)                                  char field[SETTING_TEXT];
#define SETTING_FIELD_CAPITALS(field)                              char field[SETTING_TEXT];
#define SETTING_FIELD_CHOICE(field)                                char field[16];
#define SETTING_FIELD_NUMBER(field)                                int64_t field;
#define SETTING_FIELD_BOOL(field)                                  bool field;
#define SETTING_FIELD(kind, field, key, preset, least, most, help) SETTING_FIELD_##kind(field)
    SETTINGS(SETTING_FIELD)
#undef SETTING_FIELD
    bool from_file;   /* any configuration file was read */
    bool training;    /* of no file: a copy to train on is worked with, and nothing else */
    char memory[256]; /* directory for what a host remembers: $STATE_DIRECTORY of a service, else
                         $XDG_DATA_HOME/boxoffice (or ~/.local/share); "" when there is none */
};

/* Sets every setting to its default. */
void settings_init(struct settings *settings);

/*
 * Reads one file over what is there. An unknown or duplicate key, a wrong type, a number out of its
 * range (checked lexically: libconfig wraps 4294967301 to 5), an error in an include (named with
 * its own file and line), an include loop, a file that others may write: RC_BAD_INPUT with file,
 * line and key, and `settings` is untouched. A missing file: RC_NOT_FOUND, one that may not be
 * read: RC_ENVIRONMENT. No fault repeats a value, which may be a secret.
 */
enum rc settings_read(struct settings *settings, const char *path, struct fault *why);

/*
 * Reads /etc/boxoffice.conf, then $XDG_CONFIG_HOME/boxoffice/boxoffice.conf (or ~/.config), where
 * they exist; with `path` only that one, which must exist: RC_ENVIRONMENT otherwise. Defaults are
 * not set: call settings_init first.
 */
enum rc settings_load(struct settings *settings, const char *path, struct fault *why);

/*
 * Writes the path of the database into `out`: `named` (from -d) or the setting or the default.
 * Returns true when somebody named it, so that a missing file must not be created unasked. `out` is
 * empty when the path does not fit, or when there is no home directory to put the default in.
 */
bool settings_database(const struct settings *settings, const char *named, char *out, size_t size);

/* Writes the path of the channel's key file into `out`: the setting or the default. `out` is empty
 * as above. */
void settings_key_file(const struct settings *settings, char *out, size_t size);

/* Prints the commented sample file. */
void settings_print_sample(FILE *out);

#endif
