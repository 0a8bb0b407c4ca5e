#include "rp-atompub.h"

#include <glib/gi18n-lib.h>

#include "rp-html.h"
#include "rp-json.h"
#include "rp-text.h"
#include "rp-time.h"

#define APP "http://www.w3.org/2007/app"

RpRequest *
rp_atompub_request (RpExchange *exchange, const char *method, const char *url, const char *label)
{
  const char *user = rp_partner_get_setting (exchange->partner, "username");
  g_autofree char *password = exchange->dup_secret (exchange, "password");
  RpRequest *request = rp_request_new (method, url, label);
  g_autofree char *pair = NULL;
  g_autofree char *encoded = NULL;
  g_autofree char *value = NULL;

  if (rp_text_is_empty (user))
    return request;
  pair = g_strconcat (user, ":", password != NULL ? password : "", NULL);
  encoded = g_base64_encode ((const guchar *) pair, strlen (pair));
  value = g_strconcat ("Basic ", encoded, NULL);
  rp_request_set_header (request, "Authorization", value);

  return request;
}

xmlDoc *
rp_atompub_parse (const RpResponse *response, const char *root)
{
  g_autoptr (xmlDoc) doc =
    g_bytes_get_size (response->body) > 0 ? rp_xml_parse (response->body, FALSE, NULL, NULL) : NULL;

  if (doc == NULL || !rp_xml_is (xmlDocGetRootElement (doc), NULL, root))
    return NULL;

  return g_steal_pointer (&doc);
}

/* ---- service document ---- */

/* A collection that says nothing takes entries. */
static gboolean
accepts (xmlNode *collection, const char *type)
{
  xmlNode *accept = rp_xml_child (collection, NULL, "accept");
  gboolean entries = g_str_equal (type, "application/atom+xml");

  if (accept == NULL)
    return entries;
  for (; accept != NULL; accept = rp_xml_next (accept, NULL, "accept")) {
    g_autofree char *text = rp_xml_dup_text (accept);

    if (text != NULL && (strstr (text, type) != NULL || (!entries && g_str_equal (text, "*/*"))))
      return TRUE;
  }

  return FALSE;
}

static void
learn_collection (RpExchange *exchange, xmlNode *node, const char *url)
{
  g_autofree char *title = rp_xml_dup_child_text (node, NULL, "title");
  JsonObject *collection = json_object_new ();

  if (exchange->learned == NULL) {
    exchange->learned = json_object_new ();
    json_object_set_array_member (exchange->learned, "collections", json_array_new ());
  }
  json_object_set_string_member (collection, "id", url);
  json_object_set_string_member (collection, "name", title != NULL ? title : url);
  json_array_add_object_element (rp_json_get_array (exchange->learned, "collections"), collection);
}

static void
take_collection (RpExchange *exchange, xmlNode *node, const char *base)
{
  const char *wanted = rp_partner_get_setting (exchange->partner, "collection");
  const char *href = rp_xml_peek_attribute (node, "href");
  g_autofree char *url = href != NULL ? rp_text_resolve_url (base, href) : NULL;
  JsonObject *memory = exchange->delivery->memory;

  if (url == NULL)
    return;
  if (accepts (node, "image/") && !rp_json_has (memory, "media_api"))
    json_object_set_string_member (memory, "media_api", url);
  if (!accepts (node, "application/atom+xml"))
    return;
  learn_collection (exchange, node, url);
  if (!rp_text_is_empty (wanted))
    json_object_set_string_member (memory, "api", wanted);
  else if (!rp_json_has (memory, "api"))
    json_object_set_string_member (memory, "api", url);
}

gboolean
rp_atompub_read_service (RpExchange *exchange, xmlNode *service, const char *base)
{
  for (xmlNode *node = service; node != NULL; node = rp_xml_follow (node, service, TRUE))
    if (rp_xml_is (node, NULL, "collection"))
      take_collection (exchange, node, base);

  return rp_json_has (exchange->delivery->memory, "api");
}

char *
rp_atompub_dup_workspace (xmlNode *service)
{
  return rp_xml_dup_child_text (rp_xml_child (service, NULL, "workspace"), NULL, "title");
}

/* ---- reading entries ---- */

/* A link without a relation is one to the page. */
static xmlNode *
find_link (xmlNode *entry, const char *rel)
{
  for (xmlNode *link = rp_xml_child (entry, NULL, "link"); link != NULL;
       link = rp_xml_next (link, NULL, "link")) {
    const char *stated = rp_xml_peek_attribute (link, "rel");

    if (g_strcmp0 (stated != NULL ? stated : "alternate", rel) == 0)
      return link;
  }

  return NULL;
}

char *
rp_atompub_dup_link (xmlNode *entry, const char *rel, const char *base)
{
  xmlNode *link = find_link (entry, rel);
  const char *href = link != NULL ? rp_xml_peek_attribute (link, "href") : NULL;

  return href != NULL ? rp_text_resolve_url (base, href) : NULL;
}

