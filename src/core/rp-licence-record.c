#include "rp-licence-record.h"

#include "rp-json.h"

void
rp_licence_version_free (RpLicenceVersion *version)
{
  g_clear_object (&version->licence);
  g_free (version);
}

void
rp_licence_use_free (RpLicenceUse *use)
{
  g_free (use->article_id);
  g_free (use->headline);
  g_free (use->partner_id);
  g_free (use->amount);
  g_free (use->currency);
  g_free (use);
}

static gboolean
is_same_member (JsonObject *one, JsonObject *two, const char *name)
{
  JsonNode *a = rp_json_get (one, name);
  JsonNode *b = two != NULL ? rp_json_get (two, name) : NULL;

  return a != NULL && b != NULL ? json_node_equal (a, b) : a == b;
}

static void
add_changes (GStrvBuilder *names, JsonObject *profile, JsonObject *other, gboolean missing_only)
{
  g_autoptr (GList) members = json_object_get_members (profile);

  for (GList *member = members; member != NULL; member = member->next) {
    const char *name = member->data;
    gboolean missing = other == NULL || !rp_json_has (other, name);

    if (g_str_equal (name, "version") || is_same_member (profile, other, name) ||
        (missing_only && !missing))
      continue;
    g_strv_builder_add (names, name);
  }
}

GStrv
rp_licence_version_list_changes (const RpLicenceVersion *version, const RpLicenceVersion *before)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  JsonObject *now = rp_licence_get_profile (version->licence);
  JsonObject *then = before != NULL ? rp_licence_get_profile (before->licence) : NULL;

  add_changes (names, now, then, FALSE);
  if (then != NULL)
    add_changes (names, then, now, TRUE);

  return g_strv_builder_end (names);
}
