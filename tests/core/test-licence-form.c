/* The forms in which licences come and go, apart from ODRL: what is recognised, what becomes of it,
 * and what comes back of what was written. */
#include "rp-error.h"
#include "rp-json.h"
#include "rp-licence-form.h"
#include "rp-licence-rsl.h"

#include <string.h>

/* "member", "member.inner" of the profile as text; "" when absent. Gives. */
static char *
dup_member (RpLicence *licence, const char *path)
{
  g_auto (GStrv) steps = g_strsplit (path, ".", 2);
  JsonObject *object = rp_licence_get_profile (licence);
  JsonNode *node;

  if (steps[1] != NULL)
    object = rp_json_get_object (object, steps[0]);
  node = object != NULL ? rp_json_get (object, steps[1] != NULL ? steps[1] : steps[0]) : NULL;
  if (node == NULL)
    return g_strdup ("");
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));

  return json_to_string (node, FALSE);
}

#define RSL_10                                                                                     \
  "<?xml version=\"1.0\"?><rsl xmlns=\"https://rslstandard.org/rsl\"><content "                    \
  "url=\"https://quay.example/news/\"><license><permits type=\"usage\">search "                    \
  "ai-index</permits><prohibits type=\"usage\">ai-train</prohibits><payment "                      \
  "type=\"subscription\"><custom>https://quay.example/buy</custom><amount "                        \
  "currency=\"EUR\">9.50</amount></payment></license><copyright type=\"organization\" "            \
  "contactEmail=\"rights@quay.example\">Quay Press</copyright><terms>https://quay.example/terms"   \
  "</terms></content></rsl>"
#define RSL_DRAFT                                                                                  \
  "<rsl xmlns=\"https://rslstandard.org/rsl\"><content url=\"/\"><license><prohibits "             \
  "type=\"usage\">train-ai,ai-use,ai-include</prohibits><payment "                                 \
  "type=\"royalty\"/></license></content></rsl>"
#define RSL_TWO                                                                                    \
  "<rsl xmlns=\"https://rslstandard.org/rsl\"><content url=\"/\"><license><permits "               \
  "type=\"usage\">ai-train</permits><payment type=\"training\"/></license><license><permits "      \
  "type=\"usage\">ai-index search</permits><payment type=\"free\"/></license></content></rsl>"
#define TDM_FILE                                                                                   \
  "[{\"location\": \"/*\", \"tdm-reservation\": 1, \"tdm-policy\": "                               \
  "\"https://quay.example/tdm.json\"}]"
#define TDM_POLICY                                                                                 \
  "{\"@context\": [\"http://www.w3.org/ns/odrl.jsonld\", {\"tdm\": "                               \
  "\"http://www.w3.org/ns/tdmrep#\"}], \"@type\": \"Offer\", \"profile\": "                        \
  "\"http://www.w3.org/ns/tdmrep\", \"uid\": \"https://quay.example/tdm.json\", \"assigner\": "    \
  "{\"vcard:fn\": \"Quay Press\", \"vcard:hasEmail\": \"mailto:rights@quay.example\"}, "           \
  "\"permission\": [{\"action\": \"tdm:mine\", \"duty\": [{\"action\": \"compensate\"}]}]}"
#define TDM_OPEN                                                                                   \
  "{\"@type\": \"Offer\", \"profile\": \"http://www.w3.org/ns/tdmrep\", \"permission\": "          \
  "[{\"action\": \"tdm:mine\"}]}"
#define BADGE                                                                                      \
  "<p xmlns:cc=\"http://creativecommons.org/ns#\">By <a rel=\"cc:attributionURL\" "                \
  "property=\"cc:attributionName\" href=\"https://quay.example/\">Mira Olsen</a>, <a "             \
  "rel=\"license\" href=\"http://creativecommons.org/licenses/by-nc/3.0/de/deed.en\">CC</a>. <a "  \
  "rel=\"cc:morePermissions\" href=\"https://quay.example/buy\">More</a></p>"
#define RDF                                                                                        \
  "<?xml version=\"1.0\"?><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "     \
  "xmlns:cc=\"http://creativecommons.org/ns#\"><cc:Work rdf:about=\"\"><cc:license "               \
  "rdf:resource=\"https://quay.example/deal\"/></cc:Work><cc:License "                             \
  "rdf:about=\"https://quay.example/deal\"><cc:permits "                                           \
  "rdf:resource=\"http://creativecommons.org/ns#Distribution\"/><cc:prohibits "                    \
  "rdf:resource=\"http://creativecommons.org/ns#CommercialUse\"/></cc:License></rdf:RDF>"
