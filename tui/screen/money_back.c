#include "tui/screen/money_back.h"

#include <stdio.h>

#include "core/base/words.h"

char *money_back_text(const struct booking *booking, money amount, char *buffer, size_t size)
{
    size_t used = 0;

    buffer[0] = '\0';
    for (int32_t i = 0; i < booking->n_left && amount > 0; i++) {
        const struct booking_left *left = &booking->left[i];
        money back = left->sum < amount ? left->sum : amount;
        char sum[MONEY_TEXT];
        int n = snprintf(buffer + used, size - used, "%s%s %s", used > 0 ? ", " : "",
                         money_format(back, sum, sizeof sum),
                         _(tender_word((enum tender_kind)left->kind)));

        amount -= back;
        used += n > 0 && (size_t)n < size - used ? (size_t)n : 0;
    }
    return buffer;
}
