/* What came of a screening: every row accounted for, every hit with its reason, value by value. */
#include "base/clock.h"
#include "web/grid.h"
#include "web/page.h"
#include "web/page_screen.h"

#include <math.h>

enum { ROWS = 50 };

/* What the page shows of it, as the address says. */
typedef enum showing { SHOW_ALERTS, SHOW_ALL, SHOW_PROBLEMS } showing;

static const struct {
    const char *name, *key;
} showings[] = {
    [SHOW_ALERTS] = {"alerts", "screened.show_alerts"},
    [SHOW_ALL] = {"all", "screened.show_all"},
    [SHOW_PROBLEMS] = {"problems", "screened.show_problems"},
};

typedef struct looking {
    sk_request *rq;
    sk_screen_job *job;
    sk_screen_run run;
    sk_grid *grid; /* of the forms for programs */
    showing show;
    uint64_t offset, fitting; /* rows passed over; rows that fit what is shown */
} looking;

static sk_str asked(const sk_asked *w)
{
    return w->n_names ? w->names[0] : w->n_ids ? w->ids[0] : SK_S("");
}

/* ---- one hit ---- */

/* Where the name that matched stands in its source: the row of the list. */
static sk_str row_href(sk_request *rq, const sk_screen_hit *hit)
{
    sk_ctx *cx = &rq->cx;
    sk_entity e;
    sk_claim_row *rows;
    size_t n;
    if (sk_entity_find(cx, rq->view, sk_fmt(&cx->arena, "@%.*s", SK_P(hit->key)), &e) ||
        sk_claims_about(cx, rq->view, &e, SK_CLAIMS_CURRENT, &rows, &n)) {
        sk_forgive(cx); /* the record changed since: the entity's page will say so */
        return SK_S("");
    }
    for (size_t i = 0; i < n; i++)
        if (sk_str_eq(rows[i].claim.value, hit->name))
            return sk_href_passage(rq, &rows[i].claim);
    return SK_S("");
}

static void put_reasons(looking *l, const sk_screener *sc, const sk_screened *s,
                        const sk_screen_hit *hit)
{
    sk_html *h = &l->rq->html;
    const sk_screen_reason_part *v;
    size_t n = sk_screen_reasons(&l->rq->cx, sc, s->query, hit, &v);
    SK_PUT(h, "<div class=\"scroll\"><table><caption>{screened.why}</caption><thead><tr>"
              "<th scope=\"col\">{screened.asked}</th><th scope=\"col\">{screened.entry}</th>"
              "<th scope=\"col\">{screened.why}</th>"
              "<th scope=\"col\" class=\"number\">{screened.nats}</th>"
              "<th scope=\"col\">{screened.source}</th></tr></thead><tbody>");
    for (size_t i = 0; i < n; i++)
        SK_PUT(h,
               "<tr><td data-title=\"{screened.asked}\" dir=\"auto\">$</td>"
               "<td data-title=\"{screened.entry}\" dir=\"auto\">$</td>"
               "<td data-title=\"{screened.why}\" dir=\"auto\" lang=\"en\">$</td>"
               "<td data-title=\"{screened.nats}\" class=\"number\">$</td>"
               "<td data-title=\"{screened.source}\" dir=\"auto\">$</td></tr>",
               v[i].query, v[i].entry, v[i].detail, sk_fmt(&l->rq->cx.arena, "%+.1f", v[i].nats),
               v[i].source);
    SK_PUT(h, "</tbody></table></div>");
}

