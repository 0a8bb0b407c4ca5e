/* What is lent from one delivery to the next, and when not. */
#include "rp-json.h"
#include "rp-site-facts.h"

typedef struct {
  RpSiteFacts *facts;
  RpPartner *partner;
} Fixture;

static JsonObject *
read_object (const char *text)
{
  g_autoptr (JsonNode) node = rp_json_parse_text (text, NULL);

  return rp_json_object_copy (json_node_get_object (node));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) memory =
    read_object ("{\"api\":\"https://quay.example/m\",\"media\":{\"a\":1},\"known\":true}");

  fixture->facts = rp_site_facts_new ();
  fixture->partner = rp_partner_new ("quay", "Quay", "micropub");
  rp_partner_set_setting (fixture->partner, "url", "https://quay.example/");
  rp_site_facts_keep (fixture->facts, rp_connector_find ("micropub", NULL), fixture->partner,
                      memory);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rp_site_facts_free (fixture->facts);
  g_object_unref (fixture->partner);
}

static void
assert_lent (Fixture *fixture, const char *connector, const char *before, const char *after)
{
  g_autoptr (JsonObject) memory = read_object (before);
  g_autofree char *text = NULL;

  rp_site_facts_lend (fixture->facts, rp_connector_find (connector, NULL), fixture->partner,
                      memory);
  text = rp_json_object_to_text (memory, FALSE);
  g_assert_cmpstr (text, ==, after);
}

static void
test_lent (Fixture *fixture, gconstpointer data)
{
  assert_lent (fixture, "micropub", "{}", "{\"api\":\"https://quay.example/m\",\"known\":true}");
  assert_lent (fixture, "micropub", "{\"api\":\"https://old.example/\"}",
               "{\"api\":\"https://old.example/\",\"known\":true}");
  assert_lent (fixture, "webhook", "{}", "{}");
}

static void
test_changed_settings (Fixture *fixture, gconstpointer data)
{
  rp_partner_set_setting (fixture->partner, "url", "https://pier.example/");
  assert_lent (fixture, "micropub", "{}", "{}");
}

static void
test_forgotten (Fixture *fixture, gconstpointer data)
{
  rp_site_facts_forget (fixture->facts, fixture->partner);
  assert_lent (fixture, "micropub", "{}", "{}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/flow/site-facts/lent", Fixture, NULL, set_up, test_lent, tear_down);
  g_test_add ("/flow/site-facts/changed-settings", Fixture, NULL, set_up, test_changed_settings,
              tear_down);
  g_test_add ("/flow/site-facts/forgotten", Fixture, NULL, set_up, test_forgotten, tear_down);

  return g_test_run ();
}
