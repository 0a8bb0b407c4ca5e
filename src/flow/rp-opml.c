#include "rp-opml.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-error.h"
#include "rp-text.h"
#include "rp-time.h"
#include "rp-xml.h"

/* Our own mark on a page that is read itself: other programs see a link. */
#define PAGE_CATEGORY "/reprint/page"

/* Names of attributes come in any case. Gives. */
static char *
dup_attribute (xmlNode *node, const char *name)
{
  for (xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
    if (g_ascii_strcasecmp ((const char *) attribute->name, name) == 0)
      return rp_xml_dup_attribute (node, (const char *) attribute->name);

  return NULL;
}

static char *
dup_address (xmlNode *outline)
{
  g_autofree char *feed = dup_attribute (outline, "xmlUrl");
  g_autofree char *category = dup_attribute (outline, "category");

  if (feed == NULL && category != NULL && strstr (category, PAGE_CATEGORY) != NULL)
    return dup_attribute (outline, "url");
  if (feed != NULL && g_ascii_strncasecmp (feed, "feed://", 7) == 0)
    return g_strconcat ("http://", feed + 7, NULL);
  if (feed != NULL && g_ascii_strncasecmp (feed, "feed:", 5) == 0)
    return g_strdup (feed + 5);

  return g_steal_pointer (&feed);
}

static void
take_title (RpSubscription *source, xmlNode *outline)
{
  static const char *const names[] = {"title", "text"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *value = dup_attribute (outline, names[i]);
    g_autofree char *title = rp_text_clean (value);

    if (title == NULL)
      continue;
    rp_subscription_set (&source->title, title);
    return;
  }
}

typedef struct {
  GPtrArray *sources; /* owned, of RpSubscription */
  GHashTable *seen;   /* owned, a set of addresses, lent by the sources */
  guint unusable;
} Reading;

static void
take_outline (Reading *reading, xmlNode *outline)
{
  g_autofree char *url = dup_address (outline);
  g_autofree char *site = dup_attribute (outline, "htmlUrl");
  RpSubscription *source;

  if (url == NULL || g_hash_table_contains (reading->seen, url))
    return;
  if (!rp_text_is_web_url (url)) {
    reading->unusable++;
    return;
  }
  source = rp_subscription_new (url);
  take_title (source, outline);
  if (rp_text_is_web_url (site))
    rp_subscription_set (&source->site_url, site);
  g_ptr_array_add (reading->sources, source);
  g_hash_table_add (reading->seen, source->url);
}

static void
read_outlines (Reading *reading, xmlNode *root)
{
  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE))
    if (node->type == XML_ELEMENT_NODE &&
        g_ascii_strcasecmp ((const char *) node->name, "outline") == 0)
      take_outline (reading, node);
}

static char *
dup_remark (const Reading *reading, gboolean broken)
{
  g_autofree char *unusable =
    reading->unusable > 0
      ? g_strdup_printf (ngettext ("%u address is no web address and was left out.",
                                   "%u addresses are no web addresses and were left out.",
                                   reading->unusable),
                         reading->unusable)
      : NULL;

  if (!broken)
    return g_steal_pointer (&unusable);

  return g_strjoin (" ", _ ("The file is damaged; what could be read of it was taken."), unusable,
                    NULL);
}

GPtrArray *
rp_opml_read (GBytes *bytes, char **out_remark, GError **error)
{
  gboolean broken = FALSE;
  g_autoptr (xmlDoc) doc = rp_xml_parse (bytes, TRUE, &broken, error);
  xmlNode *root = doc != NULL ? xmlDocGetRootElement (doc) : NULL;
  Reading reading = {0};

  if (doc == NULL)
    return NULL;
  if (root == NULL || g_ascii_strcasecmp ((const char *) root->name, "opml") != 0) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNREADABLE,
                         _ ("The file is no list of sources (OPML). Export one from the program "
                            "that has them."));
    return NULL;
  }
  reading.sources = g_ptr_array_new_with_free_func (g_object_unref);
  reading.seen = g_hash_table_new (g_str_hash, g_str_equal);
  read_outlines (&reading, root);
  if (out_remark != NULL)
    *out_remark = dup_remark (&reading, broken);
  g_hash_table_unref (reading.seen);

  return reading.sources;
}

/* ---- writing ---- */

static void
append_attribute (GString *text, const char *name, const char *value)
{
  g_autofree char *escaped = rp_text_escape (value);

  if (value != NULL)
    g_string_append_printf (text, " %s=\"%s\"", name, escaped);
}

static void
append_outline (GString *text, RpSubscription *source)
{
  gboolean page = g_strcmp0 (source->kind, RP_SUBSCRIPTION_DOCUMENT) == 0;

  g_string_append (text, "    <outline");
  append_attribute (text, "text", source->title);
  append_attribute (text, "title", source->title);
  append_attribute (text, "type", page ? "link" : "rss");
  append_attribute (text, page ? "url" : "xmlUrl", source->url);
  append_attribute (text, "htmlUrl", source->site_url);
  if (page)
    append_attribute (text, "category", PAGE_CATEGORY);
  g_string_append (text, "/>\n");
}

char *
rp_opml_write (GListModel *sources, gint64 now)
{
  g_autofree char *date = rp_time_format_http (now);
  GString *text = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                "<opml version=\"2.0\">\n"
                                "  <head>\n"
                                "    <title>Reprint</title>\n");

  g_string_append_printf (text, "    <dateCreated>%s</dateCreated>\n  </head>\n  <body>\n", date);
  for (guint i = 0; i < g_list_model_get_n_items (sources); i++) {
    g_autoptr (RpSubscription) source = g_list_model_get_item (sources, i);

    append_outline (text, source);
  }
  g_string_append (text, "  </body>\n</opml>\n");

  return g_string_free (text, FALSE);
}
