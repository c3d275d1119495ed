/* Who is tied to whom, by which claims. */
#include "../record/fixture.h"

#include "count/network.h"

static void plant(fixture *f)
{
    say(f, "nk", "State:name", "North Korea", "desk");
    say(f, "tanaka", "Person:name", "Tanaka Minoru", "desk");
    say(f, "kume", "Person:name", "Kume Yutaka", "desk");
    say(f, "act-1", "Act:act", "liberty.abduction", "Japan");
    say(f, "act-1", "Act:perpetrator", "@nk", "Japan");
    say(f, "act-1", "Act:victim", "@tanaka", "Japan");
    say(f, "act-2", "Act:act", "liberty.abduction", "Japan");
    say(f, "act-2", "Act:perpetrator", "@nk", "Japan");
    say(f, "act-2", "Act:victim", "@kume", "Japan");
    say(f, "bureau", "Organization:name", "A bureau", "desk");
    say(f, "bureau", "Organization:parent", "@nk", "desk");
    say(f, "seat", "Membership:member", "@kume", "desk");
    say(f, "seat", "Membership:organization", "@bureau", "desk");
    fixture_commit(f);
}

static sk_network build(fixture *f, const char *key, unsigned hops)
{
    sk_entity e;
    sk_network net;
    OK(f, sk_entity_find(&f->cx, f->view, sk_str_of(key), &e));
    OK(f, sk_network_build(&f->cx, f->view, &e, &(sk_network_opts){.hops = hops}, &net));
    return net;
}

static const sk_tie *between(const sk_network *net, const char *from, const char *to)
{
    for (size_t i = 0; i < net->n_ties; i++)
        if (sk_str_is(net->nodes[net->ties[i].from].entity.key, from) &&
            sk_str_is(net->nodes[net->ties[i].to].entity.key, to))
            return &net->ties[i];
    return NULL;
}

static void an_act_is_a_tie_from_who_did_it_to_whom(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    sk_network net = build(&f, "nk", 1);
    assert_int_equal(net.n_nodes, 4); /* itself, two people, the bureau: no box for the acts */
    assert_int_equal(net.n_ties, 3);
    const sk_tie *t = between(&net, "nk", "tanaka");
    assert_non_null(t);
    assert_int_equal(t->kind, SK_TIE_ACT);
    assert_true(sk_str_is(t->term, "liberty.abduction") && sk_str_is(t->via, "act-1"));
    assert_true(sk_str_is(t->row.claim.prop, "victim")); /* the claim that names who it was */
    assert_int_equal(between(&net, "bureau", "nk")->kind, SK_TIE_CLAIM);
    assert_false(net.is_cut);
    fixture_done(&f);
}

static void an_interest_is_a_tie_between_its_parties(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    sk_network net = build(&f, "kume", 1);
    const sk_tie *t = between(&net, "kume", "bureau");
    assert_non_null(t);
    assert_true(t->kind == SK_TIE_INTEREST && sk_str_is(t->term, "Membership"));
    /* seen from the other side it points the same way */
    net = build(&f, "bureau", 1);
    assert_non_null(between(&net, "kume", "bureau"));
    fixture_done(&f);
}

static void one_hop_has_no_ties_among_others_and_two_hops_have(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    sk_network net = build(&f, "tanaka", 1);
    assert_int_equal(net.n_nodes, 2);
    net = build(&f, "tanaka", 2);
    assert_int_equal(net.n_nodes, 4);
    assert_non_null(between(&net, "nk", "kume"));
    assert_int_equal(net.nodes[0].hops, 0);
    assert_int_equal(net.nodes[3].hops, 2);
    sk_entity e = net.nodes[0].entity;
    FAILS(&f, SK_E_LIMIT, sk_network_build(&f.cx, f.view, &e, &(sk_network_opts){.hops = 3}, &net));
    fixture_done(&f);
}

