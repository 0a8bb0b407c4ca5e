#include "rp-import-headline.h"

#include <string.h>

#include "rp-html.h"
#include "rp-import-fields.h"
#include "rp-import-moment.h"
#include "rp-import-party.h"
#include "rp-import-regex.h"
#include "rp-text.h"

#define BYLINE_CHARS 160
#define NEAR_TEXTS 25 /* pieces of text below the headline that may hold its date */
#define NEAR_CHARS 60

/* "Headline - Site", "Headline | Section | Site", "Site: Headline": without the site. Gives. */
static char *
strip_site (const char *title, const char *site)
{
  static RpRegex separator = RP_REGEX ("\\s+(?:[|–—»·•:]|-|::|\\|\\|)\\s+");
  g_auto (GStrv) parts = title != NULL ? g_regex_split (rp_regex_get (&separator), title, 0) : NULL;
  guint n = parts != NULL ? g_strv_length (parts) : 0;

  if (n < 2)
    return g_strdup (title);
  if (site != NULL && rp_text_same (parts[0], site) && n == 2)
    return g_strdup (parts[1]);
  for (guint i = n - 1; i > 0; i--) {
    gboolean is_site = site != NULL && rp_text_same (parts[i], site);

    if (is_site || (rp_text_count_words (parts[i]) <= 4 && rp_text_count_words (parts[0]) >= 3)) {
      char *at = g_strrstr (title, parts[i]);
      g_autofree char *cut = g_strndup (title, (gsize) (at - title));
      gsize length = strlen (cut);

      while (length > 0 &&
             (g_ascii_isspace (cut[length - 1]) || strchr ("|-:", cut[length - 1]) != NULL ||
              (guchar) cut[length - 1] >= 0x80))
        cut[--length] = '\0';
      if (length > 0 && i > 1 && !is_site)
        return g_steal_pointer (&cut);
      if (length > 0)
        return strip_site (cut, site);
    }
  }
  return g_strdup (title);
}

/* The share of a heading's words that what the page calls its title has, too. */
static double
share_words (const char *heading, const char *title)
{
  g_autofree char *folded = title != NULL ? g_utf8_casefold (title, -1) : NULL;
  g_autofree char *lower = g_utf8_casefold (heading, -1);
  g_auto (GStrv) words = g_strsplit_set (lower, " \t\n,.:;!?()|", -1);
  guint all = 0;
  guint shared = 0;

  for (guint i = 0; words[i] != NULL; i++) {
    if (*words[i] == '\0')
      continue;
    all++;
    shared += folded != NULL && strstr (folded, words[i]) != NULL;
  }
  return all > 0 ? (double) shared / all : 0;
}

static double
rate_heading (const RpFacts *facts, const char *heading)
{
  double best = share_words (heading, facts->title);

  best = MAX (best, share_words (heading, facts->og_title));
  return MAX (best, share_words (heading, facts->declared_headline));
}

/* Sites use h1 for their own name as well: the one that shares most with the page's title. */
void
rp_headline_pick (RpFacts *facts, const GPtrArray *heads)
{
  gboolean untitled =
    facts->title == NULL && facts->og_title == NULL && facts->declared_headline == NULL;
  double best = untitled ? -1 : 0.29;

  for (guint i = 0; i < heads->len && i < 20; i++) {
    g_autofree char *text = rp_xml_dup_text (g_ptr_array_index (heads, i));
    double rate = text != NULL && strlen (text) < 400 ? rate_heading (facts, text) : 0;

    if (text != NULL && rp_text_count_words (text) < 3)
      rate *= 0.6;
    if (rate > best) {
      best = rate;
      g_free (facts->heading);
      facts->heading = g_steal_pointer (&text);
    }
  }
}

void
rp_headline_choose (const RpFacts *facts, RpArticle *article)
{
  const char *site = rp_article_get (article, RP_ARTICLE_SITE_NAME);
  g_autofree char *declared = strip_site (facts->declared_headline, site);
  g_autofree char *og = strip_site (facts->og_title, site);
  g_autofree char *title = strip_site (facts->title, site);
  const char *heading = facts->heading;

  /* The heading was chosen for what it shares with the title; it is what readers see. */
  rp_article_fill (article, RP_ARTICLE_HEADLINE, heading);
  rp_article_fill (article, RP_ARTICLE_HEADLINE, declared);
  rp_article_fill (article, RP_ARTICLE_HEADLINE, og);
  rp_article_fill (article, RP_ARTICLE_HEADLINE, title);
}

