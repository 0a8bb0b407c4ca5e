/* IPTC ninjs 1.6, strictly: what its schema does not know is not in it. The original's address has
 * no member there; it stands in altids and, for readers, in the credit line of body_html. */
#include "rp-html.h"
#include "rp-json.h"
#include "rp-render-body.h"
#include "rp-render-credit.h"
#include "rp-renderer.h"
#include "rp-text.h"
#include "rp-time.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* The schema wants date-time with a zone; anything else is left out. */
static void
set_time (JsonObject *item, const char *member, const char *time)
{
  gint64 instant = rp_time_instant (time);
  g_autofree char *text = rp_time_format (instant);

  rp_json_set_string (item, member, text);
}

static void
set_field (JsonObject *item, const char *member, const RpRenderJob *job, RpArticleField field)
{
  rp_json_set_string (item, member, rp_article_get (job->article, field));
}

/* Without any id the words themselves are the id. */
static char *
dup_fingerprint (RpArticle *article)
{
  g_autofree char *text = g_strconcat (rp_article_get (article, RP_ARTICLE_HEADLINE), "\n",
                                       rp_article_get (article, RP_ARTICLE_BODY_HTML), NULL);
  g_autofree char *digest =
    g_compute_checksum_for_string (G_CHECKSUM_SHA256, text != NULL ? text : "", -1);

  return g_strconcat ("urn:sha256:", digest, NULL);
}

static char *
dup_uri (const RpRenderJob *job)
{
  const char *guid = rp_article_get (job->article, RP_ARTICLE_GUID);
  const char *id = rp_article_get (job->article, RP_ARTICLE_ID);

  if (job->marker != NULL)
    return g_strconcat ("urn:uuid:", job->marker, NULL);
  if (guid != NULL && g_uri_is_valid (guid, G_URI_FLAGS_NONE, NULL))
    return g_strdup (guid);
  if (id != NULL)
    return g_strconcat ("urn:uuid:", id, NULL);

  return dup_fingerprint (job->article);
}

static void
set_identity (JsonObject *item, const RpRenderJob *job)
{
  g_autofree char *uri = dup_uri (job);
  g_autofree char *now = rp_time_format (job->now);
  JsonObject *alternatives = json_object_new ();
  gboolean gone = job->action == RP_ACTION_WITHDRAW;

  json_object_set_string_member (item, "uri", uri);
  json_object_set_string_member (item, "type", "text");
  json_object_set_string_member (item, "mimetype", "text/html");
  json_object_set_string_member (item, "representationtype", "complete");
  json_object_set_string_member (item, "version", job->version != NULL ? job->version : "1");
  json_object_set_string_member (item, "pubstatus", gone ? "canceled" : "usable");
  set_time (item, "firstcreated", rp_article_get (job->article, RP_ARTICLE_PUBLISHED));
  rp_json_set_string (item, "versioncreated", now);
  set_field (item, "language", job, RP_ARTICLE_LANGUAGE);
  rp_json_set_string (alternatives, "original", rp_render_get_original_url (job));
  rp_json_set_string (alternatives, "source", rp_article_get (job->article, RP_ARTICLE_GUID));
  if (json_object_get_size (alternatives) > 0)
    json_object_set_object_member (item, "altids", alternatives);
  else
    json_object_unref (alternatives);
}

static void
set_standard (JsonObject *item)
{
  JsonObject *standard = json_object_new ();

  json_object_set_string_member (standard, "name", "ninjs");
  json_object_set_string_member (standard, "version", "1.6");
  json_object_set_string_member (standard, "schema",
                                 "http://www.iptc.org/std/ninjs/ninjs-schema_1.6.json");
  json_object_set_object_member (item, "$standard", standard);
}

static char *
dup_usage_terms (const RpRenderJob *job)
{
  const char *stated =
    rp_statement_get (rp_article_get_statement (job->article), RP_STATEMENT_USAGE_TERMS);

  return job->licence != NULL ? rp_licence_describe (job->licence, job->article)
                              : g_strdup (stated);
}

