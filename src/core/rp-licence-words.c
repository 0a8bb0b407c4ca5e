#include "rp-licence.h"

#include "rp-json.h"
#include "rp-text.h"
#include "rp-time.h"

#include <glib/gi18n-lib.h>

#include <string.h>

static char *
join_words (GPtrArray *words)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++) {
    if (i > 0)
      /* Translators: between the last two entries of a list of words, and between the others. */
      g_string_append (text, i + 1 == words->len ? _ (" and ") : _ (", "));
    g_string_append (text, words->pdata[i]);
  }

  return g_string_free (text, FALSE);
}

static char *
describe_channels (const RpTerms *terms)
{
  static const struct {
    const char *id;
    const char *words;
  } known[] = {
    {"web", N_ ("on the web")},
    {"app", N_ ("in apps")},
    {"newsletter", N_ ("in newsletters")},
    {"print", N_ ("in print")},
    {"broadcast", N_ ("on air")},
    {"social", N_ ("on social networks")},
    {"api", N_ ("through an interface for programs")},
    {"ai", N_ ("in AI services")},
  };
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; terms->channels != NULL && terms->channels[i] != NULL; i++) {
    const char *word = terms->channels[i];

    for (guint k = 0; k < G_N_ELEMENTS (known); k++)
      if (g_str_equal (known[k].id, word))
        word = _ (known[k].words);
    g_ptr_array_add (words, (gpointer) word);
  }

  return words->len > 0 ? join_words (words) : NULL;
}

static char *
describe_changes (RpChange changes)
{
  static const struct {
    RpChange change;
    const char *words;
  } known[] = {
    {RP_CHANGE_HEADLINE, N_ ("the headline")}, {RP_CHANGE_STYLE, N_ ("house style")},
    {RP_CHANGE_SHORTEN, N_ ("the length")},    {RP_CHANGE_TRANSLATE, N_ ("the language")},
    {RP_CHANGE_REWRITE, N_ ("the wording")},
  };
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint k = 0; k < G_N_ELEMENTS (known); k++)
    if (changes & known[k].change)
      g_ptr_array_add (words, (gpointer) _ (known[k].words));

  return words->len > 0 ? join_words (words) : NULL;
}

static char *
format_day (const char *time)
{
  gint64 instant = rp_time_instant (time);

  return instant != RP_TIME_NONE ? rp_time_format_date (instant) : g_strdup (time);
}

/* The stricter of what the licence and what the article itself say. */
static const char *
get_end (RpLicence *self, RpArticle *article)
{
  const char *licence_end = rp_licence_get_terms (self)->expires;
  const char *article_end = article != NULL ? rp_article_get (article, RP_ARTICLE_EXPIRES) : NULL;

  if (licence_end == NULL || article_end == NULL)
    return licence_end != NULL ? licence_end : article_end;

  return rp_time_instant (article_end) < rp_time_instant (licence_end) ? article_end : licence_end;
}

static void
add (GString *text, char *sentence)
{
  if (text->len > 0)
    g_string_append (text, C_ ("between two sentences", " "));
  g_string_append (text, sentence);
  g_free (sentence);
}

static char *
describe_use (RpLicence *self, RpArticle *article)
{
  const RpTerms *terms = rp_licence_get_terms (self);
  g_autofree char *where = describe_channels (terms);
  const char *end = get_end (self, article);
  g_autofree char *until = end != NULL ? format_day (end) : NULL;
  gboolean unchanged = terms->changes == RP_CHANGE_NONE;

  if (where != NULL && until != NULL)
    return g_strdup_printf (unchanged ? _ ("May be published unchanged %s until %s.")
                                      : _ ("May be published %s until %s."),
                            where, until);
  if (where != NULL)
    return g_strdup_printf (
      unchanged ? _ ("May be published unchanged %s.") : _ ("May be published %s."), where);
  if (until != NULL)
    return g_strdup_printf (unchanged ? _ ("May be published unchanged until %s.")
                                      : _ ("May be published until %s."),
                            until);

  return g_strdup (unchanged ? _ ("May be published unchanged.") : _ ("May be published."));
}

static void
add_changes (GString *text, const RpTerms *terms)
{
  g_autofree char *words = describe_changes (terms->changes);

  if (terms->changes == RP_CHANGE_ALL)
    add (text, g_strdup (_ ("It may be changed, shortened and translated.")));
  else if (words != NULL)
    add (text, g_strdup_printf (_ ("Only these may be changed: %s."), words));
}

