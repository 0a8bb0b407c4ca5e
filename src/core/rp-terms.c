#include "rp-terms.h"

#include "rp-json.h"
#include "rp-text.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* "by-nc-nd/3.0/de" of an address and "by-nc-nd-3.0-de" of an SPDX id are the same words. */
static void
read_creative_commons_words (char **words, RpCreativeCommons *out)
{
  for (guint i = 0; words[i] != NULL; i++) {
    const char *word = words[i];

    if (g_str_equal (word, "by"))
      out->attribution = TRUE;
    else if (g_str_equal (word, "nc"))
      out->non_commercial = TRUE;
    else if (g_str_equal (word, "nd"))
      out->no_derivatives = TRUE;
    else if (g_str_equal (word, "sa"))
      out->share_alike = TRUE;
    else if (g_ascii_isdigit (word[0]))
      out->version = (int) (g_ascii_strtod (word, NULL) * 10 + 0.5);
    else if (out->version > 0 && out->jurisdiction[0] == '\0' && strlen (word) < 16 &&
             !g_str_has_prefix (word, "deed") && !g_str_has_prefix (word, "legalcode"))
      g_strlcpy (out->jurisdiction, word, sizeof out->jurisdiction);
  }
}

gboolean
rp_creative_commons_read (const char *spdx_or_url, RpCreativeCommons *out)
{
  g_autofree char *lower = NULL;
  g_auto (GStrv) words = NULL;
  const char *start;

  memset (out, 0, sizeof *out);
  if (spdx_or_url == NULL)
    return FALSE;

  lower = g_ascii_strdown (spdx_or_url, -1);
  start = strstr (lower, "creativecommons.org/");
  if (start != NULL)
    start += strlen ("creativecommons.org/");
  else if (g_str_has_prefix (lower, "cc-") || g_str_has_prefix (lower, "cc0"))
    start = lower;
  else
    return FALSE;

  words = g_strsplit_set (start, "-/?#", -1);
  read_creative_commons_words (words, out);
  for (char *letter = out->jurisdiction; *letter != '\0'; letter++)
    *letter = g_ascii_toupper (*letter);

  return out->attribution || g_str_has_prefix (start, "cc0") ||
         g_str_has_prefix (start, "cc-pdm") || g_str_has_prefix (start, "publicdomain/");
}

static RpPermission
read_permission (JsonObject *profile)
{
  const char *permission = rp_json_get_string (profile, "permission");

  if (g_strcmp0 (permission, "yes") == 0)
    return RP_PERMISSION_YES;
  if (g_strcmp0 (permission, "ask") == 0)
    return RP_PERMISSION_ASK;
  if (g_strcmp0 (permission, "no") == 0)
    return RP_PERMISSION_NO;

  /* A public licence permits by its nature; an agreement has to say so. */
  return rp_json_has (profile, "spdx") ? RP_PERMISSION_YES : RP_PERMISSION_UNKNOWN;
}

static RpChange
read_changes (GStrv names)
{
  static const struct {
    const char *name;
    RpChange change;
  } known[] = {
    {"headline", RP_CHANGE_HEADLINE}, {"style", RP_CHANGE_STYLE},
    {"shorten", RP_CHANGE_SHORTEN},   {"translate", RP_CHANGE_TRANSLATE},
    {"rewrite", RP_CHANGE_REWRITE},
  };
  RpChange changes = RP_CHANGE_NONE;

  for (guint i = 0; names[i] != NULL; i++)
    for (guint k = 0; k < G_N_ELEMENTS (known); k++)
      if (g_ascii_strcasecmp (names[i], known[k].name) == 0)
        changes |= known[k].change;

  return changes;
}

/* "required", or simply true. */
static gboolean
is_required (JsonObject *profile, const char *member)
{
  return g_strcmp0 (rp_json_get_string (profile, member), "required") == 0 ||
         rp_json_get_boolean (profile, member, FALSE);
}

static GStrv
dup_lines (JsonObject *profile, const char *member, const char *plural)
{
  return rp_json_has (profile, member) ? rp_json_dup_strv (profile, member)
                                       : rp_json_dup_strv (profile, plural);
}

static void
read_identity (RpTerms *terms, JsonObject *profile)
{
  terms->id = g_strdup (rp_json_get_string (profile, "id"));
  terms->name = g_strdup (rp_json_get_string (profile, "name"));
  terms->spdx = g_strdup (rp_json_get_string (profile, "spdx"));
  terms->url = g_strdup (rp_json_get_string (profile, "url"));
  terms->licensor = g_strdup (rp_json_get_string (profile, "licensor"));
  terms->rights_holder = g_strdup (rp_json_get_string (profile, "rights_holder"));
  terms->contact = g_strdup (rp_json_get_string (profile, "contact"));
  terms->confidence = g_strdup (rp_json_get_string (profile, "confidence"));
  terms->conflicts = dup_lines (profile, "conflicts", "conflict");
  terms->disputed = rp_json_get_boolean (profile, "conflict", FALSE) ||
                    rp_json_get_boolean (profile, "conflicts", FALSE) ||
                    (terms->conflicts != NULL && terms->conflicts[0] != NULL);
  terms->is_template = rp_json_get_boolean (profile, "template", FALSE);
  terms->terms_url = g_strdup (rp_json_get_string (profile, "terms_url"));
  terms->read = g_strdup (rp_json_get_string (profile, "read"));
  terms->permission = read_permission (profile);
}