static void put_hit(looking *l, const sk_screener *sc, const sk_screened *s,
                    const sk_screen_hit *hit, const char *change)
{
    sk_request *rq = l->rq;
    sk_html *h = &rq->html;
    sk_arena *a = &rq->cx.arena;
    sk_str row = row_href(rq, hit), id = hit->list->copy.id;
    SK_PUT(h, "<li class=\"hit\"><p class=\"hit-name\">");
    if (change)
        SK_PUT(h, "<strong class=\"doubt\">$</strong> ", sk_say(rq, change));
    SK_PUT(h,
           "<a href=\"$\" dir=\"auto\">$</a> <strong class=\"$\">$</strong> "
           "<span class=\"quiet\">{screened.odds} <bdi dir=\"ltr\">$</bdi></span></p>"
           "<p class=\"meta\">",
           sk_href_entity(rq, hit->key), hit->name, hit->alert ? SK_S("no") : SK_S("dim"),
           sk_fmt(a, "%.2f", hit->score), sk_screen_odds_text(a, hit->odds));
    if (!sk_str_eq(hit->name, hit->caption))
        SK_PUT(h, "<bdi>$</bdi> · ", hit->caption);
    SK_PUT(h, "$ · ", sk_type_text(rq, hit->type));
    if (id.n)
        SK_PUT(h, "<a href=\"/imports/$\"><bdi>$</bdi></a>", sk_str_sub(id, 0, 16),
               sk_screen_list_text(rq, hit->list));
    else
        SK_PUT(h, "<bdi>$</bdi>", sk_screen_list_text(rq, hit->list));
    if (hit->list->copy.asof.n)
        SK_PUT(h, " · $", sk_date_text(rq, hit->list->copy.asof));
    if (row.n)
        SK_PUT(h, " · <a href=\"$\">{screened.row_of_list}</a>", row);
    SK_PUT(h, "</p><details open><summary>{screened.why}</summary>");
    put_reasons(l, sc, s, hit);
    SK_PUT(h, "</details></li>");
}

/* ---- one row ---- */

static void put_warnings(looking *l, const sk_screened *s)
{
    sk_html *h = &l->rq->html;
    for (size_t i = 0; i < s->n_warnings; i++)
        SK_PUT(h, "<p class=\"doubt\" dir=\"auto\" lang=\"en\">$</p>", s->warnings[i]);
    for (size_t i = 0; s->query && i < s->query->n_warnings; i++)
        SK_PUT(h, "<p class=\"doubt\" dir=\"auto\" lang=\"en\">$</p>", s->query->warnings[i]);
}

static void put_nearest(looking *l, const sk_screened *s)
{
    sk_html *h = &l->rq->html;
    SK_PUT(h, "<p class=\"quiet\">{screened.no_alert}");
    if (s->n_hits) {
        const sk_screen_hit *hit = &s->hits[0];
        SK_PUT(h, " · {screened.nearest} <a href=\"$\" dir=\"auto\">$</a> $",
               sk_href_entity(l->rq, hit->key), hit->name,
               sk_fmt(&l->rq->cx.arena, "%.2f", hit->score));
    }
    SK_PUT(h, "</p>");
}

static void put_hits(looking *l, const sk_screened *s, const sk_change *changes, size_t n)
{
    static const char *const keys[] = {[SK_CHANGE_APPEARED] = "screened.appeared",
                                       [SK_CHANGE_VANISHED] = "screened.vanished",
                                       [SK_CHANGE_CHANGED] = "screened.changed"};
    sk_html *h = &l->rq->html;
    size_t told = 0;
    SK_PUT(h, "<ul class=\"plain\">");
    for (size_t i = 0; i < n; i++)
        put_hit(l, changes[i].screener, &changes[i].one, &changes[i].one.hits[0],
                keys[changes[i].kind]);
    for (size_t i = 0; !l->run.before && i < s->n_hits; i++)
        if (s->hits[i].alert) {
            put_hit(l, l->run.batch.now, s, &s->hits[i], NULL);
            told++;
        }
    SK_PUT(h, "</ul>");
    if (!l->run.before && s->n_alerts > told)
        SK_PUT(h, "<p class=\"cap\">$</p>", sk_say_n(l->rq, "screened.more", s->n_alerts - told));
}

