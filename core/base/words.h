/*
 * Words in the language of whoever reads them: gettext with one catalogue, "boxoffice" (tui/po/).
 *
 * What a person reads is marked with _(), or in a table of constants with N_() and then _() where
 * it is drawn; a count with ngettext. What a program reads (JSON, CSV, the journal, what is stored,
 * keys of the configuration) is never marked. A message is a whole sentence, never halves glued
 * together.
 */
#ifndef BOXOFFICE_CORE_BASE_WORDS_H
#define BOXOFFICE_CORE_BASE_WORDS_H

#include <libintl.h>

/* The text in the reader's language, in UTF-8; borrowed, and `text` itself where there is none. An
 * empty text must not be asked for: the catalogue's own head stands there. */
#define _(text) gettext(text)
/* Marks a constant for the catalogue. */
#define N_(text) text

/*
 * Opens the catalogue in the environment's language; call it after setlocale and before threads. It
 * lies where the program was installed to, or in $BOXOFFICE_LOCALEDIR (a build tree's).
 */
void words_open(void);

/*
 * Chooses a language ("de"; "": as the environment says) for all texts from now on. It holds in the
 * locale C as well, where gettext by itself has no language. Before threads.
 */
void words_choose(const char *language);

#endif