static void
add_duties (GString *text, RpLicence *self)
{
  const RpTerms *terms = rp_licence_get_terms (self);

  if (terms->is_public_domain || terms->attribution_waived)
    add (text, g_strdup (_ ("No credit is demanded.")));
  else if (terms->is_creative_commons_by || terms->link_required)
    add (text, g_strdup (_ ("Credit line and link back required.")));
  else
    add (text, g_strdup (_ ("Credit line required.")));

  if (terms->commercial_denied)
    add (text, g_strdup (_ ("Not for commercial use.")));
  if (terms->paywall_forbidden)
    add (text, g_strdup (_ ("Not behind a paywall.")));
  if (terms->max_words >= 0)
    add (text, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "At most %d word.",
                                             "At most %d words.", terms->max_words),
                                (int) terms->max_words));
}

char *
rp_licence_describe (RpLicence *self, RpArticle *article)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const RpTerms *terms;

  g_return_val_if_fail (RP_IS_LICENCE (self), NULL);

  terms = rp_licence_get_terms (self);
  if (terms->permission == RP_PERMISSION_NO)
    return g_strdup (_ ("May not be published: all rights are reserved."));
  if (terms->permission == RP_PERMISSION_UNKNOWN)
    return g_strdup (_ ("It is not known whether this may be published."));
  if (terms->permission == RP_PERMISSION_ASK && terms->licensor != NULL)
    add (text, g_strdup_printf (_ ("%s has to agree before each use."), terms->licensor));
  else if (terms->permission == RP_PERMISSION_ASK)
    add (text, g_strdup (_ ("The owner has to agree before each use.")));

  add (text, describe_use (self, article));
  add_changes (text, terms);
  add_duties (text, self);

  return g_strdup (text->str);
}

static GStrv
end_list (GPtrArray *list)
{
  g_ptr_array_add (list, NULL);

  return (GStrv) g_ptr_array_free (list, FALSE);
}

static void
list_changes (GPtrArray *list, const RpTerms *terms, gboolean allowed)
{
  static const struct {
    RpChange change;
    const char *words;
  } sentences[] = {
    {RP_CHANGE_HEADLINE, N_ ("Change the headline")},
    {RP_CHANGE_STYLE, N_ ("Edit for house style")},
    {RP_CHANGE_SHORTEN, N_ ("Shorten it")},
    {RP_CHANGE_TRANSLATE, N_ ("Translate it")},
    {RP_CHANGE_REWRITE, N_ ("Rewrite it")},
  };

  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (rp_terms_allow_change (terms, sentences[i].change) == allowed)
      g_ptr_array_add (list, g_strdup (_ (sentences[i].words)));
}

static char *
describe_publishing (const RpTerms *terms)
{
  g_autofree char *where = describe_channels (terms);
  g_autofree char *until = terms->expires != NULL ? format_day (terms->expires) : NULL;

  if (where != NULL && until != NULL)
    return g_strdup_printf (_ ("Publish it %s until %s"), where, until);
  if (where != NULL)
    return g_strdup_printf (_ ("Publish it %s"), where);
  if (until != NULL)
    return g_strdup_printf (_ ("Publish it until %s"), until);

  return g_strdup (_ ("Publish it everywhere"));
}

GStrv
rp_licence_list_may (RpLicence *self)
{
  GPtrArray *list = g_ptr_array_new ();
  const RpTerms *terms;

  g_return_val_if_fail (RP_IS_LICENCE (self), end_list (list));

  terms = rp_licence_get_terms (self);
  if (terms->permission != RP_PERMISSION_YES && terms->permission != RP_PERMISSION_ASK)
    return end_list (list);

  g_ptr_array_add (list, describe_publishing (terms));
  list_changes (list, terms, TRUE);
  if (g_strcmp0 (terms->images, "same") == 0)
    g_ptr_array_add (list, g_strdup (_ ("Use the pictures that belong to the article")));
  if (!terms->commercial_denied && terms->is_creative_commons_by)
    g_ptr_array_add (list, g_strdup (_ ("Use it commercially")));

  return end_list (list);
}

static void
list_credit_duties (GPtrArray *list, const RpTerms *terms)
{
  if (!terms->is_public_domain && !terms->attribution_waived)
    g_ptr_array_add (list, g_strdup (g_strcmp0 (terms->credit_position, "top") == 0
                                       ? _ ("Show the credit line at the top of the article")
                                       : _ ("Show the credit line")));
  if (terms->canonical_required)
    g_ptr_array_add (list, g_strdup (_ ("Link back to the original, and name it as canonical")));
  else if (terms->is_creative_commons_by || terms->link_required)
    g_ptr_array_add (list, g_strdup (_ ("Link back to the original")));
  if (terms->is_creative_commons_by)
    g_ptr_array_add (list, g_strdup (_ ("Link to the licence")));
  for (guint i = 0; terms->mandatory_lines != NULL && terms->mandatory_lines[i] != NULL; i++)
    g_ptr_array_add (list, g_strdup_printf (_ ("Print this line: %s"), terms->mandatory_lines[i]));
  if (terms->preserve_links)
    g_ptr_array_add (list, g_strdup (_ ("Keep every link of the text")));
  if (terms->tracking_required)
    g_ptr_array_add (list, g_strdup (_ ("Keep the licensor's page counter")));
  if (terms->noindex_required)
    g_ptr_array_add (list, g_strdup (_ ("Ask search engines not to list it")));
}

