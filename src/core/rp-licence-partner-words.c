/* What a licence says to one partner, in whole sentences. */
#include "rp-licence.h"

#include "rp-time.h"

#include <glib/gi18n-lib.h>

static void
add (GString *text, char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
  g_free (sentence);
}

static char *
format_end (const RpTerms *terms, RpArticle *article)
{
  gint64 licence_end = rp_time_instant (terms->expires);
  gint64 article_end = rp_time_instant (rp_article_get (article, RP_ARTICLE_EXPIRES));
  gint64 end = licence_end;

  if (end == RP_TIME_NONE || (article_end != RP_TIME_NONE && article_end < end))
    end = article_end;

  return end != RP_TIME_NONE ? rp_time_format_date (end) : NULL;
}

static char *
describe_use (const RpTerms *terms, RpArticle *article, const char *name)
{
  g_autofree char *until = format_end (terms, article);
  gboolean unchanged = terms->changes == RP_CHANGE_NONE;

  if (until != NULL)
    return g_strdup_printf (unchanged ? _ ("%s may publish it unchanged until %s.")
                                      : _ ("%s may publish it until %s."),
                            name, until);

  return g_strdup_printf (unchanged ? _ ("%s may publish it unchanged.") : _ ("%s may publish it."),
                          name);
}

static char *
describe_credit (const RpTerms *terms)
{
  gboolean top = g_strcmp0 (terms->credit_position, "top") == 0;
  gboolean link = terms->is_creative_commons_by || terms->link_required;

  if (terms->is_public_domain || terms->attribution_waived)
    return g_strdup (_ ("No credit is demanded."));
  if (top)
    return g_strdup (link ? _ ("The credit line stands at the top and links to the original.")
                          : _ ("The credit line stands at the top."));

  return g_strdup (link ? _ ("The credit line stands at the end and links to the original.")
                        : _ ("The credit line stands at the end."));
}

static char *
describe_pictures (const RpTerms *terms)
{
  g_autofree char *names = NULL;

  if (terms->images == NULL)
    return NULL;
  if (g_str_equal (terms->images, "same"))
    return g_strdup (_ ("Pictures are included."));
  if (terms->images_credited_to == NULL)
    return g_strdup (_ ("Pictures are not included, unless they have a licence of their own."));
  names = g_strjoinv (", ", terms->images_credited_to);

  return g_strdup_printf (_ ("Pictures are included when they are credited to %s."), names);
}

static void
add_limits (GString *text, const RpTerms *terms)
{
  if (terms->max_words >= 0)
    add (text, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "At most %d word.",
                                             "At most %d words.", (gulong) terms->max_words),
                                (int) terms->max_words));
  if (terms->archive_days >= 0)
    add (text, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The copy may stay for %d day.",
                                             "The copy may stay for %d days.",
                                             (gulong) terms->archive_days),
                                (int) terms->archive_days));
}

char *
rp_licence_describe_for (RpLicence *self, RpArticle *article, RpPartner *partner)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const RpTerms *terms;
  char *pictures;

  g_return_val_if_fail (RP_IS_LICENCE (self) && RP_IS_ARTICLE (article), NULL);

  terms = rp_licence_get_terms (self);
  if (terms->permission == RP_PERMISSION_NO || terms->permission == RP_PERMISSION_UNKNOWN)
    return rp_licence_describe (self, article);
  add (text, describe_use (terms, article, rp_partner_get_name (partner)));
  add (text, describe_credit (terms));
  pictures = describe_pictures (terms);
  if (pictures != NULL)
    add (text, pictures);
  add_limits (text, terms);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