char *
rp_atompub_dup_source (xmlNode *entry, const char *base)
{
  const char *src = rp_xml_peek_attribute (rp_xml_child (entry, NULL, "content"), "src");

  return src != NULL ? rp_text_resolve_url (base, src) : NULL;
}

gboolean
rp_atompub_has_rights (xmlNode *entry)
{
  return find_link (entry, "license") != NULL || rp_xml_child (entry, NULL, "rights") != NULL;
}

gboolean
rp_atompub_is_marked (RpExchange *exchange, xmlNode *entry)
{
  const char *marker = exchange->delivery->marker;

  for (xmlNode *node = entry; node != NULL; node = rp_xml_follow (node, entry, TRUE))
    if (node->type != XML_ELEMENT_NODE && node->content != NULL &&
        strstr ((const char *) node->content, marker) != NULL)
      return TRUE;

  return FALSE;
}

gboolean
rp_atompub_is_ours (RpExchange *exchange, xmlNode *entry)
{
  g_autofree char *title = NULL;
  g_autofree char *updated = NULL;

  if (rp_atompub_is_marked (exchange, entry))
    return TRUE;
  title = rp_xml_dup_child_text (entry, NULL, "title");
  updated = rp_xml_dup_child_text (entry, NULL, "updated");

  return rp_text_same (title, rp_article_get (exchange->article, RP_ARTICLE_HEADLINE)) &&
         rp_time_instant (updated) >= rp_exchange_get_since (exchange);
}

/* ---- our entry ---- */

static void
add_element (GString *xml, const char *name, const char *text)
{
  g_autofree char *escaped = rp_text_escape (text);

  if (!rp_text_is_empty (text))
    g_string_append_printf (xml, "<%s>%s</%s>", name, escaped, name);
}

static void
add_link (GString *xml, const char *rel, const char *href)
{
  g_autofree char *escaped = rp_text_escape (href);

  if (!rp_text_is_empty (href))
    g_string_append_printf (xml, "<link rel=\"%s\" href=\"%s\"/>", rel, escaped);
}

static void
add_authors (GString *xml, RpExchange *exchange)
{
  GPtrArray *authors = rp_article_get_authors (exchange->article);
  const char *site = rp_article_get (exchange->article, RP_ARTICLE_SITE_NAME);

  for (guint i = 0; i < authors->len; i++) {
    const RpAuthor *author = g_ptr_array_index (authors, i);

    g_string_append (xml, "<author>");
    add_element (xml, "name", author->name);
    add_element (xml, "uri", author->uri);
    g_string_append (xml, "</author>");
  }
  if (authors->len > 0) /* every entry must name somebody */
    return;
  g_string_append (xml, "<author>");
  add_element (xml, "name", site != NULL ? site : "Reprint");
  g_string_append (xml, "</author>");
}

static void
add_categories (GString *xml, RpExchange *exchange)
{
  GPtrArray *tags = rp_article_get_tags (exchange->article);

  for (guint i = 0; i < tags->len; i++) {
    g_autofree char *term = rp_text_escape (g_ptr_array_index (tags, i));

    g_string_append_printf (xml, "<category term=\"%s\"/>", term);
  }
}

static void
add_rights (GString *xml, RpExchange *exchange)
{
  RpStatement *statement = rp_article_get_statement (exchange->article);
  const char *words = rp_statement_get (statement, RP_STATEMENT_COPYRIGHT_NOTICE);

  if (words == NULL)
    words = rp_statement_get (statement, RP_STATEMENT_STATEMENT);
  add_element (xml, "rights", words);
  add_link (xml, "license", rp_statement_get (statement, RP_STATEMENT_URL));
  add_link (xml, "canonical", rp_article_get (exchange->article, RP_ARTICLE_CANONICAL_URL));
}

static char *
write_entry (RpExchange *exchange, const char *html)
{
  const char *headline = rp_article_get (exchange->article, RP_ARTICLE_HEADLINE);
  g_autofree char *updated = rp_time_format (exchange->now);
  g_autofree char *title = rp_text_escape (headline);
  g_autofree char *content = rp_text_escape (html);
  GString *xml = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<entry xmlns=\"" RP_ATOM
                               "\" xmlns:app=\"" APP "\">");

  g_string_append_printf (xml, "<id>urn:uuid:%s</id><title>%s</title><updated>%s</updated>",
                          exchange->delivery->marker, title,
                          updated != NULL ? updated : "1970-01-01T00:00:00Z");
  add_authors (xml, exchange);
  add_element (xml, "summary", rp_article_get (exchange->article, RP_ARTICLE_SUMMARY));
  g_string_append_printf (xml, "<content type=\"html\">%s</content>", content);
  add_categories (xml, exchange);
  add_rights (xml, exchange);
  g_string_append_printf (xml, "<app:control><app:draft>%s</app:draft></app:control></entry>\n",
                          rp_exchange_is_draft (exchange) ? "yes" : "no");

  return g_string_free (xml, FALSE);
}

