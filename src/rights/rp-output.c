#include "rp-output.h"

#include "rp-html.h"
#include "rp-marks.h"
#include "rp-text.h"

#include <string.h>

typedef struct {
  GPtrArray *links;         /* of char *: every href of an <a> */
  GPtrArray *licence_links; /* of char *: href of rel=license */
  GPtrArray *images;        /* of char *: every src */
  GString *credit;          /* text of byline, credit and prescribed lines */
  char *text;               /* all text; NULL = not worked out yet */
  xmlDoc *doc;
  char *canonical;
  gboolean noindex;
  gboolean changes_note;
  char *copy_licence; /* SPDX id, as the line on the changed version says it */
  gboolean seen_paragraph;
  const char *credit_position;
} Reading;

static gboolean
has_token (xmlNode *node, const char *attribute, const char *token)
{
  g_autofree char *value = rp_xml_dup_attribute (node, attribute);
  g_auto (GStrv) tokens = value != NULL ? g_strsplit_set (value, " \t\n", -1) : NULL;

  for (guint i = 0; tokens != NULL && tokens[i] != NULL; i++)
    if (g_ascii_strcasecmp (tokens[i], token) == 0)
      return TRUE;

  return FALSE;
}

static void
add_attribute (GPtrArray *list, xmlNode *node, const char *attribute)
{
  char *value = rp_xml_dup_attribute (node, attribute);

  if (value != NULL)
    g_ptr_array_add (list, value);
}

static void
read_credit (Reading *reading, xmlNode *node)
{
  g_autofree char *text = rp_xml_dup_text (node);

  if (has_token (node, "class", RP_MARK_CHANGES))
    reading->changes_note = TRUE;
  if (has_token (node, "class", RP_MARK_COPY) && reading->copy_licence == NULL)
    reading->copy_licence = rp_xml_dup_child_text (node, NULL, "a");
  if (!has_token (node, "class", RP_MARK_CREDIT) && !has_token (node, "class", RP_MARK_BYLINE) &&
      !has_token (node, "class", RP_MARK_LINE))
    return;

  if (text != NULL)
    g_string_append_printf (reading->credit, " %s", text);
  if (has_token (node, "class", RP_MARK_CREDIT) && reading->credit_position == NULL)
    reading->credit_position = reading->seen_paragraph ? "end" : "top";
}

static void
read_head (Reading *reading, xmlNode *node)
{
  if (rp_xml_is (node, NULL, "link") && has_token (node, "rel", "canonical") &&
      reading->canonical == NULL)
    reading->canonical = rp_xml_dup_attribute (node, "href");
  if (has_token (node, "rel", "license"))
    add_attribute (reading->licence_links, node, "href");
  if (rp_xml_is (node, NULL, "meta") && has_token (node, "name", "robots")) {
    g_autofree char *content = rp_xml_dup_attribute (node, "content");

    reading->noindex = content != NULL && strstr (content, "noindex") != NULL;
  }
}

static gboolean
is_own_paragraph (xmlNode *node)
{
  g_autofree char *class_name = rp_xml_dup_attribute (node, "class");

  return class_name == NULL || !g_str_has_prefix (class_name, "reprint-");
}

static void
read_node (Reading *reading, xmlNode *node)
{
  read_head (reading, node);
  if (rp_xml_is (node, NULL, "a"))
    add_attribute (reading->links, node, "href");
  else if (rp_xml_is (node, NULL, "img"))
    add_attribute (reading->images, node, "src");
  else if (rp_xml_is (node, NULL, "p") && is_own_paragraph (node))
    reading->seen_paragraph = TRUE;
  read_credit (reading, node);
}

static void
read_tree (Reading *reading, xmlNode *parent)
{
  for (xmlNode *node = parent->children; node != NULL; node = node->next)
    if (node->type == XML_ELEMENT_NODE && !rp_xml_is (node, NULL, "script")) {
      read_node (reading, node);
      read_tree (reading, node);
    }
}

static void
reading_clear (Reading *reading)
{
  g_ptr_array_unref (reading->links);
  g_ptr_array_unref (reading->licence_links);
  g_ptr_array_unref (reading->images);
  g_string_free (reading->credit, TRUE);
  g_free (reading->text);
  xmlFreeDoc (reading->doc);
  g_free (reading->canonical);
  g_free (reading->copy_licence);
}