static gboolean
is_byline_element (const xmlNode *node)
{
  static RpRegex names =
    RP_REGEX ("(?:^|[\\s_-])(?:by-?line|author|authors|author-?name|article-?author|post-?author|"
              "entry-?author|writer|contributor|c-byline|story-?author)(?:$|[\\s_-])");
  const char *rel = rp_xml_peek_attribute (node, "rel");
  const char *class = rp_xml_peek_attribute (node, "class");

  if (rel != NULL && strstr (rel, "author") != NULL)
    return TRUE;
  return class != NULL && rp_regex_test (&names, class);
}

static char *
dup_short_text (xmlNode *node, gsize limit)
{
  g_autofree char *text = rp_xml_dup_text (node);

  return text != NULL && strlen (text) <= limit ? g_steal_pointer (&text) : NULL;
}

/* Cuts what stands behind the names: dates, times, roles, counters. */
static char *
dup_names_only (const char *byline)
{
  static RpRegex tail =
    RP_REGEX ("\\s*(?:[|•·]|\\bon\\b\\s+(?=\\p{Lu}|\\d)|\\b(?:published|updated|posted|last|for|in|"
              "@|follow|email|view|about|is an?|was)\\b|\\d{1,2}[:/. "
              "]\\d|\\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\\w*\\.? \\d|\\d{4}).*$");
  g_autofree char *cut = g_regex_replace_literal (rp_regex_get (&tail), byline, -1, 0, "", 0, NULL);

  return rp_text_clean (cut);
}

/* Comments have authors, too, but not the article's. */
static gboolean
is_of_readers (const xmlNode *node)
{
  const char *class = rp_xml_peek_attribute (node, "class");
  const char *id = rp_xml_peek_attribute (node, "id");

  return (class != NULL && strstr (class, "comment") != NULL &&
          strcmp ((const char *) node->name, "body") != 0) ||
         (id != NULL && strstr (id, "comment") != NULL);
}

static void
read_byline (xmlNode *root, RpArticle *article)
{
  for (xmlNode *node = root; node != NULL && rp_article_get_authors (article)->len == 0;
       node = rp_xml_follow (node, root, !is_of_readers (node))) {
    g_autofree char *text = NULL;
    g_autofree char *names = NULL;

    if (node->type != XML_ELEMENT_NODE || node->properties == NULL || is_of_readers (node) ||
        !is_byline_element (node))
      continue;
    text = dup_short_text (node, BYLINE_CHARS);
    names = text != NULL ? dup_names_only (text) : NULL;
    if (names != NULL && rp_text_count_words (names) <= 14)
      rp_fields_add_byline (article, names);
  }
}

static gboolean
begins_byline (const char *text)
{
  static const char *const starts[] = {"by",       "written by", "words by",
                                       "story by", "article by", "posted by"};

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++) {
    gsize length = strlen (starts[i]);

    if (g_ascii_strncasecmp (text, starts[i], length) == 0 &&
        (text[length] == '\0' || g_ascii_isspace (text[length]) || text[length] == ':'))
      return TRUE;
  }
  return FALSE;
}

/* "By Name" in an element of its own, near the top. */
static void
read_spoken_byline (xmlNode *root, RpArticle *article)
{
  guint seen = 0;

  for (xmlNode *node = root;
       node != NULL && seen < 4000 && rp_article_get_authors (article)->len == 0;
       node = rp_xml_follow (node, root, TRUE)) {
    const char *text = node->type == XML_TEXT_NODE ? (const char *) node->content : NULL;
    g_autofree char *whole = NULL;
    g_autofree char *names = NULL;

    seen++;
    if (text == NULL || node->parent == NULL)
      continue;
    text += strspn (text, " \t\r\n");
    if (!begins_byline (text))
      continue;
    whole = dup_short_text (node->parent, BYLINE_CHARS);
    if (whole != NULL && strlen (whole) < 14 && node->parent->parent != NULL) {
      g_free (whole);
      whole = dup_short_text (node->parent->parent, BYLINE_CHARS);
    }
    if (!rp_fields_is_byline (whole))
      continue;
    names = dup_names_only (whole);
    if (names != NULL)
      rp_fields_add_byline (article, names);
  }
}

