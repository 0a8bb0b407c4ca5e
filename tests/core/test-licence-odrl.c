/* Licences as ODRL and back: nothing is lost, an edit of ODRL's own words wins, and a policy of
 * other origin is read no wider than it is. Single quotes stand for double ones. */
#include "rp-error.h"
#include "rp-json.h"
#include "rp-licence-odrl.h"

#include <string.h>

static JsonObject *
parse (const char *quoted)
{
  g_autofree char *text = g_strdelimit (g_strdup (quoted), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = rp_json_parse_text (text, &error);

  g_assert_no_error (error);

  return json_object_ref (json_node_get_object (node));
}

static void
assert_equal_objects (JsonObject *a, JsonObject *b)
{
  g_autoptr (JsonNode) left = json_node_init_object (json_node_alloc (), a);
  g_autoptr (JsonNode) right = json_node_init_object (json_node_alloc (), b);

  if (!json_node_equal (left, right)) {
    g_autofree char *was = rp_json_object_to_text (a, TRUE);
    g_autofree char *is = rp_json_object_to_text (b, TRUE);

    g_assert_cmpstr (was, ==, is);
  }
}

/* What tells a policy from a list of members. */
static void
assert_is_policy (JsonObject *policy)
{
  static const char *const types[] = {"Set", "Offer", "Agreement", "Policy", NULL};
  guint rules = 0;
  static const char *const kinds[] = {"permission", "prohibition"};

  g_assert_nonnull (rp_json_get_string (policy, "uid"));
  g_assert_true (g_strv_contains (types, rp_json_get_string (policy, "@type")));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    JsonArray *list = rp_json_get_array (policy, kinds[i]);

    for (guint k = 0; list != NULL && k < json_array_get_length (list); k++, rules++)
      g_assert_true (rp_json_has (json_array_get_object_element (list, k), "action"));
  }
  g_assert_cmpuint (rules, >, 0);
}

static void
check_round_trip (JsonObject *profile)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RpLicence) licence = rp_licence_new_from_json (profile, &error);
  g_autoptr (RpLicence) again = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) policy = NULL;

  g_assert_no_error (error);
  policy = rp_licence_to_odrl (licence);
  assert_is_policy (policy);
  text = rp_licence_write_odrl (licence, &error);
  g_assert_no_error (error);
  g_assert_true (rp_licence_is_odrl (text));
  again = rp_licence_read_odrl (text, &error);
  g_assert_no_error (error);
  assert_equal_objects (profile, rp_licence_get_profile (again));
}

static void
test_files (gconstpointer data)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "data", data, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint count = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *text = NULL;
    g_autoptr (JsonNode) node = NULL;

    if (!g_str_has_suffix (name, ".json"))
      continue;
    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    node = rp_json_parse_text (text, NULL);
    check_round_trip (json_node_get_object (node));
    count++;
  }
  g_assert_cmpuint (count, >, 1);
}

