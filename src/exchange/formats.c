/* The table of readers: what can be imported, in the order in which help lists it. */
#include "exchange/readers.h"

const sk_reader *sk_reader_find(sk_str name)
{
    for (size_t i = 0; i < sk_n_readers; i++)
        if (sk_str_is(name, sk_readers[i]->name))
            return sk_readers[i];
    return NULL;
}

const sk_reader *sk_reader_sniff(sk_str name, sk_str head)
{
    const sk_reader *best = NULL;
    int most = 0;
    for (size_t i = 0; i < sk_n_readers; i++) {
        int sure = sk_readers[i]->sniff(name, head);
        if (sure > most) {
            most = sure;
            best = sk_readers[i];
        }
    }
    return best;
}

const sk_reader *const sk_readers[] = {
    &sk_reader_table,    &sk_reader_un_consolidated, &sk_reader_un_vessels,
    &sk_reader_ofac_sdn, &sk_reader_ftm_entities,    &sk_reader_ftm_statements,
    &sk_reader_uwazi,    &sk_reader_bayanat,         &sk_reader_openevsys,
    &sk_reader_hxl,      &sk_reader_geojson,
};
const size_t sk_n_readers = SK_COUNT(sk_readers);
