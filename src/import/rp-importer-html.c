/* Web pages: what they declare, then the body out of the DOM. Also fragments, as copied from a
 * "republish this" box. */
#include <string.h>

#include <libxml/HTMLparser.h>

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-html.h"
#include "rp-import-body-names.h"
#include "rp-import-body.h"
#include "rp-import-clutter.h"
#include "rp-import-fields.h"
#include "rp-import-headline.h"
#include "rp-import-lift.h"
#include "rp-import-marks.h"
#include "rp-import-rights-words.h"
#include "rp-import-structured.h"
#include "rp-importer.h"
#include "rp-text.h"

#define SNIFF 2048
#define OUTSIDE_LIMIT 500 /* characters: longer blocks outside of the body are no notices */

/* Does the first element belong to HTML; feeds and wire formats are markup, too. */
static gboolean
begins_with_html (const char *head)
{
  static const char *const newer[] = {"article", "section",  "main", "header", "footer",
                                      "figure",  "aside",    "nav",  "time",   "svg",
                                      "picture", "template", NULL};
  const char *at = strchr (head, '<');

  while (at != NULL) {
    gsize length = strspn (at + 1, "abcdefghijklmnopqrstuvwxyz0123456789:-");
    g_autofree char *name = g_strndup (at + 1, length);

    if (g_str_has_prefix (at, "<!--")) {
      at = strstr (at, "-->");
      at = at != NULL ? strchr (at, '<') : NULL;
    } else if (length == 0) {
      at = strchr (at + 1, '<');
    } else {
      return htmlTagLookup ((const xmlChar *) name) != NULL || g_strv_contains (newer, name);
    }
  }
  return FALSE;
}

static RpMatch
html_match (const RpSource *source)
{
  static const char *const marks[] = {"<!doctype html", "<html",   "<head",  "<body", "<article",
                                      "<meta ",         "<script", "<link ", "<title"};
  static const char *const tags[] = {"<p>", "<p ",   "<div", "<h1",     "<h2",      "<a ",
                                     "<br", "<span", "<ul",  "<figure", "<section", "<blockquote"};
  gsize size;
  const char *data = g_bytes_get_data (source->bytes, &size);
  g_autofree char *head = size > 0 ? g_ascii_strdown (data, (gssize) MIN (size, SNIFF)) : NULL;
  RpMatch best = RP_MATCH_NO;

  if (head == NULL || strlen (head) < MIN (size, 16) ||
      (strncmp (head, "<?xml", 5) == 0 && strstr (head, "<html") == NULL))
    return RP_MATCH_NO;
  if (!begins_with_html (head))
    return RP_MATCH_NO;
  if (g_strcmp0 (source->declared_type, "text/html") == 0 ||
      g_strcmp0 (source->declared_type, "application/xhtml+xml") == 0)
    best = RP_MATCH_LIKELY;
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++) {
    if (strstr (head, marks[i]) != NULL)
      return head[strspn (head, " \t\r\n\xef\xbb\xbf")] == '<' ? RP_MATCH_CERTAIN : RP_MATCH_LIKELY;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (tags) && best == RP_MATCH_NO; i++) {
    if (strstr (head, tags[i]) != NULL)
      best = head[strspn (head, " \t\r\n\xef\xbb\xbf")] == '<' ? RP_MATCH_LIKELY : RP_MATCH_NO;
  }
  return best;
}

static gboolean
is_outer (const xmlNode *node)
{
  static const char *const outer[] = {"footer", "aside", "nav", NULL};

  return g_strv_contains (outer, (const char *) node->name) || rp_body_is_unlikely (node);
}

static gboolean
has_block_child (const xmlNode *node)
{
  static const char *const blocks[] = {
    "p",      "div",   "ul",  "ol",     "section", "article",    "table", "footer",
    "header", "aside", "nav", "figure", "h1",      "h2",         "h3",    "h4",
    "form",   "li",    "tr",  "td",     "tbody",   "blockquote", "main",  NULL};

  for (const xmlNode *child = node->children; child != NULL; child = child->next) {
    if (child->type == XML_ELEMENT_NODE && g_strv_contains (blocks, (const char *) child->name))
      return TRUE;
  }
  return FALSE;
}

/* Short blocks that the body left behind: notices at the foot, statements beside the headline. */
static void
collect_outside (xmlNode *parent, RpZone zone, const char *base_url, GPtrArray *blocks)
{
  static const char *const skipped[] = {"script", "style", "noscript", "template", "select",
                                        "button", "svg",   "head",     "option",   NULL};

  for (xmlNode *node = parent->children; node != NULL; node = node->next) {
    RpZone own = zone;

    if (node->type != XML_ELEMENT_NODE || g_strv_contains (skipped, (const char *) node->name))
      continue;
    if (zone != RP_ZONE_OUTSIDE && is_outer (node))
      own = RP_ZONE_OUTSIDE;
    if (has_block_child (node)) {
      collect_outside (node, own, base_url, blocks);
    } else {
      g_autofree char *text = rp_html_tree_to_text (node);

      if (*text != '\0' && strlen (text) < OUTSIDE_LIMIT &&
          (own != RP_ZONE_OUTSIDE || rp_rights_may_speak (text)))
        g_ptr_array_add (blocks, rp_lift_block (node, own, base_url));
    }
  }
}

