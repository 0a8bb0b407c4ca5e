/* What the licence book thinks of an article: agreements by their patterns, public licences by what
 * the source states, and a guess where words leave the version open. */
#include "rp-licence-book.h"

#include "rp-json.h"
#include "rp-text.h"

#include <glib/gi18n-lib.h>

#include <string.h>

static gboolean
names_party (const char *pattern, const char *prefix, const char *party)
{
  return party != NULL && g_str_has_prefix (pattern, prefix) &&
         rp_text_same (pattern + strlen (prefix), party);
}

static gboolean
is_same_or_below (const char *host, const char *pattern)
{
  gsize host_length = strlen (host);
  gsize pattern_length = strlen (pattern);

  if (host_length < pattern_length ||
      g_ascii_strcasecmp (host + host_length - pattern_length, pattern) != 0)
    return FALSE;

  return host_length == pattern_length || host[host_length - pattern_length - 1] == '.';
}

/* A host stands for its subdomains; anything with a path is the beginning of an address. */
static gboolean
matches_address (const char *pattern, const char *url)
{
  g_autofree char *host = rp_text_host (url);
  const char *bare_pattern = strstr (pattern, "://");
  const char *bare_url = url != NULL ? strstr (url, "://") : NULL;

  if (host == NULL || *pattern == '\0')
    return FALSE;

  bare_pattern = bare_pattern != NULL ? bare_pattern + 3 : pattern;
  if (g_str_has_prefix (bare_pattern, "www."))
    bare_pattern += 4;
  if (strchr (bare_pattern, '/') == NULL)
    return is_same_or_below (host, bare_pattern);
  bare_url = bare_url != NULL ? bare_url + 3 : url;
  if (g_str_has_prefix (bare_url, "www."))
    bare_url += 4;

  return g_ascii_strncasecmp (bare_url, bare_pattern, strlen (bare_pattern)) == 0;
}

static gboolean
matches_party (const char *pattern, RpArticle *article)
{
  RpStatement *statement = rp_article_get_statement (article);
  const char *licensor = rp_statement_get (statement, RP_STATEMENT_LICENSOR);
  const char *holder = rp_statement_get (statement, RP_STATEMENT_RIGHTS_HOLDER);
  const char *provider = rp_article_get (article, RP_ARTICLE_PROVIDER);

  return names_party (pattern, "licensor:", licensor) || names_party (pattern, "holder:", holder) ||
         names_party (pattern, "licensor:", provider) ||
         names_party (pattern, "provider:", provider);
}

static gboolean
is_word_character (const char *text)
{
  gunichar character = g_utf8_get_char_validated (text, -1);

  return character != (gunichar) -1 && character != (gunichar) -2 && g_unichar_isalnum (character);
}

/* Whole words, whatever their case and the spaces between them. */
static gboolean
contains_words (const char *text, const char *words)
{
  g_autofree char *collapsed = rp_text_clean (text);
  g_autofree char *sought = rp_text_clean (words);
  g_autofree char *folded = collapsed != NULL ? g_utf8_casefold (collapsed, -1) : NULL;
  g_autofree char *needle = sought != NULL ? g_utf8_casefold (sought, -1) : NULL;
  const char *found = folded;

  if (folded == NULL || needle == NULL)
    return FALSE;
  while ((found = strstr (found, needle)) != NULL) {
    const char *end = found + strlen (needle);

    if ((found == folded || !is_word_character (g_utf8_prev_char (found))) &&
        (*end == '\0' || !is_word_character (end)))
      return TRUE;
    found = g_utf8_next_char (found);
  }

  return FALSE;
}

static gboolean
matches_words (const char *pattern, RpArticle *article)
{
  static const RpStatementField spoken[] = {RP_STATEMENT_STATEMENT, RP_STATEMENT_USAGE_TERMS,
                                            RP_STATEMENT_COPYRIGHT_NOTICE};
  RpStatement *statement = rp_article_get_statement (article);

  if (!g_str_has_prefix (pattern, "word:"))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (spoken); i++)
    if (contains_words (rp_statement_get (statement, spoken[i]), pattern + strlen ("word:")))
      return TRUE;

  return FALSE;
}

static const char *
skip_scheme (const char *url)
{
  const char *end = strstr (url, "://");

  url = end != NULL ? end + 3 : url;

  return g_str_has_prefix (url, "www.") ? url + 4 : url;
}

/* The very feed, not whatever else its site has. */
static gboolean
matches_feed (const char *pattern, RpArticle *article)
{
  const char *source = rp_article_get (article, RP_ARTICLE_SOURCE_URL);

  return source != NULL && g_str_has_prefix (pattern, "feed:") &&
         g_ascii_strcasecmp (skip_scheme (pattern + strlen ("feed:")), skip_scheme (source)) == 0;
}

static gboolean
matches_page (const char *pattern, RpArticle *article)
{
  if (g_str_has_prefix (pattern, "feed:")) /* not the pages below it */
    return FALSE;

  return matches_address (pattern, rp_article_get (article, RP_ARTICLE_CANONICAL_URL)) ||
         matches_address (pattern, rp_article_get (article, RP_ARTICLE_SOURCE_URL));
}

