/* NewsML-G2: news items alone or in a message, and packages that tie them together. */
#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-import-g2.h"
#include "rp-import-wire-xml.h"
#include "rp-import-wire.h"
#include "rp-importer.h"
#include "rp-text.h"

static RpMatch
newsml_g2_match (const RpSource *source)
{
  static const char *const roots[] = {"newsmessage",   "newsitem",     "packageitem", "conceptitem",
                                      "knowledgeitem", "planningitem", "catalogitem", NULL};
  static const char *const older[] = {"newsml", "newsidentifier", NULL};
  RpMatch match = rp_wire_match (source, roots);

  return match != RP_MATCH_NO && rp_wire_match (source, older) == RP_MATCH_NO ? match : RP_MATCH_NO;
}

typedef struct {
  const RpSource *source;
  RpImportSink *sink;
  GHashTable *items;   /* guid -> xmlNode, of the news items of this document */
  GHashTable *holders; /* news item -> GPtrArray of the packages that refer to it */
} Message;

/* The news item that a package's reference or a link names; NULL when it did not come along. */
static xmlNode *
find_item (const Message *self, xmlNode *reference)
{
  static const char *const names[] = {"residref", "href", "guidref"};
  xmlNode *found = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names) && found == NULL; i++) {
    g_autofree char *id = rp_wire_dup_attribute (reference, names[i]);

    found = id != NULL ? g_hash_table_lookup (self->items, id) : NULL;
  }
  return found;
}

static void
note_holder (const Message *self, xmlNode *item, xmlNode *package)
{
  GPtrArray *packages = g_hash_table_lookup (self->holders, item);

  if (packages == NULL) {
    packages = g_ptr_array_new ();
    g_hash_table_insert (self->holders, item, packages);
  }
  if (packages->len == 0 || g_ptr_array_index (packages, packages->len - 1) != package)
    g_ptr_array_add (packages, package);
}

static void
collect_holders (const Message *self, xmlNode *root)
{
  for (xmlNode *package = root; package != NULL;
       package = rp_wire_find (root, package, "packageItem")) {
    if (!rp_wire_is (package, "packageItem"))
      continue;
    for (xmlNode *node = rp_wire_find (package, NULL, "itemRef"); node != NULL;
         node = rp_wire_find (package, node, "itemRef")) {
      xmlNode *item = find_item (self, node);

      if (item != NULL)
        note_holder (self, item, package);
    }
  }
}

static gboolean
holds_any (const Message *self, xmlNode *package)
{
  for (xmlNode *node = rp_wire_find (package, NULL, "itemRef"); node != NULL;
       node = rp_wire_find (package, node, "itemRef")) {
    if (find_item (self, node) != NULL)
      return TRUE;
  }
  return FALSE;
}

/* The pictures that `parent` refers to (a package by itemRef, an item by link). */
static void
attach_pictures (const Message *self, xmlNode *parent, const char *name, RpArticle *article)
{
  for (xmlNode *node = rp_wire_find (parent, NULL, name); node != NULL;
       node = rp_wire_find (parent, node, name)) {
    xmlNode *item = find_item (self, node);

    if (item != NULL && rp_g2_is_picture (item))
      rp_g2_read_picture (item, self->source, article);
  }
}

static gboolean
give_item (const Message *self, xmlNode *item)
{
  GPtrArray *packages = g_hash_table_lookup (self->holders, item);
  g_autoptr (RpArticle) article = rp_article_new ();
  g_autoptr (RpRightsScan) scan = rp_rights_scan_new (NULL);

  rp_g2_read_item (item, self->source, article, scan);
  if (rp_g2_is_picture (item))
    return rp_wire_give (article, scan, self->sink);
  attach_pictures (self, item, "link", article);
  for (guint i = 0; packages != NULL && i < packages->len; i++)
    attach_pictures (self, g_ptr_array_index (packages, i), "itemRef", article);

  return rp_wire_give (article, scan, self->sink);
}

