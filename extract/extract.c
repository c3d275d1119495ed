#include "extract.h"

#include "furniture.h"
#include "language.h"

#include <libxml/parser.h>

enum { HEAD_BYTES = 4096, MAIL_FIELDS = 3, PDF_BYTES = 1024 };

/* What begins so is known and has no reader here. */
static const struct {
    size_t at;
    sk_str magic;
    const char *media, *what;
} others[] = {
    {0, SK_S("\xFF\xD8\xFF"), "image/jpeg", "a JPEG picture"},
    {0, SK_S("\x89PNG\r\n"), "image/png", "a PNG picture"},
    {0, SK_S("GIF8"), "image/gif", "a GIF picture"},
    {8, SK_S("WEBP"), "image/webp", "a WebP picture"},
    {0, SK_S("II*\0"), "image/tiff", "a TIFF picture"},
    {0, SK_S("MM\0*"), "image/tiff", "a TIFF picture"},
    {4, SK_S("ftypheic"), "image/heic", "a HEIC picture"},
    {4, SK_S("ftyp"), "video/mp4", "a video or sound recording (MP4 family)"},
    {0, SK_S("\x1A\x45\xDF\xA3"), "video/x-matroska", "a video (Matroska or WebM)"},
    {8, SK_S("AVI "), "video/x-msvideo", "a video (AVI)"},
    {8, SK_S("WAVE"), "audio/wav", "a sound recording (WAV)"},
    {0, SK_S("ID3"), "audio/mpeg", "a sound recording (MP3)"},
    {0, SK_S("OggS"), "audio/ogg", "a sound recording (Ogg)"},
    {0, SK_S("fLaC"), "audio/flac", "a sound recording (FLAC)"},
    {0, SK_S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "application/x-ole-storage",
     "an old Office or HWP file, or one with a password: save it as DOCX, XLSX or PDF and add "
     "that"},
    {0, SK_S("HWP Document File"), "application/x-hwp",
     "an old HWP file: save it as PDF or DOCX and add that"},
    {0, SK_S("{\\rtf"), "application/rtf", "an RTF file: save it as DOCX or PDF and add that"},
    {0, SK_S("\x1F\x8B"), "application/gzip", "a gzip file: unpack it and add what it holds"},
    {0, SK_S("BZh"), "application/x-bzip2", "a bzip2 file: unpack it and add what it holds"},
    {0,
     SK_S("\xFD"
          "7zXZ"),
     "application/x-xz", "an xz file: unpack it and add what it holds"},
    {0, SK_S("7z\xBC\xAF"), "application/x-7z-compressed",
     "a 7z file: unpack it and add the files one by one"},
    {0, SK_S("Rar!"), "application/vnd.rar", "a RAR file: unpack it and add the files one by one"},
    {0,
     SK_S("\x7F"
          "ELF"),
     "application/x-executable", "a program"},
    {0, SK_S("SQLite format 3"), "application/vnd.sqlite3", "an SQLite database"},
    {257, SK_S("ustar"), "application/x-tar", "a tar file: unpack it and add the files one by one"},
};

static bool holds_nocase(sk_str s, sk_str part)
{
    for (size_t at = 0; at + part.n <= s.n; at++)
        if (sk_str_eq_nocase(sk_str_sub(s, at, part.n), part))
            return true;
    return false;
}

static bool has_ending(sk_str name, const char *ending)
{
    sk_str e = sk_str_of(ending);
    return name.n >= e.n && sk_str_eq_nocase(sk_str_sub(name, name.n - e.n, e.n), e);
}

/* Past a byte order mark and blanks; UTF-16 is made one byte a character, enough for tags. */
static sk_str narrow(sk_str head, char out[HEAD_BYTES])
{
    size_t n = 0;
    bool is_wide = sk_str_starts(head, SK_S("\xFF\xFE")) || sk_str_starts(head, SK_S("\xFE\xFF"));
    if (sk_str_starts(head, SK_S("\xEF\xBB\xBF")))
        head = sk_str_sub(head, 3, head.n);
    for (size_t i = is_wide ? 2 : 0; i < head.n && n < HEAD_BYTES; i++)
        if (!is_wide || head.p[i])
            out[n++] = head.p[i];
    return sk_str_trim((sk_str){out, n});
}

/* A page starts with a doctype, or with one of the elements that only pages start with. */
static bool is_html(sk_str head, sk_str name)
{
    static const char *const starts[] = {"<!doctype html", "<html", "<head", "<body", "<meta"};
    char text[HEAD_BYTES];
    sk_str s = narrow(head, text);
    while (sk_str_starts(s, SK_S("<!--")) || sk_str_starts(s, SK_S("<?xml"))) {
        size_t end = sk_str_find(s, s.p[1] == '!' ? SK_S("-->") : SK_S("?>"));
        if (end == SIZE_MAX)
            break;
        s = sk_str_trim(sk_str_sub(s, end + 2 + (s.p[1] == '!'), s.n));
    }
    for (size_t i = 0; i < SK_COUNT(starts); i++) {
        sk_str tag = sk_str_of(starts[i]);
        char behind = s.n > tag.n ? s.p[tag.n] : '>';
        if (sk_str_eq_nocase(sk_str_sub(s, 0, tag.n), tag) && strchr(" \t\r\n>/", behind))
            return true;
    }
    bool named =
        has_ending(name, ".html") || has_ending(name, ".htm") || has_ending(name, ".xhtml");
    return named && s.n &&
           (s.p[0] == '<' || holds_nocase(s, SK_S("<p>")) || holds_nocase(s, SK_S("<div")) ||
            holds_nocase(s, SK_S("<a ")));
}