static const char *
get_first (const char *first, const char *second)
{
  return first != NULL ? first : second;
}

static void
set_rights (JsonObject *item, const RpRenderJob *job)
{
  RpStatement *statement = rp_article_get_statement (job->article);
  const RpTerms *terms = rp_render_get_terms (job);
  g_autofree char *usage = dup_usage_terms (job);
  const char *holder = terms != NULL ? get_first (terms->rights_holder, terms->licensor) : NULL;
  const char *notice =
    job->licence != NULL ? rp_licence_get (job->licence, "copyright_notice") : NULL;

  rp_json_set_string (item, "usageterms", usage);
  rp_json_set_string (item, "copyrightholder",
                      get_first (holder, rp_statement_get (statement, RP_STATEMENT_RIGHTS_HOLDER)));
  rp_json_set_string (
    item, "copyrightnotice",
    get_first (notice, rp_statement_get (statement, RP_STATEMENT_COPYRIGHT_NOTICE)));
  set_time (item, "embargoed", rp_article_get (job->article, RP_ARTICLE_EMBARGOED_UNTIL));
  set_time (item, "expires",
            terms != NULL && terms->expires != NULL
              ? terms->expires
              : rp_article_get (job->article, RP_ARTICLE_EXPIRES));
  if (terms != NULL && terms->url != NULL && rp_text_is_web_url (terms->url)) {
    JsonObject *rights = json_object_new ();

    json_object_set_string_member (rights, "linkedrights", terms->url);
    json_object_set_object_member (item, "rightsinfo", rights);
  }
}

static void
set_source (JsonObject *item, const RpRenderJob *job)
{
  g_autofree char *name = rp_render_dup_source (job);
  JsonArray *list;
  JsonObject *source;

  if (rp_text_is_empty (name))
    return;

  list = json_array_new ();
  source = json_object_new ();
  json_object_set_string_member (source, "name", name);
  json_object_set_string_member (source, "rel", "originator");
  json_array_add_object_element (list, source);
  json_object_set_array_member (item, "infosource", list);
}

static void
add_subject (JsonArray *list, const char *name, const char *rel, RpSubject *full)
{
  JsonObject *subject = json_object_new ();

  rp_json_set_string (subject, "name", name);
  rp_json_set_string (subject, "rel", rel);
  if (full != NULL) {
    rp_json_set_string (subject, "code", full->code);
    if (full->scheme != NULL && g_uri_is_valid (full->scheme, G_URI_FLAGS_NONE, NULL))
      json_object_set_string_member (subject, "scheme", full->scheme);
  }
  json_array_add_object_element (list, subject);
}

static void
set_subjects (JsonObject *item, RpArticle *article)
{
  GPtrArray *subjects = rp_article_get_subjects (article);
  GPtrArray *tags = rp_article_get_tags (article);
  JsonArray *list;

  if (subjects->len + tags->len == 0)
    return;

  list = json_array_new ();
  for (guint i = 0; i < subjects->len; i++) {
    RpSubject *subject = subjects->pdata[i];

    add_subject (list, subject->name, NULL, subject);
  }
  for (guint i = 0; i < tags->len; i++)
    add_subject (list, tags->pdata[i], "keyword", NULL);
  json_object_set_array_member (item, "subject", list);
}

static void
set_words (JsonObject *item, const RpRenderJob *job)
{
  const char *urgency = rp_article_get (job->article, RP_ARTICLE_URGENCY);
  g_autofree char *byline = rp_article_dup_byline (job->article);

  set_field (item, "headline", job, RP_ARTICLE_HEADLINE);
  set_field (item, "headline_sub", job, RP_ARTICLE_SUBHEADLINE);
  set_field (item, "slugline", job, RP_ARTICLE_SLUGLINE);
  rp_json_set_string (item, "byline", byline);
  set_field (item, "located", job, RP_ARTICLE_DATELINE);
  set_field (item, "description_text", job, RP_ARTICLE_SUMMARY);
  set_field (item, "ednote", job, RP_ARTICLE_ED_NOTE);
  if (urgency != NULL && strlen (urgency) == 1 && *urgency >= '1' && *urgency <= '9')
    json_object_set_int_member (item, "urgency", *urgency - '0');
}

