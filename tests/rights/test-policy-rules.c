/* What a policy that came with the article, or is kept by the agreement, means for one partner. A
 * row gives the policy's rules and patches the partner; single quotes stand for double ones. */
#include "rp-error.h"
#include "rp-json.h"
#include "rp-licence-odrl.h"
#include "rp-rights.h"
#include "rp-time.h"

#include <string.h>

#define CASE                                                                                       \
  "{'now':'2026-05-04T08:00:00Z',"                                                                 \
  "'licence':{'id':'deal','licensor':'Quay Media','permission':'yes'%s},"                          \
  "'article':{'headline':'Lamps','site_name':'Quay News',"                                         \
  "'canonical_url':'https://quay.example/lamps','published':'2026-05-01T10:00:00Z'%s},"            \
  "'plan':{'publish_at':'2026-05-04T10:00:00Z','endpoint':{'id':'herald','name':'Herald',"         \
  "'channels':['web'],'territories':['DE'],'commercial':false,'can_unpublish':true%s},"            \
  "'edits':{'headline_changed':false,'body':'none'},'history':{'uses_total':2},'approvals':[%s]}}"
#define POLICY(terms)                                                                              \
  "{'@context':'http://www.w3.org/ns/odrl.jsonld','@type':'Set','uid':'urn:p'," terms "}"
#define MAY(terms) POLICY ("'permission':[{'uid':'urn:r','action':'distribute'" terms "}]")
#define MAY_BUT(terms)                                                                             \
  POLICY ("'permission':[{'uid':'urn:r','action':'use'}],'prohibition':[{'uid':'urn:n'," terms "}" \
          "]")
#define WHEN(left, op, right)                                                                      \
  ",'constraint':[{'leftOperand':'" left "','operator':'" op "','rightOperand':" right "}]"