static const char *
get_confidence (RpArticle *article)
{
  const char *confidence =
    rp_statement_get (rp_article_get_statement (article), RP_STATEMENT_CONFIDENCE);

  return confidence != NULL ? confidence : "declared";
}

/* Puts the licence first, or among the others when one is already chosen. */
static gboolean
suggest (RpProposal *proposal, RpLicence *licence, const char *confidence)
{
  if (licence == NULL || licence == proposal->licence ||
      g_ptr_array_find (proposal->others, licence, NULL))
    return FALSE;
  if (proposal->licence != NULL) {
    g_ptr_array_add (proposal->others, g_object_ref (licence));
    return FALSE;
  }

  proposal->licence = g_object_ref (licence);
  proposal->confidence = g_strdup (confidence);

  return TRUE;
}

static void
try_pattern (RpProposal *proposal, RpLicence *licence, const char *pattern, RpArticle *article)
{
  if (matches_party (pattern, article)) {
    if (suggest (proposal, licence, get_confidence (article)))
      proposal->reason =
        g_strdup_printf (_ ("The text names %s, and “%s” is the agreement with them."),
                         strchr (pattern, ':') + 1, rp_licence_get_name (licence));
  } else if (matches_words (pattern, article)) {
    if (suggest (proposal, licence, get_confidence (article)))
      proposal->reason =
        g_strdup_printf (_ ("The text says “%s”, and “%s” covers what says so."),
                         pattern + strlen ("word:"), rp_licence_get_name (licence));
  } else if (matches_feed (pattern, article)) {
    if (suggest (proposal, licence, "declared"))
      proposal->reason =
        g_strdup_printf (_ ("“%s” covers what comes from %s."), rp_licence_get_name (licence),
                         pattern + strlen ("feed:"));
  } else if (matches_page (pattern, article)) {
    if (suggest (proposal, licence, "declared"))
      proposal->reason = g_strdup_printf (_ ("“%s” covers what comes from %s."),
                                          rp_licence_get_name (licence), pattern);
  }
}

static void
propose_agreements (RpLicenceBook *self, RpArticle *article, RpProposal *proposal)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self));

  for (guint i = 0; i < rp_licence_book_get_n_rules (self); i++) {
    const char *licence_id;
    const char *pattern = rp_licence_book_get_rule (self, i, &licence_id);
    RpLicence *licence = rp_licence_book_lookup (self, licence_id);

    if (licence != NULL)
      try_pattern (proposal, licence, pattern, article);
  }
  for (guint i = 0; i < n; i++) {
    g_autoptr (RpLicence) licence = g_list_model_get_item (G_LIST_MODEL (self), i);
    g_auto (GStrv) patterns = rp_json_dup_strv (rp_licence_get_profile (licence), "match");

    if (rp_licence_get_terms (licence)->is_template)
      continue;
    for (guint k = 0; patterns != NULL && patterns[k] != NULL; k++)
      try_pattern (proposal, licence, patterns[k], article);
  }
}

static gboolean
matches_any (RpLicence *licence, RpArticle *article)
{
  g_auto (GStrv) patterns = rp_json_dup_strv (rp_licence_get_profile (licence), "match");

  for (guint i = 0; patterns != NULL && patterns[i] != NULL; i++)
    if (matches_page (patterns[i], article))
      return TRUE;

  return FALSE;
}

/* An outlet's published rules, where there is no agreement: a person has to confirm them. */
static void
propose_templates (RpLicenceBook *self, RpArticle *article, RpProposal *proposal)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self));

  for (guint i = 0; proposal->licence == NULL && i < n; i++) {
    g_autoptr (RpLicence) licence = g_list_model_get_item (G_LIST_MODEL (self), i);
    const RpTerms *terms = rp_licence_get_terms (licence);

    if (terms->is_template && matches_any (licence, article) &&
        suggest (proposal, licence, "guessed"))
      proposal->reason = rp_terms_dup_template_words (terms);
  }
}

static gboolean
is_kind (RpArticle *article, const char *kind)
{
  return g_strcmp0 (rp_statement_get (rp_article_get_statement (article), RP_STATEMENT_KIND),
                    kind) == 0;
}

/* A template that builds on the very licence that the article states says the same, and more. */
static RpLicence *
unless_covered (RpProposal *proposal, RpLicence *stated)
{
  const RpTerms *chosen =
    proposal->licence != NULL ? rp_licence_get_terms (proposal->licence) : NULL;

  if (stated == NULL || chosen == NULL || !chosen->is_template ||
      g_strcmp0 (chosen->spdx, rp_licence_get_spdx (stated)) != 0)
    return stated;

  return NULL;
}

