/* Pictures: their rights are never those of the text, unless the licence says so. */
#include "rp-rule.h"
#include "rp-text.h"

#include <glib/gi18n-lib.h>

#include <string.h>

typedef gboolean (*Offends) (const RpRightsCase *rights_case, const RpCaseImage *image);

static gboolean
has_own_licence (const RpCaseImage *image)
{
  return !rp_text_is_empty (image->licence_url);
}

static gboolean
is_credited_to_listed (const RpTerms *terms, const RpCaseImage *image)
{
  g_autofree char *credit = image->credit != NULL ? g_utf8_casefold (image->credit, -1) : NULL;

  for (guint i = 0;
       credit != NULL && terms->images_credited_to != NULL && terms->images_credited_to[i] != NULL;
       i++) {
    g_autofree char *clean = rp_text_clean (terms->images_credited_to[i]);
    g_autofree char *name = clean != NULL ? g_utf8_casefold (clean, -1) : NULL;

    if (name != NULL && strstr (credit, name) != NULL)
      return TRUE;
  }

  return FALSE;
}

static gboolean
is_not_covered (const RpRightsCase *rights_case, const RpCaseImage *image)
{
  const char *rule = rights_case->terms->images;

  if (rule == NULL || has_own_licence (image))
    return FALSE;
  if (g_str_equal (rule, "only-credited-to"))
    return !is_credited_to_listed (rights_case->terms, image);

  return g_str_equal (rule, "separate") || g_str_equal (rule, "excluded");
}

static gboolean
lacks_credit (const RpRightsCase *rights_case, const RpCaseImage *image)
{
  RpCreativeCommons kind;

  return rp_creative_commons_read (image->licence_url, &kind) && kind.attribution &&
         rp_text_is_empty (image->credit);
}

static gboolean
is_silent (const RpRightsCase *rights_case, const RpCaseImage *image)
{
  return rights_case->terms->images == NULL && !has_own_licence (image) &&
         !rp_text_is_empty (image->credit);
}

static gboolean
is_non_commercial (const RpRightsCase *rights_case, const RpCaseImage *image)
{
  RpCreativeCommons kind;

  return rp_creative_commons_read (image->licence_url, &kind) && kind.non_commercial;
}

/* A name for the picture that a person knows it by. Gives. */
static char *
name_image (const RpCaseImage *image)
{
  const char *base = image->url != NULL ? strrchr (image->url, '/') : NULL;

  if (!rp_text_is_empty (image->caption))
    return rp_text_shorten (image->caption, 60);
  if (base != NULL && base[1] != '\0')
    return g_strdup (base + 1);

  return g_strdup (image->url != NULL ? image->url : _ ("a picture"));
}

typedef struct {
  guint count;
  char *names; /* owned */
  char *urls;  /* owned, one per line */
} Offenders;

static void
offenders_clear (Offenders *found)
{
  g_free (found->names);
  g_free (found->urls);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Offenders, offenders_clear)

static Offenders
find_offenders (const RpRightsCase *rights_case, Offends offends)
{
  Offenders found = {0};
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) urls = g_string_new (NULL);

  if (rp_rights_case_has_approval (rights_case, "images"))
    return found;

  for (guint i = 0; i < rights_case->article.images->len; i++) {
    const RpCaseImage *image = rights_case->article.images->pdata[i];
    g_autofree char *name = NULL;

    if (!offends (rights_case, image))
      continue;
    name = name_image (image);
    g_string_append_printf (names, "%s%s", found.count > 0 ? ", " : "", name);
    g_string_append_printf (urls, "%s%s", found.count > 0 ? "\n" : "",
                            image->url != NULL ? image->url : "");
    found.count++;
  }
  found.names = g_strdup (names->str);
  found.urls = g_strdup (urls->str);

  return found;
}

static void
offer_drop (RpFinding *finding, const Offenders *found)
{
  rp_finding_set_fix (finding, RP_FIX_DROP_IMAGE,
                      found->count > 1 ? _ ("Remove Pictures") : _ ("Remove Picture"), found->urls);
}

static RpVerdict
judge_separate (const RpRightsCase *rights_case, RpFinding *finding)
{
  g_auto (Offenders) found = find_offenders (rights_case, is_not_covered);

  if (found.count == 0)
    return RP_VERDICT_ALLOW;

  offer_drop (finding, &found);

  return rp_rule_deny (
    finding, "images",
    _ ("The licence does not cover pictures without a licence of their own: %s."), found.names);
}

static RpVerdict
judge_credit (const RpRightsCase *rights_case, RpFinding *finding)
{
  g_auto (Offenders) found = find_offenders (rights_case, lacks_credit);

  if (found.count == 0)
    return RP_VERDICT_ALLOW;

  rp_finding_set_fix (finding, RP_FIX_CREDIT_IMAGE, _ ("Add the Credit…"), found.urls);

  return rp_rule_deny (finding, "images", _ ("The picture's own licence demands a credit: %s."),
                       found.names);
}

static RpVerdict
judge_silent (const RpRightsCase *rights_case, RpFinding *finding)
{
  g_auto (Offenders) found = find_offenders (rights_case, is_silent);

  if (found.count == 0)
    return RP_VERDICT_ALLOW;

  offer_drop (finding, &found);

  return rp_rule_ask (
    finding, "images",
    _ ("The picture has a credit but no licence, and the text's licence is silent: %s."),
    found.names);
}

static RpVerdict
judge_commercial (const RpRightsCase *rights_case, RpFinding *finding)
{
  g_auto (Offenders) found = {0};

  if (rights_case->endpoint.commercial != RP_FLAG_YES)
    return RP_VERDICT_ALLOW;
  found = find_offenders (rights_case, is_non_commercial);
  if (found.count == 0)
    return RP_VERDICT_ALLOW;

  offer_drop (finding, &found);

  return rp_rule_deny (
    finding, "images",
    _ ("The picture's licence forbids commercial use, and %s is commercial: %s."),
    rp_rights_case_get_endpoint_name (rights_case), found.names);
}

static RpVerdict
judge_count (const RpRightsCase *rights_case, RpFinding *finding)
{
  gint64 limit = rights_case->terms->max_images;
  GPtrArray *images = rights_case->article.images;
  const RpCaseImage *last;

  if (limit < 0 || images->len <= (guint64) limit ||
      rp_rights_case_has_approval (rights_case, "images"))
    return RP_VERDICT_ALLOW;

  last = images->pdata[images->len - 1];
  rp_finding_set_fix (finding, RP_FIX_DROP_IMAGE, _ ("Remove the Last Picture"), last->url);

  return rp_rule_deny (finding, "max_images",
                       _ ("The article has %u pictures, and the licence allows %d."), images->len,
                       (int) limit);
}

const RpRule rp_rule_I501 = {
  .id = "I501",
  .title = N_ ("Pictures covered"),
  .judge = judge_separate,
};

const RpRule rp_rule_I502 = {
  .id = "I502",
  .title = N_ ("Pictures credited"),
  .judge = judge_credit,
};

const RpRule rp_rule_I503 = {
  .id = "I503",
  .title = N_ ("Pictures cleared"),
  .judge = judge_silent,
};

const RpRule rp_rule_I504 = {
  .id = "I504",
  .title = N_ ("Commercial use of pictures"),
  .judge = judge_commercial,
};

const RpRule rp_rule_I505 = {
  .id = "I505",
  .title = N_ ("Number of pictures"),
  .judge = judge_count,
};
