/* The weights of accounts that ship, made from model/name/weights.txt when the program is built. */
#include "name/combine.h"

static const sk_combine_weights SHIPPED = {
#include "name_combine.inc"
};

const sk_combine_weights *sk_combine_shipped(void)
{
    return &SHIPPED;
}
