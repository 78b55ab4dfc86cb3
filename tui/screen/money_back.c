#include "tui/screen/money_back.h"

#include <stdio.h>
#include <string.h>

char *money_back_text(const struct booking *booking, money amount, char *buffer, size_t size)
{
    const char *at = booking->left;
    money left = amount;
    size_t used = 0;

    buffer[0] = '\0';
    for (; *at && left > 0; at += strspn(at, ", ")) {
        size_t piece = strcspn(at, ","), word = piece;
        char text[MONEY_TEXT], sum[MONEY_TEXT];
        money paid = 0;
        while (word > 0 && at[word] != ' ') /* a tender may have two words in another language */
            word--;
        (void)snprintf(text, sizeof text, "%.*s", word < piece ? (int)(piece - word - 1) : 0,
                       at + word + 1);
        if (money_parse(text, &paid, NULL) != RC_OK)
            break;
        money back = paid < left ? paid : left;
        left -= back;
        int n = back == 0 ? 0
                          : snprintf(buffer + used, size - used, "%s%s %.*s", used ? ", " : "",
                                     money_format(back, sum, sizeof sum), (int)word, at);
        used += n > 0 && (size_t)n < size - used ? (size_t)n : 0;
        at += piece;
    }
    return buffer;
}
