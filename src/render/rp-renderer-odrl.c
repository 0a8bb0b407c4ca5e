/* The licence of the article as an ODRL policy whose asset is the article. */
#include "rp-error.h"
#include "rp-json.h"
#include "rp-licence-odrl.h"
#include "rp-render-rights.h"
#include "rp-renderer.h"

#include <glib/gi18n-lib.h>

/* An article without an address is known by its id. */
static char *
dup_address (RpArticle *article)
{
  const char *url = rp_article_get (article, RP_ARTICLE_CANONICAL_URL);

  if (url == NULL)
    url = rp_article_get (article, RP_ARTICLE_GUID);

  return url != NULL ? g_strdup (url)
                     : g_strconcat ("urn:uuid:", rp_article_get (article, RP_ARTICLE_ID), NULL);
}

/* Rules of a licence are about whatever it covers; here they are about this one article. */
static void
point_rules_at (JsonObject *policy, const char *address)
{
  static const char *const kinds[] = {"permission", "prohibition"};

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    JsonArray *rules = rp_json_get_array (policy, kinds[i]);

    for (guint k = 0; rules != NULL && k < json_array_get_length (rules); k++) {
      JsonNode *rule = json_array_get_element (rules, k);

      if (JSON_NODE_HOLDS_OBJECT (rule))
        json_object_set_string_member (json_node_get_object (rule), "target", address);
    }
  }
}

/* The licence of this article is a policy of its own. */
static void
name_policy (JsonObject *policy, const char *address)
{
  const char *uid = rp_json_get_string (policy, "uid");
  g_autofree char *escaped = g_uri_escape_string (address, NULL, FALSE);
  g_autofree char *own = g_strdup_printf ("%s:article:%s", uid != NULL ? uid : "", escaped);

  json_object_set_string_member (policy, "uid", own);
}

static GBytes *
odrl_render (const RpRenderJob *job, GError **error)
{
  g_autoptr (RpRenderRights) rights = rp_render_rights_new (job);
  g_autoptr (RpLicence) licence =
    job->licence != NULL ? rp_render_narrow_licence (job, rights) : NULL;
  g_autoptr (JsonObject) policy = NULL;
  g_autofree char *address = dup_address (job->article);

  if (licence == NULL) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNSUPPORTED,
                         _ ("The article has no licence to write as a policy; choose one"));
    return NULL;
  }
  policy = rp_licence_to_odrl (licence);
  /* A kept policy of other origin names its own assets. */
  if (!rp_json_has (rp_licence_get_profile (licence), "policy")) {
    point_rules_at (policy, address);
    name_policy (policy, address);
  }

  return rp_json_object_to_bytes (policy);
}

const RpRenderer rp_renderer_odrl = {
  .id = "odrl",
  .title = N_ ("ODRL policy"),
  .media_type = "application/ld+json",
  .render = odrl_render,
};
