#include "rp-excerpt.h"

#include "rp-html.h"
#include "rp-text.h"

/* These words stand in the article, so they follow its language and not that of the program. */
static const char *
get_words (RpArticle *article)
{
  static const struct {
    const char *language;
    const char *words;
  } known[] = {
    {"de", "Lesen Sie den ganzen Artikel bei"},
    {"fr", "Lire l’article en entier sur"},
    {"es", "Lea el artículo completo en"},
  };
  const char *language = rp_article_get (article, RP_ARTICLE_LANGUAGE);

  for (guint i = 0; language != NULL && i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strncasecmp (language, known[i].language, 2) == 0)
      return known[i].words;

  return "Read the full article at";
}

static char *
make_ending (RpArticle *article)
{
  RpStatement *statement = rp_article_get_statement (article);
  const char *url = rp_article_get (article, RP_ARTICLE_CANONICAL_URL);
  const char *site = rp_article_get (article, RP_ARTICLE_SITE_NAME);
  g_autofree char *host = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *name = NULL;

  if (url == NULL)
    url = rp_statement_get (statement, RP_STATEMENT_ORIGINAL_URL);
  if (url == NULL || !rp_text_is_web_url (url))
    return NULL;
  host = rp_text_host (url);
  escaped = rp_text_escape (url);
  name = rp_text_escape (site != NULL ? site : host);

  return g_strdup_printf ("<p>%s <a href=\"%s\">%s</a></p>", get_words (article), escaped, name);
}

static void
drop_from (xmlNode *block)
{
  while (block != NULL) {
    xmlNode *next = block->next;

    xmlUnlinkNode (block);
    xmlFreeNode (block);
    block = next;
  }
}

static guint
count_words (xmlNode *block)
{
  g_autofree char *text = rp_xml_dup_text (block);

  return rp_text_count_words (text);
}

/* What was kept, and through `out_cut` the text of the first block that did not fit. */
static guint
keep_blocks (xmlNode *body, guint room, char **out_cut)
{
  guint kept = 0;

  for (xmlNode *block = body->children; block != NULL; block = block->next) {
    guint words = count_words (block);

    if (kept + words > room) {
      *out_cut = rp_xml_dup_text (block);
      drop_from (block);
      break;
    }
    kept += words;
  }

  return kept;
}

static char *
cut_text (const char *text, guint room)
{
  g_auto (GStrv) words = g_strsplit (text, " ", (int) room + 1);
  g_autofree char *joined = NULL;
  g_autofree char *escaped = NULL;

  if (g_strv_length (words) > room)
    g_clear_pointer (&words[room], g_free);
  joined = g_strjoinv (" ", words);
  escaped = rp_text_escape (joined);

  return g_strdup_printf ("<p>%s…</p>", escaped);
}

char *
rp_excerpt_make (RpArticle *article, guint words)
{
  g_autoptr (xmlDoc) doc = NULL;
  g_autofree char *ending = NULL;
  g_autofree char *cut = NULL;
  g_autofree char *begin = NULL;
  guint own, room;

  g_return_val_if_fail (RP_IS_ARTICLE (article), NULL);

  doc = rp_html_parse_fragment (rp_article_get (article, RP_ARTICLE_BODY_HTML));
  ending = make_ending (article);
  own = ending != NULL ? rp_html_count_words (ending) : 0;
  room = words > own ? words - own : 0;
  if (keep_blocks (rp_html_get_body (doc), room, &cut) == 0 && cut != NULL && room > 0)
    begin = cut_text (cut, room);
  else
    begin = rp_html_serialise (rp_html_get_body (doc));

  return g_strconcat (begin, ending, NULL);
}