static void
reading_init (Reading *reading, const char *html)
{
  memset (reading, 0, sizeof *reading);
  reading->doc = rp_html_parse_fragment (html);
  reading->links = g_ptr_array_new_with_free_func (g_free);
  reading->licence_links = g_ptr_array_new_with_free_func (g_free);
  reading->images = g_ptr_array_new_with_free_func (g_free);
  reading->credit = g_string_new (NULL);
  read_tree (reading, (xmlNode *) reading->doc);
}

static const char *
get_text (Reading *reading)
{
  if (reading->text == NULL)
    reading->text = rp_html_tree_to_text (rp_html_get_body (reading->doc));

  return reading->text;
}

/* Addresses of the same page: scheme, www, fragment and a trailing slash do not count. */
static char *
dup_bare_url (const char *url)
{
  g_autofree char *text = g_strndup (url, strcspn (url, "#"));
  const char *start = strstr (text, "://");

  start = start != NULL ? start + 3 : text;
  if (g_str_has_prefix (start, "www."))
    start += 4;
  while (g_str_has_suffix (start, "/"))
    ((char *) start)[strlen (start) - 1] = '\0';

  return g_strdup (start);
}

static gboolean
is_same_url (const char *a, const char *b)
{
  g_autofree char *bare_a = dup_bare_url (a);
  g_autofree char *bare_b = dup_bare_url (b);

  return g_str_equal (bare_a, bare_b);
}

static gboolean
holds_url (GPtrArray *urls, const char *wanted)
{
  for (guint i = 0; wanted != NULL && i < urls->len; i++)
    if (is_same_url (urls->pdata[i], wanted))
      return TRUE;

  return FALSE;
}

static gboolean
holds_text (const char *text, const char *wanted)
{
  g_autofree char *haystack = NULL;
  g_autofree char *needle = NULL;
  g_autofree char *collapsed_text = rp_text_collapse (text);
  g_autofree char *collapsed = rp_text_collapse (wanted);

  if (collapsed == NULL || *collapsed == '\0' || collapsed_text == NULL)
    return FALSE;
  haystack = g_utf8_casefold (collapsed_text, -1);
  needle = g_utf8_casefold (collapsed, -1);

  return strstr (haystack, needle) != NULL;
}

static RpFlag
flag (gboolean value)
{
  return value ? RP_FLAG_YES : RP_FLAG_NO;
}

static gboolean
names_authors (const Reading *reading, RpArticle *article)
{
  GPtrArray *authors = rp_article_get_authors (article);

  for (guint i = 0; i < authors->len; i++) {
    RpAuthor *author = authors->pdata[i];

    if (!rp_text_is_empty (author->name) && !holds_text (reading->credit->str, author->name))
      return FALSE;
  }

  return TRUE;
}

static gboolean
names_source (const Reading *reading, const RpRightsInput *input)
{
  RpStatement *statement = rp_article_get_statement (input->article);
  g_autofree char *host = rp_text_host (rp_article_get (input->article, RP_ARTICLE_CANONICAL_URL));
  const char *names[] = {
    input->licence != NULL ? rp_licence_get (input->licence, "licensor") : NULL,
    rp_statement_get (statement, RP_STATEMENT_LICENSOR),
    rp_article_get (input->article, RP_ARTICLE_SITE_NAME),
    rp_article_get (input->article, RP_ARTICLE_PROVIDER),
    host,
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (holds_text (reading->credit->str, names[i]))
      return TRUE;

  return FALSE;
}

/* Nothing can be linked when nobody knows where the original is. */
static RpFlag
links_original (const Reading *reading, const RpRightsInput *input)
{
  const char *url = rp_article_get (input->article, RP_ARTICLE_CANONICAL_URL);
  g_autofree char *home = NULL;

  if (url == NULL)
    url = rp_statement_get (rp_article_get_statement (input->article), RP_STATEMENT_ORIGINAL_URL);
  if (url == NULL)
    url = rp_article_get (input->article, RP_ARTICLE_SOURCE_URL);
  if (url == NULL || !rp_text_is_web_url (url))
    return RP_FLAG_ABSENT;
  if (input->licence != NULL && rp_licence_get_terms (input->licence)->link_home_suffices)
    home = rp_text_host (url);

  return flag (holds_url (reading->links, url) || holds_url (reading->links, home));
}

static gboolean
has_mandatory_lines (Reading *reading, const RpRightsInput *input)
{
  GStrv lines = rp_licence_get_terms (input->licence)->mandatory_lines;

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++) {
    g_autofree char *line = rp_licence_fill (input->licence, input->article, lines[i]);

    if (!holds_text (get_text (reading), line))
      return FALSE;
  }

  return TRUE;
}