static gboolean
is_date_element (const xmlNode *node)
{
  static RpRegex names = RP_REGEX (
    "(?:^|[\\s_-])(?:date|time|timestamp|published|pub-?date|post-?date|publish-?date|entry-?date|"
    "article-?date|byline|posted|dateline|meta|story-?date|news-?date)(?:$|[\\s_-])");
  const char *class = rp_xml_peek_attribute (node, "class");
  const char *id = rp_xml_peek_attribute (node, "id");

  return strcmp ((const char *) node->name, "time") == 0 ||
         (class != NULL && rp_regex_test (&names, class)) ||
         (id != NULL && rp_regex_test (&names, id));
}

static void
read_date (xmlNode *root, RpArticle *article)
{
  for (xmlNode *node = root; node != NULL && rp_article_get (article, RP_ARTICLE_PUBLISHED) == NULL;
       node = rp_xml_follow (node, root, TRUE)) {
    g_autofree char *text = NULL;
    g_autofree char *date = NULL;

    if (node->type != XML_ELEMENT_NODE || node->properties == NULL || !is_date_element (node))
      continue;
    text = dup_short_text (node, BYLINE_CHARS);
    date = text != NULL ? rp_moment_find_date (text) : NULL;
    if (date != NULL)
      rp_article_set (article, RP_ARTICLE_PUBLISHED, date);
  }
}

/* A line with a date, soon after the headline. */
static void
read_near_date (xmlNode *root, RpArticle *article)
{
  const char *headline = rp_article_get (article, RP_ARTICLE_HEADLINE);
  guint left = 0;

  for (xmlNode *node = root; node != NULL && rp_article_get (article, RP_ARTICLE_PUBLISHED) == NULL;
       node = rp_xml_follow (node, root, TRUE)) {
    const char *text = node->type == XML_TEXT_NODE ? (const char *) node->content : NULL;
    g_autofree char *date = NULL;

    if (rp_xml_is (node, NULL, "h1")) {
      g_autofree char *heading = rp_xml_dup_text (node);

      left =
        headline != NULL && heading != NULL && rp_text_same (heading, headline) ? NEAR_TEXTS : left;
    }
    if (text == NULL || left == 0 || text[strspn (text, " \t\r\n")] == '\0')
      continue;
    left--;
    date = strlen (text) < NEAR_CHARS ? rp_moment_find_date (text) : NULL;
    if (date != NULL)
      rp_article_set (article, RP_ARTICLE_PUBLISHED, date);
    if (left == 0)
      return;
  }
}

/* Markup that names only the site as author is no byline: look for a person, keep the site
 * otherwise. */
static gboolean
names_only_site (RpArticle *article)
{
  GPtrArray *authors = rp_article_get_authors (article);
  const char *site = rp_article_get (article, RP_ARTICLE_SITE_NAME);
  const char *provider = rp_article_get (article, RP_ARTICLE_PROVIDER);

  for (guint i = 0; i < authors->len; i++) {
    const char *name = ((RpAuthor *) g_ptr_array_index (authors, i))->name;

    if (!(site != NULL && rp_party_same (name, site)) &&
        !(provider != NULL && rp_party_same (name, provider)))
      return FALSE;
  }
  return authors->len > 0;
}

/* Two to four words, each with a capital, as names are. */
static gboolean
names_person (RpArticle *article)
{
  GPtrArray *authors = rp_article_get_authors (article);
  const char *name = authors->len > 0 ? ((RpAuthor *) g_ptr_array_index (authors, 0))->name : NULL;
  g_auto (GStrv) words = name != NULL ? g_strsplit (name, " ", -1) : NULL;
  guint n = words != NULL ? g_strv_length (words) : 0;

  for (guint i = 0; i < n; i++) {
    if (!g_unichar_isupper (g_utf8_get_char (words[i])))
      return FALSE;
  }
  return n >= 2 && n <= 4 && !names_only_site (article);
}

void
rp_head_read (xmlDoc *doc, RpArticle *article)
{
  xmlNode *root = rp_html_get_body (doc);
  g_autofree char *site = names_only_site (article) ? rp_article_dup_byline (article) : NULL;

  if (root == NULL)
    return;
  if (site != NULL)
    rp_article_clear_authors (article);
  read_byline (root, article);
  read_spoken_byline (root, article);
  if (site != NULL && !names_person (article)) {
    rp_article_clear_authors (article);
    rp_fields_add_author (article, site, NULL, NULL);
  }
  read_near_date (root, article);
  read_date (root, article);
}