#define DEAL "'id':'deal','name':'Deal','licensor':'Quay Media','permission':'yes'"
#define EVERYTHING                                                                                 \
  "{'id':'deal','name':'Deal','version':3,'spdx':'CC-BY-NC-ND-4.0','url':'https://q.example/l',"   \
  "'statement':'Under licence.','terms_url':'https://q.example/t','confidence':'declared',"        \
  "'licensor':'Quay Media','rights_holder':'Gull Ltd','copyright_notice':'(c) Gull',"              \
  "'contact':'a@q.example','permission':'ask','channels':['web','print'],'outlets':['herald'],"    \
  "'requires_accreditation':true,'exclusive_to':'herald','exclusive_until':'2026-07-01T00:00:00Z'" \
  ","                                                                                              \
  "'territory':{'allow':['DE','EU'],'deny':['FR']},'valid_from':'2026-01-01T00:00:00+01:00',"      \
  "'expires':'2026-12-31','max_age_days':90,'archive_days':30,'commercial':'deny',"                \
  "'paywall':'forbidden','derivatives':['headline','style'],'share_alike':true,"                   \
  "'licence_on_copy':'CC-BY-SA-4.0','max_words':400,'max_paragraphs':3,'max_images':2,"            \
  "'preserve_links':true,'mandatory_line':['First.','Second.'],'credit_position':'top',"           \
  "'credit_author_affiliation':true,'credit_text':'Quay','logo':'https://q.example/l.png',"        \
  "'credit_template':{'en':'From {source}','de':'Von {source}'},'link_original':'required',"       \
  "'link_target':'article','canonical':'required','noindex':'required','tracking_required':true,"  \
  "'tracking_html':'<i/>','images':{'only-credited-to':['Quay']},"                                 \
  "'ai':{'train':'deny','input':'allow','index':'deny','search':'allow'},'tdm_reserved':true,"     \
  "'tdm_policy':'https://q.example/tdm','payment':{'model':'per-use','amount':12.5,"               \
  "'currency':'EUR'},'quota':{'max_uses':10,'period':'P1Y'},'max_items_30d':8,"                    \
  "'notify':{'required':true,'email':'n@q.example','within_days':5},"                              \
  "'takedown':{'must_honour_kill':true,'hours':4},'attribution':{'required':true},"                \
  "'match':['licensor:Quay Media'],'notes':'N','summary':'S','something':{'new':[1,null,'x']},"    \
  "'builtin':false,'nothing':null}"

static const char *const profiles[] = {
  EVERYTHING,
  "{'id':'a b/c'}",
  "{'id':'no','permission':'no'}",
  "{" DEAL ",'derivatives':[]}",
  "{" DEAL ",'derivatives':['rewrite']}",
  "{" DEAL ",'channels':[],'outlets':[],'territory':{'allow':['*']}}",
  "{" DEAL ",'territory':{'deny':['gb','EU','AUS']}}",
  "{" DEAL ",'payment':{'model':'free'}}",
  "{" DEAL ",'payment':{'model':'subscription'}}",
  "{" DEAL ",'payment':{'model':'per-use','amount':'12.50','currency':'GBP'}}",
  "{" DEAL ",'commercial':'no-direct-sale'}",
  "{" DEAL ",'commercial':'allow','paywall':'allow','noindex':'none'}",
  "{" DEAL ",'attribution':{'required':false}}",
  "{" DEAL ",'notify':{'required':true,'url':'https://q.example/n'}}",
  "{" DEAL ",'notify':{'required':false,'email':'n@q.example'}}",
  "{" DEAL ",'quota':{'max_uses':0}}",
  "{" DEAL ",'archive_days':0,'max_age_days':0}",
  "{" DEAL ",'policy':{'@type':'Set','uid':'urn:p','permission':[{'action':'print'},{'action':'"
  "distribute'}]}}",
};

static void
test_profile (gconstpointer data)
{
  g_autoptr (JsonObject) profile = parse (profiles[GPOINTER_TO_UINT (data)]);

  check_round_trip (profile);
}

