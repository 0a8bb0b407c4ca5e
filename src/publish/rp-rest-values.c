#include "rp-rest.h"

#include <string.h>

#include "rp-html.h"
#include "rp-json.h"
#include "rp-marks.h"
#include "rp-text.h"
#include "rp-time.h"

#define MAX_SLUG 80
#define NOBODY "00000000-0000-0000-0000-000000000000"

static char *
dup_article (RpExchange *exchange, const char *name)
{
  RpArticleField field;

  return rp_article_field_from_name (name, &field)
           ? g_strdup (rp_article_get (exchange->article, field))
           : NULL;
}

/* ---- what stands in the rendition only ---- */

static gboolean
is_credit (xmlNode *node)
{
  const char *classes = rp_xml_peek_attribute (node, "class");

  return classes != NULL && strstr (classes, RP_MARK_CREDIT) != NULL;
}

static gboolean
is_licence (xmlNode *node)
{
  const char *rel = rp_xml_peek_attribute (node, "rel");

  return rp_xml_is (node, NULL, "a") && rel != NULL && strstr (rel, "license") != NULL;
}

static xmlNode *
find_node (xmlDoc *doc, gboolean (*wanted) (xmlNode *node))
{
  xmlNode *root = xmlDocGetRootElement (doc);

  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE))
    if (node->type == XML_ELEMENT_NODE && wanted (node))
      return node;

  return NULL;
}

static char *
dup_credit (RpExchange *exchange)
{
  g_autofree char *html = rp_exchange_render_inert (exchange, NULL);
  g_autoptr (xmlDoc) doc = rp_html_parse_fragment (html != NULL ? html : "");
  xmlNode *node = find_node (doc, is_credit);

  return node != NULL ? rp_xml_dup_text (node) : NULL;
}

static char *
dup_licence_url (RpExchange *exchange)
{
  RpStatement *statement = rp_article_get_statement (exchange->article);
  g_autofree char *html = rp_exchange_render_inert (exchange, NULL);
  g_autoptr (xmlDoc) doc = rp_html_parse_fragment (html != NULL ? html : "");
  xmlNode *node = find_node (doc, is_licence);

  return node != NULL ? rp_xml_dup_attribute (node, "href")
                      : g_strdup (rp_statement_get (statement, RP_STATEMENT_URL));
}

static char *
dup_body (RpExchange *exchange)
{
  return rp_exchange_render_inert (exchange, NULL);
}

/* ---- how the article is to stand there ---- */

static char *
dup_status (RpExchange *exchange)
{
  const char *key = rp_exchange_is_draft (exchange)       ? "status_draft"
                    : rp_exchange_is_scheduled (exchange) ? "status_schedule"
                                                          : "status_publish";

  return g_strdup (rp_rest_get (exchange, key));
}

static char *
dup_live_at (RpExchange *exchange)
{
  const RpDelivery *delivery = exchange->delivery;

  if (rp_exchange_is_scheduled (exchange))
    return rp_time_format (delivery->live_at);

  return delivery->remote_id == NULL ? rp_time_format (delivery->created) : NULL;
}

static char *
dup_slug (RpExchange *exchange)
{
  return rp_text_slug (rp_article_get (exchange->article, RP_ARTICLE_HEADLINE), MAX_SLUG);
}

static char *
dup_tags (RpExchange *exchange)
{
  GPtrArray *tags = rp_article_get_tags (exchange->article);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < tags->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (tags, i));

  return g_string_free (text, FALSE);
}

static char *
dup_byline (RpExchange *exchange)
{
  return rp_article_dup_byline (exchange->article);
}

/* A test of the connection has no mark: it asks for what cannot be there. */
static char *
dup_marker (RpExchange *exchange)
{
  const char *marker = exchange->delivery->marker;

  return g_strdup (marker != NULL ? marker : NOBODY);
}

static char *
dup_version (RpExchange *exchange)
{
  return g_strdup (exchange->delivery->version);
}

static char *
dup_id (RpExchange *exchange)
{
  return g_strdup (exchange->delivery->remote_id);
}

/* By what it is looked up: its id, or the id it will have. */
static char *
dup_key (RpExchange *exchange)
{
  const char *id = exchange->delivery->remote_id;

  return id != NULL ? g_strdup (id) : dup_marker (exchange);
}

static char *
dup_collection (RpExchange *exchange)
{
  return g_strdup (rp_rest_get (exchange, "collection"));
}

static const struct {
  const char *name;
  char *(*dup) (RpExchange *exchange);
} values[] = {
  {"body_html", dup_body},
  {"credit", dup_credit},
  {"licence_url", dup_licence_url},
  {"status", dup_status},
  {"slug", dup_slug},
  {"live_at", dup_live_at},
  {"tags", dup_tags},
  {"byline", dup_byline},
  {"marker", dup_marker},
  {"version", dup_version},
  {"id", dup_id},
  {"key", dup_key},
  {"collection", dup_collection},
};

/* ---- pictures ---- */

char *
rp_rest_dup_picture_key (RpExchange *exchange, RpMedia *media)
{
  g_autofree char *both =
    g_strconcat (exchange->delivery->marker, rp_media_get (media, RP_MEDIA_SHA256), NULL);
  g_autofree char *hex = g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);

  return g_strdup_printf ("%.8s-%.4s-8%.3s-a%.3s-%.12s", hex, hex + 8, hex + 12, hex + 15,
                          hex + 18);
}

static char *
dup_picture (RpExchange *exchange, const char *name, RpMedia *media)
{
  JsonObject *note = rp_exchange_get_media_note (exchange, media);

  if (g_str_equal (name, "picture_id") || g_str_equal (name, "file_id"))
    return note != NULL ? g_strdup (rp_json_get_string (note, "id")) : NULL;
  if (g_str_equal (name, "picture_url"))
    return note != NULL ? g_strdup (rp_json_get_string (note, "url")) : NULL;
  if (g_str_equal (name, "picture_key"))
    return rp_rest_dup_picture_key (exchange, media);
  if (g_str_equal (name, "picture_alt"))
    return g_strdup (rp_media_get (media, RP_MEDIA_ALT));
  if (g_str_equal (name, "picture_caption"))
    return rp_exchange_dup_media_caption (media);
  if (g_str_equal (name, "picture_credit"))
    return g_strdup (rp_media_get (media, RP_MEDIA_CREDIT));
  if (g_str_equal (name, "picture_type"))
    return g_strdup (rp_media_get (media, RP_MEDIA_MIME_TYPE));

  return NULL;
}

char *
rp_rest_dup_value (RpExchange *exchange, const char *name, RpMedia *media)
{
  RpMedia *picture = media != NULL ? media : rp_exchange_get_featured (exchange);

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (g_str_equal (values[i].name, name))
      return values[i].dup (exchange);
  if (g_str_has_prefix (name, "picture_") || g_str_equal (name, "file_id"))
    return picture != NULL ? dup_picture (exchange, name, picture) : NULL;

  return dup_article (exchange, name);
}
