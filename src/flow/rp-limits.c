#include "rp-limits.h"

#include <glib/gi18n-lib.h>

#include "rp-connector.h"
#include "rp-store-blobs.h"

static guint
count (const char *text)
{
  return text != NULL ? (guint) g_utf8_strlen (text, -1) : 0;
}

static void
warn (RpDecision *decision, const char *rule, const char *words)
{
  rp_decision_add (decision, rule, RP_SEVERITY_WARN, words);
}

static void
check_texts (RpArticle *article, const char *name, const RpLimits *limits, RpDecision *decision)
{
  guint headline = count (rp_article_get (article, RP_ARTICLE_HEADLINE));
  guint summary = count (rp_article_get (article, RP_ARTICLE_SUMMARY));
  guint tags = rp_article_get_tags (article)->len;

  if (limits->headline > 0 && headline > limits->headline) {
    g_autofree char *words =
      g_strdup_printf (_ ("%s takes headlines of at most %u characters, and this one has %u: "
                          "shorten it."),
                       name, limits->headline, headline);

    warn (decision, "W901", words);
  }
  if (limits->summary > 0 && summary > limits->summary) {
    g_autofree char *words =
      g_strdup_printf (_ ("%s takes summaries of at most %u characters, and this one has %u: it "
                          "is cut there."),
                       name, limits->summary, summary);

    warn (decision, "W902", words);
  }
  if (limits->tags > 0 && tags > limits->tags) {
    g_autofree char *words =
      g_strdup_printf (_ ("%s gets the first %u of the %u tags."), name, limits->tags, tags);

    warn (decision, "W903", words);
  }
}

static goffset
get_size (RpStore *store, RpMedia *media)
{
  gint64 size = -1;

  return rp_store_measure_blob (store, rp_media_get (media, RP_MEDIA_SHA256), &size, NULL)
           ? MAX (size, 0)
           : 0;
}

static void
check_picture (RpStore *store,
               RpMedia *media,
               const char *name,
               const RpLimits *limits,
               RpDecision *decision)
{
  const char *type = rp_media_get (media, RP_MEDIA_MIME_TYPE);
  guint alt = count (rp_media_get (media, RP_MEDIA_ALT));

  if (limits->picture_types != NULL && type != NULL &&
      !g_strv_contains (limits->picture_types, type)) {
    g_autofree char *words = g_strdup_printf (
      _ ("%s may not take a picture of this kind (%s): replace it, or leave it out."), name, type);

    warn (decision, "W904", words);
  }
  if (limits->picture > 0 && get_size (store, media) > limits->picture) {
    g_autofree char *most = g_format_size ((guint64) limits->picture);
    g_autofree char *words = g_strdup_printf (
      _ ("%s takes pictures of at most %s, and one is larger: replace it, or leave it out."), name,
      most);

    warn (decision, "W905", words);
  }
  if (limits->alt > 0 && alt > limits->alt) {
    g_autofree char *words =
      g_strdup_printf (_ ("%s takes descriptions of pictures of at most %u characters, and one has "
                          "%u: it is cut there."),
                       name, limits->alt, alt);

    warn (decision, "W906", words);
  }
}

void
rp_limits_add_findings (RpStore *store,
                        RpArticle *article,
                        RpPartner *partner,
                        RpDecision *decision)
{
  const RpConnector *connector =
    partner != NULL ? rp_connector_find (rp_partner_get_connector (partner), NULL) : NULL;
  GPtrArray *media = rp_article_get_media (article);

  if (connector == NULL || connector->limits == NULL)
    return;
  check_texts (article, rp_partner_get_name (partner), connector->limits, decision);
  for (guint i = 0; i < media->len; i++)
    check_picture (store, media->pdata[i], rp_partner_get_name (partner), connector->limits,
                   decision);
}