static void
append_reference (GString *html, xmlNode *reference)
{
  g_autofree char *title = rp_wire_dup_at (reference, "title");
  g_autofree char *headline = rp_wire_dup_at (reference, "headline");
  g_autofree char *id = rp_wire_dup_attribute (reference, "residref");
  g_autofree char *href = rp_wire_dup_attribute (reference, "href");
  const char *words = headline != NULL ? headline
                      : title != NULL  ? title
                      : href != NULL   ? href
                                       : id;
  g_autofree char *safe_words = rp_text_escape (words);
  g_autofree char *safe_href = rp_text_escape (href);

  if (words == NULL)
    return;
  if (rp_text_is_web_url (href))
    g_string_append_printf (html, "<li><a href=\"%s\">%s</a></li>", safe_href, safe_words);
  else
    g_string_append_printf (html, "<li>%s</li>", safe_words);
}

/* A package whose items did not come with it: a list of them. */
static gboolean
give_package (const Message *self, xmlNode *package)
{
  g_autoptr (RpArticle) article = rp_article_new ();
  g_autoptr (RpRightsScan) scan = rp_rights_scan_new (NULL);
  g_autoptr (GString) html = g_string_new (NULL);
  g_autofree char *list = NULL;

  for (xmlNode *node = rp_wire_find (package, NULL, "itemRef"); node != NULL;
       node = rp_wire_find (package, node, "itemRef"))
    append_reference (html, node);
  list = html->len > 0 ? g_strdup_printf ("<ul>%s</ul>", html->str) : NULL;
  rp_g2_read_item (package, self->source, article, scan);
  rp_article_fill (article, RP_ARTICLE_BODY_HTML, list);
  rp_article_add_warning (article, "package.unresolved",
                          _ ("This is a list of items that did not come with it."));
  return rp_wire_give (article, scan, self->sink);
}

static void
collect_items (const Message *self, xmlNode *root)
{
  for (xmlNode *node = root; node != NULL; node = rp_wire_find (root, node, "newsItem")) {
    g_autofree char *guid = rp_wire_dup_attribute (node, "guid");

    if (guid != NULL && rp_wire_is (node, "newsItem"))
      g_hash_table_replace (self->items, g_steal_pointer (&guid), node);
  }
}

static gboolean
give_packages (const Message *self, xmlNode *root)
{
  for (xmlNode *node = root; node != NULL; node = rp_wire_find (root, node, "packageItem")) {
    if (rp_wire_is (node, "packageItem") && !holds_any (self, node) && !give_package (self, node))
      return FALSE;
  }
  return TRUE;
}

/* Items that are no news: people, places and events, lists of codes, plans. */
static void
remark_others (const Message *self, xmlNode *root)
{
  static const char *const others[] = {"conceptItem", "knowledgeItem", "planningItem",
                                       "catalogItem"};

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autofree char *words = NULL;

    if (self->sink->remark == NULL ||
        (!rp_wire_is (root, others[i]) && rp_wire_find (root, NULL, others[i]) == NULL))
      continue;
    words = g_strdup_printf (_ ("A %s holds no article and was left out."), others[i]);
    self->sink->remark (self->sink, "item.no_article", words);
  }
}

static gboolean
read_message (xmlNode *root, const RpSource *source, RpImportSink *sink)
{
  g_autoptr (GHashTable) items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) holders =
    g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  Message self = {.source = source, .sink = sink, .items = items, .holders = holders};

  collect_items (&self, root);
  collect_holders (&self, root);
  for (xmlNode *node = root; node != NULL; node = rp_wire_find (root, node, "newsItem")) {
    if (rp_wire_is (node, "newsItem") && !give_item (&self, node))
      return FALSE;
  }
  if (!give_packages (&self, root))
    return FALSE;
  remark_others (&self, root);
  return TRUE;
}

static gboolean
newsml_g2_parse (const RpSource *source, RpImportSink *sink, GError **error)
{
  return rp_wire_each_root (source, sink, read_message, error);
}

static const char *const newsml_g2_extensions[] = {"xml", "newsml", "nml", NULL};

const RpImporter rp_importer_newsml_g2 = {
  .id = "newsml-g2",
  .title = N_ ("NewsML-G2 news item"),
  .extensions = newsml_g2_extensions,
  .match = newsml_g2_match,
  .parse = newsml_g2_parse,
};