static const struct {
  const char *name;
  const char *policy;
  const char *endpoint;
  const char *approvals;
  const char *findings;
} rows[] = {
  {"permitted", MAY (""), "", "", ""},
  {"use", POLICY ("'permission':[{'action':'use'}]"), "", "", ""},
  {"present", POLICY ("'permission':[{'action':'present'}]"), "", "", ""},
  {"no-permission-for-that", POLICY ("'permission':[{'action':'archive'}]"), "", "", "block L804"},
  {"approved-all-the-same", POLICY ("'permission':[{'action':'archive'}]"), "", "'policy'", ""},
  {"only-prohibitions", POLICY ("'prohibition':[{'action':'sell'}]"), "", "", ""},
  {"prohibited", POLICY ("'prohibition':[{'action':'distribute'}]"), "", "", "block L801"},
  {"prohibited-and-approved", POLICY ("'prohibition':[{'action':'distribute'}]"), "", "'policy'",
   ""},
  {"prohibition-wins", MAY_BUT ("'action':'distribute'"), "", "", "block L801"},
  {"unless-it-does-not",
   POLICY (
     "'conflict':'perm','permission':[{'action':'use'}],'prohibition':[{'action':'distribute'}]"),
   "", "", ""},
  {"reproduce", MAY_BUT ("'action':'reproduce'"), "", "", "block L801"},
  /* time */
  {"not-yet", MAY (WHEN ("dateTime", "gteq", "'2026-05-04T10:00:01Z'")), "", "", "block L804"},
  {"just-now", MAY (WHEN ("dateTime", "gteq", "'2026-05-04T10:00:00Z'")), "", "", ""},
  {"over", MAY (WHEN ("dateTime", "lt", "'2026-05-04T10:00:00Z'")), "", "", "block L804"},
  {"prohibited-until", MAY_BUT ("'action':'use'" WHEN ("dateTime", "lt", "'2026-06-01'")), "", "",
   "block L801"},
  /* places */
  {"place",
   MAY (WHEN ("spatial",
              "isAnyOf",
              "['http://cvx.iptc.org/iso3166-1a3/DEU','http://cvx.iptc.org/iso3166-1a3/AUT']")),
   "", "", ""},
  {"one-place-more", MAY (WHEN ("spatial", "isAnyOf", "['urn:iso:3166:DE']")),
   ",'territories':['DE','CH']", "", "block L804"},
  {"everywhere", MAY (WHEN ("spatial", "isAnyOf", "['urn:iso:3166:DE']")), ",'territories':['*']",
   "", "block L804"},
  {"region", MAY (WHEN ("spatial", "isAnyOf", "['EU']")), ",'territories':['DE','FR']", "", ""},
  {"not-there", MAY (WHEN ("spatial", "isNoneOf", "['urn:iso:3166:JP']")), "", "", ""},
  {"not-there-but-everywhere", MAY (WHEN ("spatial", "isNoneOf", "['urn:iso:3166:JP']")),
   ",'territories':['*']", "", "block L804"},
  {"prohibited-there", MAY_BUT ("'action':'use'" WHEN ("spatial", "eq", "'urn:iso:3166:JP'")), "",
   "", ""},
  {"prohibited-somewhere", MAY_BUT ("'action':'use'" WHEN ("spatial", "eq", "'urn:iso:3166:JP'")),
   ",'territories':['*']", "", "block L801"},
  {"prohibited-in-a-part", MAY_BUT ("'action':'use'" WHEN ("spatial", "eq", "'urn:iso:3166:FR'")),
   ",'territories':['EU']", "", "block L801"},
  {"place-unknown", MAY (WHEN ("spatial", "eq", "'urn:iso:3166:DE'")), ",'territories':null", "",
   "warn L802"},
  /* channels and other facts of the partner */
  {"channel", MAY (WHEN ("deliveryChannel", "eq", "'http://cv.iptc.org/newscodes/channel/web'")),
   "", "", ""},
  {"one-channel-more", MAY (WHEN ("deliveryChannel", "eq", "'web'")), ",'channels':['web','print']",
   "", "block L804"},
  {"channel-unknown", MAY (WHEN ("deliveryChannel", "eq", "'web'")), ",'channels':null", "",
   "warn L802"},
  {"recipient", MAY (WHEN ("recipient", "isAnyOf", "['herald','ledger']")), "", "", ""},
  {"other-recipient", MAY (WHEN ("recipient", "isAnyOf", "['ledger']")), "", "", "block L804"},
  {"count", MAY (WHEN ("count", "lteq", "3")), "", "", ""},
  {"count-used-up", MAY (WHEN ("count", "lteq", "2")), "", "", "block L804"},
  {"commerce", MAY_BUT ("'action':'commercialize'"), ",'commercial':true", "", "block L801"},
  {"no-commerce", MAY_BUT ("'action':'commercialize'"), "", "", ""},
  {"mining", MAY_BUT ("'action':'tdm:mine'"), ",'feeds_ai_training':true", "", "block L801"},
  {"no-mining", MAY_BUT ("'action':'tdm:mine'"), "", "", ""},
  {"machines-only",
   POLICY ("'permission':[{'action':'tdm:mine','duty':[{'action':'obtainConsent'}]}]"), "", "",
   "info L803"},
  {"archive", MAY_BUT ("'action':'archive'"), ",'can_unpublish':false", "", "block L801"},
  {"archive-in-time", MAY_BUT ("'action':'archive'" WHEN ("elapsedTime", "gt", "'P30D'")),
   ",'can_unpublish':false", "", "block L801"},
  {"no-archive", MAY_BUT ("'action':'archive'"), "", "", ""},
  {"print", POLICY ("'permission':[{'action':'print'}]"), ",'channels':['print']", "", ""},
  {"print-is-not-web", POLICY ("'permission':[{'action':'print'}]"), ",'channels':['print','web']",
   "", "block L804"},
  /* what nobody knows */
  {"purpose", MAY (WHEN ("purpose", "eq", "'urn:x'")), "", "", "warn L802"},
  {"purpose-approved", MAY (WHEN ("purpose", "eq", "'urn:x'")), "", "'policy'", ""},
  {"purpose-and-time",
   MAY (",'constraint':[{'leftOperand':'purpose','operator':'eq','rightOperand':'x'},{'leftOperand'"
        ":'dateTime','operator':'lt','rightOperand':'2020-01-01'}]"),
   "", "", "block L804"},
  {"purpose-of-one-of-two",
   POLICY ("'permission':[{'action':'use','constraint':[{'leftOperand':'purpose','operator':'eq','"
           "rightOperand':'x'}]},{'action':'distribute'}]"),
   "", "", ""},
  {"prohibited-purpose", MAY_BUT ("'action':'use'" WHEN ("purpose", "eq", "'urn:x'")), "", "",
   "warn L802"},
  {"unknown-operand", MAY (WHEN ("https://x.example/mood", "eq", "1")), "", "", "warn L802"},
  {"somebody", MAY (",'assignee':'https://ledger.example/'"), "", "", "warn L802"},
  {"this-one", MAY (",'assignee':'Herald'"), "", "", ""},
  {"others-beside-this-one",
   POLICY (
     "'permission':[{'action':'use','assignee':'herald'},{'action':'use','assignee':'ledger'}]"),
   "", "", ""},
  {"this-one-not",
   POLICY (
     "'permission':[{'action':'index','assignee':'herald'},{'action':'use','assignee':'ledger'}]"),
   "", "", "block L804"},
  {"inherits", POLICY ("'inheritFrom':'urn:base','permission':[{'action':'use'}]"), "", "",
   "warn L802"},
  /* assets */
  {"some-asset", MAY (",'target':'urn:newsml:1'"), "", "", ""},
  {"this-asset", MAY (",'target':'https://quay.example/lamps'"), "", "", ""},
  {"another-asset-beside",
   POLICY ("'permission':[{'action':'print','target':'https://quay.example/"
           "lamps'},{'action':'use','target':'urn:picture'}]"),
   "", "", "block L804"},
  /* duties */
  {"duties",
   MAY (",'duty':[{'action':'attribute','attributedParty':'https://quay.example/"
        "'},{'action':'inform'}]"),
   "", "", "info L803"},
  {"obligation",
   POLICY ("'permission':[{'action':'use'}],'obligation':[{'action':'reviewPolicy'}]"), "", "",
   "info L803"},
  /* what is no policy */
  {"address", "https://quay.example/policy", "", "", ""},
  {"other-language", "<rsl xmlns='https://rslstandard.org/rsl'/>", "", "", ""},
  {"broken", "{'uid':", "", "", "warn L802"},
  {"xml",
   "<o:Policy xmlns:o='http://www.w3.org/ns/odrl/2/' uid='urn:p'><o:prohibition><o:action "
   "name='o:distribute'/></o:prohibition></o:Policy>",
   "", "", "block L801"},
};

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = rp_json_parse_text (text, &error);

  g_assert_no_error (error);

  return json_object_ref (json_node_get_object (node));
}