static void put_row(looking *l, const sk_screened *s, const sk_asked_row *row,
                    const sk_change *changes, size_t n)
{
    sk_request *rq = l->rq;
    sk_html *h = &rq->html;
    SK_PUT(h, "<section class=\"screened\"><h2 dir=\"auto\"><span class=\"quiet\">");
    SK_SAY(h, "screened.row", sk_number_text(rq, row->row));
    SK_PUT(h, "</span> <bdi>$</bdi></h2>", asked(&row->words));
    if (row->is_blank)
        SK_PUT(h, "<p class=\"quiet\">{screened.is_blank}</p>");
    else if (s->error.n)
        SK_PUT(h,
               "<p class=\"problem\">{screened.not_screened} <span dir=\"auto\" "
               "lang=\"en\">$</span></p>",
               s->error);
    put_warnings(l, s);
    if (s->query && l->run.before && !n)
        SK_PUT(h, "<p class=\"quiet\">{screened.no_change}</p>");
    else if (s->query && !l->run.before && !s->n_alerts)
        put_nearest(l, s);
    else if (s->query)
        put_hits(l, s, changes, n);
    SK_PUT(h, "</section>");
}

static bool fits(const looking *l, const sk_screen_outcome *o)
{
    if (l->show == SHOW_ALL)
        return true;
    if (l->show == SHOW_PROBLEMS)
        return o->is_error || o->is_warned || o->is_blank;
    return l->run.before ? o->changes > 0 : o->alerts > 0;
}

static sk_rc put_rows(looking *l)
{
    sk_screen_job *job = l->job;
    for (size_t i = 0; i < job->n_rows; i++) {
        sk_screened s;
        const sk_change *changes;
        size_t n;
        if (!fits(l, &job->outcomes[i]))
            continue;
        if (l->fitting++ < l->offset || l->fitting > l->offset + ROWS)
            continue;
        SK_TRY(sk_screen_run_row(l->rq, &l->run, job, i, &s, &changes, &n));
        put_row(l, &s, &job->rows[i], changes, n);
    }
    return SK_OK;
}

/* ---- the page ---- */

static void put_count(sk_request *rq, const char *key, uint64_t n)
{
    SK_PUT(&rq->html, "<li><b>$</b> <span>$</span></li>", sk_number_text(rq, n), sk_say(rq, key));
}

static void put_sums(looking *l)
{
    sk_request *rq = l->rq;
    const sk_batch_sums *s = &l->job->sums;
    SK_PUT(&rq->html, "<ul class=\"counts plain-counts\">");
    put_count(rq, "screened.rows", s->rows);
    if (l->run.before) {
        put_count(rq, "screened.appeared", s->appeared);
        put_count(rq, "screened.vanished", s->vanished);
        put_count(rq, "screened.changed", s->changed);
    } else {
        put_count(rq, "screened.with_alerts", s->with_alerts);
        put_count(rq, "screened.without", s->rows - s->blank - s->errors - s->with_alerts);
    }
    put_count(rq, "screened.blank", s->blank);
    put_count(rq, "screened.errors", s->errors);
    SK_PUT(&rq->html, "</ul>");
}

static void put_showings(looking *l)
{
    sk_html *h = &l->rq->html;
    SK_PUT(h, "<nav class=\"tabs\" aria-label=\"{screened.show}\"><ul>");
    for (size_t i = 0; i < SK_COUNT(showings); i++) {
        sk_str href = sk_fmt(&l->rq->cx.arena, "/screen/%s?show=%s", l->job->id, showings[i].name);
        if (l->show == i)
            SK_PUT(h, "<li><a href=\"$\" aria-current=\"page\">$</a></li>", href,
                   sk_say(l->rq, showings[i].key));
        else
            SK_PUT(h, "<li><a href=\"$\">$</a></li>", href, sk_say(l->rq, showings[i].key));
    }
    SK_PUT(h, "</ul></nav>");
}

