/* Credit lines: templates of a licence filled with the facts of an article. */
#include "rp-licence.h"

#include "rp-json.h"
#include "rp-text.h"
#include "rp-time.h"

#include <string.h>

typedef struct {
  const char *name;
  char *text; /* owned, NULL = unknown */
  char *link; /* owned, NULL = none */
  const char *rel;
} Word;

enum {
  N_WORDS = 9
};

static char *
dup_first (const char *const *candidates, guint n)
{
  for (guint i = 0; i < n; i++)
    if (!rp_text_is_empty (candidates[i]))
      return g_strdup (candidates[i]);

  return NULL;
}

char *
rp_licence_dup_source (RpLicence *self, RpArticle *article)
{
  RpStatement *statement;
  const char *candidates[4];
  char *found;

  g_return_val_if_fail (RP_IS_LICENCE (self) && RP_IS_ARTICLE (article), NULL);

  statement = rp_article_get_statement (article);
  candidates[0] = rp_licence_get (self, "licensor");
  candidates[1] = rp_statement_get (statement, RP_STATEMENT_LICENSOR);
  candidates[2] = rp_article_get (article, RP_ARTICLE_SITE_NAME);
  candidates[3] = rp_article_get (article, RP_ARTICLE_PROVIDER);
  found = dup_first (candidates, G_N_ELEMENTS (candidates));

  return found != NULL ? found : rp_text_host (rp_article_get (article, RP_ARTICLE_CANONICAL_URL));
}

static char *
dup_holder (RpLicence *self, RpArticle *article, const char *source)
{
  RpStatement *statement = rp_article_get_statement (article);
  const char *candidates[] = {
    rp_licence_get (self, "rights_holder"),
    rp_statement_get (statement, RP_STATEMENT_RIGHTS_HOLDER),
  };
  g_autofree char *holder = dup_first (candidates, G_N_ELEMENTS (candidates));

  /* "X, an X publication" says nothing. */
  return holder != NULL && !rp_text_same (holder, source) ? g_steal_pointer (&holder) : NULL;
}

static char *
dup_link (RpArticle *article)
{
  RpStatement *statement = rp_article_get_statement (article);
  const char *candidates[] = {
    rp_article_get (article, RP_ARTICLE_CANONICAL_URL),
    rp_statement_get (statement, RP_STATEMENT_ORIGINAL_URL),
    rp_article_get (article, RP_ARTICLE_SOURCE_URL),
  };

  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    if (candidates[i] != NULL && rp_text_is_web_url (candidates[i]))
      return g_strdup (candidates[i]);

  return NULL;
}

static char *
dup_date (RpArticle *article)
{
  gint64 published = rp_time_instant (rp_article_get (article, RP_ARTICLE_PUBLISHED));

  return published != RP_TIME_NONE ? rp_time_format_date (published) : NULL;
}

/* A template is named after its outlet; the credit names the public licence that it builds on. */
static char *
dup_licence_name (RpLicence *self)
{
  const char *name = rp_licence_get (self, "licence_name");

  return g_strdup (name != NULL ? name : rp_licence_get_name (self));
}

static void
collect_words (RpLicence *self, RpArticle *article, Word words[N_WORDS])
{
  g_autofree char *source = rp_licence_dup_source (self, article);
  g_autofree char *link = dup_link (article);
  const char *url = rp_licence_get_url (self);
  const Word found[N_WORDS] = {
    {"title", g_strdup (rp_article_get (article, RP_ARTICLE_HEADLINE)), NULL, NULL},
    {"author", rp_article_dup_byline (article), NULL, NULL},
    {"source", g_strdup (source), g_strdup (link), "noopener"},
    {"holder", dup_holder (self, article, source), NULL, NULL},
    {"licensor", g_strdup (source), NULL, NULL},
    {"url", g_strdup (link), g_strdup (link), "noopener"},
    {"licence", dup_licence_name (self),
     url != NULL && rp_text_is_web_url (url) ? g_strdup (url) : NULL, "license noopener"},
    {"licence_url", g_strdup (url), g_strdup (url), "license noopener"},
    {"date", dup_date (article), NULL, NULL},
  };

  memcpy (words, found, sizeof found);
}

static void
clear_words (Word words[N_WORDS])
{
  for (guint i = 0; i < N_WORDS; i++) {
    g_free (words[i].text);
    g_free (words[i].link);
  }
}

static const Word *
find_word (const Word words[N_WORDS], const char *name, gsize length)
{
  for (guint i = 0; i < N_WORDS; i++)
    if (strlen (words[i].name) == length && strncmp (words[i].name, name, length) == 0)
      return &words[i];

  return NULL;
}

static void
append_escaped (GString *out, const char *text, gssize length)
{
  g_autofree char *piece = g_strndup (text, length < 0 ? strlen (text) : (gsize) length);
  g_autofree char *escaped = rp_text_escape (piece);

  g_string_append (out, escaped);
}

static void
append_word (GString *out, const Word *word, gboolean html)
{
  if (!html) {
    g_string_append (out, word->text);
    return;
  }
  if (word->link != NULL && rp_text_is_web_url (word->link)) {
    g_string_append (out, "<a href=\"");
    append_escaped (out, word->link, -1);
    g_string_append_printf (out, "\" rel=\"%s\">", word->rel);
    append_escaped (out, word->text, -1);
    g_string_append (out, "</a>");
  } else {
    append_escaped (out, word->text, -1);
  }
}

