#include "rp-licence.h"

#include "rp-error.h"
#include "rp-json.h"
#include "rp-text.h"
#include "rp-time.h"

#include <glib/gi18n-lib.h>

#include <string.h>

struct _RpLicence {
  GObject parent_instance;

  JsonObject *profile; /* owned */
  RpTerms *terms;      /* owned */
};

G_DEFINE_FINAL_TYPE (RpLicence, rp_licence, G_TYPE_OBJECT)

typedef enum {
  KIND_STRING = 1 << 0,
  KIND_BOOLEAN = 1 << 1,
  KIND_NUMBER = 1 << 2,
  KIND_LIST = 1 << 3,
  KIND_OBJECT = 1 << 4,
} Kind;

static const struct {
  const char *name;
  Kind kinds;
} fields[] = {
  {"id", KIND_STRING},
  {"name", KIND_STRING},
  {"summary", KIND_STRING},
  {"version", KIND_NUMBER},
  {"spdx", KIND_STRING},
  {"url", KIND_STRING},
  {"statement", KIND_STRING},
  {"terms_url", KIND_STRING},
  {"confidence", KIND_STRING},
  {"licensor", KIND_STRING},
  {"rights_holder", KIND_STRING},
  {"copyright_notice", KIND_STRING},
  {"contact", KIND_STRING},
  {"permission", KIND_STRING},
  {"channels", KIND_STRING | KIND_LIST},
  {"outlets", KIND_STRING | KIND_LIST},
  {"requires_accreditation", KIND_BOOLEAN},
  {"exclusive_to", KIND_STRING},
  {"exclusive_until", KIND_STRING},
  {"territory", KIND_OBJECT},
  {"valid_from", KIND_STRING},
  {"expires", KIND_STRING},
  {"max_age_days", KIND_NUMBER},
  {"archive_days", KIND_NUMBER},
  {"commercial", KIND_STRING},
  {"paywall", KIND_STRING},
  {"derivatives", KIND_STRING | KIND_LIST},
  {"share_alike", KIND_BOOLEAN},
  {"licence_on_copy", KIND_STRING},
  {"max_words", KIND_NUMBER},
  {"max_paragraphs", KIND_NUMBER},
  {"max_images", KIND_NUMBER},
  {"preserve_links", KIND_BOOLEAN},
  {"mandatory_line", KIND_STRING | KIND_LIST},
  {"mandatory_lines", KIND_STRING | KIND_LIST},
  {"credit_position", KIND_STRING},
  {"credit_text", KIND_STRING},
  {"credit_template", KIND_STRING | KIND_OBJECT},
  {"link_original", KIND_STRING | KIND_BOOLEAN},
  {"link_target", KIND_STRING},
  {"canonical", KIND_STRING | KIND_BOOLEAN},
  {"noindex", KIND_STRING | KIND_BOOLEAN},
  {"tracking_required", KIND_STRING | KIND_BOOLEAN},
  {"tracking_html", KIND_STRING},
  {"images", KIND_STRING | KIND_LIST | KIND_OBJECT},
  {"ai", KIND_OBJECT},
  {"tdm_reserved", KIND_BOOLEAN},
  {"tdm_policy", KIND_STRING},
  {"payment", KIND_OBJECT},
  {"quota", KIND_OBJECT},
  {"max_items_30d", KIND_NUMBER},
  {"notify", KIND_OBJECT},
  {"takedown", KIND_OBJECT},
  {"match", KIND_STRING | KIND_LIST},
  {"template", KIND_BOOLEAN},
  {"read", KIND_STRING},
  {"licence_name", KIND_STRING},
};

static void
rp_licence_finalize (GObject *object)
{
  RpLicence *self = RP_LICENCE (object);

  g_clear_pointer (&self->profile, json_object_unref);
  g_clear_pointer (&self->terms, rp_terms_free);
  G_OBJECT_CLASS (rp_licence_parent_class)->finalize (object);
}

static void
rp_licence_class_init (RpLicenceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rp_licence_finalize;
}

static void
rp_licence_init (RpLicence *self)
{
}

static Kind
get_kind (JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    return KIND_LIST;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return KIND_OBJECT;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return KIND_STRING;
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return KIND_BOOLEAN;

  return KIND_NUMBER;
}

