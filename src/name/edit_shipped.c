/* The weights of letters that ship, made from model/name/edit.txt when the program is built. */
#include "name/edit.h"

static const sk_edit_weights SHIPPED = {
#include "name_edit.inc"
};

const sk_edit_weights *sk_edit_shipped(void)
{
    return &SHIPPED;
}