/* A text of the policy is replaced; a member of the profile must come out. NULL = it is gone. */
static const struct {
  const char *name;
  const char *find;
  const char *with;
  const char *member;
  const char *expected;
} edits[] = {
  {"expires", "'@value':'2026-12-31'", "'@value':'2026-06-30'", "expires", "'2026-06-30'"},
  {"valid-from", "2026-01-01T00:00:00+01:00','@type':'xsd:dateTime'",
   "2026-02-01T00:00:00+01:00','@type':'xsd:dateTime'", "valid_from",
   "'2026-02-01T00:00:00+01:00'"},
  {"channels", "'rightOperand':['web','print']", "'rightOperand':['web']", "channels", "['web']"},
  {"outlets", "'rightOperand':['herald']", "'rightOperand':['ledger']", "outlets", "['ledger']"},
  {"territory", "['urn:iso:3166:DE','EU']", "['http://cvx.iptc.org/iso3166-1a3/AUT']", "territory",
   "{'allow':['AT'],'deny':['FR']}"},
  {"count", "'@value':'10'", "'@value':'4'", "quota", "{'max_uses':4,'period':'P1Y'}"},
  {"consent", "{'action':'obtainConsent'},", "", "permission", "'yes'"},
  {"attribution", "{'action':'attribute'},", "", "attribution", "{'required':false}"},
  {"share-alike", "{'action':'cc:ShareAlike'},", "", "share_alike", NULL},
  {"archive", "'@value':'P30D'", "'@value':'P7D'", "archive_days", "7"},
  {"commercial", "'action':'cc:CommercialUse'", "'action':'sell'", "commercial",
   "'no-direct-sale'"},
  {"index", "{'action':'index',", "{'action':'cc:CommercialUse',", "noindex", NULL},
  {"changes", "{'action':'translate',", "{'action':'derive',", "derivatives", "[]"},
  {"train", "'action':'reprint:ai-train'", "'action':'reprint:ai-search'", "ai",
   "{'input':'allow','index':'deny','search':'deny'}"},
  {"amount", "'@value':'12.5'", "'@value':'20'", "payment",
   "{'model':'per-use','amount':'20','currency':'EUR'}"},
  {"notice", "mailto:n@q.example", "https://q.example/tell", "notify",
   "{'required':true,'within_days':5,'url':'https://q.example/tell'}"},
  {"licensor", "'vcard:fn':'Quay Media'", "'vcard:fn':'Quay Group'", "licensor", "'Quay Group'"},
  {"unmapped", "{'action':'acceptTracking'}", "{'action':'watermark'}", "tracking_required", NULL},
  {"untouched", "'action':'acceptTracking'", "'action':'acceptTracking'", "canonical",
   "'required'"},
};

static void
test_edit (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (JsonObject) profile = parse (EVERYTHING);
  g_autoptr (GError) error = NULL;
  g_autoptr (RpLicence) licence = rp_licence_new_from_json (profile, &error);
  g_autoptr (JsonObject) policy = rp_licence_to_odrl (licence);
  g_autofree char *text = rp_json_object_to_text (policy, FALSE);
  g_autofree char *find = g_strdelimit (g_strdup (edits[i].find), "'", '"');
  g_autofree char *with = g_strdelimit (g_strdup (edits[i].with), "'", '"');
  char *at = strstr (text, find);
  g_autofree char *edited = NULL;
  g_autoptr (RpLicence) again = NULL;
  JsonNode *found;

  g_assert_nonnull (at);
  *at = '\0';
  edited = g_strconcat (text, with, at + strlen (find), NULL);
  again = rp_licence_read_odrl (edited, &error);
  g_assert_no_error (error);
  found = rp_json_get (rp_licence_get_profile (again), edits[i].member);
  if (edits[i].expected == NULL) {
    g_assert_null (found);
  } else {
    g_autofree char *expected = g_strdelimit (g_strdup (edits[i].expected), "'", '"');
    g_autoptr (JsonNode) node = json_from_string (expected, NULL);

    g_assert_nonnull (found);
    if (!json_node_equal (found, node)) {
      g_autofree char *is = json_to_string (found, FALSE);

      g_assert_cmpstr (is, ==, expected);
    }
  }
}

/* Policies of other origin; `kept` when the profile cannot say all of it. */
#define FOREIGN(terms)                                                                             \
  "{'@context':'http://www.w3.org/ns/odrl.jsonld','@type':'Offer','uid':'https://q.example/"       \
  "p'," terms "}"
#define MAY(terms) FOREIGN ("'permission':[{'action':'distribute','target':'urn:t'," terms "}]")

