/* What several entries mean together, computed after they are all in: which claims are retracted or
 * superseded, which judgements are undone, who belongs together, which rows carry which restriction.
 *
 * Everything here is a pure function of the set of entries, recomputed where it may have changed;
 * it never depends on which entry came first. That is what makes a rebuilt index equal a grown one. */
#include "record/suggest_private.h"

/* The rows of entries that were taken back by a retraction: one small table, used below. */
#define TAKEN_BACK "(SELECT e.id FROM retraction r JOIN entry e ON e.hash = r.target)"

static const char retractions_sql[] =
    "UPDATE claim SET state = state | 1 WHERE id IN " TAKEN_BACK " AND state & 1 = 0;"
    "UPDATE claim SET state = state | 2 WHERE state & 2 = 0 AND id IN"
    " (SELECT e.id FROM supersession s JOIN entry e ON e.hash = s.target);"
    "UPDATE judgement SET state = state | 1 WHERE id IN " TAKEN_BACK " AND state & 1 = 0;";

/* Every (thing, label) in force, spread over clusters: a restriction on one record of a person
 * holds for all records that people judged to be the same person. */
static const char labels_sql[] =
    "DROP TABLE IF EXISTS temp.lab_entity; DROP TABLE IF EXISTS temp.lab_exhibit;"
    "DROP TABLE IF EXISTS temp.lab_claim; DROP TABLE IF EXISTS temp.want;"
    "CREATE TEMP TABLE lab_entity AS SELECT DISTINCT m.id, r.label FROM restriction r"
    "  JOIN entity e ON r.kind = 'entity' AND e.key = r.target"
    "  JOIN entity m ON m.cluster = e.cluster WHERE r.id NOT IN " TAKEN_BACK ";"
    "CREATE INDEX temp.lab_entity_id ON lab_entity(id);"
    "CREATE TEMP TABLE lab_exhibit AS SELECT DISTINCT x.id, r.label FROM restriction r"
    "  JOIN exhibit x ON r.kind = 'exhibit' AND x.sha256 = r.target"
    "  WHERE r.id NOT IN " TAKEN_BACK ";"
    "CREATE TEMP TABLE lab_claim AS"
    "  SELECT c.id, r.label FROM restriction r JOIN entry n ON r.kind = 'claim' AND n.hash = "
    "r.target"
    "    JOIN claim c ON c.id = n.id WHERE r.id NOT IN " TAKEN_BACK
    "  UNION SELECT c.id, l.label FROM lab_entity l JOIN claim c ON c.entity = l.id"
    "  UNION SELECT c.id, l.label FROM lab_entity l JOIN claim c ON c.target = l.id"
    "  UNION SELECT c.id, l.label FROM lab_entity l JOIN chain_member m ON m.entity = l.id"
    "    JOIN claim c ON c.chain = m.chain"
    "  UNION SELECT c.id, l.label FROM lab_exhibit l JOIN passage p ON p.exhibit = l.id"
    "    JOIN claim c ON c.id = p.claim;";

/* Turn label rows into sets and write the ones that changed. %s is the table's name. */
#define SETS_SQL(table, labels)                                                               \
    "DROP TABLE IF EXISTS temp.want;"                                                         \
    "CREATE TEMP TABLE want(id INTEGER PRIMARY KEY, labels TEXT);"                            \
    "INSERT INTO want SELECT id, group_concat(label, char(10)) FROM"                          \
    "  (SELECT DISTINCT id, label FROM " labels " ORDER BY id, label) GROUP BY id;"           \
    "INSERT OR IGNORE INTO rset(labels) SELECT DISTINCT labels FROM want ORDER BY labels;"    \
    "UPDATE " table " SET rset = 0 WHERE rset > 0 AND id NOT IN (SELECT id FROM want);"       \
    "UPDATE " table " SET rset = (SELECT r.id FROM rset r JOIN want w ON w.labels = r.labels" \
    "    WHERE w.id = " table ".id) WHERE id IN (SELECT id FROM want);"

static const char entity_sets_sql[] = SETS_SQL("entity", "lab_entity");
static const char exhibit_sets_sql[] = SETS_SQL("exhibit", "lab_exhibit");
static const char claim_sets_sql[] = SETS_SQL("claim", "lab_claim");

/* A block of text bears the labels of its exhibit, and those of every restricted claim that rests on
 * it or was entered from it (a row of a table): the words are the same words. Blocks are looked up
 * by owner, so the cost is the size of the texts that hold something restricted. */
