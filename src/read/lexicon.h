/* The lexicon: every word list that reading uses, compiled into one block of bytes.
 *
 *     const sk_lexicon *lex;
 *     SK_TRY(sk_lexicon_builtin(cx, &lex));                  the block inside the program
 *     SK_TRY(sk_lexicon_with(cx, words, &lex));              the same lists and an archive's own
 *
 *   model/lexicon/ *.txt  --mklexicon-->  block:  strings | vocabulary | entries | nodes | edges | senses
 *
 * A word becomes an id of the vocabulary by one hash table; the vocabulary also holds the classes that
 * the word can have (noun, verb in -ing, preposition). Phrases are paths of ids through one tree; the
 * node where a phrase ends holds its senses: an entry, and in which form the phrase names it.
 * A sense can be restricted to a spelling (US in capitals) or to a large first letter (Polish).
 *
 * The lists are data for people to read and extend; model/lexicon/README says how lines are written.
 *
 * Invariants: a block that was opened has every offset inside it; ids of words start at 1.
 * Threads: read-only once opened. Tested in tests/unit/read/t_lexicon.c. */
#ifndef SK_READ_LEXICON_H
#define SK_READ_LEXICON_H

#include "base/ctx.h"
#include "read/tokens.h"

/* What an entry is. The names stand at the start of the lines of the lists. */
#define SK_LEX_KINDS(X) \
    X(WORD, word)       \
    X(VERB, verb)       \
    X(ABBR, abbr)       \
    X(STATE, state)     \
    X(PLACE, place)     \
    X(ORG, org)         \
    X(EVENT, event)     \
    X(GIVEN, given)     \
    X(ROLE, role)       \
    X(OFFICE, office)   \
    X(ACT, act)         \
    X(CUE, cue)         \
    X(MARK, mark)       \
    X(QUALIFY, qualify) \
    X(NUMBER, number)   \
    X(UNIT, unit)       \
    X(TIME, time)       \
    X(TRAP, trap)

typedef enum sk_lex_kind {
#define X(upper, lower) SK_LEX_##upper,
    SK_LEX_KINDS(X)
#undef X
        SK_LEX_N_KINDS
} sk_lex_kind;

/* Classes of a word, bits of the vocabulary. */
#define SK_POS(X)           \
    X(DET, det)             \
    X(PRON, pron)           \
    X(PREP, prep)           \
    X(CONJ, conj)           \
    X(SUB, sub)             \
    X(WH, wh)               \
    X(BE, be)               \
    X(HAVE, have)           \
    X(DO, do)               \
    X(MODAL, modal)         \
    X(NEG, neg)             \
    X(TO, to)               \
    X(ADV, adv)             \
    X(ADJ, adj)             \
    X(NOUN, noun)           \
    X(NOUNS, nouns)         \
    X(VB, vb)               \
    X(VBS, vbs)             \
    X(VBD, vbd)             \
    X(VBN, vbn)             \
    X(VBG, vbg)             \
    X(POSS, poss)           \
    X(NUM, num)             \
    X(ABBREV, abbrev)       \
    X(QUANT, quant)         \
    X(NOTNAME, notname)     \
    X(GIVENNAME, givenname) \
    X(POSSPRON, posspron)   \
    X(TIMEWORD, timeword)   \
    X(MAINVERB, mainverb)

enum {
#define X(upper, lower) SK_POSBIT_##upper,
    SK_POS(X)
#undef X
};
enum {
#define X(upper, lower) SK_POS_##upper = 1 << SK_POSBIT_##upper,
    SK_POS(X)
#undef X
};
#define SK_POS_VERB (SK_POS_VB | SK_POS_VBS | SK_POS_VBD | SK_POS_VBN | SK_POS_VBG)

/* What lists may say of an entry, and what an act may ask of its object, subject or clause. */
#define SK_LEX_ATTRS(X)       \
    X(PERSON, person)         \
    X(GROUP, group)           \
    X(SOURCE, source)         \
    X(VICTIM, victim)         \
    X(FORCES, forces)         \
    X(GOVT, govt)             \
    X(OFFICIAL, official)     \
    X(WORKER, worker)         \
    X(RELATIVES, relatives)   \
    X(WOMEN, women)           \
    X(PRISONER, prisoner)     \
    X(ESCAPEE, escapee)       \
    X(MONEY, money)           \
    X(FOOD, food)             \
    X(MEDICINE, medicine)     \
    X(GOODS, goods)           \
    X(DOCUMENT, document)     \
    X(RIGHTS, rights)         \
    X(ABUSES, abuses)         \
    X(MEETING, meeting)       \
    X(MEASURE, measure)       \
    X(FACILITY, facility)     \
    X(ORGN, org)              \
    X(MEDIA, media)           \
    X(IGO, igo)               \
    X(IGO_ORGAN, igo_organ)   \
    X(NGO, ngo)               \
    X(THINK_TANK, think_tank) \
    X(STATE, state)           \
    X(VESSEL, vessel)         \
    X(SPEECH, speech)         \
    X(POPULATION, population) \
    X(RESOURCE, resource)     \
    X(ABROAD, abroad)         \
    X(HARM, harm)             \
    X(ABOUT, about)           \
    X(WITH, with)             \
    X(TO, to)                 \
    X(ON, on)                 \
    X(AGAINST, against)       \
    X(FROM, from)             \
    X(NOUN, noun)             \
    X(PERSONS, persons)       \
    X(ADJ, adj)               \
    X(SYMMETRIC, symmetric)   \
    X(WEAK, weak)             \
    X(NOTARGET, notarget)     \
    X(NOACTOR, noactor)       \
    X(SAY, say)               \
    X(ALLEGE, allege)         \
    X(DENY, deny)             \
    X(ACCUSE, accuse)         \
    X(FIND, find)             \
    X(CALL, call)             \
    X(PLAN, plan)             \
    X(THREAT, threat)         \
    X(THINK, think)           \
    X(CONTENT, content)       \
    X(BACK, back)             \
    X(TOWORK, towork)         \
    X(KIN, kin)               \
    X(COMPANY, company)       \
    X(ATMEETING, atmeeting)