#define SCHEMA                                                                                     \
  "{\"@context\": \"https://schema.org\", \"@graph\": [{\"@type\": \"WebSite\"}, {\"@type\": "     \
  "\"NewsArticle\", \"license\": \"https://creativecommons.org/licenses/by-nd/4.0\", "             \
  "\"copyrightHolder\": {\"@type\": \"Organization\", \"name\": \"Quay Press\"}, "                 \
  "\"acquireLicensePage\": \"https://quay.example/buy\", \"expires\": \"2027-01-01\"}]}"

static const struct {
  const char *name;
  const char *text;
  const char *members[8][2];
} rows[] = {
  {"rsl",
   RSL_10,
   {{"permission", "ask"},
    {"ai.train", "deny"},
    {"ai.search", "deny"}, /* permitted, but not without the subscription */
    {"payment.model", "subscription"},
    {"payment.amount", "9.50"},
    {"rights_holder", "Quay Press"},
    {"terms_url", "https://quay.example/terms"},
    {"contact", "https://quay.example/buy"}}},
  {"rsl-draft",
   RSL_DRAFT,
   {{"permission", "ask"},
    {"ai.train", "deny"},
    {"ai.input", "deny"},
    {"tdm_reserved", "true"},
    {"payment.model", "per-use"}}},
  {"rsl-alternatives",
   RSL_TWO,
   {{"ai.train", "deny"}, {"ai.index", "allow"}, {"ai.search", "allow"}, {"tdm_reserved", ""}}},
  {"tdmrep-file",
   TDM_FILE,
   {{"permission", "ask"},
    {"tdm_reserved", "true"},
    {"tdm_policy", "https://quay.example/tdm.json"},
    {"ai.train", "deny"}}},
  {"tdmrep-policy",
   TDM_POLICY,
   {{"licensor", "Quay Press"},
    {"contact", "rights@quay.example"},
    {"tdm_reserved", "true"},
    {"payment.model", "per-use"}}},
  {"tdmrep-open", TDM_OPEN, {{"tdm_reserved", "false"}, {"ai.train", "allow"}}},
  {"ccrel-badge",
   BADGE,
   {{"spdx", "CC-BY-NC-3.0-DE"},
    {"url", "https://creativecommons.org/licenses/by-nc/3.0/de/"},
    {"licensor", "Mira Olsen"},
    {"contact", "https://quay.example/buy"},
    {"permission", "yes"}}},
  {"ccrel-rdf",
   RDF,
   {{"url", "https://quay.example/deal"},
    {"permission", "yes"},
    {"commercial", "deny"},
    {"derivatives", "[]"}}},
  {"schema-org",
   SCHEMA,
   {{"spdx", "CC-BY-ND-4.0"},
    {"rights_holder", "Quay Press"},
    {"contact", "https://quay.example/buy"},
    {"expires", "2027-01-01"},
    {"permission", "yes"}}},
  {"spdx", " CC-BY-SA-4.0\n", {{"url", "https://creativecommons.org/licenses/by-sa/4.0/"}}},
  {"address",
   "https://creativecommons.org/publicdomain/zero/1.0/deed.fr",
   {{"spdx", "CC0-1.0"}, {"permission", "yes"}}},
  {"profile", "\xef\xbb\xbf {\"id\": \"deal\", \"permission\": \"no\"}", {{"permission", "no"}}},
};

static void
test_read (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (RpLicence) licence = rp_licence_form_read (rows[i].text, &error);

  g_assert_no_error (error);
  for (guint k = 0; k < G_N_ELEMENTS (rows[i].members) && rows[i].members[k][0] != NULL; k++) {
    g_autofree char *value = dup_member (licence, rows[i].members[k][0]);

    g_test_message ("%s", rows[i].members[k][0]);
    g_assert_cmpstr (value, ==, rows[i].members[k][1]);
  }
}

