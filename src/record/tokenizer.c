#include "record/tokenizer.h"

#include "base/utf8.h"
#include "record/charfold.h"

/* A piece of a word between apostrophes, or a group of a number. */
typedef struct part {
    size_t at;         /* where it starts in the folded word */
    size_t start, end; /* bytes of the text                  */
} part;

/* The cutter walks over the text once. Between two characters it is in nothing, in a word whose
 * folded bytes it collects, or in a run of which it remembers the last character:
 *
 *     word   "regimes"  parts {0 "regime"} {6 "s"}
 *     run    pair[] = the last character, room for one more */
typedef struct cutter {
    sk_str text;
    sk_tokenize_mode mode;
    sk_token_fn *fn;
    void *arg;
    bool stopped;
    uint32_t position; /* of the next token that is not colocated */

    bool in_word;
    char word[SK_TOKEN_BYTES];
    size_t n, start, end;
    part parts[SK_TOKEN_PARTS];
    size_t n_parts;
    sk_char_class last_class; /* LETTER or DIGIT */
    bool is_number;           /* digits and separators so far                     */
    size_t part_n;            /* characters of the last part                      */

    bool in_run;
    bool is_held; /* a query's run has ended; its last character waits to see if more follows */
    char pair[8];
    size_t last_n; /* bytes of the last character in pair */
    size_t last_start, last_end;
    size_t run_length;
} cutter;

static void emit(cutter *k, sk_token t)
{
    if (k->stopped)
        return;
    t.position = t.colocated ? k->position - 1 : k->position++;
    if (!k->fn(k->arg, &t))
        k->stopped = true;
}

/* Runs. */

static void emit_last(cutter *k)
{
    emit(k, (sk_token){.folded = {k->pair, k->last_n},
                       .start = k->last_start,
                       .end = k->last_end,
                       .first_end = k->last_end,
                       .kind = SK_TOKEN_LAST});
}

static void end_run(cutter *k)
{
    if (!k->in_run)
        return;
    k->in_run = false;
    if (k->mode == SK_TOKENIZE_QUERY && k->run_length > 1)
        k->is_held = true;
    else
        emit_last(k);
}

/* What a query's run held back is said once something follows: "수용소 에서" needs a run to end. */
static void release_held(cutter *k)
{
    if (k->is_held)
        emit_last(k);
    k->is_held = false;
}

static void add_to_run(cutter *k, const char *bytes, size_t n, size_t start, size_t end)
{
    if (k->in_run) {
        memcpy(k->pair + k->last_n, bytes, n);
        emit(k, (sk_token){.folded = {k->pair, k->last_n + n},
                           .start = k->last_start,
                           .end = end,
                           .first_end = k->last_end,
                           .kind = SK_TOKEN_PAIR});
        k->run_length++;
    } else {
        release_held(k);
        k->in_run = true;
        k->run_length = 1;
    }
    memcpy(k->pair, bytes, n);
    k->last_n = n;
    k->last_start = start;
    k->last_end = end;
}

/* Words. */

static void emit_form(cutter *k, size_t from, size_t to, size_t start, size_t end, bool colocated)
{
    emit(k, (sk_token){.folded = {k->word + from, to - from},
                       .start = start,
                       .end = end,
                       .first_end = end,
                       .kind = SK_TOKEN_WORD,
                       .colocated = colocated});
}

/* The parts of "regime's" and "30,023" that have two characters or more. */
static void emit_parts(cutter *k)
{
    for (size_t i = 0; i < k->n_parts; i++) {
        size_t to = i + 1 < k->n_parts ? k->parts[i + 1].at : k->n;
        if (sk_utf8_count((sk_str){k->word + k->parts[i].at, to - k->parts[i].at}) >= 2)
            emit_form(k, k->parts[i].at, to, k->parts[i].start, k->parts[i].end, true);
    }
}

/* True when two-byte letter i of an Arabic word is the one whose UTF-8 is given. */
static bool letter_is(const cutter *k, size_t i, const char *utf8)
{
    return 2 * i + 2 <= k->n && memcmp(k->word + 2 * i, utf8, 2) == 0;
}

/* An Arabic word is also said without what is written onto its front: first "and" (wa, fa), then a
 * preposition (bi, ka, li) with or without the article, then the article. Two letters must remain
 * behind an article, three behind a single letter. Every letter here is two bytes. */
