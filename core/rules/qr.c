#include "core/rules/qr.h"

#include <qrencode.h>
#include <stddef.h>

bool qr_make(const char *text, struct qr *qr)
{
    QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    bool fits = code != NULL && code->width <= QR_MOST;

    *qr = (struct qr){0};
    if (fits) {
        qr->size = code->width;
        for (int i = 0; i < code->width * code->width; i++)
            qr->dark[i / code->width][i % code->width] = code->data[i] & 1;
    }
    if (code != NULL)
        QRcode_free(code);
    return fits;
}

bool qr_dark(const struct qr *qr, int row, int column)
{
    return row >= 0 && column >= 0 && row < qr->size && column < qr->size && qr->dark[row][column];
}