/* Appends text[0..length) with its words; FALSE when one of them is unknown. */
static gboolean
append_part (GString *out, const char *text, gsize length, const Word words[N_WORDS], gboolean html)
{
  const char *end = text + length;
  gboolean complete = TRUE;

  while (text < end) {
    const char *brace = memchr (text, '{', end - text);
    const char *close = brace != NULL ? memchr (brace, '}', end - brace) : NULL;
    const Word *word = close != NULL ? find_word (words, brace + 1, close - brace - 1) : NULL;
    const char *plain_end = word != NULL ? brace : close != NULL ? close + 1 : end;

    if (html)
      append_escaped (out, text, plain_end - text);
    else
      g_string_append_len (out, text, plain_end - text);
    text = word != NULL ? close + 1 : plain_end;
    if (word != NULL && word->text != NULL)
      append_word (out, word, html);
    else if (word != NULL)
      complete = FALSE;
  }

  return complete;
}

static char *
fill (RpLicence *self, RpArticle *article, const char *text, gboolean html)
{
  g_autoptr (GString) out = g_string_new (NULL);
  Word words[N_WORDS];

  collect_words (self, article, words);
  while (*text != '\0') {
    const char *open = strchr (text, '[');
    const char *close = open != NULL ? strchr (open, ']') : NULL;
    gsize before;

    if (close == NULL) {
      append_part (out, text, strlen (text), words, html);
      break;
    }
    append_part (out, text, open - text, words, html);
    before = out->len;
    if (!append_part (out, open + 1, close - open - 1, words, html))
      g_string_truncate (out, before);
    text = close + 1;
  }
  clear_words (words);

  return rp_text_collapse (out->str);
}

/* The template in the article's language, else in English, else in any. */
static const char *
find_template (RpLicence *self, RpArticle *article)
{
  JsonObject *profile = rp_licence_get_profile (self);
  JsonObject *by_language = rp_json_get_object (profile, "credit_template");
  const char *language = rp_article_get (article, RP_ARTICLE_LANGUAGE);
  g_autofree char *primary = NULL;
  const char *found = NULL;

  if (by_language == NULL) {
    found = rp_json_get_string (profile, "credit_template");
    return found != NULL ? found : rp_json_get_string (profile, "credit_text");
  }

  if (language != NULL) {
    primary = g_ascii_strdown (language, strcspn (language, "-_"));
    found = rp_json_get_string (by_language, primary);
  }
  if (found == NULL)
    found = rp_json_get_string (by_language, "en");
  if (found == NULL) {
    g_autoptr (GList) names = json_object_get_members (by_language);

    found = names != NULL ? rp_json_get_string (by_language, names->data) : NULL;
  }

  return found;
}

gboolean
rp_licence_lets_edit_credit (RpLicence *self)
{
  const RpTerms *terms;

  g_return_val_if_fail (RP_IS_LICENCE (self), FALSE);

  terms = rp_licence_get_terms (self);

  return terms->is_creative_commons_by || terms->is_public_domain ||
         rp_json_get_boolean (rp_licence_get_profile (self), "credit_editable", FALSE);
}

static char *
put_word_back (char *text, const Word *word)
{
  g_autofree char *name = NULL;
  g_autoptr (GString) out = g_string_new (text);

  if (word->text == NULL || *word->text == '\0')
    return text;
  name = g_strdup_printf ("{%s}", word->name);
  rp_text_replace (out, word->text, name);
  g_free (text);

  return g_strdup (out->str);
}

char *
rp_licence_dup_credit_template (RpLicence *self, RpArticle *article, const char *typed)
{
  static const char *const order[] = {"title", "licence", "author", "source", "holder"};
  char *text = rp_text_clean (typed);
  Word words[N_WORDS];

  g_return_val_if_fail (RP_IS_LICENCE (self) && RP_IS_ARTICLE (article), text);

  if (text == NULL)
    return NULL;
  collect_words (self, article, words);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    text = put_word_back (text, find_word (words, order[i], strlen (order[i])));
  clear_words (words);

  return text;
}

static char *
build (RpLicence *self, RpArticle *article, gboolean html)
{
  const char *own = rp_article_get (article, RP_ARTICLE_CREDIT_TEMPLATE);
  const char *text =
    own != NULL && rp_licence_lets_edit_credit (self) ? own : find_template (self, article);
  const char *demanded =
    rp_statement_get (rp_article_get_statement (article), RP_STATEMENT_CREDIT_LINE);

  if (text != NULL)
    return fill (self, article, text, html);
  if (demanded != NULL)
    return html ? rp_text_escape (demanded) : g_strdup (demanded);
  if (rp_licence_get_terms (self)->is_public_domain ||
      rp_licence_get_terms (self)->attribution_waived)
    return NULL;

  /* A licence without a template still owes author and source their names. */
  return fill (self, article, "{title}[, {author}][, {source}][ ({licence})]", html);
}

char *
rp_licence_build_credit (RpLicence *self, RpArticle *article)
{
  g_return_val_if_fail (RP_IS_LICENCE (self) && RP_IS_ARTICLE (article), NULL);

  return build (self, article, FALSE);
}

char *
rp_licence_build_credit_html (RpLicence *self, RpArticle *article)
{
  g_return_val_if_fail (RP_IS_LICENCE (self) && RP_IS_ARTICLE (article), NULL);

  return build (self, article, TRUE);
}

char *
rp_licence_fill (RpLicence *self, RpArticle *article, const char *template_text)
{
  g_return_val_if_fail (RP_IS_LICENCE (self) && template_text != NULL, g_strdup (""));

  return fill (self, article, template_text, FALSE);
}

char *
rp_licence_fill_html (RpLicence *self, RpArticle *article, const char *template_text)
{
  g_return_val_if_fail (RP_IS_LICENCE (self) && template_text != NULL, g_strdup (""));

  return fill (self, article, template_text, TRUE);
}