/* The members of the patch come second, and so they count. */
static JsonObject *
make_case (const char *licence, const char *article, const char *endpoint, const char *approvals)
{
  g_autofree char *text = g_strdup_printf (CASE, licence, article, endpoint, approvals);

  return parse (g_strdelimit (text, "'", '"'));
}

static char *
summarise (RpDecision *decision)
{
  GPtrArray *findings = rp_decision_get_findings (decision);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++) {
    const RpFinding *finding = findings->pdata[i];

    g_assert_cmpstr (finding->message, !=, NULL);
    if (finding->severity != RP_SEVERITY_INFO)
      g_assert_nonnull (finding->fix_action);
    g_string_append_printf (text, "%s%s %s", text->len > 0 ? "; " : "",
                            rp_severity_name (finding->severity), finding->rule);
  }

  return g_string_free (text, FALSE);
}

static void
check (JsonObject *object, const char *expected, const char *where)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RpRightsCase) rights_case = rp_rights_case_new_from_json (object, &error);
  g_autoptr (RpDecision) decision = NULL;
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  decision = rp_rights_judge (rights_case);
  found = summarise (decision);
  g_assert_cmpstr (found, ==, expected);
  for (guint i = 0; where != NULL && i < rp_decision_get_findings (decision)->len; i++) {
    const RpFinding *finding = rp_decision_get_findings (decision)->pdata[i];

    if (finding->evidence != NULL)
      g_assert_nonnull (strstr (finding->evidence, where));
  }
}

static void
test_article (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *policy = g_strdelimit (g_strdup (rows[i].policy), "'", '"');
  g_autofree char *escaped = g_strescape (policy, NULL);
  g_autofree char *member = g_strdup_printf (",'policy':'%s'", escaped);
  g_autoptr (JsonObject) object = make_case ("", member, rows[i].endpoint, rows[i].approvals);

  check (object, rows[i].findings, "article");
}

/* The same said by the agreement. */
static void
test_agreement (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *member = g_strdup_printf (",'policy':%s", rows[i].policy);
  g_autoptr (JsonObject) object = make_case (member, "", rows[i].endpoint, rows[i].approvals);

  check (object, rows[i].findings, "agreement");
}

/* The stricter of the two wins, whichever it is. */
static void
test_both (void)
{
  g_autofree char *prohibits =
    g_strdelimit (g_strdup (POLICY ("'prohibition':[{'action':'distribute'}]")), "'", '"');
  g_autofree char *escaped = g_strescape (prohibits, NULL);
  g_autofree char *article = g_strdup_printf (",'policy':'%s'", escaped);
  g_autoptr (JsonObject) first = make_case (",'policy':" MAY (""), article, "", "");
  g_autoptr (JsonObject) second =
    make_case (",'policy':" POLICY ("'prohibition':[{'action':'distribute'}]"),
               ",'policy':{'uid':'urn:p','permission':{'action':'use'}}", "", "");

  check (first, "block L801", "article");
  check (second, "block L801", "agreement");
}

