#include "rp-render-jsonld.h"

#include "rp-json.h"
#include "rp-render-body.h"
#include "rp-render-credit.h"
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
  set_address (image, "license", rp_media_get (media, RP_MEDIA_LICENCE_URL));
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

static const char *
get_first (const char *first, const char *second)
{
  return first != NULL ? first : second;
}

static void
set_rights (JsonObject *object, const RpRenderJob *job)
{
  RpStatement *statement = rp_article_get_statement (job->article);
  const RpTerms *terms = rp_render_get_terms (job);
  g_autofree char *credit = rp_render_dup_credit_text (job);
  const char *holder = terms != NULL ? terms->rights_holder : NULL;
  const char *notice =
    job->licence != NULL ? rp_licence_get (job->licence, "copyright_notice") : NULL;
  const char *terms_url = job->licence != NULL ? rp_licence_get (job->licence, "terms_url") : NULL;

  set_address (object, "license", terms != NULL ? terms->url : NULL);
  set_address (object, "usageInfo", get_first (terms_url, terms != NULL ? terms->url : NULL));
  set_party (object, "copyrightHolder",
             get_first (holder, rp_statement_get (statement, RP_STATEMENT_RIGHTS_HOLDER)));
  rp_json_set_string (
    object, "copyrightNotice",
    get_first (notice, rp_statement_get (statement, RP_STATEMENT_COPYRIGHT_NOTICE)));
  rp_json_set_string (object, "creditText", credit);
  set_address (object, "acquireLicensePage", terms != NULL ? terms->contact : NULL);
  if (terms != NULL && terms->expires != NULL)
    json_object_set_string_member (object, "expires", terms->expires);
  else
    set_field (object, "expires", job->article, RP_ARTICLE_EXPIRES);
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

  json_object_set_string_member (object, "@context", "https://schema.org");
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
  set_rights (object, job);
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