static sk_rc page(looking *l)
{
    sk_request *rq = l->rq;
    sk_html *h = &rq->html;
    sk_screen_job *job = l->job;
    sk_page_begin(rq, sk_say(rq, "screened.title"));
    SK_PUT(h, "<h1>{screened.title}</h1><p class=\"meta\" dir=\"auto\">$ · ",
           job->name.n ? job->name : sk_say(rq, "screened.pasted"));
    SK_SAY(h, "screened.against", job->against);
    SK_PUT(h, "</p>");
    put_sums(l);
    SK_PUT(h, "<p class=\"lead\">{screened.lead}</p>");
    if (job->note.n)
        SK_PUT(h, "<p class=\"doubt\" dir=\"auto\" lang=\"en\">$</p>", job->note);
    put_showings(l);
    SK_TRY(put_rows(l));
    if (!l->fitting)
        SK_PUT(h, "<p>{screened.none}</p>");
    sk_put_pager(rq, l->offset, ROWS, l->fitting > l->offset + ROWS ? ROWS : l->fitting - l->offset,
                 l->fitting > l->offset + ROWS);
    SK_PUT(h, "<p class=\"actions\"><a class=\"button\" href=\"/screen\">{screened.again}</a></p>"
              "<p class=\"quiet\">{screened.kept}</p>");
    return sk_page_end(
        rq, &(sk_made){.command = SK_S("sillok screen --in FILE"), .method = "screening"});
}

/* ---- the forms for programs ---- */

static const char *state_of(const looking *l, const sk_screened *s, size_t n_changes)
{
    if (!s->query)
        return s->words->n_names || s->words->n_ids || s->error.n ? "not screened" : "blank";
    if (l->run.before)
        return n_changes ? "changed" : "same";
    return s->n_alerts ? "alert" : "no alert";
}

static void grid_head(looking *l, const sk_screened *s, const char *state, const char *change)
{
    sk_grid_int(l->grid, (int64_t)s->row);
    sk_grid_cell(l->grid, s->id);
    sk_grid_cell(l->grid, asked(s->words));
    sk_grid_cell(l->grid, sk_str_of(state));
    sk_grid_cell(l->grid, sk_str_of(change));
}

static void grid_hit(looking *l, const sk_screener *sc, const sk_screened *s,
                     const sk_screen_hit *hit)
{
    sk_arena *a = &l->rq->cx.arena;
    sk_grid *g = l->grid;
    sk_grid_cell(g, sk_sight_list_of(hit->list));
    sk_grid_cell(g, hit->list->copy.asof);
    sk_grid_cell(g, hit->key);
    sk_grid_cell(g, hit->name);
    sk_grid_cell(g, sk_fmt(a, "%.4f", hit->score));
    sk_grid_cell(g, sk_screen_odds_text(a, hit->odds));
    sk_grid_cell(g, sk_screen_reason(&l->rq->cx, sc, s->query, hit));
}

static void grid_row(looking *l, const sk_screened *s, const sk_change *changes, size_t n)
{
    const char *state = state_of(l, s, n);
    size_t told = 0;
    for (size_t i = 0; i < n; i++, told++) {
        grid_head(l, s, state, sk_change_kind_name(changes[i].kind));
        grid_hit(l, changes[i].screener, &changes[i].one, &changes[i].one.hits[0]);
    }
    for (size_t i = 0; !l->run.before && i < s->n_hits; i++)
        if (s->hits[i].alert) {
            grid_head(l, s, state, "");
            grid_hit(l, l->run.batch.now, s, &s->hits[i]);
            told++;
        }
    if (told)
        return;
    grid_head(l, s, state, "");
    for (int i = 0; i < 6; i++)
        sk_grid_cell(l->grid, SK_S(""));
    sk_grid_cell(l->grid, s->error);
}

/* A row has a line for each alert, or one that says why it has none. */
static sk_rc csv(looking *l)
{
    static const sk_grid_column columns[] = {{.key = "row"},   {.key = "id"},     {.key = "asked"},
                                             {.key = "state"}, {.key = "change"}, {.key = "list"},
                                             {.key = "as_of"}, {.key = "entity"}, {.key = "name"},
                                             {.key = "score"}, {.key = "odds"},   {.key = "why"}};
    l->grid = sk_grid_new(l->rq, columns, SK_COUNT(columns));
    for (size_t i = 0; i < l->job->n_rows; i++) {
        sk_screened s;
        const sk_change *changes;
        size_t n;
        SK_TRY(sk_screen_run_row(l->rq, &l->run, l->job, i, &s, &changes, &n));
        grid_row(l, &s, changes, n);
    }
    return sk_grid_answer(l->rq, l->grid);
}

