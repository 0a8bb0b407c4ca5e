/* What must hold for every case, tried on cases made at random from a fixed seed: a restriction
 * more never lets more pass, whatever stands in the way says why and what to do, and the same
 * question has the same answer, also when its facts were kept. */
#include "rp-json.h"
#include "rp-rights.h"

#include <string.h>

#define ROUNDS 1500

/* A term, and whether it restricts: adding one of these may only make the answer stricter. */
static const char *const restrictions[] = {
  "{\"permission\":\"no\"}",
  "{\"permission\":\"ask\"}",
  "{\"channels\":[\"print\"]}",
  "{\"outlets\":[\"elsewhere\"]}",
  "{\"requires_accreditation\":true}",
  "{\"exclusive_to\":\"elsewhere\",\"exclusive_until\":\"2027-01-01T00:00:00Z\"}",
  "{\"territory\":{\"deny\":[\"DE\"]}}",
  "{\"territory\":{\"allow\":[\"FR\"]}}",
  "{\"valid_from\":\"2026-09-01T00:00:00Z\"}",
  "{\"expires\":\"2026-05-01T00:00:00Z\"}",
  "{\"max_age_days\":3}",
  "{\"archive_days\":30}",
  "{\"commercial\":\"deny\"}",
  "{\"commercial\":\"no-direct-sale\"}",
  "{\"paywall\":\"forbidden\"}",
  "{\"derivatives\":[]}",
  "{\"max_words\":100}",
  "{\"max_paragraphs\":2}",
  "{\"preserve_links\":true}",
  "{\"mandatory_line\":\"With thanks.\"}",
  "{\"credit_position\":\"top\"}",
  "{\"link_original\":\"required\"}",
  "{\"canonical\":\"required\"}",
  "{\"noindex\":\"required\"}",
  "{\"tracking_required\":\"required\"}",
  "{\"images\":\"excluded\"}",
  "{\"images\":\"separate\"}",
  "{\"ai\":{\"train\":\"deny\"}}",
  "{\"payment\":{\"model\":\"per-use\",\"amount\":40,\"currency\":\"GBP\"}}",
  "{\"quota\":{\"max_uses\":3}}",
  "{\"max_items_30d\":2}",
  "{\"notify\":{\"required\":true,\"email\":\"desk@quay.example\"}}",
  "{\"takedown\":{\"must_honour_kill\":true,\"hours\":4}}",
  "{\"share_alike\":true,\"licence_on_copy\":\"CC-BY-SA-4.0\"}",
  "{\"confidence\":\"guessed\"}",
};

static const char *const articles[] = {
  "{\"pubstatus\":\"usable\",\"canonical_url\":\"https://quay.example/a\",\"site_name\":\"Quay\"}",
  "{\"pubstatus\":\"canceled\"}",
  "{\"pubstatus\":\"withheld\"}",
  "{\"embargoed_until\":\"2026-07-01T00:00:00+02:00\",\"authors\":[\"Ada Reeve\"]}",
  "{\"expires\":\"2026-01-01T00:00:00Z\",\"published\":\"2026-05-01T00:00:00Z\"}",
  "{\"published\":\"2026-05-31T00:00:00Z\",\"images\":[{\"url\":\"https://quay.example/a.jpg\","
  "\"credit\":\"Joris Halm\"}]}",
  "{\"authors\":[\"Ada Reeve\"],\"images\":[{\"url\":\"https://quay.example/b.jpg\","
  "\"licence_url\":\"https://creativecommons.org/licenses/by-nc/4.0/\"}]}",
};

static const char *const endpoints[] = {
  "{\"id\":\"herald\",\"channels\":[\"web\"],\"territories\":[\"DE\"],\"commercial\":true}",
  "{\"id\":\"herald\",\"name\":\"Herald\",\"paywalled\":true,\"ads\":\"targeted\"}",
  "{\"id\":\"society\",\"channels\":[\"print\"],\"can_unpublish\":false,\"commercial\":false}",
  "{\"id\":\"world\",\"territories\":[\"*\"],\"can_unpublish\":true,\"accredited\":false}",
  "{\"id\":\"machine\",\"feeds_ai_training\":true,\"indexable\":true,\"accredited\":true}",
};