enum {
#define X(upper, lower) SK_ATTRBIT_##upper,
    SK_LEX_ATTRS(X)
#undef X
        SK_N_ATTRS
};
#define SK_ATTR(name) ((uint64_t)1 << SK_ATTRBIT_##name)

/* In which form a phrase names its entry. */
typedef enum sk_form {
    SK_FORM_PLAIN,
    SK_FORM_VB,  /* kill     */
    SK_FORM_VBS, /* kills    */
    SK_FORM_VBD, /* killed, told: past                       */
    SK_FORM_VBN, /* told, taken: participle                  */
    SK_FORM_ED,  /* killed: past or participle               */
    SK_FORM_VBG, /* killing  */
    SK_FORM_SINGULAR,
    SK_FORM_PLURAL
} sk_form;

typedef enum sk_level {
    SK_LEVEL_NAME,
    SK_LEVEL_ACRONYM,
    SK_LEVEL_DEMONYM,
    SK_LEVEL_METONYM,
    SK_LEVEL_ALIAS, /* "the North": only once the text has named it */
    SK_LEVEL_SHORT,
    SK_LEVEL_NOMINAL,
    SK_LEVEL_PRONOUN,
    SK_LEVELS
} sk_level;

typedef enum sk_read_lang {
    SK_READ_EN,
    SK_READ_KO,
    SK_READ_ZH,
    SK_READ_JA,
    SK_READ_RU,
    SK_READ_ANY, /* a phrase that is read in every language; a block in none of ours */
    SK_READ_LANGS
} sk_read_lang;

typedef enum sk_spelling { SK_SPELL_ANY, SK_SPELL_CAPITAL, SK_SPELL_EXACT } sk_spelling;

typedef struct sk_lex_entry {
    uint32_t id, name;   /* offsets of strings ended by NUL; name of the first phrase */
    uint16_t kind, rank; /* rank: its place among entries of the same id              */
    int32_t number;      /* of the id, where it is one                                */
    uint64_t attrs, object, near, subject;
} sk_lex_entry;

typedef struct sk_lex_sense {
    uint32_t entry;
    uint8_t form, level, lang, spelling;
    uint32_t exact; /* offset of the spelling asked for */
} sk_lex_sense;

typedef struct sk_lexicon sk_lexicon;

/* The lexicon of the program. Cost: a check of the header; nothing is copied. */
SK_MUST_USE sk_rc sk_lexicon_builtin(sk_ctx *cx, const sk_lexicon **ret_lexicon);

/* Open a block that sk_lexicon_compile made. block must live as long as the lexicon, 8-aligned.
 * Errors: SK_E_FORMAT when it is none or damaged. Cost: one look at every offset. */
SK_MUST_USE sk_rc sk_lexicon_open(sk_ctx *cx, sk_str block, const sk_lexicon **ret_lexicon);

/* The lists of the program and the lines of words with them: what an archive adds.
 * Errors: SK_E_FORMAT naming the line. Cost: tens of milliseconds. Lives in cx's arena. */
SK_MUST_USE sk_rc sk_lexicon_with(sk_ctx *cx, sk_str words, const sk_lexicon **ret_lexicon);

/* A short name that changes with every change of content: "1-3fa4c09b12de". */
sk_str sk_lexicon_version(const sk_lexicon *lex);

/* The id of a folded word, 0 when no list has it. */
uint32_t sk_lexicon_word(const sk_lexicon *lex, sk_str folded);

/* The classes of a word, SK_POS_ bits. */
uint32_t sk_lexicon_pos(const sk_lexicon *lex, uint32_t word);

/* One step through the tree of phrases: the node behind node by word, 0 for none; 0 is also the root. */
uint32_t sk_lexicon_step(const sk_lexicon *lex, uint32_t node, uint32_t word);
const sk_lex_sense *sk_lexicon_senses(const sk_lexicon *lex, uint32_t node, size_t *ret_n);

const sk_lex_entry *sk_lexicon_entry(const sk_lexicon *lex, uint32_t entry);
const char *sk_lexicon_string(const sk_lexicon *lex, uint32_t offset);
size_t sk_lexicon_count(const sk_lexicon *lex); /* entries */

#endif
