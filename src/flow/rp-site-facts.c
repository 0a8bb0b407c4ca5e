#include "rp-site-facts.h"

#include "rp-json.h"

#define FRESH (5 * G_TIME_SPAN_MINUTE)

struct _RpSiteFacts {
  GHashTable *sites; /* owned: partner's id -> Site */
};

typedef struct {
  char *partner;     /* owned: the partner as it was asked, as text */
  JsonObject *facts; /* owned */
  gint64 until;      /* of the monotonic clock */
} Site;

static void
site_free (gpointer data)
{
  Site *site = data;

  g_free (site->partner);
  json_object_unref (site->facts);
  g_free (site);
}

RpSiteFacts *
rp_site_facts_new (void)
{
  RpSiteFacts *facts = g_new0 (RpSiteFacts, 1);

  facts->sites = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, site_free);

  return facts;
}

void
rp_site_facts_free (RpSiteFacts *facts)
{
  g_hash_table_unref (facts->sites);
  g_free (facts);
}

static char *
dup_text (RpPartner *partner)
{
  g_autoptr (JsonObject) object = rp_partner_to_json (partner);

  return rp_json_object_to_text (object, FALSE);
}

static const Site *
find_fresh (RpSiteFacts *facts, RpPartner *partner)
{
  const Site *site = g_hash_table_lookup (facts->sites, rp_partner_get_id (partner));
  g_autofree char *text = site != NULL ? dup_text (partner) : NULL;

  return site != NULL && site->until > g_get_monotonic_time () && g_str_equal (site->partner, text)
           ? site
           : NULL;
}

void
rp_site_facts_lend (RpSiteFacts *facts,
                    const RpConnector *connector,
                    RpPartner *partner,
                    JsonObject *memory)
{
  const Site *site = connector->site_facts != NULL ? find_fresh (facts, partner) : NULL;

  for (guint i = 0; site != NULL && connector->site_facts[i] != NULL; i++) {
    const char *name = connector->site_facts[i];
    JsonNode *known = rp_json_get (site->facts, name);

    if (known != NULL && !rp_json_has (memory, name))
      json_object_set_member (memory, name, json_node_copy (known));
  }
}

void
rp_site_facts_keep (RpSiteFacts *facts,
                    const RpConnector *connector,
                    RpPartner *partner,
                    JsonObject *memory)
{
  Site *site;

  if (connector->site_facts == NULL || find_fresh (facts, partner) != NULL)
    return;
  site = g_new0 (Site, 1);
  site->partner = dup_text (partner);
  site->facts = json_object_new ();
  site->until = g_get_monotonic_time () + FRESH;
  for (guint i = 0; connector->site_facts[i] != NULL; i++) {
    JsonNode *node = rp_json_get (memory, connector->site_facts[i]);

    if (node != NULL)
      json_object_set_member (site->facts, connector->site_facts[i], json_node_copy (node));
  }
  g_hash_table_replace (facts->sites, g_strdup (rp_partner_get_id (partner)), site);
}

void
rp_site_facts_forget (RpSiteFacts *facts, RpPartner *partner)
{
  g_hash_table_remove (facts->sites, rp_partner_get_id (partner));
}