static const char *const edits[] = {
  "{}",
  "{\"headline_changed\":true,\"body\":\"none\",\"words\":90}",
  "{\"headline_changed\":false,\"body\":\"style\",\"words\":300,\"paragraphs\":5}",
  "{\"body\":\"shortened\",\"words\":120,\"paragraphs\":2}",
  "{\"body\":\"translated\"}",
  "{\"body\":\"rewritten\",\"words\":400}",
};

static const char *const outputs[] = {
  "{\"credit_author\":true,\"credit_source\":true,\"link_original\":true,\"link_licence\":true,"
  "\"title_present\":true,\"changes_note\":true,\"mandatory_line\":true,\"credit_position\":"
  "\"top\",\"links_kept\":1,\"noindex\":true,\"tracking\":true}",
  "{\"credit_author\":false,\"credit_source\":false,\"link_original\":false,\"link_licence\":false,"
  "\"title_present\":false,\"changes_note\":false,\"mandatory_line\":false,\"credit_position\":"
  "\"end\",\"links_kept\":0.5,\"noindex\":false,\"tracking\":false}",
  "{\"credit_source\":true,\"canonical\":\"https://herald.example/a\",\"licence_on_copy\":"
  "\"CC-BY-4.0\"}",
};

static const char *const spdx_ids[] = {NULL,           "CC-BY-4.0",    "CC-BY-SA-3.0",
                                       "CC-BY-ND-4.0", "CC-BY-NC-2.0", "CC0-1.0"};

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = rp_json_parse_text (text, &error);

  g_assert_no_error (error);

  return json_object_ref (json_node_get_object (node));
}

#define PICK(rand, list) (list)[g_rand_int_range ((rand), 0, G_N_ELEMENTS (list))]

static void
take_member_cb (JsonObject *from, const char *name, JsonNode *node, gpointer to)
{
  json_object_set_member (to, name, json_node_copy (node));
}

static void
restrict_more (JsonObject *licence, const char *text)
{
  g_autoptr (JsonObject) more = parse (text);

  json_object_foreach_member (more, take_member_cb, licence);
}

static JsonObject *
make_licence (GRand *rand)
{
  JsonObject *licence = parse ("{\"id\":\"deal\",\"name\":\"Deal\",\"permission\":\"yes\"}");

  rp_json_set_string (licence, "spdx", PICK (rand, spdx_ids));
  for (int i = g_rand_int_range (rand, 0, 5); i > 0; i--)
    restrict_more (licence, PICK (rand, restrictions));

  return licence;
}

static JsonObject *
make_case (GRand *rand)
{
  JsonObject *object = parse ("{\"now\":\"2026-06-01T08:00:00Z\"}");
  JsonObject *plan = parse ("{\"history\":{\"items_from_source_30d\":2,\"uses_total\":3}}");

  json_object_set_object_member (plan, "endpoint", parse (PICK (rand, endpoints)));
  json_object_set_object_member (plan, "edits", parse (PICK (rand, edits)));
  json_object_set_object_member (plan, "output", parse (PICK (rand, outputs)));
  json_object_set_object_member (object, "plan", plan);
  json_object_set_object_member (object, "article", parse (PICK (rand, articles)));
  json_object_set_object_member (object, "licence", make_licence (rand));

  return object;
}

static RpRightsCase *
read_case (JsonObject *object)
{
  g_autoptr (GError) error = NULL;
  RpRightsCase *rights_case = rp_rights_case_new_from_json (object, &error);

  g_assert_no_error (error);

  return rights_case;
}

static RpDecision *
judge (JsonObject *object)
{
  g_autoptr (RpRightsCase) rights_case = read_case (object);

  return rp_rights_judge (rights_case);
}

static char *
describe (RpDecision *decision)
{
  GPtrArray *findings = rp_decision_get_findings (decision);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++) {
    const RpFinding *finding = findings->pdata[i];

    g_string_append_printf (text, "%s %d %s|%s|%s\n", finding->rule, finding->severity,
                            finding->message, finding->fix_action, finding->fix_args);
  }

  return g_string_free (text, FALSE);
}

/* Each term is tried where the licence says nothing of it yet: taking the place of another one
 * might make it milder. */