static const char blocks_sql[] =
    "DROP TABLE IF EXISTS temp.lab_unit;"
    "CREATE TEMP TABLE lab_unit AS"
    "  SELECT u.id, l.label FROM lab_exhibit l JOIN unit u ON u.owner = l.id AND u.kind < 4"
    "  UNION SELECT u.id, l.label FROM lab_claim l JOIN passage p ON p.claim = l.id"
    "    JOIN unit u ON u.owner = p.exhibit AND u.kind < 4"
    "     AND (u.start < p.\"end\" AND u.\"end\" > p.start)"
    "  UNION SELECT u.id, l.label FROM lab_claim l JOIN passage p ON p.claim = l.id"
    "    JOIN unit u ON u.owner = p.exhibit AND u.kind < 4 AND u.place = p.place"
    "  UNION SELECT u.id, l.label FROM lab_claim l JOIN coding c ON c.claim = l.id"
    "    JOIN unit u ON u.owner = c.exhibit AND u.kind < 4 AND u.place = c.place;";

/* What is proposed of a text bears the labels of its exhibit and of every block that it draws on; so
 * does a decision on it, and one that became a claim bears that claim's. */
static const char proposed_sql[] =
    "DROP TABLE IF EXISTS temp.lab_suggestion; DROP TABLE IF EXISTS temp.lab_silence;"
    "DROP TABLE IF EXISTS temp.lab_decision;"
    "CREATE TEMP TABLE lab_suggestion AS"
    "  SELECT s.id, l.label FROM lab_exhibit l JOIN suggestion s ON s.exhibit = l.id"
    "  UNION SELECT s.id, l.label FROM lab_unit l JOIN unit u ON u.id = l.id"
    "    JOIN suggestion s ON s.exhibit = u.owner"
    "     AND s.passage < u.\"end\" AND s.passage_end > u.start"
    "  UNION SELECT s.id, l.label FROM lab_unit l JOIN unit u ON u.id = l.id"
    "    JOIN suggestion s ON s.exhibit = u.owner JOIN suggestion_touch t ON t.suggestion = s.id"
    "     AND t.start < u.\"end\" AND t.\"end\" > u.start;"
    "CREATE TEMP TABLE lab_silence AS"
    "  SELECT s.id, l.label FROM lab_exhibit l JOIN silence s ON s.exhibit = l.id"
    "  UNION SELECT s.id, l.label FROM lab_unit l JOIN unit u ON u.id = l.id"
    "    JOIN silence s ON s.exhibit = u.owner AND s.start < u.\"end\" AND s.\"end\" > u.start;"
    "CREATE TEMP TABLE lab_decision AS"
    "  SELECT d.id, l.label FROM lab_exhibit l JOIN decision d ON d.exhibit = l.id"
    "  UNION SELECT d.id, l.label FROM lab_unit l JOIN unit u ON u.id = l.id"
    "    JOIN decision d ON d.exhibit = u.owner AND d.start < u.\"end\" AND d.\"end\" > u.start"
    "  UNION SELECT d.id, l.label FROM lab_claim l JOIN decision d ON d.entry = l.id"
    "  UNION SELECT d.id, l.label FROM lab_suggestion l JOIN suggestion s ON s.id = l.id"
    "    JOIN decision d ON d.suggestion = s.hash;";

static const char suggestion_sets_sql[] = SETS_SQL("suggestion", "lab_suggestion");
static const char silence_sets_sql[] = SETS_SQL("silence", "lab_silence");
static const char decision_sets_sql[] = SETS_SQL("decision", "lab_decision");

static const char unit_sets_sql[] = SETS_SQL("unit", "lab_unit");

/* The words of a claim bear the claim's set. */
static const char claim_units_sql[] =
    "UPDATE unit SET rset = (SELECT rset FROM claim WHERE claim.id = unit.owner)"
    " WHERE kind = 4 AND (rset > 0 OR owner IN (SELECT id FROM claim WHERE rset > 0));";

static sk_rc count_rows(sk_ctx *cx, sk_index *ix, const char *literal, int64_t *ret_n)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db, literal, &q));
    SK_TRY(sk_step(cx, q));
    *ret_n = sk_col_i64(q, 0);
    sqlite3_reset(q);
    return SK_OK;
}

sk_rc sk_index__settle_labels(sk_ctx *cx, sk_index *ix)
{
    int64_t n;
    SK_TRY(count_rows(cx, ix, "SELECT (SELECT count(*) FROM restriction) + max(id) FROM rset", &n));
    if (n == 0)
        return SK_OK; /* nothing is restricted, nothing ever was */
    static const char *const steps[] = {labels_sql,       entity_sets_sql,  exhibit_sets_sql,
                                        claim_sets_sql,   blocks_sql,       unit_sets_sql,
                                        claim_units_sql,  proposed_sql,     suggestion_sets_sql,
                                        silence_sets_sql, decision_sets_sql};
    for (size_t i = 0; i < SK_COUNT(steps); i++)
        SK_TRY(sk_db_exec(cx, &ix->db, steps[i]));
    return SK_OK;
}

sk_rc sk_index__settle(sk_ctx *cx, sk_index *ix)
{
    SK_TRY(sk_index__settle_imports(cx, ix));
    SK_TRY(sk_db_exec(cx, &ix->db, retractions_sql));
    SK_TRY(sk_index__settle_decisions(cx, ix));
    SK_TRY(sk_index__cluster(cx, ix));
    return sk_index__settle_labels(cx, ix);
}
