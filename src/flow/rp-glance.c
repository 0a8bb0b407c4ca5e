#include "rp-glance.h"

#include <string.h>

#include "rp-html.h"
#include "rp-import-feed.h"
#include "rp-json.h"
#include "rp-text.h"
#include "rp-time.h"

#define HEAD_SIZE (64 * 1024) /* of a feed of any size, what stands before its items */

void
rp_glance_free (RpGlance *glance)
{
  g_free (glance->problem);
  g_free (glance->title);
  g_free (glance->site_url);
  g_ptr_array_unref (glance->feeds);
  g_free (glance);
}

/* ---- feeds ---- */

static gint64
read_number (xmlNode *node, gint64 fallback)
{
  g_autofree char *text = rp_xml_dup_text (node);
  gint64 number = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;

  return number > 0 && number < G_MAXINT ? number : fallback;
}

static gint64
read_period (xmlNode *node)
{
  static const struct {
    const char *name;
    gint64 span;
  } periods[] = {
    {"hourly", G_TIME_SPAN_HOUR},  {"daily", RP_TIME_DAY},        {"weekly", 7 * RP_TIME_DAY},
    {"monthly", 30 * RP_TIME_DAY}, {"yearly", 365 * RP_TIME_DAY},
  };
  g_autofree char *text = rp_xml_dup_text (node);

  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (periods); i++)
    if (g_ascii_strcasecmp (text, periods[i].name) == 0)
      return periods[i].span;

  return 0;
}

/* What stands between the items and the root: titles, links, hints. */
static void
read_head (RpGlance *glance, xmlNode *parent, RpFeedHead *head)
{
  gint64 period = 0, frequency = 1, ttl = 0;

  for (xmlNode *node = parent->children; node != NULL; node = node->next) {
    if (node->type != XML_ELEMENT_NODE)
      continue;
    if (rp_feed_is_item ((const char *) node->name))
      glance->empty = FALSE;
    else if (rp_xml_is (node, NULL, "ttl"))
      ttl = read_number (node, 0) * G_TIME_SPAN_MINUTE;
    else if (rp_xml_is (node, NULL, "updatePeriod"))
      period = read_period (node);
    else if (rp_xml_is (node, NULL, "updateFrequency"))
      frequency = read_number (node, 1);
    else
      rp_feed_head_read (head, node);
  }
  glance->interval = MAX (glance->interval, MAX (ttl, period / frequency));
}

/* The beginning of the bytes, cut behind a tag. Gives. */
static GBytes *
take_start (const RpSource *source)
{
  gsize size;
  const char *data = g_bytes_get_data (source->bytes, &size);
  const char *end;

  if (size <= HEAD_SIZE)
    return g_bytes_ref (source->bytes);
  end = g_strrstr_len (data, HEAD_SIZE, ">");

  return g_bytes_new (data, end != NULL ? (gsize) (end - data) + 1 : HEAD_SIZE);
}

static void
look_at_feed (RpGlance *glance, const RpSource *source)
{
  g_autoptr (GBytes) start = take_start (source);
  g_autoptr (xmlDoc) doc = rp_xml_parse (start, TRUE, NULL, NULL);
  xmlNode *root = doc != NULL ? xmlDocGetRootElement (doc) : NULL;
  RpFeedHead head = {0};
  xmlNode *channel;

  if (root == NULL)
    return;
  glance->empty = g_bytes_get_size (start) == g_bytes_get_size (source->bytes);
  read_head (glance, root, &head);
  channel = rp_xml_child (root, NULL, "channel");
  if (channel != NULL)
    read_head (glance, channel, &head);
  glance->title = rp_text_clean (head.title);
  glance->site_url = rp_text_resolve_url (source->base_url, head.link);
  rp_feed_head_clear (&head);
}

