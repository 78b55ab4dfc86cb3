/* QR codes, by libqrencode. */
#ifndef BOXOFFICE_CORE_RULES_QR_H
#define BOXOFFICE_CORE_RULES_QR_H

#include <stdbool.h>
#include <stdint.h>

enum { QR_MOST = 57, QR_QUIET = 4 };

/* The modules of a code, without the quiet zone of four around them that a reader wants. */
struct qr {
    int size;
    bool dark[QR_MOST][QR_MOST];
};

/* Makes the smallest code of medium error correction. False: no memory, or longer than fits. */
bool qr_make(const char *text, struct qr *qr);

/* Is the module dark? Outside, as in the quiet zone, none is. */
bool qr_dark(const struct qr *qr, int row, int column);

#endif