/* A real article and a real licence, and the facts that are kept of them. */
static void
test_objects (void)
{
  g_autoptr (RpArticle) article = rp_article_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RpLicence) licence = rp_licence_read_odrl (
    "{\"@context\":\"http://www.w3.org/ns/"
    "odrl.jsonld\",\"uid\":\"urn:deal\",\"permission\":[{\"action\":\"distribute\"},"
    "{\"action\":\"archive\"}],\"prohibition\":[{\"action\":\"distribute\",\"constraint\":[{"
    "\"leftOperand\":\"dateTime\","
    "\"operator\":\"lt\",\"rightOperand\":\"2026-06-01\"}]}]}",
    &error);
  const RpRightsInput input = {
    .article = article,
    .licence = licence,
    .now = rp_time_instant ("2026-05-04T10:00:00Z"),
  };
  g_autoptr (RpRightsCase) rights_case = NULL;
  g_autoptr (RpRightsCase) again = NULL;
  g_autoptr (RpDecision) decision = NULL;
  g_autofree char *facts = NULL;
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  rp_statement_set (rp_article_get_statement (article), RP_STATEMENT_POLICY,
                    "{\"uid\":\"urn:p\",\"permission\":{\"action\":\"archive\"}}");
  rights_case = rp_rights_case_new (&input);
  facts = rp_rights_case_to_facts (rights_case);
  again = rp_rights_case_new_from_facts (facts, licence, NULL, input.now);
  g_assert_nonnull (again);
  decision = rp_rights_judge (again);
  found = summarise (decision);
  g_assert_nonnull (strstr (found, "block L801; block L804"));
  g_assert_cmpint (rp_rights_get_next_turn (again), ==, rp_time_instant ("2026-06-01T00:00:00Z"));
}

/* The moment from which a policy with this condition may say something else. */
static const struct {
  const char *condition;
  const char *turn;
} turns[] = {
  {WHEN ("dateTime", "lt", "'2026-06-01'"), "2026-06-01T00:00:00Z"},
  {WHEN ("dateTime", "lteq", "'2026-06-01'"), "2026-06-02T00:00:00Z"},
  {WHEN ("dateTime", "gteq", "'2026-06-01'"), "2026-06-01T00:00:00Z"},
  {WHEN ("dateTime", "gt", "'2026-06-01'"), "2026-06-02T00:00:00Z"},
  {WHEN ("dateTime", "lteq", "'2026-06-01T10:00:00+02:00'"), "2026-06-01T08:00:00Z"},
  {WHEN ("dateTime", "lt", "'2026-01-01'"), NULL},
  {WHEN ("count", "lt", "5"), NULL},
  {",'constraint':[{'or':[{'leftOperand':'count','operator':'lt','rightOperand':5},"
   "{'leftOperand':'dateTime','operator':'lt','rightOperand':'2026-06-01'}]}]",
   "2026-06-01T00:00:00Z"},
};

static void
test_turns (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (turns); i++) {
    g_autofree char *policy = g_strdup_printf (",'policy':" MAY ("%s"), turns[i].condition);
    g_autoptr (JsonObject) object = make_case (policy, "", "", "");
    g_autoptr (RpRightsCase) rights_case = rp_rights_case_new_from_json (object, NULL);
    g_autofree char *turn = rp_time_format (rp_rights_get_next_turn (rights_case));

    g_assert_cmpstr (turn, ==, turns[i].turn);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *article = g_strconcat ("/rights/policy-rules/article/", rows[i].name, NULL);
    g_autofree char *agreement =
      g_strconcat ("/rights/policy-rules/agreement/", rows[i].name, NULL);

    g_test_add_data_func (article, GUINT_TO_POINTER (i), test_article);
    if (g_str_has_prefix (rows[i].policy, "{'@"))
      g_test_add_data_func (agreement, GUINT_TO_POINTER (i), test_agreement);
  }
  g_test_add_func ("/rights/policy-rules/both", test_both);
  g_test_add_func ("/rights/policy-rules/objects", test_objects);

  g_test_add_func ("/rights/policy-rules/turns", test_turns);

  return g_test_run ();
}
