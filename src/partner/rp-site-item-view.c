#include "rp-site-item-view.h"

#include "rp-html.h"
#include "rp-json.h"
#include "rp-text.h"

#include <glib/gi18n-lib.h>

#include <string.h>

const char *
rp_site_item_get (const RpSiteItem *item, const char *member)
{
  return rp_json_get_string (item->item, member);
}

const char *
rp_site_item_get_headline (const RpSiteItem *item)
{
  const char *headline = rp_site_item_get (item, "headline");

  return !rp_text_is_empty (headline) ? headline : _ ("Untitled article");
}

static char *
dup_web_url (const char *url)
{
  return url != NULL && rp_text_is_web_url (url) ? g_strdup (url) : NULL;
}

/* The href of the first link of a relation in the body. Gives; NULL when there is none. */
static char *
find_link (xmlNode *parent, const char *rel)
{
  for (xmlNode *node = parent->children; node != NULL; node = node->next) {
    char *found = NULL;

    if (node->type != XML_ELEMENT_NODE)
      continue;
    if (rp_xml_is (node, NULL, "a")) {
      g_autofree char *value = rp_xml_dup_attribute (node, "rel");
      g_autofree char *href = rp_xml_dup_attribute (node, "href");

      if (value != NULL && strstr (value, rel) != NULL)
        found = dup_web_url (href);
    }
    if (found == NULL)
      found = find_link (node, rel);
    if (found != NULL)
      return found;
  }

  return NULL;
}

static char *
find_body_link (const RpSiteItem *item, const char *rel)
{
  g_autoptr (xmlDoc) doc = rp_html_parse_fragment (rp_site_item_get (item, "body_html"));

  return find_link (rp_html_get_body (doc), rel);
}

char *
rp_site_item_dup_original (const RpSiteItem *item)
{
  JsonObject *alternatives = rp_json_get_object (item->item, "altids");
  char *found = dup_web_url (rp_json_get_string (alternatives, "original"));

  return found != NULL ? found : find_body_link (item, "canonical");
}

char *
rp_site_item_dup_licence (const RpSiteItem *item)
{
  JsonObject *rights = rp_json_get_object (item->item, "rightsinfo");
  char *found = dup_web_url (rp_json_get_string (rights, "linkedrights"));

  return found != NULL ? found : find_body_link (item, "license");
}

char *
rp_site_item_dup_source (const RpSiteItem *item)
{
  JsonArray *sources = rp_json_get_array (item->item, "infosource");
  JsonNode *first = sources != NULL && json_array_get_length (sources) > 0
                      ? json_array_get_element (sources, 0)
                      : NULL;

  if (first == NULL || !JSON_NODE_HOLDS_OBJECT (first))
    return g_strdup (rp_site_item_get (item, "source"));

  return g_strdup (rp_json_get_string (json_node_get_object (first), "name"));
}

/* Senders write where they put the picture; readers get it from /media. */
static char *
dup_reader_url (RpSite *site, const char *href)
{
  const char *id = href != NULL ? strrchr (href, '/') : NULL;

  id = id != NULL ? id + 1 : href;
  if (rp_site_has_media (site, id))
    return g_strconcat (rp_site_get_url (site), "/media/", id, NULL);

  return dup_web_url (href);
}

char *
rp_site_dup_picture_url (RpSite *site, JsonObject *picture)
{
  JsonObject *renditions = rp_json_get_object (picture, "renditions");
  JsonObject *original = rp_json_get_object (renditions, "original");
  const char *media = rp_json_get_string (original, "media");

  if (rp_site_has_media (site, media))
    return dup_reader_url (site, media);

  return dup_reader_url (site, rp_json_get_string (original, "href"));
}

GPtrArray *
rp_site_item_list_pictures (const RpSiteItem *item)
{
  JsonObject *associations = rp_json_get_object (item->item, "associations");
  JsonObject *featured = rp_json_get_object (associations, "featuremedia");
  g_autoptr (GList) names = associations != NULL ? json_object_get_members (associations) : NULL;
  GPtrArray *pictures = g_ptr_array_new ();

  if (featured != NULL)
    g_ptr_array_add (pictures, featured);
  for (GList *link = names; link != NULL; link = link->next) {
    JsonObject *picture = rp_json_get_object (associations, link->data);

    if (picture != NULL && picture != featured &&
        g_strcmp0 (rp_json_get_string (picture, "type"), "picture") == 0)
      g_ptr_array_add (pictures, picture);
  }

  return pictures;
}