static gboolean
is_new (JsonObject *licence, JsonObject *more)
{
  g_autoptr (GList) names = json_object_get_members (more);

  for (GList *name = names; name != NULL; name = name->next)
    if (json_object_has_member (licence, name->data))
      return FALSE;

  return TRUE;
}

/* ND and NC say no by themselves, and a list or a word of the licensor takes their place. */
static gboolean
is_milder (JsonObject *licence, const char *term)
{
  const char *spdx = rp_json_get_string (licence, "spdx");

  return spdx != NULL && strstr (spdx, "-NC") != NULL && strstr (term, "no-direct-sale") != NULL;
}

static void
test_restrictions (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260522);
  guint tried = 0;

  for (guint i = 0; i < ROUNDS; i++) {
    g_autoptr (JsonObject) object = make_case (rand);
    JsonObject *licence = json_object_get_object_member (object, "licence");
    g_autoptr (RpDecision) before = judge (object);
    g_autoptr (RpDecision) after = NULL;
    const char *term = PICK (rand, restrictions);
    g_autoptr (JsonObject) more = parse (term);

    json_object_remove_member (more, "permission");
    if (!is_new (licence, more) || is_milder (licence, term))
      continue;
    tried++;
    json_object_foreach_member (more, take_member_cb, licence);
    after = judge (object);
    if (!rp_decision_is_allowed (before) && rp_decision_is_allowed (after))
      g_error ("%s makes it allowed: %s", term, rp_json_object_to_text (object, FALSE));
  }
  g_assert_cmpuint (tried, >, ROUNDS / 2);
}

static void
test_findings (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint seen = 0;

  for (guint i = 0; i < ROUNDS; i++) {
    g_autoptr (JsonObject) object = make_case (rand);
    g_autoptr (RpDecision) decision = judge (object);
    GPtrArray *findings = rp_decision_get_findings (decision);

    for (guint k = 0; k < findings->len; k++) {
      const RpFinding *finding = findings->pdata[k];

      g_test_message ("%s: %s", finding->rule, finding->message);
      g_assert_cmpuint (strlen (finding->message), >, 10);
      g_assert_null (strstr (finding->message, "(null)"));
      if (finding->severity == RP_SEVERITY_INFO)
        continue;
      seen++;
      g_assert_nonnull (finding->fix_action);
      g_assert_nonnull (finding->fix_label);
    }
  }
  g_assert_cmpuint (seen, >, ROUNDS);
}

static void
test_same (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint i = 0; i < ROUNDS; i++) {
    g_autoptr (JsonObject) object = make_case (rand);
    g_autoptr (RpRightsCase) rights_case = read_case (object);
    g_autoptr (RpDecision) one = rp_rights_judge (rights_case);
    g_autoptr (RpDecision) two = rp_rights_judge (rights_case);
    g_autofree char *first = describe (one);
    g_autofree char *second = describe (two);

    g_assert_cmpstr (first, ==, second);
  }
}

/* The endpoint and the history are not kept: they are set again. */
static void
test_facts (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (13);

  for (guint i = 0; i < ROUNDS; i++) {
    g_autoptr (JsonObject) object = make_case (rand);
    g_autoptr (GError) error = NULL;
    g_autoptr (RpLicence) licence =
      rp_licence_new_from_json (json_object_get_object_member (object, "licence"), &error);
    g_autoptr (RpRightsCase) before = read_case (object);
    g_autofree char *facts = rp_rights_case_to_facts (before);
    g_autoptr (RpRightsCase) after =
      rp_rights_case_new_from_facts (facts, licence, NULL, before->now);
    g_autoptr (RpDecision) one = rp_rights_judge (before);
    g_autoptr (RpDecision) two = NULL;
    g_autofree char *first = describe (one);
    g_autofree char *second = NULL;

    g_assert_no_error (error);
    rp_rights_case_set_endpoint (after, &before->endpoint);
    after->items_from_source_30d = before->items_from_source_30d;
    after->uses_total = before->uses_total;
    two = rp_rights_judge (after);
    second = describe (two);
    g_assert_cmpstr (first, ==, second);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rights/properties/restrictions", test_restrictions);
  g_test_add_func ("/rights/properties/findings", test_findings);
  g_test_add_func ("/rights/properties/same", test_same);
  g_test_add_func ("/rights/properties/facts", test_facts);

  return g_test_run ();
}