static void
propose_stated (RpLicenceBook *self, RpArticle *article, RpProposal *proposal)
{
  RpStatement *statement = rp_article_get_statement (article);
  RpLicence *by_url =
    rp_licence_book_lookup_url (self, rp_statement_get (statement, RP_STATEMENT_URL));
  RpLicence *by_spdx =
    rp_licence_book_lookup (self, rp_statement_get (statement, RP_STATEMENT_SPDX));

  if (is_kind (article, "image-credit")) /* the licence of a picture says nothing about the text */
    return;
  by_url = unless_covered (proposal, by_url);
  by_spdx = unless_covered (proposal, by_spdx);
  if (suggest (proposal, by_url, get_confidence (article)))
    proposal->reason =
      g_strdup_printf (_ ("The source links to %s."), rp_licence_get_name (by_url));
  if (suggest (proposal, by_spdx, get_confidence (article)))
    proposal->reason = g_strdup_printf (_ ("The source names %s."), rp_licence_get_name (by_spdx));
}

/* "CC BY-ND", "Attribution-NoDerivatives": the letters that the words give away. */
static gboolean
has_word (const char *text, const char *pattern)
{
  return g_regex_match_simple (pattern, text, G_REGEX_CASELESS, 0);
}

static RpLicence *
guess_creative_commons (RpLicenceBook *self, RpArticle *article)
{
  const char *text = rp_statement_get (rp_article_get_statement (article), RP_STATEMENT_STATEMENT);
  gboolean by;
  gboolean nc;
  gboolean nd;
  gboolean sa;
  g_autofree char *id = NULL;

  text = text != NULL ? text : "";
  nc = has_word (text, "\\bNC\\b|non-?commercial");
  nd = has_word (text, "\\bND\\b|no-?deriv");
  sa = !nd && has_word (text, "\\bSA\\b|share-?alike");
  by = nc || nd || sa || has_word (text, "CC[ -]BY|attribution");
  if (!by)
    nc = nd = TRUE; /* only "Creative Commons": the narrowest of them */
  id = g_strdup_printf ("cc-by%s%s%s-4.0", nc ? "-nc" : "", nd ? "-nd" : "", sa ? "-sa" : "");

  return rp_licence_book_lookup (self, id);
}

static void
propose_guess (RpLicenceBook *self, RpArticle *article, RpProposal *proposal)
{
  RpLicence *guess = NULL;

  if (proposal->licence != NULL)
    return;
  if (is_kind (article, "creative-commons"))
    guess = guess_creative_commons (self, article);
  else if (is_kind (article, "public-domain"))
    guess = rp_licence_book_lookup (self, "public-domain-mark-1.0");
  if (suggest (proposal, guess, "guessed"))
    proposal->reason =
      g_strdup_printf (_ ("The words point at %s, but they do not name the licence exactly."),
                       rp_licence_get_name (guess));
}

static gboolean
speaks_of_grant (RpArticle *article)
{
  return is_kind (article, "licensed") || is_kind (article, "permission");
}

static void
propose_reserved (RpLicenceBook *self, RpArticle *article, RpProposal *proposal)
{
  RpLicence *reserved = rp_licence_book_lookup (self, "all-rights-reserved");

  if (!rp_statement_get_reserved (rp_article_get_statement (article)) &&
      !is_kind (article, "all-rights-reserved"))
    return;
  /* An agreement is what "all rights reserved" asks for, and a named grant asks for an agreement.
   */
  if (proposal->licence != NULL ? !rp_licence_is_builtin (proposal->licence)
                                : speaks_of_grant (article))
    return;
  if (suggest (proposal, reserved, get_confidence (article)))
    proposal->reason = g_strdup (_ ("The source reserves all rights."));
}

static int
compare_strictness (gconstpointer a, gconstpointer b)
{
  const RpTerms *one = rp_licence_get_terms (*(RpLicence *const *) a);
  const RpTerms *two = rp_licence_get_terms (*(RpLicence *const *) b);

  if (one->permission != two->permission)
    return (int) two->permission - (int) one->permission;
  if (one->commercial_denied != two->commercial_denied)
    return one->commercial_denied ? -1 : 1;

  return (int) one->changes - (int) two->changes;
}

static char *
explain_nothing (RpArticle *article)
{
  const char *licensor =
    rp_statement_get (rp_article_get_statement (article), RP_STATEMENT_LICENSOR);

  if (licensor != NULL)
    return g_strdup_printf (
      _ ("The text names %s, but there is no agreement with them in the licence book."), licensor);

  return g_strdup (_ ("The source says nothing about who may publish this."));
}

RpProposal *
rp_licence_book_propose (RpLicenceBook *self, RpArticle *article)
{
  RpProposal *proposal = g_new0 (RpProposal, 1);

  proposal->others = g_ptr_array_new_with_free_func (g_object_unref);
  g_return_val_if_fail (RP_IS_LICENCE_BOOK (self) && RP_IS_ARTICLE (article), proposal);

  propose_agreements (self, article, proposal);
  propose_templates (self, article, proposal);
  propose_stated (self, article, proposal);
  propose_guess (self, article, proposal);
  propose_reserved (self, article, proposal);
  g_ptr_array_sort (proposal->others, compare_strictness);
  if (proposal->licence == NULL)
    proposal->reason = explain_nothing (article);

  return proposal;
}

void
rp_proposal_free (RpProposal *proposal)
{
  g_clear_object (&proposal->licence);
  g_free (proposal->confidence);
  g_free (proposal->reason);
  g_ptr_array_unref (proposal->others);
  g_free (proposal);
}