static void emit_arabic_forms(cutter *k)
{
    for (size_t at = 0; at < k->n; at += 2)
        if (((unsigned char)k->word[at] & 0xFC) != 0xD8)
            return;
    size_t letters = k->n / 2, i = 0;
    if ((letter_is(k, 0, "\u0648") || letter_is(k, 0, "\u0641")) && letters >= 4) {
        i = 1;
        emit_form(k, 2, k->n, k->start, k->end, true);
    }
    if (letter_is(k, i, "\u0644") && letter_is(k, i + 1, "\u0644") && letters >= i + 4) {
        emit_form(k, 2 * (i + 2), k->n, k->start, k->end, true); /* li + al- is written lil- */
    } else if (letter_is(k, i, "\u0628") || letter_is(k, i, "\u0643") ||
               letter_is(k, i, "\u0644")) {
        if (letters >= i + 4) {
            i++;
            emit_form(k, 2 * i, k->n, k->start, k->end, true);
        }
    }
    if (letter_is(k, i, "\u0627") && letter_is(k, i + 1, "\u0644") && letters >= i + 4)
        emit_form(k, 2 * (i + 2), k->n, k->start, k->end, true);
}

static void end_word(cutter *k)
{
    if (!k->in_word)
        return;
    k->in_word = false;
    emit_form(k, 0, k->n, k->start, k->end, false);
    if (k->mode == SK_TOKENIZE_QUERY)
        return;
    if (k->n_parts > 1)
        emit_parts(k);
    emit_arabic_forms(k);
}

static void start_word(cutter *k, size_t start)
{
    release_held(k);
    k->in_word = true;
    k->n = 0;
    k->start = start;
    k->n_parts = 1;
    k->parts[0] = (part){0};
    k->is_number = true;
    k->part_n = 0;
}

static void add_to_word(cutter *k, const char *bytes, size_t n, sk_char_class class, size_t start,
                        size_t end)
{
    if (k->in_word && k->n + n > SK_TOKEN_BYTES)
        end_word(k);
    if (!k->in_word)
        start_word(k, start);
    memcpy(k->word + k->n, bytes, n);
    k->n += n;
    k->end = end;
    if (k->part_n++ == 0)
        k->parts[k->n_parts - 1].start = start;
    k->parts[k->n_parts - 1].end = end;
    k->last_class = class;
    k->is_number = k->is_number && class == SK_CLASS_DIGIT;
}

static void end_all(cutter *k)
{
    end_word(k);
    end_run(k);
}

/* What follows decides what an apostrophe, a comma or a middle dot is. */

/* The class of the character at *at, moving *at behind it and behind ignored ones before it. */
static sk_char_class next_class(const cutter *k, size_t *at)
{
    while (*at < k->text.n) {
        sk_folded f;
        sk_fold_char(sk_utf8_next(k->text, at), k->text, at, &f);
        if (f.class_of_it != SK_CLASS_IGNORED)
            return f.is_apart ? SK_CLASS_SEPARATOR : f.class_of_it;
    }
    return SK_CLASS_SEPARATOR;
}

/* True when exactly three digits stand at byte at. */
static bool is_group_of_three(const cutter *k, size_t at)
{
    for (int i = 0; i < 3; i++)
        if (next_class(k, &at) != SK_CLASS_DIGIT)
            return false;
    return next_class(k, &at) != SK_CLASS_DIGIT;
}

/* A word goes on behind this separator as its next part. */
static void start_part(cutter *k)
{
    k->parts[k->n_parts++] = (part){.at = k->n};
    k->part_n = 0;
}

static bool joins_letters(const cutter *k, size_t next)
{
    return k->last_class == SK_CLASS_LETTER && next_class(k, &next) == SK_CLASS_LETTER;
}

static bool joins_digits(const cutter *k, size_t next)
{
    if (!k->is_number || !(k->n_parts == 1 ? k->part_n <= 3 : k->part_n == 3))
        return false;
    return is_group_of_three(k, next);
}

static void add_joiner(cutter *k, sk_char_class class, size_t start, size_t next)
{
    size_t behind = next;
    if (class == SK_CLASS_DOT && k->in_run && next_class(k, &behind) == SK_CLASS_RUN) {
        char dot[4];
        add_to_run(k, dot, sk_utf8_put(SK_FOLDED_DOT, dot), start, next);
    } else if (class != SK_CLASS_DOT && k->in_word && k->n_parts < SK_TOKEN_PARTS &&
               ((class == SK_CLASS_APOSTROPHE && joins_letters(k, next)) ||
                joins_digits(k, next))) {
        start_part(k);
    } else {
        end_all(k);
    }
}