static gboolean
check_types (JsonObject *profile, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    JsonNode *node = rp_json_get (profile, fields[i].name);

    if (node != NULL && (get_kind (node) & fields[i].kinds) == 0) {
      g_set_error (error, RP_ERROR, RP_ERROR_INVALID,
                   _ ("The licence's field “%s” holds a value of the wrong kind"), fields[i].name);
      return FALSE;
    }
  }

  return TRUE;
}

static gboolean
check_choice (JsonObject *profile, const char *field, const char *const *choices, GError **error)
{
  const char *value = rp_json_get_string (profile, field);
  g_autofree char *list = NULL;

  if (value == NULL || g_strv_contains (choices, value))
    return TRUE;

  list = g_strjoinv (", ", (char **) choices);
  g_set_error (error, RP_ERROR, RP_ERROR_INVALID,
               _ ("The licence's field “%s” is “%s”, but it can only be one of: %s"), field, value,
               list);

  return FALSE;
}

static gboolean
check_time (JsonObject *profile, const char *field, GError **error)
{
  const char *value = rp_json_get_string (profile, field);

  if (value == NULL || rp_time_instant (value) != RP_TIME_NONE)
    return TRUE;

  g_set_error (error, RP_ERROR, RP_ERROR_INVALID,
               _ ("The licence's field “%s” is “%s”, which is not a date or time"), field, value);

  return FALSE;
}

/* A typing error in a term must not read as "says nothing". */
static gboolean
check_values (JsonObject *profile, GError **error)
{
  static const char *const permissions[] = {"yes", "ask", "no", NULL};
  static const char *const commercial[] = {"allow", "deny", "no-direct-sale", NULL};
  static const char *const paywall[] = {"allow", "forbidden", NULL};

  return check_choice (profile, "permission", permissions, error) &&
         check_choice (profile, "commercial", commercial, error) &&
         check_choice (profile, "paywall", paywall, error) &&
         check_time (profile, "expires", error) && check_time (profile, "valid_from", error) &&
         check_time (profile, "exclusive_until", error);
}

RpLicence *
rp_licence_new_from_json (JsonObject *profile, GError **error)
{
  g_autoptr (RpLicence) self = NULL;

  g_return_val_if_fail (profile != NULL, NULL);

  if (!check_types (profile, error) || !check_values (profile, error))
    return NULL;
  if (rp_text_is_empty (rp_json_get_string (profile, "id"))) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_INVALID, _ ("The licence has no id"));
    return NULL;
  }

  self = g_object_new (RP_TYPE_LICENCE, NULL);
  self->profile = rp_json_object_copy (profile);
  self->terms = rp_terms_new (self->profile);

  return g_steal_pointer (&self);
}

JsonObject *
rp_licence_get_profile (RpLicence *self)
{
  g_return_val_if_fail (RP_IS_LICENCE (self), NULL);

  return self->profile;
}

const RpTerms *
rp_licence_get_terms (RpLicence *self)
{
  g_return_val_if_fail (RP_IS_LICENCE (self), NULL);

  return self->terms;
}

const char *
rp_licence_get_id (RpLicence *self)
{
  return rp_licence_get (self, "id");
}

const char *
rp_licence_get_name (RpLicence *self)
{
  const char *name = rp_licence_get (self, "name");

  return name != NULL ? name : rp_licence_get_id (self);
}

const char *
rp_licence_get_spdx (RpLicence *self)
{
  return rp_licence_get (self, "spdx");
}

const char *
rp_licence_get_url (RpLicence *self)
{
  return rp_licence_get (self, "url");
}

const char *
rp_licence_get (RpLicence *self, const char *member)
{
  g_return_val_if_fail (RP_IS_LICENCE (self), NULL);

  return rp_json_get_string (self->profile, member);
}

gint64
rp_licence_get_version (RpLicence *self)
{
  g_return_val_if_fail (RP_IS_LICENCE (self), 0);

  return rp_json_get_int (self->profile, "version", 1);
}

gboolean
rp_licence_is_builtin (RpLicence *self)
{
  g_return_val_if_fail (RP_IS_LICENCE (self), FALSE);

  return rp_json_get_boolean (self->profile, "builtin", FALSE);
}

gboolean
rp_licence_is_creative_commons_by (RpLicence *self)
{
  g_return_val_if_fail (RP_IS_LICENCE (self), FALSE);

  return self->terms->is_creative_commons_by;
}

gboolean
rp_licence_is_public_domain (RpLicence *self)
{
  g_return_val_if_fail (RP_IS_LICENCE (self), FALSE);

  return self->terms->is_public_domain;
}

