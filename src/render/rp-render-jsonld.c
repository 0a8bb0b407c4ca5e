#include "rp-render-jsonld.h"

#include "rp-json.h"
#include "rp-render-body.h"
#include "rp-render-credit.h"
#include "rp-render-rights.h"
#include "rp-text.h"

#include <string.h>

static JsonObject *
new_thing (const char *type, const char *name)
{
  JsonObject *thing = json_object_new ();

  json_object_set_string_member (thing, "@type", type);
  rp_json_set_string (thing, "name", name);

  return thing;
}

static void
set_party (JsonObject *object, const char *member, const char *name)
{
  if (!rp_text_is_empty (name))
    json_object_set_object_member (object, member, new_thing ("Organization", name));
}

static void
set_authors (JsonObject *object, RpArticle *article)
{
  GPtrArray *authors = rp_article_get_authors (article);
  g_autoptr (JsonArray) list = json_array_new ();

  for (guint i = 0; i < authors->len; i++) {
    RpAuthor *author = authors->pdata[i];
    JsonObject *person = new_thing ("Person", author->name);

    rp_json_set_string (person, "url", author->uri);
    json_array_add_object_element (list, person);
  }
  if (json_array_get_length (list) > 0)
    json_object_set_array_member (object, "author", g_steal_pointer (&list));
}

static void
set_address (JsonObject *object, const char *member, const char *url)
{
  if (url != NULL && rp_text_is_web_url (url))
    json_object_set_string_member (object, member, url);
}

static JsonObject *
build_image (const RpRenderJob *job, RpMedia *media)
{
  JsonObject *image = new_thing ("ImageObject", NULL);
  const char *credit = rp_media_get (media, RP_MEDIA_CREDIT);

  rp_json_set_string (image, "url", rp_render_get_media_url (job, media));
  rp_json_set_string (image, "caption", rp_media_get (media, RP_MEDIA_CAPTION));
  rp_json_set_string (image, "description", rp_media_get (media, RP_MEDIA_ALT));
  rp_json_set_string (image, "creditText", credit);
  rp_json_set_string (image, "copyrightNotice", rp_media_get (media, RP_MEDIA_COPYRIGHT));
  rp_json_set_string (image, "conditionsOfAccess", rp_media_get (media, RP_MEDIA_USAGE_TERMS));
  set_address (image, "license", rp_media_get (media, RP_MEDIA_LICENCE_URL));
  set_address (image, "acquireLicensePage", rp_media_get (media, RP_MEDIA_LICENSOR));
  rp_json_set_string (image, "encodingFormat", rp_media_get (media, RP_MEDIA_MIME_TYPE));

  return image;
}

static void
set_images (JsonObject *object, const RpRenderJob *job)
{
  GPtrArray *media = rp_article_get_media (job->article);
  g_autoptr (JsonArray) list = json_array_new ();

  for (guint i = 0; i < media->len; i++)
    json_array_add_object_element (list, build_image (job, media->pdata[i]));
  if (json_array_get_length (list) > 0)
    json_object_set_array_member (object, "image", g_steal_pointer (&list));
}

static void
set_field (JsonObject *object, const char *member, RpArticle *article, RpArticleField field)
{
  rp_json_set_string (object, member, rp_article_get (article, field));
}

static void
set_rights (JsonObject *object, const RpRenderRights *rights)
{
  set_address (object, "license", rights->url);
  set_address (object, "usageInfo", rights->terms_url != NULL ? rights->terms_url : rights->url);
  rp_json_set_string (object, "conditionsOfAccess", rights->usage_terms);
  set_party (object, "copyrightHolder", rights->holder);
  if (rights->holder != NULL && rights->year != NULL)
    json_object_set_int_member (object, "copyrightYear", g_ascii_strtoll (rights->year, NULL, 10));
  rp_json_set_string (object, "copyrightNotice", rights->notice);
  rp_json_set_string (object, "creditText", rights->credit);
  set_address (object, "acquireLicensePage", rights->acquire_page);
  rp_json_set_string (object, "expires", rights->expires);
  if (rights->tdm_reserved) {
    json_object_set_int_member (object, "tdm:reservation", 1);
    set_address (object, "tdm:policy", rights->tdm_policy);
  }
  rp_json_set_string (object, "dcterms:available", rights->embargo);
}

/* schema.org has no words for mining and embargo: those of TDMRep and Dublin Core are lent. */
static void
set_context (JsonObject *object, const RpRenderRights *rights)
{
  JsonArray *context;
  JsonObject *prefixes;

  if (!rights->tdm_reserved && rights->embargo == NULL) {
    json_object_set_string_member (object, "@context", "https://schema.org");
    return;
  }
  context = json_array_new ();
  prefixes = json_object_new ();
  json_array_add_string_element (context, "https://schema.org");
  json_object_set_string_member (prefixes, "tdm", "http://www.w3.org/ns/tdmrep#");
  json_object_set_string_member (prefixes, "dcterms", "http://purl.org/dc/terms/");
  json_array_add_object_element (context, prefixes);
  json_object_set_array_member (object, "@context", context);
}

static void
set_origin (JsonObject *object, const RpRenderJob *job)
{
  const char *original = rp_render_get_original_url (job);
  g_autofree char *source = rp_render_dup_source (job);

  set_party (object, "publisher", source);
  if (job->partner != NULL)
    set_party (object, "republisher", rp_partner_get_name (job->partner));
  if (original != NULL) {
    json_object_set_string_member (object, "mainEntityOfPage", original);
    json_object_set_string_member (object, "sameAs", original);
    json_object_set_string_member (object, "isBasedOn", original);
  }
}

JsonObject *
rp_render_build_jsonld (const RpRenderJob *job)
{
  JsonObject *object = json_object_new ();
  RpArticle *article = job->article;
  g_autoptr (RpRenderRights) rights = rp_render_rights_new (job);

  set_context (object, rights);
  json_object_set_string_member (object, "@type", "NewsArticle");
  if (job->marker != NULL) {
    g_autofree char *id = g_strconcat ("urn:uuid:", job->marker, NULL);

    json_object_set_string_member (object, "identifier", id);
  }
  set_field (object, "headline", article, RP_ARTICLE_HEADLINE);
  set_field (object, "alternativeHeadline", article, RP_ARTICLE_SUBHEADLINE);
  set_field (object, "description", article, RP_ARTICLE_SUMMARY);
  set_field (object, "inLanguage", article, RP_ARTICLE_LANGUAGE);
  set_field (object, "datePublished", article, RP_ARTICLE_PUBLISHED);
  set_field (object, "dateModified", article, RP_ARTICLE_UPDATED);
  set_field (object, "dateline", article, RP_ARTICLE_DATELINE);
  set_authors (object, article);
  set_origin (object, job);
  set_rights (object, rights);
  set_images (object, job);
  if (rp_article_get_tags (article)->len > 0) {
    g_autoptr (GPtrArray) tags = g_ptr_array_copy (rp_article_get_tags (article), NULL, NULL);

    g_ptr_array_set_free_func (tags, NULL);
    g_ptr_array_add (tags, NULL);
    rp_json_set_strv (object, "keywords", (const char *const *) tags->pdata);
  }

  return object;
}

char *
rp_render_dup_jsonld_text (const RpRenderJob *job, gboolean pretty)
{
  g_autoptr (JsonObject) object = rp_render_build_jsonld (job);
  g_autofree char *text = rp_json_object_to_text (object, pretty);
  g_auto (GStrv) parts = g_strsplit (text, "<", -1);

  return g_strjoinv ("\\u003c", parts);
}