static gboolean
is_uri (const char *text)
{
  return text != NULL && g_uri_is_valid (text, G_URI_FLAGS_NONE, NULL);
}

static JsonObject *
build_rendition (const char *href, RpMedia *media)
{
  JsonObject *rendition = json_object_new ();

  json_object_set_string_member (rendition, "href", href);
  rp_json_set_string (rendition, "mimetype", rp_media_get (media, RP_MEDIA_MIME_TYPE));
  rp_json_set_string (rendition, "title", rp_media_get (media, RP_MEDIA_NAME));

  return rendition;
}

static JsonObject *
build_picture (RpMedia *media, const char *href)
{
  JsonObject *picture = json_object_new ();
  JsonObject *renditions = json_object_new ();
  const char *licence = rp_media_get (media, RP_MEDIA_LICENCE_URL);
  const char *own = rp_media_get (media, RP_MEDIA_URL);

  json_object_set_string_member (picture, "uri", is_uri (own) ? own : href);
  json_object_set_string_member (picture, "type", "picture");
  rp_json_set_string (picture, "mimetype", rp_media_get (media, RP_MEDIA_MIME_TYPE));
  rp_json_set_string (picture, "description_text", rp_media_get (media, RP_MEDIA_CAPTION));
  rp_json_set_string (picture, "body_text", rp_media_get (media, RP_MEDIA_ALT));
  rp_json_set_string (picture, "byline", rp_media_get (media, RP_MEDIA_CREDIT));
  rp_json_set_string (picture, "copyrightnotice", rp_media_get (media, RP_MEDIA_COPYRIGHT));
  rp_json_set_string (picture, "usageterms", rp_media_get (media, RP_MEDIA_USAGE_TERMS));
  if (is_uri (licence)) {
    JsonObject *rights = json_object_new ();

    json_object_set_string_member (rights, "linkedrights", licence);
    json_object_set_object_member (picture, "rightsinfo", rights);
  }
  json_object_set_object_member (renditions, "original", build_rendition (href, media));
  json_object_set_object_member (picture, "renditions", renditions);

  return picture;
}

static void
set_pictures (JsonObject *item, const RpRenderJob *job)
{
  GPtrArray *media = rp_article_get_media (job->article);
  JsonObject *associations = json_object_new ();

  for (guint i = 0; i < media->len; i++) {
    const char *href = rp_render_get_media_url (job, media->pdata[i]);
    g_autofree char *name = i == 0 ? g_strdup ("featuremedia") : g_strdup_printf ("picture_%u", i);

    if (is_uri (href))
      json_object_set_object_member (associations, name, build_picture (media->pdata[i], href));
  }
  if (json_object_get_size (associations) > 0)
    json_object_set_object_member (item, "associations", associations);
  else
    json_object_unref (associations);
}

static GBytes *
ninjs_render (const RpRenderJob *job, GError **error)
{
  g_autoptr (JsonObject) item = json_object_new ();
  g_autofree char *content = rp_render_dup_content (job, FALSE);
  gint64 words = rp_html_count_words (rp_article_get (job->article, RP_ARTICLE_BODY_HTML));

  set_standard (item);
  set_identity (item, job);
  set_words (item, job);
  set_rights (item, job);
  set_source (item, job);
  set_subjects (item, job->article);
  json_object_set_int_member (item, "wordcount", words);
  json_object_set_string_member (item, "body_html", content);
  set_pictures (item, job);

  return rp_json_object_to_bytes (item);
}

const RpRenderer rp_renderer_ninjs = {
  .id = "ninjs",
  .title = N_ ("News wire item (ninjs 1.6)"),
  .media_type = "application/json",
  .render = ninjs_render,
};