static void
read_kind (RpTerms *terms)
{
  const char *name = terms->spdx != NULL ? terms->spdx : terms->url;

  if (rp_creative_commons_read (name, &terms->creative_commons)) {
    terms->is_creative_commons_by = terms->creative_commons.attribution;
    terms->is_public_domain = !terms->creative_commons.attribution;
    if (terms->permission == RP_PERMISSION_UNKNOWN)
      terms->permission = RP_PERMISSION_YES;
  } else if (name != NULL) {
    terms->is_public_domain = g_ascii_strncasecmp (name, "PDDL", 4) == 0 ||
                              strstr (name, "opendatacommons.org/licenses/pddl");
  }
}

static void
read_place_and_time (RpTerms *terms, JsonObject *profile)
{
  JsonObject *territory = rp_json_get_object (profile, "territory");

  terms->channels = rp_json_dup_strv (profile, "channels");
  terms->outlets = rp_json_dup_strv (profile, "outlets");
  terms->requires_accreditation = rp_json_get_boolean (profile, "requires_accreditation", FALSE);
  terms->exclusive_to = g_strdup (rp_json_get_string (profile, "exclusive_to"));
  terms->exclusive_until = g_strdup (rp_json_get_string (profile, "exclusive_until"));
  if (territory != NULL) {
    terms->territory_allow = rp_json_dup_strv (territory, "allow");
    terms->territory_deny = rp_json_dup_strv (territory, "deny");
  }
  terms->valid_from = g_strdup (rp_json_get_string (profile, "valid_from"));
  terms->expires = g_strdup (rp_json_get_string (profile, "expires"));
  terms->max_age_days = rp_json_get_int (profile, "max_age_days", -1);
  terms->archive_days = rp_json_get_int (profile, "archive_days", -1);
}

static void
read_commerce (RpTerms *terms, JsonObject *profile)
{
  const char *commercial = rp_json_get_string (profile, "commercial");
  JsonObject *payment = rp_json_get_object (profile, "payment");
  JsonObject *quota = rp_json_get_object (profile, "quota");

  terms->commercial_denied =
    commercial != NULL ? g_str_equal (commercial, "deny") : terms->creative_commons.non_commercial;
  terms->direct_sale_denied = g_strcmp0 (commercial, "no-direct-sale") == 0;
  terms->paywall_forbidden = g_strcmp0 (rp_json_get_string (profile, "paywall"), "forbidden") == 0;
  terms->quota_max_uses = quota != NULL ? rp_json_get_int (quota, "max_uses", -1) : -1;
  terms->quota_period = quota != NULL ? g_strdup (rp_json_get_string (quota, "period")) : NULL;
  terms->max_items_30d = rp_json_get_int (profile, "max_items_30d", -1);
  if (payment != NULL) {
    g_autofree char *amount = rp_json_dup_text (payment, "amount");
    const char *currency = rp_json_get_string (payment, "currency");

    terms->payment_model = g_strdup (rp_json_get_string (payment, "model"));
    if (amount != NULL)
      terms->payment_amount = g_strjoin (" ", amount, currency, NULL);
  }
}

static void
read_changes_and_limits (RpTerms *terms, JsonObject *profile)
{
  g_auto (GStrv) listed = rp_json_dup_strv (profile, "derivatives");

  terms->changes_listed = listed != NULL;
  if (listed != NULL)
    terms->changes = read_changes (listed);
  else
    terms->changes = terms->creative_commons.no_derivatives ? RP_CHANGE_NONE : RP_CHANGE_ALL;

  terms->share_alike =
    rp_json_get_boolean (profile, "share_alike", terms->creative_commons.share_alike);
  terms->licence_on_copy = g_strdup (rp_json_get_string (profile, "licence_on_copy"));
  if (terms->licence_on_copy == NULL && terms->share_alike)
    terms->licence_on_copy = g_strdup (terms->spdx);
  terms->max_words = rp_json_get_int (profile, "max_words", -1);
  terms->max_paragraphs = rp_json_get_int (profile, "max_paragraphs", -1);
  terms->max_images = rp_json_get_int (profile, "max_images", -1);
}