/* What we say ourselves; the rest of the partner's entry stays, its id above all. */
static gboolean
is_replaced (xmlNode *node)
{
  static const char *const names[] = {"title",    "updated", "author",  "summary", "content",
                                      "category", "rights",  "control", "edited",  NULL};
  const char *rel = rp_xml_peek_attribute (node, "rel");
  gboolean known = node->ns != NULL && (g_strcmp0 ((const char *) node->ns->href, RP_ATOM) == 0 ||
                                        strstr ((const char *) node->ns->href, "app") != NULL);

  if (rp_xml_is (node, RP_ATOM, "link"))
    return g_strcmp0 (rel, "license") == 0 || g_strcmp0 (rel, "canonical") == 0;

  return known && rp_text_is_among (names, (const char *) node->name);
}

static void
keep (xmlNode *ours, xmlNode *theirs)
{
  for (xmlNode *node = theirs->children; node != NULL; node = node->next) {
    xmlNode *copy;

    if (node->type != XML_ELEMENT_NODE || is_replaced (node))
      continue;
    if (rp_xml_is (node, RP_ATOM, "id")) {
      xmlNode *id = rp_xml_child (ours, RP_ATOM, "id");

      xmlUnlinkNode (id);
      xmlFreeNode (id);
    }
    copy = xmlDocCopyNode (node, ours->doc, 1);
    xmlAddChild (ours, copy);
    xmlReconciliateNs (ours->doc, copy);
  }
}

static GBytes *
dump (xmlDoc *doc)
{
  xmlChar *text = NULL;
  int size = 0;
  GBytes *bytes;

  xmlDocDumpMemoryEnc (doc, &text, &size, "UTF-8");
  bytes = g_bytes_new (text, (gsize) size);
  xmlFree (text);

  return bytes;
}

GBytes *
rp_atompub_build_entry (RpExchange *exchange, const char *former, GError **error)
{
  g_autofree char *html = rp_exchange_render_inert (exchange, error);
  g_autofree char *xml = html != NULL ? write_entry (exchange, html) : NULL;
  g_autoptr (GBytes) bytes = xml != NULL ? g_bytes_new (xml, strlen (xml)) : NULL;
  g_autoptr (GBytes) old = former != NULL ? g_bytes_new (former, strlen (former)) : NULL;
  g_autoptr (xmlDoc) theirs = old != NULL ? rp_xml_parse (old, FALSE, NULL, NULL) : NULL;
  g_autoptr (xmlDoc) ours = NULL;

  if (bytes == NULL || theirs == NULL)
    return g_steal_pointer (&bytes);
  ours = rp_xml_parse (bytes, FALSE, NULL, error);
  if (ours == NULL)
    return NULL;
  keep (xmlDocGetRootElement (ours), xmlDocGetRootElement (theirs));

  return dump (ours);
}

/* ---- reading back ---- */

static char *
read_content (xmlNode *entry)
{
  xmlNode *content = rp_xml_child (entry, NULL, "content");
  xmlNode *block = rp_xml_child (content, NULL, "div");
  xmlChar *text = content != NULL && block == NULL ? xmlNodeGetContent (content) : NULL;
  g_autofree char *copy = g_strdup ((const char *) text);

  xmlFree (text);

  return block != NULL ? rp_html_serialise (block) : g_steal_pointer (&copy);
}

static void
read_tags (JsonObject *found, xmlNode *entry)
{
  JsonArray *tags = json_array_new ();

  for (xmlNode *node = rp_xml_child (entry, NULL, "category"); node != NULL;
       node = rp_xml_next (node, NULL, "category"))
    if (rp_xml_peek_attribute (node, "term") != NULL)
      json_array_add_string_element (tags, rp_xml_peek_attribute (node, "term"));
  json_object_set_array_member (found, "tags", tags);
}

JsonObject *
rp_atompub_read_found (xmlNode *entry, const char *base)
{
  g_autofree char *url = rp_atompub_dup_link (entry, "alternate", base);
  g_autofree char *title = rp_xml_dup_child_text (entry, NULL, "title");
  g_autofree char *html = read_content (entry);
  g_autofree char *canonical = rp_atompub_dup_link (entry, "canonical", base);
  g_autofree char *licence = rp_atompub_dup_link (entry, "license", base);
  g_autofree char *changed = rp_xml_dup_child_text (entry, NULL, "updated");
  g_autofree char *draft =
    rp_xml_dup_child_text (rp_xml_child (entry, NULL, "control"), NULL, "draft");
  JsonObject *found = json_object_new ();

  json_object_set_string_member (found, "state", g_strcmp0 (draft, "yes") == 0 ? "draft" : "live");
  rp_json_set_string (found, "url", url);
  rp_json_set_string (found, "title", title);
  rp_json_set_string (found, "html", html);
  rp_json_set_string (found, "canonical", canonical);
  rp_json_set_string (found, "licence", licence);
  rp_json_set_string (found, "changed", changed);
  read_tags (found, entry);

  return found;
}
