/* RSS 0.9x, 1.0, 2.0 and Atom 0.3, 1.0, read item by item: memory is bounded by the largest item.
 */
#include <string.h>

#include <libxml/xmlreader.h>

#include <glib/gi18n-lib.h>

#include "rp-charset.h"
#include "rp-error.h"
#include "rp-import-feed.h"
#include "rp-importer.h"
#include "rp-xml-entities.h"

#define SNIFF 4096

typedef enum {
  STEP_NEXT,
  STEP_SKIP,
  STEP_STOP,
  STEP_END
} Step;

static RpMatch
feed_match (const RpSource *source)
{
  gsize size;
  const char *data = g_bytes_get_data (source->bytes, &size);
  g_autoptr (GBytes) start = NULL;
  g_autofree char *head = NULL;
  g_autofree char *lower = NULL;

  if (size == 0)
    return RP_MATCH_NO;
  start = g_bytes_new (data, MIN (size, SNIFF));
  head = rp_charset_to_utf8 (start, NULL, NULL, NULL);
  lower = g_ascii_strdown (head, -1);
  if (lower[strspn (lower, " \t\r\n")] != '<')
    return RP_MATCH_NO;
  if (strstr (lower, "<rss") != NULL ||
      (strstr (lower, "<rdf:rdf") != NULL && strstr (lower, "purl.org/rss") != NULL))
    return strstr (lower, "wordpress.org/export") != NULL ? RP_MATCH_LIKELY : RP_MATCH_CERTAIN;
  if (strstr (lower, "<rdf:rdf") != NULL && strstr (lower, "my.netscape.com/rdf") != NULL)
    return RP_MATCH_CERTAIN;
  if (strstr (lower, "purl.org/net/rss1.1") != NULL ||
      (strstr (lower, "<channel ") != NULL && strstr (lower, "<item ") != NULL &&
       strstr (lower, " href=") != NULL && strstr (lower, "<html") == NULL))
    return RP_MATCH_CERTAIN;
  if (strstr (lower, "<feed") != NULL && strstr (lower, "<entry") != NULL)
    return RP_MATCH_CERTAIN;
  if (strstr (lower, "http://www.w3.org/2005/atom") != NULL ||
      strstr (lower, "http://purl.org/atom/ns#") != NULL)
    return strstr (lower, "<feed") != NULL || strstr (lower, "<entry") != NULL ||
               strstr (lower, ":feed") != NULL
             ? RP_MATCH_CERTAIN
             : RP_MATCH_NO;
  return RP_MATCH_NO;
}

static gboolean
is_container (const char *name)
{
  static const char *const containers[] = {"rss",     "RDF",  "channel", "Channel",
                                           "CHANNEL", "feed", "items",   NULL};

  return g_strv_contains (containers, name);
}

typedef struct {
  RpFeedHead head;
  RpImportSink *sink; /* lent */
  guint given;
} Feed;

static gboolean
give_item (Feed *self, xmlNode *node)
{
  g_autoptr (RpArticle) article = rp_feed_read_item (node, &self->head);

  self->given++;

  return self->sink->article (self->sink, article);
}

/* One element on the way: containers are entered, items given, all else is the feed's head. */
static Step
take_element (xmlTextReader *reader, Feed *self)
{
  const char *name = (const char *) xmlTextReaderConstLocalName (reader);
  xmlNode *node;

  if (is_container (name)) {
    node = xmlTextReaderCurrentNode (reader);
    if (self->head.language == NULL && node != NULL)
      self->head.language = rp_xml_dup_attribute (node, "lang");
    return STEP_NEXT;
  }
  node = xmlTextReaderExpand (reader);
  if (node == NULL)
    return STEP_END;
  if (rp_feed_is_item (name))
    return give_item (self, node) ? STEP_SKIP : STEP_STOP;
  rp_feed_head_read (&self->head, node);
  return STEP_SKIP;
}

/* FALSE when the XML broke off before its end. */
static gboolean
read_all (xmlTextReader *reader, Feed *self)
{
  int more = xmlTextReaderRead (reader);

  while (more == 1) {
    Step step = STEP_NEXT;

    if (xmlTextReaderNodeType (reader) == XML_READER_TYPE_ELEMENT)
      step = take_element (reader, self);
    if (step == STEP_STOP)
      return TRUE;
    if (step == STEP_END)
      return FALSE;
    more = step == STEP_SKIP ? xmlTextReaderNext (reader) : xmlTextReaderRead (reader);
  }
  return more == 0;
}

/* The text is UTF-8 by now, whatever its first line says. */
static gsize
declaration_length (const char *text)
{
  const char *end = g_str_has_prefix (text, "<?xml") ? strstr (text, "?>") : NULL;

  return end != NULL ? (gsize) (end + 2 - text) : 0;
}

/* What is left of a feed that broke off: the lenient parser closes what was left open. */
static void
read_rest (Feed *self, const char *text, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, size);
  g_autoptr (xmlDoc) doc = rp_xml_parse (bytes, TRUE, NULL, NULL);
  xmlNode *root = doc != NULL ? xmlDocGetRootElement (doc) : NULL;
  guint seen = 0;

  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE)) {
    if (node->type == XML_ELEMENT_NODE && rp_feed_is_item ((const char *) node->name) &&
        seen++ >= self->given && !give_item (self, node))
      return;
  }
}

static gboolean
feed_parse (const RpSource *source, RpImportSink *sink, GError **error)
{
  Feed self = {.head.base_url = g_strdup (source->base_url), .sink = sink};
  gsize size;
  char *text = rp_charset_to_utf8 (source->bytes, NULL, &size, NULL);
  g_autofree char *settled = rp_xml_settle_entities (text, &size);
  const char *start = settled + strspn (settled, " \t\r\n");
  xmlTextReader *reader;
  gboolean whole;

  start += declaration_length (start);
  size -= (gsize) (start - settled);
  if (size > G_MAXINT) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_TOO_LARGE,
                         _ ("The feed is larger than two gigabytes. Split it first."));
    rp_feed_head_clear (&self.head);
    return FALSE;
  }
  reader = xmlReaderForMemory (start, (int) size, NULL, "UTF-8", rp_xml_safe_options (TRUE));
  whole = reader != NULL && read_all (reader, &self);
  if (reader != NULL)
    xmlFreeTextReader (reader);
  if (!whole)
    read_rest (&self, start, size);
  rp_feed_head_clear (&self.head);
  if (!whole && sink->remark != NULL)
    sink->remark (sink, "feed.broken",
                  _ ("The feed is damaged; what could be read of it was read."));

  return TRUE;
}

static const char *const feed_extensions[] = {"rss", "atom", "rdf", "xml", NULL};

const RpImporter rp_importer_feed = {
  .id = "feed",
  .title = N_ ("News feed"),
  .extensions = feed_extensions,
  .match = feed_match,
  .parse = feed_parse,
};