static const struct {
  const char *name;
  const char *policy;
  const char *member;
  const char *expected;
  gboolean kept;
} foreign[] = {
  {"permission", MAY ("'assigner':'https://www.q.example/'"), "permission", "'yes'", FALSE},
  {"licensor", MAY ("'assigner':'https://www.q.example/'"), "licensor", "'q.example'", FALSE},
  {"named-licensor", MAY ("'assigner':{'uid':'urn:x','vcard:fn':'Quay'}"), "licensor", "'Quay'",
   FALSE},
  {"address", MAY ("'summary':'x'"), "terms_url", "'https://q.example/p'", FALSE},
  {"use", FOREIGN ("'permission':[{'action':'use'}]"), "permission", "'yes'", FALSE},
  {"consent", MAY ("'duty':[{'action':'obtainConsent'}]"), "permission", "'ask'", FALSE},
  {"nothing-permitted", FOREIGN ("'prohibition':[{'action':'sell'}]"), "permission", "'ask'",
   FALSE},
  {"prohibited", FOREIGN ("'prohibition':[{'action':'distribute'}]"), "permission", "'no'", FALSE},
  {"other-permission", FOREIGN ("'permission':[{'action':'archive'}]"), "permission", "'ask'",
   TRUE},
  {"alternatives", FOREIGN ("'permission':[{'action':'distribute'},{'action':'print'}]"),
   "permission", "'yes'", TRUE},
  {"addressed", MAY ("'assignee':'urn:ann'"), "permission", "'yes'", TRUE},
  {"until",
   MAY ("'constraint':[{'leftOperand':'dateTime','operator':'lt','rightOperand':'2026-07-01'}]"),
   "expires", "'2026-07-01'", FALSE},
  {"until-and-with",
   MAY ("'constraint':[{'leftOperand':'dateTime','operator':'lteq','rightOperand':'2026-07-01'}]"),
   "expires", NULL, TRUE},
  {"region",
   MAY ("'constraint':[{'leftOperand':'spatial','operator':'eq','rightOperand':'http://"
        "cvx.iptc.org/iso3166-1a3/DEU'}]"),
   "territory", "{'allow':['DE']}", FALSE},
  {"not-region",
   MAY (
     "'constraint':[{'leftOperand':'spatial','operator':'neq','rightOperand':'urn:iso:3166:JP'}]"),
   "territory", "{'deny':['JP']}", FALSE},
  {"channel",
   MAY ("'constraint':[{'leftOperand':'deliveryChannel','operator':'eq','rightOperand':'http://"
        "cv.iptc.org/newscodes/channel/Web'}]"),
   "channels", "['web']", FALSE},
  {"count", MAY ("'constraint':[{'leftOperand':'count','operator':'lt','rightOperand':5}]"),
   "quota", "{'max_uses':4}", FALSE},
  {"purpose", MAY ("'constraint':[{'leftOperand':'purpose','operator':'eq','rightOperand':'x'}]"),
   "permission", "'yes'", TRUE},
  {"logic",
   MAY ("'constraint':[{'or':[{'leftOperand':'count','operator':'lt','rightOperand':5},{'"
        "leftOperand':'version','operator':'lt','rightOperand':5}]}]"),
   "quota", NULL, TRUE},
  {"pay",
   MAY ("'duty':[{'action':[{'rdf:value':'odrl:compensate','refinement':[{'leftOperand':'payAmount'"
        ",'operator':'eq','rightOperand':{'@value':'5.00','@type':'xsd:decimal'},'unit':'http://"
        "dbpedia.org/resource/Euro'}]}]}]"),
   "payment", "{'model':'per-use','amount':'5.00','currency':'Euro'}", FALSE},
  {"tell", MAY ("'duty':[{'action':'inform','informedParty':'mailto:a@q.example'}]"), "notify",
   "{'required':true,'email':'a@q.example'}", FALSE},
  {"consequence", MAY ("'duty':[{'action':'attribute','consequence':[{'action':'compensate'}]}]"),
   "permission", "'yes'", TRUE},
  {"next-policy", MAY ("'duty':[{'action':'nextPolicy','target':'urn:n'}]"), "permission", "'yes'",
   TRUE},
  {"no-changes",
   FOREIGN ("'permission':[{'action':'distribute'}],'prohibition':[{'action':'modify'}]"),
   "derivatives", "['shorten','translate']", FALSE},
  {"no-changes-with-remedy",
   FOREIGN ("'permission':[{'action':'distribute'}],'prohibition':[{'action':'modify','remedy':[{'"
            "action':'delete'}]}]"),
   "derivatives", NULL, TRUE},
  {"no-archive",
   FOREIGN ("'permission':[{'action':'distribute'}],'prohibition':[{'action':'archive'}]"),
   "archive_days", NULL, TRUE},
  {"no-commerce",
   FOREIGN ("'permission':[{'action':'distribute'}],'prohibition':[{'action':'commercialize'}]"),
   "commercial", "'deny'", FALSE},
  {"no-mining",
   FOREIGN ("'permission':[{'action':'distribute'}],'prohibition':[{'action':'tdm:mine'}]"),
   "tdm_reserved", "true", FALSE},
  {"inherits", FOREIGN ("'inheritFrom':'urn:elsewhere','permission':[{'action':'distribute'}]"),
   "permission", "'yes'", TRUE},
  {"xml",
   "<o:Policy xmlns:o='http://www.w3.org/ns/odrl/2/' type='o:Offer' "
   "uid='https://q.example/7'><o:permission><o:action name='o:distribute'/>"
   "<o:constraint name='o:spatial' operator='o:isAnyOf' "
   "rightOperand='urn:iso:3166:NO'/></o:permission></o:Policy>",
   "territory", "{'allow':['NO']}", FALSE},
};

