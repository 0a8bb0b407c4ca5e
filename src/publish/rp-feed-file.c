#include "rp-feed-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-error.h"
#include "rp-time.h"
#include "rp-xml.h"

#define ATOM "http://www.w3.org/2005/Atom"
#define MAX_ENTRIES 50

#define C(text) ((const xmlChar *) (text))

static xmlNode *
get_feed (xmlDoc *doc)
{
  xmlNode *root = doc != NULL ? xmlDocGetRootElement (doc) : NULL;

  return root != NULL && rp_xml_is (root, ATOM, "feed") ? root : NULL;
}

static void
drop (xmlNode *node)
{
  xmlUnlinkNode (node);
  xmlFreeNode (node);
}

static void
drop_children (xmlNode *parent, const char *name)
{
  xmlNode *child = rp_xml_child (parent, ATOM, name);

  while (child != NULL) {
    xmlNode *next = rp_xml_next (child, ATOM, name);

    drop (child);
    child = next;
  }
}

static void
set_text (xmlNode *parent, const char *name, const char *text)
{
  xmlNode *child = rp_xml_child (parent, ATOM, name);

  if (child == NULL)
    child = xmlNewChild (parent, parent->ns, C (name), NULL);
  xmlNodeSetContent (child, NULL);
  xmlNodeAddContent (child, C (text));
}

static void
add_link (xmlNode *parent, const char *rel, const char *href)
{
  xmlNode *link = xmlNewChild (parent, parent->ns, C ("link"), NULL);

  xmlSetProp (link, C ("rel"), C (rel));
  xmlSetProp (link, C ("href"), C (href));
}

/* Readers of this feed go to the partner's page; the original is where it came from. */
static void
point_at_page (xmlNode *entry, const char *page_url)
{
  xmlNode *link = rp_xml_child (entry, ATOM, "link");

  for (; link != NULL; link = rp_xml_next (link, ATOM, "link"))
    if (g_strcmp0 (rp_xml_peek_attribute (link, "rel"), "alternate") == 0)
      xmlSetProp (link, C ("rel"), C ("via"));
  add_link (entry, "alternate", page_url);
}

/* The rendition of one article, with words of its own, becomes the partner's empty feed. */
static void
make_feed (RpExchange *exchange, xmlNode *feed, const char *feed_url)
{
  drop_children (feed, "entry");
  drop_children (feed, "link");
  set_text (feed, "id", feed_url);
  set_text (feed, "title", rp_partner_get_name (exchange->partner));
  add_link (feed, "self", feed_url);
}

static guint
drop_entries_of (xmlNode *feed, const char *id)
{
  xmlNode *entry = rp_xml_child (feed, ATOM, "entry");
  guint dropped = 0;

  while (entry != NULL) {
    xmlNode *next = rp_xml_next (entry, ATOM, "entry");
    g_autofree char *own = rp_xml_dup_child_text (entry, ATOM, "id");

    if (g_strcmp0 (own, id) == 0) {
      drop (entry);
      dropped++;
    }
    entry = next;
  }

  return dropped;
}

static void
drop_oldest (xmlNode *feed)
{
  xmlNode *entry = rp_xml_child (feed, ATOM, "entry");
  guint n = 0;

  while (entry != NULL) {
    xmlNode *next = rp_xml_next (entry, ATOM, "entry");

    if (++n > MAX_ENTRIES)
      drop (entry);
    entry = next;
  }
}

static void
put_on_top (xmlNode *feed, xmlNode *entry)
{
  xmlNode *first = rp_xml_child (feed, ATOM, "entry");
  xmlNode *copy = xmlDocCopyNode (entry, feed->doc, 1);

  if (first != NULL)
    xmlAddPrevSibling (first, copy);
  else
    xmlAddChild (feed, copy);
  xmlReconciliateNs (feed->doc, copy);
}

static GBytes *
write_feed (RpExchange *exchange, xmlNode *feed)
{
  g_autofree char *updated = rp_time_format (exchange->now);
  xmlChar *text = NULL;
  int size = 0;

  set_text (feed, "updated", updated);
  xmlDocDumpMemoryEnc (feed->doc, &text, &size, "UTF-8");

  return g_bytes_new_with_free_func (text, (gsize) size, xmlFree, text);
}

static GBytes *
change (RpExchange *exchange, GBytes *old, xmlNode *feed, xmlNode *entry, const char *page_url)
{
  g_autofree char *id = rp_xml_dup_child_text (entry, ATOM, "id");
  guint dropped = drop_entries_of (feed, id);

  if (exchange->delivery->action == RP_ACTION_WITHDRAW)
    return dropped > 0 ? write_feed (exchange, feed) : g_bytes_ref (old);
  point_at_page (entry, page_url);
  put_on_top (feed, entry);
  drop_oldest (feed);

  return write_feed (exchange, feed);
}

GBytes *
rp_feed_file_change (RpExchange *exchange,
                     GBytes *old,
                     const char *feed_url,
                     const char *page_url,
                     GError **error)
{
  g_autoptr (GBytes) rendition = rp_exchange_render_as (exchange, "atom", error);
  g_autoptr (xmlDoc) one = rendition != NULL ? rp_xml_parse (rendition, FALSE, NULL, error) : NULL;
  g_autoptr (xmlDoc) all = NULL;
  xmlNode *entry = get_feed (one) != NULL ? rp_xml_child (get_feed (one), ATOM, "entry") : NULL;

  if (one == NULL)
    return NULL;
  all = old != NULL ? rp_xml_parse (old, FALSE, NULL, NULL) : xmlCopyDoc (one, 1);
  if (entry == NULL || get_feed (all) == NULL) {
    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 _ ("What is at %s is no feed that Reprint can add to. Choose another name for the "
                    "feed in the partner’s settings, then send again"),
                 feed_url);
    return NULL;
  }
  if (old == NULL)
    make_feed (exchange, get_feed (all), feed_url);

  return change (exchange, old, get_feed (all), entry, page_url);
}