static void an_act_without_the_other_side_is_a_point(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    say(&f, "act-3", "Act:act", "body.torture", "a witness");
    say(&f, "act-3", "Act:victim", "@tanaka", "a witness");
    fixture_commit(&f);
    sk_network net = build(&f, "tanaka", 1);
    assert_non_null(between(&net, "act-3", "tanaka"));
    net = build(&f, "act-3", 1);
    assert_non_null(between(&net, "act-3", "tanaka"));
    net = build(&f, "act-1", 1); /* asked for itself, an act stands between its parties */
    assert_non_null(between(&net, "nk", "act-1"));
    assert_non_null(between(&net, "act-1", "tanaka"));
    fixture_done(&f);
}

static void involvements_name_parties_with_their_role(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    say(&f, "guard", "Person:name", "A guard (invented)", "desk");
    say(&f, "inv", "Involvement:act", "@act-1", "a witness");
    say(&f, "inv", "Involvement:party", "@guard", "a witness");
    say(&f, "inv", "Involvement:role", "perpetrator", "a witness");
    say(&f, "inv-2", "Involvement:act", "@act-1", "a witness");
    say(&f, "inv-2", "Involvement:party", "@bureau", "a witness");
    say(&f, "inv-2", "Involvement:role", "witness", "a witness");
    fixture_commit(&f);
    sk_network net = build(&f, "guard", 1);
    assert_non_null(between(&net, "guard", "tanaka"));
    net = build(&f, "bureau", 1); /* a witness is tied to the act, never to the victim */
    assert_null(between(&net, "bureau", "tanaka"));
    const sk_tie *t = between(&net, "bureau", "act-1");
    assert_non_null(t);
    assert_true(sk_str_is(t->term, "witness"));
    fixture_done(&f);
}

static void a_denial_is_counted_against_the_tie_it_denies(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    sk_claim c = draft(&f, "bureau", "Organization:parent", "@nk", "A spokesman");
    c.position = SK_CLAIM_DENIES;
    fixture_log(&f, c);
    fixture_commit(&f);
    sk_network net = build(&f, "bureau", 1);
    const sk_tie *t = between(&net, "bureau", "nk");
    assert_true(t->n_for == 1 && t->n_against == 1);
    fixture_done(&f);
}

static void what_a_view_hides_is_no_point_and_no_tie(void **state)
{
    fixture f;
    sk_hash id;
    fixture_init(&f);
    plant(&f);
    OK(&f, sk_record_restrict(&f.cx, SK_S("entity tanaka"), SK_S("secret"), SK_S("safety"), &id));
    fixture_commit(&f);
    fixture_view_as(&f, "guest", "work");
    sk_network net = build(&f, "nk", 1);
    for (size_t i = 0; i < net.n_nodes; i++)
        assert_false(sk_str_is(net.nodes[i].entity.key, "tanaka"));
    assert_null(between(&net, "nk", "tanaka"));
    fixture_done(&f);
}

static void a_limit_cuts_and_says_so(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    sk_entity e;
    sk_network net;
    OK(&f, sk_entity_find(&f.cx, f.view, SK_S("nk"), &e));
    OK(&f,
       sk_network_build(&f.cx, f.view, &e, &(sk_network_opts){.hops = 1, .most_nodes = 2}, &net));
    assert_true(net.is_cut && net.n_nodes == 2);
    OK(&f,
       sk_network_build(&f.cx, f.view, &e, &(sk_network_opts){.hops = 1, .most_reads = 1}, &net));
    assert_true(net.is_cut);
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_act_is_a_tie_from_who_did_it_to_whom),
        cmocka_unit_test(an_interest_is_a_tie_between_its_parties),
        cmocka_unit_test(one_hop_has_no_ties_among_others_and_two_hops_have),
        cmocka_unit_test(an_act_without_the_other_side_is_a_point),
        cmocka_unit_test(involvements_name_parties_with_their_role),
        cmocka_unit_test(a_denial_is_counted_against_the_tie_it_denies),
        cmocka_unit_test(what_a_view_hides_is_no_point_and_no_tie),
        cmocka_unit_test(a_limit_cuts_and_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