static void
collect_links (xmlNode *parent, const char *name, const char *attribute, GPtrArray *found)
{
  for (xmlNode *node = parent->children; node != NULL; node = node->next)
    if (node->type == XML_ELEMENT_NODE) {
      if (rp_xml_is (node, NULL, name))
        add_attribute (found, node, attribute);
      collect_links (node, name, attribute, found);
    }
}

static GPtrArray *
list_attributes (const char *html, const char *name, const char *attribute)
{
  g_autoptr (xmlDoc) doc = rp_html_parse_fragment (html != NULL ? html : "");
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);

  collect_links ((xmlNode *) doc, name, attribute, found);

  return found;
}

static double
measure_links (const Reading *reading, RpArticle *original)
{
  g_autoptr (GPtrArray) links = NULL;
  guint kept = 0;
  const char *body = original != NULL ? rp_article_get (original, RP_ARTICLE_BODY_HTML) : NULL;

  if (original == NULL)
    return -1;
  if (body == NULL || strstr (body, "<a") == NULL)
    return 1;

  links = list_attributes (body, "a", "href");
  for (guint i = 0; i < links->len; i++)
    kept += holds_url (reading->links, links->pdata[i]);

  return links->len == 0 ? 1 : (double) kept / links->len;
}

static gboolean
has_counter (const Reading *reading, const RpRightsInput *input)
{
  const char *html = rp_licence_get_terms (input->licence)->tracking_html;
  g_autoptr (GPtrArray) sources = NULL;

  if (html == NULL)
    html = rp_statement_get (rp_article_get_statement (input->article), RP_STATEMENT_TRACKING_HTML);
  sources = list_attributes (html, "img", "src");
  for (guint i = 0; i < sources->len; i++)
    if (holds_url (reading->images, sources->pdata[i]))
      return TRUE;

  return FALSE;
}

static void
judge_licence_marks (RpCaseOutput *output, Reading *reading, const RpRightsInput *input)
{
  const RpTerms *terms = rp_licence_get_terms (input->licence);

  output->link_licence =
    flag (holds_url (reading->licence_links, terms->url) || holds_url (reading->links, terms->url));
  output->mandatory_line = flag (has_mandatory_lines (reading, input));
  output->tracking = flag (has_counter (reading, input));
  if (reading->copy_licence != NULL)
    output->licence_on_copy = g_strdup (reading->copy_licence);
  else if (holds_url (reading->licence_links, terms->url))
    output->licence_on_copy = g_strdup (terms->spdx);
}

void
rp_output_inspect (RpCaseOutput *output, const RpRightsInput *input)
{
  const char *headline = rp_article_get (input->article, RP_ARTICLE_HEADLINE);
  Reading reading;

  if (input->rendition_html == NULL)
    return;
  reading_init (&reading, input->rendition_html);
  output->known = TRUE;
  output->credit_author = flag (names_authors (&reading, input->article));
  output->credit_source = flag (names_source (&reading, input));
  output->link_original = links_original (&reading, input);
  output->title_present = flag (!rp_text_is_empty (headline));
  output->changes_note = flag (reading.changes_note);
  output->credit_position = g_strdup (reading.credit_position);
  output->links_kept = measure_links (&reading, input->original);
  output->canonical = g_strdup (reading.canonical);
  output->noindex = flag (reading.noindex);
  if (input->licence != NULL)
    judge_licence_marks (output, &reading, input);
  reading_clear (&reading);
}
