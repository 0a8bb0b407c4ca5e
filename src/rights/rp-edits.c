#include "rp-edits.h"

#include "rp-html.h"
#include "rp-text.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* Word by word comparison is quadratic; above this many steps the words are compared as bags. */
#define MAX_STEPS (60 * 1000 * 1000)
/* Of a hundred words of the original, so many may be touched by editing for house style … */
#define STYLE_PERCENT 6
/* … but a handful may be touched in any text. */
#define STYLE_WORDS 4
/* A paragraph "Read on at …" is no longer than this. */
#define LEADING_ON_WORDS 15

static const char *const names[] = {"absent",    "none",       "style",
                                    "shortened", "translated", "rewritten"};

const char *
rp_body_edit_get_name (RpBodyEdit edit)
{
  return names[edit];
}

RpBodyEdit
rp_body_edit_from_name (const char *name)
{
  for (guint i = 1; name != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], name))
      return (RpBodyEdit) i;

  return RP_BODY_ABSENT;
}

static GPtrArray *
split_words (RpArticle *article)
{
  g_autofree char *line = rp_text_collapse (rp_article_get_body_text (article));
  g_auto (GStrv) parts = g_strsplit (line != NULL ? line : "", " ", -1);
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_ptr_array_add (words, g_strdup (parts[i]));

  return words;
}

/* The same word gets the same number, so that comparing is cheap. */
static guint *
number_words (GPtrArray *words, GHashTable *numbers)
{
  guint *list = g_new (guint, words->len + 1);

  for (guint i = 0; i < words->len; i++) {
    guint number = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, words->pdata[i]));

    if (number == 0) {
      number = g_hash_table_size (numbers) + 1;
      g_hash_table_insert (numbers, words->pdata[i], GUINT_TO_POINTER (number));
    }
    list[i] = number;
  }

  return list;
}

/* Length of the longest common subsequence: what stayed, in its order. */
static guint
count_kept_in_order (const guint *a, guint n, const guint *b, guint m)
{
  g_autofree guint *row = g_new0 (guint, m + 1);

  for (guint i = 0; i < n; i++) {
    guint diagonal = 0;

    for (guint j = 0; j < m; j++) {
      guint above = row[j + 1];

      row[j + 1] = a[i] == b[j] ? diagonal + 1 : MAX (above, row[j]);
      diagonal = above;
    }
  }

  return row[m];
}

static guint
count_kept_anywhere (const guint *a, guint n, const guint *b, guint m, guint n_numbers)
{
  g_autofree guint *left = g_new0 (guint, n_numbers + 1);
  guint kept = 0;

  for (guint i = 0; i < n; i++)
    left[a[i]]++;
  for (guint j = 0; j < m; j++)
    if (left[b[j]] > 0) {
      left[b[j]]--;
      kept++;
    }

  return kept;
}

static guint
count_kept (const guint *a, guint n, const guint *b, guint m, guint n_numbers)
{
  guint same = 0;

  while (n > 0 && m > 0 && a[0] == b[0]) {
    a++;
    b++;
    n--;
    m--;
    same++;
  }
  while (n > 0 && m > 0 && a[n - 1] == b[m - 1]) {
    n--;
    m--;
    same++;
  }
  if ((guint64) n * m > MAX_STEPS)
    return same + count_kept_anywhere (a, n, b, m, n_numbers);

  return same + count_kept_in_order (a, n, b, m);
}

static RpBodyEdit
classify (guint before, guint after, guint kept)
{
  guint removed = before - kept;
  guint added = after - kept;
  guint slack = MAX (STYLE_WORDS, before * STYLE_PERCENT / 100);

  if (removed == 0 && added == 0)
    return RP_BODY_NONE;
  if (removed + added <= slack)
    return RP_BODY_STYLE;
  if (removed > added && added <= slack / 2)
    return RP_BODY_SHORTENED;

  return RP_BODY_REWRITTEN;
}