/* Mail starts with fields, some of which only mail has. */
static bool is_mail(sk_str head, sk_str name)
{
    static const char *const known[] = {"From",        "To",           "Date",         "Subject",
                                        "Received",    "Cc",           "MIME-Version", "Message-ID",
                                        "Return-Path", "Delivered-To", "Content-Type", "Reply-To",
                                        "X-Mailer"};
    size_t n_known = 0, at = 0;
    bool named = has_ending(name, ".eml");
    if (sk_str_starts(head, SK_S("From "))) {
        const char *lf = memchr(head.p, '\n', head.n);
        at = lf ? (size_t)(lf - head.p) + 1 : 0;
    }
    while (at < head.n) {
        size_t n = 0;
        sk_str rest = sk_str_sub(head, at, head.n);
        while (n < rest.n && rest.p[n] > ' ' && rest.p[n] < 0x7F && rest.p[n] != ':')
            n++;
        bool folded = at && (rest.p[0] == ' ' || rest.p[0] == '\t') && n == 0;
        if (!folded && (n == 0 || n >= rest.n || rest.p[n] != ':'))
            break;
        for (size_t i = 0; i < SK_COUNT(known) && !folded; i++)
            n_known += sk_str_eq_nocase(sk_str_sub(rest, 0, n), sk_str_of(known[i]));
        const char *lf = memchr(rest.p, '\n', rest.n);
        at = lf ? at + (size_t)(lf - rest.p) + 1 : head.n;
    }
    return n_known >= (named ? 1 : MAIL_FIELDS);
}

void sk_extract_warm_up(void)
{
    sk_charset_warm_up();
    sk_furniture_warm_up();
    sk_language_warm_up();
    xmlInitParser();
}

bool sk_extract_is_pdf(sk_str head)
{
    return sk_str_find(sk_str_sub(head, 0, PDF_BYTES), SK_S("%PDF-")) != SIZE_MAX;
}

sk_format sk_extract_format(sk_str head, sk_str name, const char **ret_media, const char **ret_what)
{
    head = sk_str_sub(head, 0, HEAD_BYTES);
    if (!head.n)
        return SK_FORMAT_EMPTY;
    if (sk_extract_is_pdf(head) && (sk_str_starts(head, SK_S("%PDF-")) || !is_mail(head, name)))
        return SK_FORMAT_PDF;
    if (sk_str_starts(head, SK_S("PK\x03\x04")) || sk_str_starts(head, SK_S("PK\x05\x06")))
        return SK_FORMAT_ZIP;
    for (size_t i = 0; i < SK_COUNT(others); i++)
        if (sk_str_starts(sk_str_sub(head, others[i].at, head.n), others[i].magic)) {
            *ret_media = others[i].media;
            *ret_what = others[i].what;
            return SK_FORMAT_OTHER;
        }
    if (is_html(head, name))
        return SK_FORMAT_HTML;
    if (is_mail(head, name))
        return SK_FORMAT_MAIL;
    if (has_ending(name, ".csv") || has_ending(name, ".tsv") || has_ending(name, ".tab"))
        return SK_FORMAT_TABLE;
    return SK_FORMAT_TEXT;
}

static void read(sk_build *b, const sk_source *src)
{
    const char *media = NULL, *what = NULL;
    switch (sk_extract_format(src->bytes, src->name, &media, &what)) {
    case SK_FORMAT_TEXT:
        sk_read_text(b, src);
        break;
    case SK_FORMAT_TABLE:
        sk_read_table(b, src);
        break;
    case SK_FORMAT_HTML:
        sk_read_html(b, src);
        break;
    case SK_FORMAT_MAIL:
        sk_read_mail(b, src);
        break;
    case SK_FORMAT_ZIP:
        sk_read_zip(b, src);
        break;
    case SK_FORMAT_PDF:
        b->doc.media = SK_S("application/pdf");
        sk_build_note(b, SK_OUTCOME_FAILED, "a PDF, and pdftotext is not there to read it");
        break;
    case SK_FORMAT_OTHER:
        b->doc.media = sk_str_of(media);
        sk_build_note(b, SK_OUTCOME_NONE, "nothing to read as text: %s", what);
        break;
    case SK_FORMAT_EMPTY:
        b->doc.media = SK_S("application/x-empty");
        sk_build_note(b, SK_OUTCOME_NONE, "the file is empty");
        break;
    }
}

static void finish(sk_build *b, sk_document *ret_doc)
{
    if (!b->doc.reader.n)
        b->doc.reader = SK_S("none/1");
    sk_build_end(b);
    sk_language_set(b);
    if (b->doc.outcome == SK_OUTCOME_OK && !b->n_blocks)
        sk_build_note(b, SK_OUTCOME_NONE, "there is no text in it");
    sk_build_finish(b, ret_doc);
}

void sk_extract_document(sk_ctx *cx, const sk_source *src, int64_t deadline_ms,
                         sk_document *ret_doc)
{
    sk_build b;
    sk_build_init(&b, cx, deadline_ms);
    read(&b, src);
    finish(&b, ret_doc);
}

void sk_extract_pdf_document(sk_ctx *cx, const sk_source *src, int64_t deadline_ms, sk_str said,
                             bool is_clean, sk_document *ret_doc)
{
    sk_build b;
    sk_build_init(&b, cx, deadline_ms);
    sk_read_pdf_text(&b, src, said, is_clean);
    finish(&b, ret_doc);
}