static char *
count_things (const char *one, const char *many, gint64 count)
{
  const char *format = g_dngettext (GETTEXT_PACKAGE, one, many, count);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, count);
  g_auto (GStrv) parts = g_strsplit (format, "%d", 2);

  return g_strjoinv (number, parts);
}

static void
list_time_duties (GPtrArray *list, const RpTerms *terms)
{
  if (terms->permission == RP_PERMISSION_ASK)
    g_ptr_array_add (list, g_strdup (_ ("Ask before each use")));
  if (terms->max_age_days >= 0)
    g_ptr_array_add (list, count_things ("Publish it within %d day of its first publication",
                                         "Publish it within %d days of its first publication",
                                         terms->max_age_days));
  if (terms->archive_days >= 0)
    g_ptr_array_add (list, count_things ("Take it down after %d day", "Take it down after %d days",
                                         terms->archive_days));
  if (terms->must_honour_kill && terms->takedown_hours >= 0)
    g_ptr_array_add (list, count_things ("Take the article down within %d hour after a recall",
                                         "Take the article down within %d hours after a recall",
                                         terms->takedown_hours));
  else if (terms->must_honour_kill)
    g_ptr_array_add (list, g_strdup (_ ("Take the article down after a recall")));
  if (terms->notify_required)
    g_ptr_array_add (list, g_strdup (_ ("Tell the owner about each use")));
  if (terms->payment_model != NULL && g_str_equal (terms->payment_model, "per-use"))
    g_ptr_array_add (list, g_strdup (_ ("Pay for each use")));
}

GStrv
rp_licence_list_must (RpLicence *self)
{
  GPtrArray *list = g_ptr_array_new ();
  const RpTerms *terms;

  g_return_val_if_fail (RP_IS_LICENCE (self), end_list (list));

  terms = rp_licence_get_terms (self);
  if (terms->permission == RP_PERMISSION_NO)
    return end_list (list);

  list_credit_duties (list, terms);
  if (terms->share_alike)
    g_ptr_array_add (list, g_strdup (_ ("Put a changed version under the same licence")));
  list_time_duties (list, terms);

  return end_list (list);
}

static void
list_place_limits (GPtrArray *list, const RpTerms *terms)
{
  if (terms->territory_deny != NULL && terms->territory_deny[0] != NULL) {
    g_autofree char *where = g_strjoinv (", ", terms->territory_deny);

    g_ptr_array_add (list, g_strdup_printf (_ ("Publish it in %s"), where));
  }
  if (terms->territory_allow != NULL && terms->territory_allow[0] != NULL) {
    g_autofree char *where = g_strjoinv (", ", terms->territory_allow);

    g_ptr_array_add (list, g_strdup_printf (_ ("Publish it outside %s"), where));
  }
  if (terms->max_words >= 0)
    g_ptr_array_add (
      list, count_things ("Print more than %d word", "Print more than %d words", terms->max_words));
}

GStrv
rp_licence_list_may_not (RpLicence *self)
{
  GPtrArray *list = g_ptr_array_new ();
  const RpTerms *terms;

  g_return_val_if_fail (RP_IS_LICENCE (self), end_list (list));

  terms = rp_licence_get_terms (self);
  if (terms->permission == RP_PERMISSION_NO || terms->permission == RP_PERMISSION_UNKNOWN) {
    g_ptr_array_add (list, g_strdup (_ ("Publish it without the owner's permission")));
    return end_list (list);
  }

  if (terms->paywall_forbidden)
    g_ptr_array_add (list, g_strdup (_ ("Put it behind a paywall")));
  if (terms->commercial_denied)
    g_ptr_array_add (list, g_strdup (_ ("Use it commercially")));
  if (terms->direct_sale_denied)
    g_ptr_array_add (list, g_strdup (_ ("Sell it, or advertising against it")));
  list_changes (list, terms, FALSE);
  list_place_limits (list, terms);
  if (terms->images != NULL && !g_str_equal (terms->images, "same"))
    g_ptr_array_add (list, g_strdup (_ ("Use its pictures without a licence of their own")));
  if (terms->ai_training_denied)
    g_ptr_array_add (list, g_strdup (_ ("Train AI models with it")));

  return end_list (list);
}
