/* Places: what kind of place a name says. The comparer stands behind words.h.
 *
 * 평안남도, South P'yongan Province, Пхёнан-Намдо: the ending says what kind of place it is, the
 * rest is a name. Two kinds that differ (a province and its county) speak against, gently; a kind
 * left out says nothing.
 *
 * Found by place.c for the section of words; here are only the kinds. Tested in
 * tests/unit/name/t_place.c. */
#ifndef SK_NAME_PLACE_H
#define SK_NAME_PLACE_H

/* From large to small. */
typedef enum sk_place_class {
    SK_PLACE_UNSAID,
    SK_PLACE_COUNTRY,  /* republic, 공화국                  */
    SK_PLACE_PROVINCE, /* 도, 省, 県, область, governorate  */
    SK_PLACE_COUNTY,   /* 군, 县, 郡, район, district       */
    SK_PLACE_CITY,     /* 시, 市, город                     */
    SK_PLACE_WARD,     /* 구, 区                            */
    SK_PLACE_VILLAGE,  /* 리, 동, 읍, 면, 村, 町, село      */
    SK_PLACE_WATER,    /* river, lake, sea                  */
    SK_PLACE_LAND,     /* mountain, island                  */
    SK_PLACE_CAMP,     /* 관리소, prison, camp              */
    SK_PLACE_CLASSES
} sk_place_class;

#endif