/* RDFa of a licence badge: who to name, and where. */
static void
read_attribution (xmlNode *root, RpBlock *block)
{
  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE)) {
    const char *property =
      node->type == XML_ELEMENT_NODE ? rp_xml_peek_attribute (node, "property") : NULL;
    const char *rel = node->type == XML_ELEMENT_NODE ? rp_xml_peek_attribute (node, "rel") : NULL;

    if (property != NULL && strcmp (property, "cc:attributionName") == 0 &&
        block->attribution_name == NULL)
      block->attribution_name = rp_xml_dup_text (node);
    if (rel != NULL && strcmp (rel, "cc:attributionURL") == 0 && block->attribution_url == NULL)
      block->attribution_url = rp_xml_dup_attribute (node, "href");
  }
}

typedef struct {
  xmlDoc *doc;
  RpArticle *article;
  RpFacts *facts;
  RpRightsScan *scan;
  RpMarks *marks; /* owned: our own marks, NULL = none */
  RpBlock *badge; /* owned: a cc: badge of the raw page, NULL = none */
} Work;

static void
find_badge (Work *self)
{
  self->marks = rp_marks_read (xmlDocGetRootElement (self->doc));
  self->badge = rp_block_new ("", RP_ZONE_BODY);
  read_attribution (xmlDocGetRootElement (self->doc), self->badge);
}

/* The badge's names go to the block of the body that has its licence link. */
static void
give_badge (Work *self, GPtrArray *blocks)
{
  for (guint i = 0; i < blocks->len && self->badge->attribution_name != NULL; i++) {
    RpBlock *block = g_ptr_array_index (blocks, i);

    if (strstr (block->text, self->badge->attribution_name) != NULL && block->links != NULL &&
        strlen (block->text) < OUTSIDE_LIMIT) {
      block->attribution_name = g_strdup (self->badge->attribution_name);
      block->attribution_url = g_strdup (self->badge->attribution_url);
      return;
    }
  }
}

static void
read_body (Work *self)
{
  const char *headline = rp_article_get (self->article, RP_ARTICLE_HEADLINE);
  RpBodyHints hints = {.headline = headline, .article_body = self->facts->article_body};
  g_autoptr (GPtrArray) trackers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_block_free);
  g_autofree char *html = NULL;
  xmlNode *body = rp_body_extract (self->doc, &hints);
  xmlNode *rest = rp_html_get_body (self->doc);

  if (body != NULL) {
    rp_html_clean_tree (body, self->facts->base_url, trackers);
    rp_lift_collect (body, blocks);
    give_badge (self, blocks);
  }
  if (rest != NULL)
    collect_outside (rest, RP_ZONE_BODY, self->facts->base_url, blocks);
  rp_rights_scan_blocks (self->scan, blocks);
  if (body == NULL) {
    rp_marks_apply (self->marks, self->article);
    return;
  }
  rp_lift_remove (blocks);
  rp_lift_pictures (self->article, body);
  rp_marks_apply (self->marks, self->article);
  rp_body_trim (body, &hints, rp_article_get_authors (self->article));
  html = rp_html_serialise (body);
  rp_article_set (self->article, RP_ARTICLE_BODY_HTML, html);
  rp_lift_trackers (self->article, trackers);
  xmlFreeNode (body);
}

static gboolean
html_parse (const RpSource *source, RpImportSink *sink, GError **error)
{
  g_autoptr (xmlDoc) doc = rp_html_parse (source->bytes, source->declared_charset, error);
  g_autoptr (RpArticle) article = NULL;
  g_autoptr (RpRightsScan) scan = NULL;
  g_autoptr (RpFacts) facts = NULL;
  Work work;

  if (doc == NULL)
    return FALSE;
  article = rp_article_new ();
  scan = rp_rights_scan_new (NULL);
  facts = rp_structured_read (doc, source->base_url, article, scan);
  rp_rights_scan_set_hints (scan, facts->host, rp_article_get (article, RP_ARTICLE_SITE_NAME));
  rp_headline_choose (facts, article);
  work = (Work){.doc = doc, .article = article, .facts = facts, .scan = scan};
  rp_head_read (doc, article);
  find_badge (&work);
  read_body (&work);
  rp_block_free (work.badge);
  g_clear_pointer (&work.marks, rp_marks_free);
  rp_rights_scan_finish (scan, article);
  rp_fields_derive_headline (article);
  if (rp_text_is_web_url (source->base_url))
    rp_article_fill (article, RP_ARTICLE_CANONICAL_URL, source->base_url);
  if (rp_article_get (article, RP_ARTICLE_HEADLINE) == NULL &&
      rp_article_get (article, RP_ARTICLE_BODY_HTML) == NULL) {
    g_set_error_literal (
      error, RP_ERROR, RP_ERROR_UNREADABLE,
      _ ("There is no article in this page. Copy the text and paste that instead."));
    return FALSE;
  }
  sink->article (sink, article);

  return TRUE;
}

static const char *const html_extensions[] = {"html", "htm", "xhtml", "shtml", "php", NULL};

const RpImporter rp_importer_html = {
  .id = "html",
  .title = N_ ("Web page"),
  .extensions = html_extensions,
  .match = html_match,
  .parse = html_parse,
};