static void
test_foreign (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *text = g_strdelimit (g_strdup (foreign[i].policy), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (RpLicence) licence = NULL;
  g_autofree char *is = NULL;
  g_autofree char *expected = NULL;
  JsonNode *found;

  g_assert_true (rp_licence_is_odrl (text));
  licence = rp_licence_read_odrl (text, &error);
  g_assert_no_error (error);
  found = rp_json_get (rp_licence_get_profile (licence), foreign[i].member);
  is = found != NULL ? json_to_string (found, FALSE) : NULL;
  expected =
    foreign[i].expected != NULL ? g_strdelimit (g_strdup (foreign[i].expected), "'", '"') : NULL;
  if (is == NULL || expected == NULL) {
    g_assert_cmpstr (is, ==, expected);
  } else {
    g_autoptr (JsonNode) node = json_from_string (expected, NULL);

    if (!json_node_equal (found, node))
      g_assert_cmpstr (is, ==, expected);
  }
  g_assert_cmpint (rp_json_has (rp_licence_get_profile (licence), "policy"), ==, foreign[i].kept);
  check_round_trip (rp_licence_get_profile (licence));
}

static const char *const others[] = {
  "{'id':'deal','permission':'yes'}",           "CC-BY-4.0",
  "<rsl xmlns='https://rslstandard.org/rsl'/>", "odrl",
  "{'@type':'Set','uid':'urn:odrl'}",           "{'odrl'",
};

static void
test_others (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autofree char *text = g_strdelimit (g_strdup (others[i]), "'", '"');

    g_assert_false (rp_licence_is_odrl (text));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/core/licence-odrl/round-trip/built-in", "licences", test_files);
  g_test_add_data_func ("/core/licence-odrl/round-trip/samples", "sample/agreements", test_files);
  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++) {
    g_autofree char *name = g_strdup_printf ("/core/licence-odrl/round-trip/%02u", i);

    g_test_add_data_func (name, GUINT_TO_POINTER (i), test_profile);
  }
  for (guint i = 0; i < G_N_ELEMENTS (edits); i++) {
    g_autofree char *name = g_strconcat ("/core/licence-odrl/edit/", edits[i].name, NULL);

    g_test_add_data_func (name, GUINT_TO_POINTER (i), test_edit);
  }
  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++) {
    g_autofree char *name = g_strconcat ("/core/licence-odrl/foreign/", foreign[i].name, NULL);

    g_test_add_data_func (name, GUINT_TO_POINTER (i), test_foreign);
  }
  g_test_add_func ("/core/licence-odrl/others", test_others);

  return g_test_run ();
}