static char *
make_agreement_id (const char *licensor)
{
  g_autofree char *slug = rp_text_slug (licensor, 60);

  return g_strconcat (slug, "-agreement", NULL);
}

static void
set_agreement_template (JsonObject *profile)
{
  static const char *const templates[][2] = {
    {"en", "Published under licence from {source}[, a {holder} publication]. All rights reserved."},
    {"de", "Veröffentlicht unter Lizenz von {source}[, einer Publikation von {holder}]. Alle "
           "Rechte vorbehalten."},
    {"fr", "Publié sous licence de {source}[, une publication de {holder}]. Tous droits réservés."},
    {"es", "Publicado bajo licencia de {source}[, una publicación de {holder}]. Todos los derechos "
           "reservados."},
    {"zh", "经 {source} 许可发布[，{holder} 旗下刊物]。保留所有权利。"},
    {"ar", "نُشر بترخيص من {source}[، أحد إصدارات {holder}]. جميع الحقوق محفوظة."},
  };
  JsonObject *by_language = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (templates); i++)
    json_object_set_string_member (by_language, templates[i][0], templates[i][1]);
  json_object_set_object_member (profile, "credit_template", by_language);
}

static char *
dup_draft_licensor (RpArticle *article)
{
  RpStatement *statement = rp_article_get_statement (article);
  const char *licensor = rp_statement_get (statement, RP_STATEMENT_LICENSOR);

  if (licensor == NULL)
    licensor = rp_statement_get (statement, RP_STATEMENT_RIGHTS_HOLDER);
  if (licensor == NULL)
    licensor = rp_article_get (article, RP_ARTICLE_PROVIDER);
  if (licensor == NULL)
    licensor = rp_article_get (article, RP_ARTICLE_SITE_NAME);

  return licensor != NULL ? g_strdup (licensor)
                          : rp_text_host (rp_article_get (article, RP_ARTICLE_CANONICAL_URL));
}

/* The pattern by which the next article of the same licensor is recognised. */
static void
set_draft_match (JsonObject *profile, RpArticle *article, const char *licensor)
{
  RpStatement *statement = rp_article_get_statement (article);
  g_autoptr (JsonArray) match = json_array_new ();
  g_autofree char *host = rp_text_host (rp_article_get (article, RP_ARTICLE_CANONICAL_URL));
  const char *kind = NULL;

  if (rp_text_same (licensor, rp_statement_get (statement, RP_STATEMENT_LICENSOR)))
    kind = "licensor:";
  else if (rp_text_same (licensor, rp_statement_get (statement, RP_STATEMENT_RIGHTS_HOLDER)))
    kind = "holder:";

  if (kind != NULL) {
    g_autofree char *pattern = g_strconcat (kind, licensor, NULL);

    json_array_add_string_element (match, pattern);
  } else if (host != NULL) {
    json_array_add_string_element (match, host);
  }
  json_object_set_array_member (profile, "match", g_steal_pointer (&match));
}

JsonObject *
rp_licence_draft_for (RpArticle *article)
{
  JsonObject *profile = json_object_new ();
  g_autofree char *licensor = NULL;
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  const char *const changes[] = {"headline", "style", NULL};
  RpStatement *statement;

  g_return_val_if_fail (RP_IS_ARTICLE (article), profile);

  statement = rp_article_get_statement (article);
  licensor = dup_draft_licensor (article);
  if (licensor == NULL)
    licensor = g_strdup (_ ("the licensor"));
  id = make_agreement_id (licensor);
  name = g_strdup_printf (_ ("Agreement with %s"), licensor);

  json_object_set_string_member (profile, "id", id);
  json_object_set_string_member (profile, "name", name);
  json_object_set_int_member (profile, "version", 1);
  json_object_set_string_member (profile, "licensor", licensor);
  rp_json_set_string (profile, "rights_holder",
                      rp_statement_get (statement, RP_STATEMENT_RIGHTS_HOLDER));
  rp_json_set_string (profile, "copyright_notice",
                      rp_statement_get (statement, RP_STATEMENT_COPYRIGHT_NOTICE));
  rp_json_set_string (profile, "statement", rp_statement_get (statement, RP_STATEMENT_STATEMENT));
  json_object_set_string_member (profile, "permission", "yes");
  rp_json_set_strv (profile, "derivatives", changes);
  set_draft_match (profile, article, licensor);
  set_agreement_template (profile);

  return profile;
}
