#include "core/rules/second_thoughts.h"

bool second_fresh(const struct second_sale *sale, when_ms now)
{
    return sale->till.n != 0 && sale->till.n == sale->sold_in.n && now >= sale->sold_at &&
           now - sale->sold_at <= SECOND_WINDOW;
}

enum right second_void(const struct second_sale *sale, when_ms now)
{
    return second_fresh(sale, now) && sale->voids < SECOND_VOIDS_MOST ? RIGHT_SELL : RIGHT_VOID;
}

enum right second_swap(const struct second_sale *sale, when_ms now)
{
    return second_fresh(sale, now) ? RIGHT_SELL : RIGHT_SWAP;
}

enum right second_exchange(const struct second_sale *sale, when_ms now, money back, money limit)
{
    return second_fresh(sale, now) ? RIGHT_SELL : second_refund(back, limit);
}

enum right second_refund(money amount, money limit)
{
    return amount <= limit ? RIGHT_REFUND : RIGHT_REFUND_MORE;
}
