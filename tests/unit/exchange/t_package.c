/* A package convinces a stranger who has bash, coreutils and openssl; a forged one does not, and its
 * checker names what is wrong. */
#include "../record/fixture.h"

#include "publish/package.h"

#include <stdarg.h>
#include <sys/stat.h>

/* Run a shell script in dir, its output and errors into out. Returns the exit status. */
static int run(const char *dir, const char *script, char *out, size_t cap)
{
    char path[256], command[4096];
    snprintf(path, sizeof path, "%s/.test-script", dir);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(script, f);
    fclose(f);
    snprintf(command, sizeof command, "cd '%s' && bash .test-script 2>&1", dir);
    FILE *p = popen(command, "r");
    assert_non_null(p);
    size_t n = fread(out, 1, cap - 1, p);
    out[n] = '\0';
    int status = pclose(p);
    unlink(path);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void must_run(const char *dir, const char *script)
{
    char out[4096];
    int status = run(dir, script, out, sizeof out);
    if (status)
        fail_msg("%s\ngave %d: %s", script, status, out);
}

/* Files are listed anew, as a forger would. */
#define LIST_ANEW                                                                  \
    "sha256sum $(ls data/keys.txt data/*.txt data/*/* 2> /dev/null | sort -u) > "  \
    "manifest-sha256.txt\n"                                                        \
    "sha256sum bagit.txt bag-info.txt manifest-sha256.txt README.txt verify.sh > " \
    "tagmanifest-sha256.txt\n"

typedef struct shop {
    fixture f;
    char dir[64]; /* of packages */
    sk_hash exhibit;
} shop;

static const char article[] = "China returned more than 500 people.\n";

static void claim_on(shop *s, const char *value)
{
    sk_passage p = {
        .exhibit = s->exhibit, .has_span = true, .start = 0, .end = 5, .quote = SK_S("China")};
    sk_claim c = draft(&s->f, "e", "Event:summary", value, "desk");
    c.passages = &p;
    c.n_passages = 1;
    fixture_log(&s->f, c);
}

static void shop_open(shop *s)
{
    memset(s, 0, sizeof *s);
    fixture_init(&s->f);
    snprintf(s->dir, sizeof s->dir, "/tmp/sillok-pack-XXXXXX");
    assert_non_null(mkdtemp(s->dir));
    s->exhibit = fixture_exhibit(&s->f, "기사 article.HTML", article);
    claim_on(s, "first");
    say(&s->f, "p", "Person:name", "CANARY rests on nothing", "desk");
    claim_on(s, "second, 둘째");
    fixture_commit(&s->f);
    OK(&s->f, sk_archive_checkpoint(&s->f.cx, s->f.cx.archive));
}

static void shop_close(shop *s)
{
    char command[128];
    fixture_done(&s->f);
    snprintf(command, sizeof command, "rm -rf %s", s->dir);
    assert_int_equal(system(command), 0);
}

static void pack(shop *s, const char *name, sk_package_summary *sum)
{
    sk_exhibit x;
    OK(&s->f, sk_exhibit_get(&s->f.cx, s->f.view, &s->exhibit, &x));
    OK(&s->f, sk_package_write(&s->f.cx, s->f.view, &x,
                               sk_fmt(&s->f.cx.arena, "%s/%s", s->dir, name), sum));
}

/* verify.sh with nothing but bash, coreutils and openssl within reach. */
static char bin[] = "/tmp/sillok-bin-XXXXXX";

#define VERIFY "env -i PATH=$SK_TEST_BIN $(command -v bash) p/verify.sh $KEYS"

static int make_bin(void **state)
{
    assert_non_null(mkdtemp(bin));
    setenv("SK_TEST_BIN", bin, 1);
    must_run(bin, "for t in sha256sum wc mktemp rm realpath dirname openssl; do\n"
                  "  ln -s $(command -v $t) $t || exit 1\ndone\n");
    return 0;
}

static int remove_bin(void **state)
{
    char command[128];
    snprintf(command, sizeof command, "rm -r %s", bin);
    return system(command);
}

static void a_stranger_verifies_a_package_with_openssl_and_coreutils(void **state)
{
    shop s;
    sk_package_summary sum;
    char out[8192];
    shop_open(&s);
    pack(&s, "p", &sum);
    assert_int_equal(sum.captures, 1);
    assert_int_equal(sum.claims, 2);
    assert_int_equal(sum.keys, 2);
    assert_int_equal(sum.payload_files, 1 + 2 * 5 + 1);
    int status = run(s.dir, VERIFY, out, sizeof out);
    if (status)
        fail_msg("%d: %s", status, out);
    assert_non_null(strstr(out, "Everything is right: 1 exhibit, 1 captures, 2 claims, 5 entries"));
    must_run(s.dir, "cd p && sha256sum -c --strict --quiet manifest-sha256.txt && "
                    "sha256sum -c --strict --quiet tagmanifest-sha256.txt");
    must_run(s.dir, "cd p && for f in data/entries/*.note; do "
                    "[ \"$(sha256sum < $f)\" = \"$(basename $f .note)  -\" ] || exit 1; done");
    shop_close(&s);
}

static void keys_that_came_another_way_decide_whose_it_is(void **state)
{
    shop s, other;
    char out[8192];
    shop_open(&s);
    shop_open(&other);
    pack(&s, "p", NULL);
    pack(&other, "p", NULL);
    assert_int_equal(run(s.dir, "KEYS=p/data/keys.txt\n" VERIFY, out, sizeof out), 0);
    assert_non_null(strstr(out, "Checked against the keys in "));
    char script[1024];
    snprintf(script, sizeof script, "KEYS=%s/p/data/keys.txt\n" VERIFY, other.dir);
    assert_int_equal(run(s.dir, script, out, sizeof out), 1);
    assert_non_null(strstr(out, "no key "));
    shop_close(&s);
    shop_close(&other);
}

static void original_names_stand_in_metadata_and_in_no_path(void **state)
{
    shop s;
    char out[8192];
    shop_open(&s);
    pack(&s, "p", NULL);
    must_run(s.dir, "cd p && grep -q '^Original-Name: 기사 article.HTML$' bag-info.txt && "
                    "grep -q '기사 article.HTML' README.txt && "
                    "ls data/blobs | grep -q '^[0-9a-f]*\\.html$'");
    assert_int_equal(run(s.dir, "find p | LC_ALL=C grep -q '[^ -~]'", out, sizeof out), 1);
    assert_int_equal(run(s.dir, "find p | grep -q article", out, sizeof out), 1);
    /* and what does not rest on the exhibit is nowhere */
    assert_int_equal(run(s.dir, "grep -rq CANARY p", out, sizeof out), 1);
    shop_close(&s);
}

static void a_package_holds_what_the_view_shows_and_no_more(void **state)
{
    shop s;
    sk_hash id;
    sk_package_summary sum;
    char out[8192];
    shop_open(&s);
    sk_passage p = {.exhibit = s.exhibit};
    sk_str label = SK_S("identity");
    sk_claim c = draft(&s.f, "p", "Person:name", "CANARY-HIDDEN", "desk");
    c.passages = &p;
    c.n_passages = 1;
    c.restrict_labels = &label;
    c.n_restrict = 1;
    id = fixture_log(&s.f, c);
    fixture_commit(&s.f);
    OK(&s.f, sk_archive_checkpoint(&s.f.cx, s.f.cx.archive));
    fixture_view_as(&s.f, "guest", "export");
    pack(&s, "p", &sum);
    assert_int_equal(sum.claims, 2);
    assert_int_equal(run(s.dir, "grep -rq CANARY-HIDDEN p", out, sizeof out), 1);
    sk_str find = sk_fmt(&s.f.cx.arena, "grep -rq %s p || find p | grep -q %s",
                         sk_hash_hex(&s.f.cx.arena, &id).p, sk_hash_hex(&s.f.cx.arena, &id).p);
    assert_int_equal(run(s.dir, find.p, out, sizeof out), 1);
    assert_int_equal(run(s.dir, VERIFY, out, sizeof out), 0);
    shop_close(&s);
}

/* Trees of many shapes: the paths of first, last and middle leaves. */
static void every_size_of_log_verifies(void **state)
{
    shop s;
    char out[65536];
    shop_open(&s);
    for (int i = 0; i < 9; i++) {
        claim_on(&s, sk_fmt(&s.f.cx.arena, "claim %d", i).p);
        fixture_commit(&s.f);
        OK(&s.f, sk_archive_checkpoint(&s.f.cx, s.f.cx.archive));
        pack(&s, "p", NULL);
        int status = run(s.dir, VERIFY, out, sizeof out);
        if (status)
            fail_msg("with %d claims more: %s", i + 1, out);
        must_run(s.dir, "rm -r p");
    }
    shop_close(&s);
}

/* ---- forgeries ---- */

static const char first_claim[] =
    "cd p\nid=$(basename $(grep -l '^value first$' data/entries/*.note) .note)\n"
    "note=data/entries/$id.note proof=data/proofs/$id.tlog-proof\n";

static const struct {
    const char *what, *script, *says;
} forgeries[] = {
    {"bytes of the exhibit changed", "cd p; echo x >> data/blobs/*\n",
     "its bytes are not those that manifest-sha256.txt lists"},
    {"the same with the lists made anew", "cd p; echo x >> data/blobs/*\n" LIST_ANEW,
     "its bytes have another SHA-256"},
    {"another exhibit under its own hash",
     "cd p; rm data/blobs/*; echo other > b; mv b data/blobs/$(sha256sum < b | head -c "
     "64).html\n" LIST_ANEW,
     "the exhibit that it captures is not here"},
    {"an edited entry", "sed -i 's/^value first$/value fjrst/' $note\n" LIST_ANEW,
     "its bytes have another SHA-256"},
    {"an edited entry under its new hash",
     "sed -i 's/^value first$/value fjrst/' $note; new=$(sha256sum < $note | head -c 64)\n"
     "mv $note data/entries/$new.note; mv $proof data/proofs/$new.tlog-proof\n" LIST_ANEW,
     "the signature of"},
    {"a moved index",
     "i=$(sed -n 's/^index //p' $proof)\n"
     "sed -i \"s/^index $i\\$/index $((i ^ 1))/\" $proof\n" LIST_ANEW,
     "proof of"},
    {"an index beyond the log", "sed -i 's/^index .*/index 6/' $proof\n" LIST_ANEW,
     "index 6 is not below the log's size 6"},
    {"an index with a zero in front", "sed -i 's/^index /index 0/' $proof\n" LIST_ANEW, "no index"},
    {"a proof cut short", "sed -i 3d $proof\n" LIST_ANEW, "the path is too short"},
    {"a proof made longer", "sed -i '3{p}' $proof\n" LIST_ANEW, "proof of"},
    {"a proof without its checkpoint", "sed -i '/^$/,$d' $proof\n" LIST_ANEW, "has no checkpoint"},
    {"a proof that is not there", "rm $proof\n" LIST_ANEW, "is not there"},
    {"the proof of another entry",
     "cp $(ls data/proofs/* | grep -v $id | head -1) $proof\n" LIST_ANEW, "proof of"},
    {"a bit of a path",
     "h=$(sed -n 3p $proof); c=${h:5:1}; n=A; [ $c = A ] && n=B\n"
     "sed -i \"3s|^\\(.....\\)$c|\\1$n|\" $proof\n" LIST_ANEW,
     "does not lead to the signed root"},
    {"another size in the checkpoint", "sed -i 's/^6$/7/' $proof\n" LIST_ANEW,
     "checkpoint: the signature of"},
    {"another root in the checkpoint",
     "n=$(grep -n '^$' $proof | head -1 | cut -d: -f1); h=$(sed -n $((n + 3))p $proof)\n"
     "sed -i \"$((n + 3))s|.*|$(echo $h | tr A-Za-z B-ZAb-za)|\" $proof\n" LIST_ANEW,
     "checkpoint"},
    {"a checkpoint that nobody signed", "sed -i '$d' $proof\n" LIST_ANEW, "checkpoint"},
    {"a line behind the signatures", "echo hello >> $proof\n" LIST_ANEW, "odd line"},
    {"a swapped key",
     "a=$(sed -n 1p data/keys.txt) b=$(sed -n 2p data/keys.txt)\n"
     "{ echo \"${a%%+*}+${b#*+}\"; echo \"$b\"; } > data/keys.txt\n" LIST_ANEW,
     "the name does not end in its hash"},
    {"another key id", "sed -i '1s/+......../+00000000/' data/keys.txt\n" LIST_ANEW,
     "its id is not"},
    {"a key left out", "sed -i 1d data/keys.txt\n" LIST_ANEW, "no key "},
    {"a signature by another key",
     "openssl genpkey -algorithm ED25519 -out k.pem 2> /dev/null\n"
     "n=$(wc -l < $note); head -n $((n - 2)) $note > t\n"
     "openssl pkeyutl -sign -inkey k.pem -rawin -in t -out s\n"
     "line=$(tail -n 1 $note); raw=$(echo \"${line##* }\" | base64 -d | head -c 4 | cat - s | "
     "base64 -w 0)\n"
     "{ cat t; echo; echo \"${line% *} $raw\"; } > new; id2=$(sha256sum < new | head -c 64)\n"
     "rm $note k.pem t s; mv new data/entries/$id2.note; mv $proof "
     "data/proofs/$id2.tlog-proof\n" LIST_ANEW,
     "the signature of"},
    {"a file more", "echo x > data/more.txt\n", "is in no manifest"},
    {"a file less", "rm data/keys.txt\n", "is listed and not there"},
    {"a hidden file more", "echo x > .more\n", "is in no manifest"},
    {"a link", "cp data/keys.txt k; ln -sf ../k data/keys.txt\n", "data/keys.txt"},
    {"a path out of the bag",
     "cp data/keys.txt ../outside.txt\n"
     "echo \"$(sha256sum < ../outside.txt | head -c 64)  data/../../outside.txt\" >> "
     "manifest-sha256.txt\n"
     "sha256sum bagit.txt bag-info.txt manifest-sha256.txt README.txt verify.sh > "
     "tagmanifest-sha256.txt\n",
     "odd path"},
    {"a changed README", "echo x >> README.txt\n",
     "README.txt: its bytes are not those that tagmanifest-sha256.txt lists"},
    {"a capture left out",
     "c=$(basename $(grep -l '^sillok/1 capture' data/entries/*) .note)\n"
     "rm data/entries/$c.note data/proofs/$c.tlog-proof\n" LIST_ANEW,
     "no entry captures it"},
    {"an entry left out of its proof", "rm $note\n" LIST_ANEW, "proves no entry of this package"},
    {"a key entry left out",
     "for k in $(grep -l '^sillok/1 key' data/entries/*); do\n"
     "k=$(basename $k .note); rm data/entries/$k.note data/proofs/$k.tlog-proof; done\n" LIST_ANEW,
     "no entry introduces it"},
};

static void each_forgery_is_named(void **state)
{
    shop s;
    char out[8192], script[4096];
    shop_open(&s);
    pack(&s, "good", NULL);
    for (size_t i = 0; i < SK_COUNT(forgeries); i++) {
        must_run(s.dir, "rm -rf p outside.txt; cp -a good p");
        snprintf(script, sizeof script, "%s%s", first_claim, forgeries[i].script);
        must_run(s.dir, script);
        int status = run(s.dir, VERIFY, out, sizeof out);
        const char *failed = strstr(out, "FAILED  ");
        if (status != 1 || !failed || !strstr(failed, forgeries[i].says))
            fail_msg("%s: status %d\n%s", forgeries[i].what, status, out);
        if (strchr(failed, '\n') != strrchr(failed, '\n'))
            fail_msg("%s: went on after the first thing wrong\n%s", forgeries[i].what, out);
    }
    shop_close(&s);
}

/* A proof with the 98 + 98 kinds of damage is refused by the same rules as archive/merkle.c; here
 * the script meets an entry that is genuine and stands in another tree. */
static void an_entry_of_another_archive_is_refused(void **state)
{
    shop s, other;
    char out[8192], script[2048];
    shop_open(&s);
    shop_open(&other);
    pack(&s, "p", NULL);
    pack(&other, "p", NULL);
    snprintf(script, sizeof script,
             "cd p; for d in entries proofs; do cp %s/p/data/$d/* data/$d; done\n"
             "cat %s/p/data/keys.txt >> data/keys.txt\n" LIST_ANEW,
             other.dir, other.dir);
    must_run(s.dir, script);
    assert_int_equal(run(s.dir, VERIFY, out, sizeof out), 1);
    assert_non_null(strstr(out, "another archive"));
    shop_close(&s);
    shop_close(&other);
}

/* ---- the folder ---- */

static void a_package_appears_whole_or_not_at_all(void **state)
{
    shop s;
    sk_exhibit x;
    char out[4096];
    shop_open(&s);
    OK(&s.f, sk_exhibit_get(&s.f.cx, s.f.view, &s.exhibit, &x));
    sk_str dir = sk_fmt(&s.f.cx.arena, "%s/p", s.dir);
    /* a claim that no checkpoint covers yet */
    claim_on(&s, "too new");
    fixture_commit(&s.f);
    OK(&s.f, sk_exhibit_get(&s.f.cx, s.f.view, &s.exhibit, &x));
    assert_int_equal(sk_package_write(&s.f.cx, s.f.view, &x, dir, NULL), SK_E_NOTFOUND);
    assert_non_null(strstr(s.f.cx.message, "checkpoint"));
    sk_forgive(&s.f.cx);
    assert_int_equal(run(s.dir, "[ -z \"$(ls)\" ]", out, sizeof out), 0);
    /* the bytes in the archive were changed behind its back */
    OK(&s.f, sk_archive_checkpoint(&s.f.cx, s.f.cx.archive));
    sk_str blob = sk_blob_path(&s.f.cx, s.f.cx.archive, &s.exhibit);
    sk_str harm = sk_fmt(&s.f.cx.arena, "chmod u+w %s; echo x >> %s", blob.p, blob.p);
    must_run(s.dir, harm.p);
    assert_int_equal(sk_package_write(&s.f.cx, s.f.view, &x, dir, NULL), SK_E_INTEGRITY);
    sk_forgive(&s.f.cx);
    assert_int_equal(run(s.dir, "[ -z \"$(ls)\" ]", out, sizeof out), 0);
    shop_close(&s);
}

static void nothing_is_overwritten(void **state)
{
    shop s;
    sk_exhibit x;
    shop_open(&s);
    OK(&s.f, sk_exhibit_get(&s.f.cx, s.f.view, &s.exhibit, &x));
    must_run(s.dir, "mkdir full empty; echo x > full/x; echo y > file");
    static const char *const taken[] = {"full", "full/", "file"};
    for (size_t i = 0; i < SK_COUNT(taken); i++) {
        sk_str dir = sk_fmt(&s.f.cx.arena, "%s/%s", s.dir, taken[i]);
        assert_int_equal(sk_package_write(&s.f.cx, s.f.view, &x, dir, NULL), SK_E_CONFLICT);
        sk_forgive(&s.f.cx);
    }
    pack(&s, "empty/", NULL);
    must_run(s.dir, "[ \"$(cat full/x file)\" = $'x\\ny' ] && bash empty/verify.sh");
    shop_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stranger_verifies_a_package_with_openssl_and_coreutils),
        cmocka_unit_test(keys_that_came_another_way_decide_whose_it_is),
        cmocka_unit_test(original_names_stand_in_metadata_and_in_no_path),
        cmocka_unit_test(a_package_holds_what_the_view_shows_and_no_more),
        cmocka_unit_test(every_size_of_log_verifies),
        cmocka_unit_test(each_forgery_is_named),
        cmocka_unit_test(an_entry_of_another_archive_is_refused),
        cmocka_unit_test(a_package_appears_whole_or_not_at_all),
        cmocka_unit_test(nothing_is_overwritten),
    };
    return cmocka_run_group_tests(tests, make_bin, remove_bin);
}
