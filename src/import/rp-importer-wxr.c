/* WXR: the export file of WordPress. It is read twice, item by item: first for its pictures, which
 * may stand after the posts that show them, then for the posts. Memory is bounded by the largest
 * item and the list of pictures. */
#include <string.h>

#include <libxml/xmlreader.h>

#include <glib/gi18n-lib.h>

#include "rp-charset.h"
#include "rp-error.h"
#include "rp-import-wxr.h"
#include "rp-importer.h"
#include "rp-xml-entities.h"

#define SNIFF 16384

typedef struct {
  RpWxr wxr;
  RpImportSink *sink; /* lent */
  gboolean for_pictures;
  gboolean enough; /* the receiver wants no more */
  guint n_skipped; /* drafts, pages, menus … */
} Reader;

static RpMatch
wxr_match (const RpSource *source)
{
  gsize size;
  const char *data = g_bytes_get_data (source->bytes, &size);
  g_autoptr (GBytes) start = g_bytes_new_from_bytes (source->bytes, 0, MIN (size, SNIFF));
  g_autofree char *head = NULL;

  if (size == 0 || g_strstr_len (data, (gssize) MIN (size, SNIFF), "wordpress.org/export") == NULL)
    return RP_MATCH_NO;
  head = rp_charset_to_utf8 (start, NULL, NULL, NULL);
  return strstr (head, "<rss") != NULL && strstr (head, "http://wordpress.org/export/") != NULL
           ? RP_MATCH_CERTAIN
           : RP_MATCH_NO;
}

static void
take_item (Reader *self, xmlNode *item)
{
  g_autoptr (RpArticle) article = NULL;

  if (self->for_pictures) {
    rp_wxr_add_picture (&self->wxr, item);
    return;
  }
  article = rp_wxr_read_post (&self->wxr, item);
  if (article != NULL) {
    self->enough = !self->sink->article (self->sink, article);
  } else {
    g_autofree char *type = rp_xml_dup_child_text (item, NULL, "post_type");

    self->n_skipped += g_strcmp0 (type, "attachment") != 0;
  }
}

/* FALSE when the XML broke off before its end. */
static gboolean
read_items (Reader *self, xmlTextReader *reader)
{
  int more = xmlTextReaderRead (reader);

  while (more == 1 && !self->enough) {
    const char *name = (const char *) xmlTextReaderConstLocalName (reader);
    xmlNode *node;

    if (xmlTextReaderNodeType (reader) != XML_READER_TYPE_ELEMENT || strcmp (name, "rss") == 0 ||
        strcmp (name, "channel") == 0) {
      more = xmlTextReaderRead (reader);
      continue;
    }
    node = xmlTextReaderExpand (reader);
    if (node == NULL)
      return FALSE;
    if (strcmp (name, "item") == 0)
      take_item (self, node);
    else if (self->for_pictures)
      rp_wxr_read_head (&self->wxr, node);
    more = xmlTextReaderNext (reader);
  }
  return more >= 0;
}

static gboolean
read_pass (Reader *self, const char *text, gsize size, gboolean for_pictures)
{
  xmlTextReader *reader =
    xmlReaderForMemory (text, (int) size, NULL, "UTF-8", rp_xml_safe_options (TRUE));
  gboolean whole;

  self->for_pictures = for_pictures;
  whole = reader != NULL && read_items (self, reader);
  if (reader != NULL)
    xmlFreeTextReader (reader);
  return whole;
}

static void
remark_skipped (Reader *self)
{
  g_autofree char *words = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE,
                 "One entry is no published post (a draft, page or menu) and was left out.",
                 "%u entries are no published posts (drafts, pages, menus) and were left out.",
                 self->n_skipped),
    self->n_skipped);

  if (self->n_skipped > 0 && self->sink->remark != NULL)
    self->sink->remark (self->sink, "wxr.skipped", words);
}

static gboolean
wxr_parse (const RpSource *source, RpImportSink *sink, GError **error)
{
  Reader reader = {.sink = sink};
  gsize size;
  char *text = rp_charset_to_utf8 (source->bytes, NULL, &size, NULL);
  g_autofree char *settled = rp_xml_settle_entities (text, &size);
  const char *start = settled + strspn (settled, " \t\r\n");
  gboolean whole;

  size -= (gsize) (start - settled);
  if (size > G_MAXINT) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_TOO_LARGE,
                         _ ("The export is larger than two gigabytes. Export a part of the site."));
    return FALSE;
  }
  rp_wxr_init (&reader.wxr);
  reader.wxr.head.base_url = g_strdup (source->base_url);
  read_pass (&reader, start, size, TRUE);
  whole = read_pass (&reader, start, size, FALSE);
  if (!whole && sink->remark != NULL)
    sink->remark (sink, "wxr.broken",
                  _ ("The export is damaged; the posts before the damage were read."));
  remark_skipped (&reader);
  rp_wxr_clear (&reader.wxr);

  return TRUE;
}

static const char *const wxr_extensions[] = {"xml", "wxr", NULL};

const RpImporter rp_importer_wxr = {
  .id = "wxr",
  .title = N_ ("WordPress export"),
  .extensions = wxr_extensions,
  .match = wxr_match,
  .parse = wxr_parse,
};