static void
settle_images (RpSite *site, xmlNode *parent)
{
  for (xmlNode *node = parent->children; node != NULL; node = node->next) {
    if (node->type != XML_ELEMENT_NODE)
      continue;
    if (rp_xml_is (node, NULL, "img")) {
      g_autofree char *src = rp_xml_dup_attribute (node, "src");
      g_autofree char *url = dup_reader_url (site, src);

      if (url != NULL)
        xmlSetProp (node, BAD_CAST "src", BAD_CAST url);
    }
    settle_images (site, node);
  }
}

char *
rp_site_item_dup_body (RpSite *site, const RpSiteItem *item)
{
  g_autoptr (xmlDoc) doc = rp_html_parse_fragment (rp_site_item_get (item, "body_html"));
  xmlNode *body = rp_html_get_body (doc);

  rp_html_clean_tree (body, rp_site_get_url (site), NULL);
  settle_images (site, body);

  return rp_html_serialise (body);
}

static void
set_named (JsonObject *object, const char *member, const char *type, const char *name)
{
  JsonObject *thing;

  if (rp_text_is_empty (name))
    return;
  thing = json_object_new ();
  json_object_set_string_member (thing, "@type", type);
  json_object_set_string_member (thing, "name", name);
  json_object_set_object_member (object, member, thing);
}

static void
set_image (RpSite *site, JsonObject *object, const RpSiteItem *item)
{
  g_autoptr (GPtrArray) pictures = rp_site_item_list_pictures (item);
  g_autoptr (JsonArray) list = json_array_new ();

  for (guint i = 0; i < pictures->len; i++) {
    g_autofree char *url = rp_site_dup_picture_url (site, pictures->pdata[i]);
    JsonObject *image;

    if (url == NULL)
      continue;
    image = json_object_new ();
    json_object_set_string_member (image, "@type", "ImageObject");
    json_object_set_string_member (image, "url", url);
    rp_json_set_string (image, "caption",
                        rp_json_get_string (pictures->pdata[i], "description_text"));
    rp_json_set_string (image, "creditText", rp_json_get_string (pictures->pdata[i], "byline"));
    json_array_add_object_element (list, image);
  }
  if (json_array_get_length (list) > 0)
    json_object_set_array_member (object, "image", g_steal_pointer (&list));
}

JsonObject *
rp_site_item_build_jsonld (RpSite *site, const RpSiteItem *item)
{
  JsonObject *object = json_object_new ();
  g_autofree char *licence = rp_site_item_dup_licence (item);
  g_autofree char *original = rp_site_item_dup_original (item);
  g_autofree char *source = rp_site_item_dup_source (item);
  g_autofree char *url = rp_site_dup_item_url (site, item);

  json_object_set_string_member (object, "@context", "https://schema.org");
  json_object_set_string_member (object, "@type", "NewsArticle");
  json_object_set_string_member (object, "identifier", item->guid);
  json_object_set_string_member (object, "headline", rp_site_item_get_headline (item));
  json_object_set_string_member (object, "url", url);
  rp_json_set_string (object, "description", rp_site_item_get (item, "description_text"));
  rp_json_set_string (object, "inLanguage", rp_site_item_get (item, "language"));
  rp_json_set_string (object, "datePublished", rp_site_item_get (item, "firstcreated"));
  rp_json_set_string (object, "dateModified", rp_site_item_get (item, "versioncreated"));
  rp_json_set_string (object, "expires", rp_site_item_get (item, "expires"));
  rp_json_set_string (object, "license", licence);
  rp_json_set_string (object, "usageInfo", licence);
  rp_json_set_string (object, "conditionsOfAccess", rp_site_item_get (item, "usageterms"));
  rp_json_set_string (object, "copyrightNotice", rp_site_item_get (item, "copyrightnotice"));
  rp_json_set_string (object, "isBasedOn", original);
  rp_json_set_string (object, "mainEntityOfPage", original);
  set_named (object, "author", "Person", rp_site_item_get (item, "byline"));
  set_named (object, "publisher", "Organization", source);
  set_named (object, "copyrightHolder", "Organization", rp_site_item_get (item, "copyrightholder"));
  set_image (site, object, item);

  return object;
}