/* One folded character of a source character that spans [start, end). */
static void add_folded(cutter *k, uint32_t c, sk_char_class class, size_t start, size_t end)
{
    char bytes[4];
    size_t n = sk_utf8_put(c, bytes);
    switch (class) {
    case SK_CLASS_LETTER:
    case SK_CLASS_DIGIT:
        end_run(k);
        add_to_word(k, bytes, n, class, start, end);
        break;
    case SK_CLASS_RUN:
        end_word(k);
        add_to_run(k, bytes, n, start, end);
        break;
    default:
        end_all(k);
    }
}

/* A mark that was dropped still belongs to the letter before it, for whoever shows the bytes. */
static void add_ignored(cutter *k, uint32_t c, size_t start, size_t next)
{
    if (c == 0x200B)
        return;
    if (k->in_word && k->end == start && k->parts[k->n_parts - 1].end == start)
        k->end = k->parts[k->n_parts - 1].end = next;
    else if (k->in_run && k->last_end == start)
        k->last_end = next;
}

/* A character that is neither ASCII nor of the fast path; returns the byte behind it. */
static size_t add_other(cutter *k, uint32_t c, size_t start, size_t next)
{
    sk_folded f;
    sk_fold_char(c, k->text, &next, &f);
    if (f.n == 0) {
        if (f.class_of_it == SK_CLASS_IGNORED)
            add_ignored(k, c, start, next);
        else
            add_joiner(k, f.class_of_it, start, next);
        return next;
    }
    if (f.is_apart)
        end_all(k);
    for (size_t i = 0; i < f.n; i++)
        add_folded(k, f.c[i], (sk_char_class)f.classes[i], start, next);
    if (f.is_apart)
        end_all(k);
    return next;
}

/* ASCII: letters and digits up to the next byte that is neither; returns the byte behind. */
static size_t add_ascii(cutter *k, size_t at)
{
    do {
        unsigned char c = (unsigned char)k->text.p[at], low = c | 0x20;
        if (low >= 'a' && low <= 'z') {
            end_run(k);
            add_to_word(k, (char *)&low, 1, SK_CLASS_LETTER, at, at + 1);
        } else if (c >= '0' && c <= '9') {
            end_run(k);
            add_to_word(k, (char *)&c, 1, SK_CLASS_DIGIT, at, at + 1);
        } else if (c == '\'' || c == '`') {
            add_joiner(k, SK_CLASS_APOSTROPHE, at, at + 1);
        } else if (c == ',') {
            add_joiner(k, SK_CLASS_THOUSANDS, at, at + 1);
        } else {
            end_all(k);
        }
        at++;
    } while (at < k->text.n && !k->stopped && (unsigned char)k->text.p[at] < 0x80);
    return at;
}

bool sk_tokenize(sk_str text, sk_tokenize_mode mode, sk_token_fn *fn, void *arg)
{
    cutter k = {.text = text, .mode = mode, .fn = fn, .arg = arg};
    for (size_t at = 0; at < text.n && !k.stopped;) {
        if ((unsigned char)text.p[at] < 0x80) {
            at = add_ascii(&k, at);
            continue;
        }
        size_t next = at;
        uint32_t c = sk_utf8_next(text, &next);
        if (sk_char_is_plain_run(c)) {
            end_word(&k);
            add_to_run(&k, text.p + at, next - at, at, next);
        } else {
            next = add_other(&k, c, at, next);
        }
        at = next;
    }
    end_all(&k);
    return !k.stopped;
}

sk_char_kind sk_char_kind_of(uint32_t c)
{
    sk_folded f;
    size_t at = 0;
    sk_fold_char(c, SK_NONE, &at, &f);
    switch (f.class_of_it) {
    case SK_CLASS_LETTER:
    case SK_CLASS_DIGIT:
        return SK_CHAR_WORD;
    case SK_CLASS_RUN:
        return SK_CHAR_RUN;
    case SK_CLASS_IGNORED:
        return SK_CHAR_IGNORED;
    default:
        return SK_CHAR_SEPARATOR;
    }
}