static void
look_at_json_feed (RpGlance *glance, const RpSource *source)
{
  g_autoptr (JsonObject) feed = rp_json_parse_object (source->bytes, "", NULL);
  JsonArray *items = feed != NULL ? rp_json_get_array (feed, "items") : NULL;

  if (feed == NULL)
    return;
  glance->title = rp_text_clean (rp_json_get_string (feed, "title"));
  glance->site_url =
    rp_text_resolve_url (source->base_url, rp_json_get_string (feed, "home_page_url"));
  glance->empty = items != NULL && json_array_get_length (items) == 0;
}

/* ---- web pages ---- */

static gboolean
is_feed_link (xmlNode *node)
{
  static const char *const types[] = {"application/rss+xml", "application/atom+xml",
                                      "application/feed+json", NULL};
  g_autofree char *rel = rp_xml_dup_attribute (node, "rel");
  g_autofree char *type = rp_xml_dup_attribute (node, "type");
  g_auto (GStrv) words = NULL;

  if (rel == NULL || type == NULL)
    return FALSE;
  type[strcspn (type, "; ")] = '\0';
  for (char *p = type; *p != '\0'; p++)
    *p = g_ascii_tolower (*p);
  for (char *p = rel; *p != '\0'; p++)
    *p = g_ascii_tolower (*p);
  words = g_strsplit_set (rel, " \t\r\n", -1);

  return g_strv_contains ((const char *const *) words, "alternate") &&
         g_strv_contains (types, type);
}

/* What readers say to an article is a feed as well, but not what an editor subscribes to. */
static gboolean
is_about_comments (xmlNode *node)
{
  g_autofree char *title = rp_xml_dup_attribute (node, "title");
  g_autofree char *href = rp_xml_dup_attribute (node, "href");
  g_autofree char *both = g_strconcat (title != NULL ? title : "", " ", href, NULL);
  g_autofree char *lower = g_ascii_strdown (both, -1);

  return strstr (lower, "comment") != NULL;
}

static void
add_feed (RpGlance *glance, xmlNode *node, const char *base_url)
{
  const char *href = rp_xml_peek_attribute (node, "href");
  char *url = href != NULL ? rp_text_resolve_url (base_url, href) : NULL;

  if (url == NULL)
    return;
  if (is_about_comments (node))
    g_ptr_array_add (glance->feeds, url);
  else
    g_ptr_array_insert (glance->feeds, (gint) glance->wanted++, url);
}

static void
look_at_page (RpGlance *glance, const RpSource *source)
{
  g_autoptr (xmlDoc) doc = rp_html_parse (source->bytes, source->declared_charset, NULL);
  xmlNode *root = doc != NULL ? xmlDocGetRootElement (doc) : NULL;

  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE)) {
    if (glance->title == NULL && rp_xml_is (node, NULL, "title"))
      glance->title = rp_xml_dup_text (node);
    else if (rp_xml_is (node, NULL, "link") && is_feed_link (node))
      add_feed (glance, node, source->base_url);
  }
  glance->site_url = g_strdup (source->base_url);
}

RpGlance *
rp_glance_new (const RpSource *source)
{
  RpGlance *glance = g_new0 (RpGlance, 1);
  g_autoptr (GError) error = NULL;
  const RpImporter *importer = rp_importer_find (source, &error);

  glance->feeds = g_ptr_array_new_with_free_func (g_free);
  if (importer == NULL) {
    glance->problem = g_strdup (error->message);
    return glance;
  }
  glance->format = importer->id;
  if (g_str_equal (importer->id, "feed"))
    look_at_feed (glance, source);
  else if (g_str_equal (importer->id, "json-feed"))
    look_at_json_feed (glance, source);
  else if (g_str_equal (importer->id, "html"))
    look_at_page (glance, source);

  return glance;
}

gboolean
rp_glance_is_feed (const RpGlance *glance)
{
  return g_strcmp0 (glance->format, "feed") == 0 || g_strcmp0 (glance->format, "json-feed") == 0;
}

gboolean
rp_glance_is_page (const RpGlance *glance)
{
  return g_strcmp0 (glance->format, "html") == 0;
}