static void
read_credit (RpTerms *terms, JsonObject *profile)
{
  JsonObject *attribution = rp_json_get_object (profile, "attribution");
  const char *target = rp_json_get_string (profile, "link_target");

  terms->attribution_waived =
    attribution != NULL && !rp_json_get_boolean (attribution, "required", TRUE);
  terms->preserve_links = rp_json_get_boolean (profile, "preserve_links", FALSE);
  terms->mandatory_lines = dup_lines (profile, "mandatory_line", "mandatory_lines");
  terms->credit_position = g_strdup (rp_json_get_string (profile, "credit_position"));
  terms->link_required = is_required (profile, "link_original");
  terms->link_home_suffices = target != NULL && !g_str_equal (target, "article");
  terms->canonical_required = is_required (profile, "canonical");
  terms->noindex_required = is_required (profile, "noindex");
  terms->tracking_required = is_required (profile, "tracking_required");
  terms->tracking_html = g_strdup (rp_json_get_string (profile, "tracking_html"));
}

/* "separate", "only-credited-to:A, B", ["A", "B"] or {"only-credited-to": [...]}. */
static void
read_images (RpTerms *terms, JsonObject *profile)
{
  const char *images = rp_json_get_string (profile, "images");
  JsonObject *object = rp_json_get_object (profile, "images");

  if (object != NULL)
    terms->images_credited_to = rp_json_dup_strv (object, "only-credited-to");
  else if (images == NULL)
    terms->images_credited_to = rp_json_dup_strv (profile, "images");
  else if (g_str_has_prefix (images, "only-credited-to:"))
    terms->images_credited_to = g_strsplit_set (strchr (images, ':') + 1, ",[]", -1);

  if (terms->images_credited_to != NULL)
    images = "only-credited-to";
  terms->images = g_strdup (images);
}

static void
read_machines_and_duties (RpTerms *terms, JsonObject *profile)
{
  JsonObject *ai = rp_json_get_object (profile, "ai");
  JsonObject *notify = rp_json_get_object (profile, "notify");
  JsonObject *takedown = rp_json_get_object (profile, "takedown");

  terms->tdm_reserved = rp_json_get_boolean (profile, "tdm_reserved", FALSE);
  terms->tdm_policy = g_strdup (rp_json_get_string (profile, "tdm_policy"));
  terms->notify_within_days = -1;
  terms->takedown_hours = -1;
  if (ai != NULL) {
    terms->ai_training_denied = g_strcmp0 (rp_json_get_string (ai, "train"), "deny") == 0;
    terms->tdm_reserved |= rp_json_get_boolean (ai, "tdm_reserved", FALSE);
  }
  if (notify != NULL) {
    terms->notify_required = rp_json_get_boolean (notify, "required", FALSE);
    terms->notify_to = g_strdup (rp_json_get_string (notify, "email"));
    if (terms->notify_to == NULL)
      terms->notify_to = g_strdup (rp_json_get_string (notify, "url"));
    terms->notify_within_days = rp_json_get_int (notify, "within_days", -1);
  }
  if (takedown != NULL) {
    terms->must_honour_kill = rp_json_get_boolean (takedown, "must_honour_kill", FALSE);
    terms->takedown_hours = rp_json_get_int (takedown, "hours", -1);
  }
}

RpTerms *
rp_terms_new (JsonObject *profile)
{
  RpTerms *terms = g_new0 (RpTerms, 1);

  g_return_val_if_fail (profile != NULL, terms);

  read_identity (terms, profile);
  read_kind (terms);
  read_place_and_time (terms, profile);
  read_commerce (terms, profile);
  read_changes_and_limits (terms, profile);
  read_credit (terms, profile);
  read_images (terms, profile);
  read_machines_and_duties (terms, profile);

  return terms;
}

gboolean
rp_terms_allow_change (const RpTerms *terms, RpChange change)
{
  return (terms->changes & change) == change;
}

char *
rp_terms_dup_template_words (const RpTerms *terms)
{
  g_return_val_if_fail (terms != NULL, NULL);

  if (!terms->is_template)
    return NULL;
  if (terms->terms_url == NULL || terms->read == NULL)
    return g_strdup_printf (
      _ ("“%s” is a template. Confirm it with the rules that its page states."), terms->name);

  return g_strdup_printf (
    _ ("“%s” is a template. Confirm it with the source page (%s, read on %s)."), terms->name,
    terms->terms_url, terms->read);
}

void
rp_terms_free (RpTerms *terms)
{
  char *strings[] = {
    terms->id,
    terms->name,
    terms->spdx,
    terms->url,
    terms->licensor,
    terms->rights_holder,
    terms->contact,
    terms->confidence,
    terms->terms_url,
    terms->read,
    terms->exclusive_to,
    terms->exclusive_until,
    terms->valid_from,
    terms->expires,
    terms->licence_on_copy,
    terms->credit_position,
    terms->tracking_html,
    terms->images,
    terms->tdm_policy,
    terms->payment_model,
    terms->payment_amount,
    terms->quota_period,
    terms->notify_to,
  };
  GStrv lists[] = {
    terms->conflicts,          terms->channels,       terms->outlets,
    terms->territory_allow,    terms->territory_deny, terms->mandatory_lines,
    terms->images_credited_to,
  };

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    g_free (strings[i]);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    g_strfreev (lists[i]);
  g_free (terms);
}