static void put_number(sk_buf *out, const char *key, uint64_t n)
{
    sk_buf_addf(out, "\"%s\": %llu, ", key, (unsigned long long)n);
}

/* The rows are those of `sillok screen --json`, in order. */
static sk_rc json(looking *l)
{
    sk_request *rq = l->rq;
    sk_buf *out = &rq->body;
    const sk_batch_sums *s = &l->job->sums;
    sk_json j;
    sk_buf_reset(out);
    sk_buf_addf(out, "{\"against\": ");
    sk_json_init(&j, out, SK_JSON_COMPACT);
    sk_json_str(&j, l->job->against);
    sk_json_done(&j);
    sk_buf_addf(out, ", ");
    put_number(out, "rows", s->rows);
    put_number(out, "with_alerts", s->with_alerts);
    put_number(out, "blank", s->blank);
    put_number(out, "errors", s->errors);
    if (l->run.before) {
        put_number(out, "appeared", s->appeared);
        put_number(out, "vanished", s->vanished);
        put_number(out, "changed", s->changed);
    }
    sk_buf_addf(out, "\"results\": [\n");
    bool is_first = true;
    for (size_t i = 0; i < l->job->n_rows; i++) {
        sk_screened one;
        const sk_change *changes;
        size_t n;
        sk_arena_mark mark = sk_arena_here(&rq->cx.arena);
        SK_TRY(sk_screen_run_row(rq, &l->run, l->job, i, &one, &changes, &n));
        for (size_t k = 0; k < (n ? n : 1); k++) {
            if (l->run.before && !n && one.query)
                continue; /* a row for which nothing changed is counted above */
            if (!is_first)
                sk_buf_addf(out, ",");
            is_first = false;
            if (n)
                sk_change_put_json(&rq->cx, &changes[k], out);
            else
                sk_screened_put_json(&rq->cx, l->run.batch.now, &one, out);
        }
        sk_arena_back_to(&rq->cx.arena, mark);
    }
    sk_buf_addf(out, "]}\n");
    if (out->overflow)
        return sk_fail(&rq->cx, SK_E_LIMIT, "the answer is too large; ask for fewer rows");
    return sk_rq_text(rq, "application/json; charset=utf-8", sk_buf_str(out));
}

static sk_rc read_showing(sk_request *rq, showing *ret_show)
{
    sk_str name = sk_rq_get(rq, "show");
    for (size_t i = 0; i < SK_COUNT(showings); i++)
        if (!name.n || sk_str_is(name, showings[i].name)) {
            *ret_show = (showing)i;
            return SK_OK;
        }
    return sk_fail(&rq->cx, SK_E_FORMAT, "show \"%.*s\" is none of alerts, all, problems",
                   SK_P(name));
}

static sk_rc look(looking *l)
{
    SK_TRY(sk_screen_run_begin(l->rq, l->job, &l->run));
    SK_TRY(sk_screen_run_count(l->rq, &l->run, l->job, NULL));
    if (l->rq->format == SK_FORMAT_CSV)
        return csv(l);
    return l->rq->format == SK_FORMAT_JSON ? json(l) : page(l);
}

/* ROUTE: GET /screen/{id}
 * What came of a screening of this session, asked anew through what may be seen now.
 *
 * ROLE: read
 * FORMATS: html json csv
 * SCOPE: none
 * PARAMETERS
 *   id       of the screening
 *   show     alerts, all or problems
 *   offset   rows to pass over
 */
sk_rc sk_page_screened(sk_request *rq)
{
    looking l = {.rq = rq};
    l.job = sk_screen_jobs_find(&rq->web->screenings, rq->session->handle, sk_rq_get(rq, "id"),
                                sk_clock_ms());
    if (!l.job)
        return sk_fail(&rq->cx, SK_E_NOTFOUND,
                       "there is no such screening; it ends an hour after it was last looked at, "
                       "and with the session");
    SK_TRY(read_showing(rq, &l.show));
    SK_TRY(sk_rq_number(rq, "offset", 0, SK_LIM_SCREEN_JOB_ROWS, &l.offset));
    sk_rc rc = look(&l);
    sk_screen_run_end(&l.run);
    return rc;
}