static gboolean
is_other_language (const char *a, const char *b)
{
  if (a == NULL || b == NULL)
    return FALSE;

  return strcspn (a, "-_") != strcspn (b, "-_") ||
         g_ascii_strncasecmp (a, b, strcspn (a, "-_")) != 0;
}

static gboolean
has_same_body (RpArticle *original, RpArticle *article)
{
  return g_strcmp0 (rp_article_get (original, RP_ARTICLE_BODY_HTML),
                    rp_article_get (article, RP_ARTICLE_BODY_HTML)) == 0;
}

/* Words of a last paragraph that only leads on to the original: it is no part of the text. */
static guint
count_leading_on (RpArticle *article)
{
  const char *html = rp_article_get (article, RP_ARTICLE_BODY_HTML);
  const char *url = rp_article_get (article, RP_ARTICLE_CANONICAL_URL);
  const char *last = html != NULL ? g_strrstr (html, "<p>") : NULL;
  g_autofree char *escaped = rp_text_escape (url);
  guint words;

  if (last == NULL || url == NULL || !g_str_has_suffix (last, "</a></p>") ||
      strstr (last, escaped) == NULL)
    return 0;
  words = rp_html_count_words (last);

  return words <= LEADING_ON_WORDS ? words : 0;
}

static RpBodyEdit
compare_bodies (RpArticle *original, RpArticle *article)
{
  g_autoptr (GPtrArray) before = split_words (original);
  g_autoptr (GPtrArray) after = split_words (article);
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree guint *a = number_words (before, numbers);
  g_autofree guint *b = number_words (after, numbers);
  guint n_after = after->len - MIN (after->len, count_leading_on (article));
  guint kept = count_kept (a, before->len, b, n_after, g_hash_table_size (numbers));
  RpBodyEdit edit = classify (before->len, n_after, kept);

  if (edit > RP_BODY_STYLE && is_other_language (rp_article_get (original, RP_ARTICLE_LANGUAGE),
                                                 rp_article_get (article, RP_ARTICLE_LANGUAGE)))
    return RP_BODY_TRANSLATED;

  return edit;
}

static gint64
count_paragraphs (const char *text)
{
  g_auto (GStrv) blocks = g_strsplit (text, "\n\n", -1);
  gint64 count = 0;

  for (guint i = 0; blocks[i] != NULL; i++)
    count += !rp_text_is_empty (blocks[i]);

  return count;
}

RpEdits
rp_edits_between (RpArticle *original, RpArticle *article)
{
  RpEdits edits = {.body = RP_BODY_ABSENT, .words = -1, .paragraphs = -1};
  const char *text;

  g_return_val_if_fail (RP_IS_ARTICLE (article), edits);

  text = rp_article_get_body_text (article);
  edits.words = text != NULL ? rp_text_count_words (text) : 0;
  edits.paragraphs = text != NULL ? count_paragraphs (text) : 0;
  if (original != NULL) {
    g_autofree char *before = rp_text_collapse (rp_article_get (original, RP_ARTICLE_HEADLINE));
    g_autofree char *after = rp_text_collapse (rp_article_get (article, RP_ARTICLE_HEADLINE));

    edits.headline_known = TRUE;
    edits.headline_changed = g_strcmp0 (before, after) != 0;
    edits.body =
      has_same_body (original, article) ? RP_BODY_NONE : compare_bodies (original, article);
  }

  return edits;
}

char *
rp_edits_dup_note (const RpEdits *edits)
{
  gboolean headline = edits->headline_known && edits->headline_changed;

  switch (edits->body) {
  case RP_BODY_STYLE:
    return g_strdup (_ ("Changes: the text was edited for house style."));
  case RP_BODY_SHORTENED:
    return g_strdup (_ ("Changes: the text was shortened."));
  case RP_BODY_TRANSLATED:
    return g_strdup (_ ("Changes: the text was translated."));
  case RP_BODY_REWRITTEN:
    return g_strdup (_ ("Changes: the text was rewritten in parts."));
  case RP_BODY_ABSENT:
  case RP_BODY_NONE:
  default:
    return headline ? g_strdup (_ ("Changes: the headline was changed.")) : NULL;
  }
}