static void
test_refused (void)
{
  static const struct {
    const char *text;
    int code;
  } refused[] = {
    {"", RP_ERROR_UNSUPPORTED},
    {"All rights reserved.", RP_ERROR_UNSUPPORTED},
    {"{\"a\": 1}", RP_ERROR_UNSUPPORTED},
    {"<html><body>Words</body></html>", RP_ERROR_UNSUPPORTED},
    {"<rsl xmlns=\"https://rslstandard.org/rsl\"/>", RP_ERROR_UNREADABLE},
    {"<rsl xmlns=\"https://rslstandard.org/rsl\"", RP_ERROR_UNREADABLE},
    {"{\"id\": \"x\", \"permission\": \"perhaps\"}", RP_ERROR_INVALID},
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (RpLicence) licence = rp_licence_form_read (refused[i].text, &error);

    g_test_message ("%s", refused[i].text);
    g_assert_null (licence);
    g_assert_error (error, RP_ERROR, refused[i].code);
  }
}

static RpLicence *
new_licence (void)
{
  g_autoptr (GError) error = NULL;
  RpLicence *licence = rp_licence_form_read (
    "{\"id\": \"quay\", \"name\": \"Quay & <Press>\", \"permission\": \"yes\", \"url\": "
    "\"https://quay.example/deal\", \"licensor\": \"Quay & <Press>\", \"rights_holder\": \"Quay "
    "Press\", \"contact\": \"https://quay.example/buy\", \"tdm_reserved\": true, \"tdm_policy\": "
    "\"https://quay.example/tdm.json\", \"expires\": \"2027-01-01T00:00:00Z\", \"ai\": "
    "{\"search\": "
    "\"allow\"}}",
    &error);

  g_assert_no_error (error);

  return licence;
}

/* Each form gives back what it has words for. */
static void
test_back (void)
{
  static const struct {
    const char *form;
    const char *members[5][2];
  } back[] = {
    {"rsl",
     {{"rights_holder", "Quay Press"},
      {"contact", "https://quay.example/buy"},
      {"tdm_reserved", "true"},
      {"ai.train", "deny"},
      {"ai.search", "allow"}}},
    {"tdmrep",
     {{"licensor", "Quay & <Press>"},
      {"contact", "https://quay.example/buy"},
      {"tdm_reserved", "true"},
      {"tdm_policy", "https://quay.example/tdm.json"}}},
    {"ccrel",
     {{"url", "https://quay.example/deal"},
      {"licensor", "Quay & <Press>"},
      {"contact", "https://quay.example/buy"}}},
    {"schema-org",
     {{"url", "https://quay.example/deal"},
      {"licensor", "Quay & <Press>"},
      {"rights_holder", "Quay Press"},
      {"contact", "https://quay.example/buy"},
      {"expires", "2027-01-01T00:00:00Z"}}},
    {"profile", {{"id", "quay"}, {"permission", "yes"}}},
  };
  g_autoptr (RpLicence) licence = new_licence ();

  for (guint i = 0; i < G_N_ELEMENTS (back); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *text = rp_licence_form_write (licence, back[i].form, &error);
    g_autoptr (RpLicence) read = NULL;

    g_assert_no_error (error);
    read = rp_licence_form_read (text, &error);
    g_assert_no_error (error);
    for (guint k = 0; k < 5 && back[i].members[k][0] != NULL; k++) {
      g_autofree char *value = dup_member (read, back[i].members[k][0]);

      g_test_message ("%s %s", back[i].form, back[i].members[k][0]);
      g_assert_cmpstr (value, ==, back[i].members[k][1]);
    }
  }
}

/* A licence that is silent about machines must not become one that grants them everything. */
static void
test_silence (void)
{
  g_autoptr (RpLicence) licence =
    rp_licence_form_read ("{\"id\": \"deal\", \"permission\": \"yes\"}", NULL);
  static const char *const forms[] = {"rsl", "tdmrep", "ccrel", "papyrus", "spdx"};

  g_assert_null (rp_licence_to_rsl (licence, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (rp_licence_form_write (licence, forms[i], &error));
    g_assert_error (error, RP_ERROR, RP_ERROR_UNSUPPORTED);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/core/licence-form/read/%s", rows[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_read);
  }
  g_test_add_func ("/core/licence-form/refused", test_refused);
  g_test_add_func ("/core/licence-form/back", test_back);
  g_test_add_func ("/core/licence-form/silence", test_silence);

  return g_test_run ();
}
