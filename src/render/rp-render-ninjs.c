/* The original's address has no member in ninjs; it stands among the other ids and, for readers, in
 * the credit line of the body. */
#include "rp-render-ninjs.h"

#include "rp-html.h"
#include "rp-json.h"
#include "rp-render-body.h"
#include "rp-render-credit.h"
#include "rp-render-rights.h"
#include "rp-text.h"
#include "rp-time.h"

#include <string.h>

static const struct {
  const char *standard; /* the member that names the version */
  const char *version;
  const char *schema;
  const char *complete; /* all of the text is there */
} generations[] = {
  {"$standard", "1.6", "http://www.iptc.org/std/ninjs/ninjs-schema_1.6.json", "complete"},
  {"standard", "2.2", "http://www.iptc.org/std/ninjs/ninjs-schema_2.2.json", "full"},
  {"standard", "3.1", "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json", "full"},
};

/* Names that the third generation writes in camel case. */
static const char *const camel_names[][2] = {
  {"representationtype", "representationType"},
  {"firstcreated", "firstCreated"},
  {"versioncreated", "versionCreated"},
  {"embargoed", "embargoedUntil"},
  {"pubstatus", "pubStatus"},
  {"copyrightholder", "copyrightHolder"},
  {"copyrightnotice", "copyrightNotice"},
  {"usageterms", "usageTerms"},
  {"ednote", "edNote"},
  {"altids", "altIds"},
  {"infosources", "infoSources"},
  {"rightsinfo", "rightsInfo"},
  {"langid", "langId"},
  {"linkedrights", "linkedRights"},
  {"encodedrights", "encodedRights"},
  {"contenttype", "contentType"},
  {"wordcount", "wordCount"},
};

typedef struct {
  const RpRenderJob *job;
  const RpRenderRights *rights;
  RpNinjsGeneration generation;
} Ninjs;

static const char *
get_name (const Ninjs *self, const char *name)
{
  for (guint i = 0; self->generation == RP_NINJS_3 && i < G_N_ELEMENTS (camel_names); i++)
    if (g_str_equal (camel_names[i][0], name))
      return camel_names[i][1];

  return name;
}

static void
set (const Ninjs *self, JsonObject *object, const char *name, const char *value)
{
  rp_json_set_string (object, get_name (self, name), value);
}

static void
set_field (const Ninjs *self, JsonObject *item, const char *name, RpArticleField field)
{
  set (self, item, name, rp_article_get (self->job->article, field));
}

/* The schema wants date-time with a zone; anything else is left out. */
static void
set_time (const Ninjs *self, JsonObject *item, const char *name, RpArticleField field)
{
  g_autofree char *time = rp_render_dup_time (self->job, field);

  set (self, item, name, time);
}

/* {"role": …, "value": …}, added to a list that is there only when something is in it. */
static JsonObject *
add_to_list (const Ninjs *self, JsonObject *item, const char *list, const char *role)
{
  const char *name = get_name (self, list);
  JsonArray *array = rp_json_get_array (item, name);
  JsonObject *entry = json_object_new ();

  if (array == NULL) {
    array = json_array_new ();
    json_object_set_array_member (item, name, array);
  }
  rp_json_set_string (entry, "role", role);
  json_array_add_object_element (array, entry);

  return entry;
}

/* Texts that the first generation keeps in members and the later ones in lists by role. */
static void
set_text (const Ninjs *self,
          JsonObject *item,
          const char *member,
          const char *list,
          const char *role,
          const char *value)
{
  JsonObject *entry;

  if (rp_text_is_empty (value))
    return;
  if (self->generation == RP_NINJS_1) {
    json_object_set_string_member (item, member, value);
    return;
  }
  entry = add_to_list (self, item, list, role);
  set (self, entry, "contenttype", "text/plain");
  json_object_set_string_member (entry, "value", value);
}

/* Identity */

static void
set_alternatives (const Ninjs *self, JsonObject *item)
{
  const char *ids[][2] = {
    {"original", self->rights->original_url},
    {"source", rp_article_get (self->job->article, RP_ARTICLE_GUID)},
  };
  JsonObject *by_name = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    if (rp_text_is_empty (ids[i][1]))
      continue;
    if (self->generation != RP_NINJS_1) {
      json_object_set_string_member (add_to_list (self, item, "altids", ids[i][0]), "value",
                                     ids[i][1]);
      continue;
    }
    if (by_name == NULL) {
      by_name = json_object_new ();
      json_object_set_object_member (item, "altids", by_name);
    }
    json_object_set_string_member (by_name, ids[i][0], ids[i][1]);
  }
}

static void
set_standard (const Ninjs *self, JsonObject *item)
{
  JsonObject *standard = json_object_new ();

  json_object_set_string_member (standard, "name", "ninjs");
  json_object_set_string_member (standard, "version", generations[self->generation].version);
  json_object_set_string_member (standard, "schema", generations[self->generation].schema);
  json_object_set_object_member (item, generations[self->generation].standard, standard);
}

static void
set_identity (const Ninjs *self, JsonObject *item)
{
  const RpRenderJob *job = self->job;
  g_autofree char *uri = rp_render_dup_uri (job);
  g_autofree char *now = rp_time_format (job->now);
  gboolean gone = job->action == RP_ACTION_WITHDRAW;

  json_object_set_string_member (item, "uri", uri);
  json_object_set_string_member (item, "type", "text");
  if (self->generation == RP_NINJS_1)
    json_object_set_string_member (item, "mimetype", "text/html");
  set (self, item, "representationtype", generations[self->generation].complete);
  json_object_set_string_member (item, "version", rp_render_get_version (job));
  set (self, item, "pubstatus", gone ? "canceled" : "usable");
  set_time (self, item, "firstcreated", RP_ARTICLE_PUBLISHED);
  set (self, item, "versioncreated", now);
  set_field (self, item, "language", RP_ARTICLE_LANGUAGE);
  set_alternatives (self, item);
}

/* Words */

static void
set_people (const Ninjs *self, JsonObject *item)
{
  GPtrArray *authors = rp_article_get_authors (self->job->article);

  for (guint i = 0; self->generation != RP_NINJS_1 && i < authors->len; i++) {
    RpAuthor *author = authors->pdata[i];
    JsonObject *person = add_to_list (self, item, "people", NULL);

    rp_json_set_string (person, "name", author->name);
    json_object_set_string_member (person, "rel", "author");
    if (rp_render_is_uri (author->uri))
      json_object_set_string_member (person, "uri", author->uri);
  }
}

static void
set_words (const Ninjs *self, JsonObject *item)
{
  RpArticle *article = self->job->article;
  const char *urgency = rp_article_get (article, RP_ARTICLE_URGENCY);
  g_autofree char *byline = rp_article_dup_byline (article);

  set_text (self, item, "headline", "headlines", "main",
            rp_article_get (article, RP_ARTICLE_HEADLINE));
  set_text (self, item, "headline_sub", "headlines", "sub",
            rp_article_get (article, RP_ARTICLE_SUBHEADLINE));
  set_field (self, item, "slugline", RP_ARTICLE_SLUGLINE);
  rp_json_set_string (item, self->generation == RP_NINJS_1 ? "byline" : "by", byline);
  set_people (self, item);
  set_field (self, item, "located", RP_ARTICLE_DATELINE);
  set_text (self, item, "description_text", "descriptions", "summary",
            rp_article_get (article, RP_ARTICLE_SUMMARY));
  set_field (self, item, "ednote", RP_ARTICLE_ED_NOTE);
  if (urgency != NULL && strlen (urgency) == 1 && *urgency >= '1' && *urgency <= '9')
    json_object_set_int_member (item, "urgency", *urgency - '0');
}

static void
add_subject (const Ninjs *self, JsonObject *item, const char *name, RpSubject *full)
{
  gboolean first = self->generation == RP_NINJS_1;
  JsonObject *subject = add_to_list (self, item, first ? "subject" : "subjects", NULL);

  rp_json_set_string (subject, "name", name);
  if (full == NULL) {
    json_object_set_string_member (subject, "rel", "keyword");
  } else if (first) {
    rp_json_set_string (subject, "code", full->code);
    if (rp_render_is_uri (full->scheme))
      json_object_set_string_member (subject, "scheme", full->scheme);
  } else if (full->code != NULL) {
    g_autofree char *uri = g_strconcat (full->scheme != NULL ? full->scheme : "", full->code, NULL);

    if (rp_render_is_uri (uri))
      json_object_set_string_member (subject, "uri", uri);
    else
      json_object_set_string_member (subject, "literal", full->code);
  }
}

static void
set_subjects (const Ninjs *self, JsonObject *item)
{
  GPtrArray *subjects = rp_article_get_subjects (self->job->article);
  GPtrArray *tags = rp_article_get_tags (self->job->article);

  for (guint i = 0; i < subjects->len; i++) {
    RpSubject *subject = subjects->pdata[i];

    add_subject (self, item, subject->name, subject);
  }
  for (guint i = 0; i < tags->len; i++)
    add_subject (self, item, tags->pdata[i], NULL);
}

static void
set_source (const Ninjs *self, JsonObject *item)
{
  gboolean first = self->generation == RP_NINJS_1;
  g_autofree char *name = rp_render_dup_source (self->job);
  JsonObject *source;

  if (rp_text_is_empty (name))
    return;
  source =
    add_to_list (self, item, first ? "infosource" : "infosources", first ? NULL : "originator");
  json_object_set_string_member (source, "name", name);
  if (first)
    json_object_set_string_member (source, "rel", "originator");
}

static void
set_body (const Ninjs *self, JsonObject *item)
{
  g_autofree char *content = rp_render_dup_content (self->job, FALSE);
  gint64 words = rp_html_count_words (rp_article_get (self->job->article, RP_ARTICLE_BODY_HTML));
  JsonObject *body;

  if (self->generation == RP_NINJS_1) {
    json_object_set_int_member (item, "wordcount", words);
    json_object_set_string_member (item, "body_html", content);
    return;
  }
  body = add_to_list (self, item, "bodies", "main");
  set (self, body, "contenttype", "text/html");
  json_object_set_int_member (body, get_name (self, "wordcount"), words);
  json_object_set_string_member (body, "value", content);
}

/* Rights */

/* The schemas take a link or an expression, not both. A public licence is known by its address;
 * where more is to be said than the address says, the expression says it. */
static void
set_expression (const Ninjs *self, JsonObject *item)
{
  const RpTerms *terms = rp_render_get_terms (self->job);
  gboolean public_licence =
    terms != NULL &&
    (terms->spdx != NULL || terms->is_creative_commons_by || terms->is_public_domain);
  gboolean linked = self->rights->url != NULL && public_licence && !self->rights->tdm_reserved;
  g_autofree char *policy = linked ? NULL : rp_render_dup_policy (self->job, self->rights);
  JsonObject *info;

  if (policy == NULL && self->rights->url == NULL)
    return;
  info = json_object_new ();
  if (policy != NULL) {
    set (self, info, "langid", RP_RENDER_POLICY_LANGUAGE);
    set (self, info, "encodedrights", policy);
  } else {
    set (self, info, "linkedrights", self->rights->url);
  }
  json_object_set_object_member (item, get_name (self, "rightsinfo"), info);
}

static void
set_rights (const Ninjs *self, JsonObject *item)
{
  set (self, item, "usageterms", self->rights->usage_terms);
  set (self, item, "copyrightholder", self->rights->holder);
  set (self, item, "copyrightnotice", self->rights->notice);
  set (self, item, "embargoed", self->rights->embargo);
  set (self, item, "expires", self->rights->expires);
  set_expression (self, item);
}

/* Pictures */

static void
set_rendition (const Ninjs *self, JsonObject *picture, const char *href, const char *type)
{
  JsonObject *rendition;

  if (self->generation == RP_NINJS_1) {
    JsonObject *renditions = json_object_new ();

    rendition = json_object_new ();
    json_object_set_object_member (renditions, "original", rendition);
    json_object_set_object_member (picture, "renditions", renditions);
    rp_json_set_string (rendition, "mimetype", type);
  } else {
    rendition = add_to_list (self, picture, "renditions", NULL);
    json_object_set_string_member (rendition, "name", "original");
    set (self, rendition, "contenttype", type);
  }
  json_object_set_string_member (rendition, "href", href);
}

static void
set_picture_licence (const Ninjs *self, JsonObject *picture, RpMedia *media)
{
  const char *licence = rp_media_get (media, RP_MEDIA_LICENCE_URL);
  JsonObject *info;

  if (!rp_render_is_uri (licence))
    return;
  info = json_object_new ();
  set (self, info, "linkedrights", licence);
  json_object_set_object_member (picture, get_name (self, "rightsinfo"), info);
}

static void
fill_picture (const Ninjs *self, JsonObject *picture, RpMedia *media, const char *href)
{
  gboolean first = self->generation == RP_NINJS_1;
  const char *type = rp_media_get (media, RP_MEDIA_MIME_TYPE);
  const char *own = rp_media_get (media, RP_MEDIA_URL);

  json_object_set_string_member (picture, "uri", rp_render_is_uri (own) ? own : href);
  json_object_set_string_member (picture, "type", "picture");
  if (first)
    rp_json_set_string (picture, "mimetype", type);
  set_text (self, picture, "description_text", "descriptions", "caption",
            rp_media_get (media, RP_MEDIA_CAPTION));
  set_text (self, picture, "body_text", "descriptions", "alt", rp_media_get (media, RP_MEDIA_ALT));
  rp_json_set_string (picture, first ? "byline" : "by", rp_media_get (media, RP_MEDIA_CREDIT));
  set (self, picture, "copyrightnotice", rp_media_get (media, RP_MEDIA_COPYRIGHT));
  set (self, picture, "usageterms", rp_media_get (media, RP_MEDIA_USAGE_TERMS));
  set_picture_licence (self, picture, media);
  set_rendition (self, picture, href, type);
}

static void
add_picture (const Ninjs *self, JsonObject *item, RpMedia *media, const char *name)
{
  const char *href = rp_render_get_media_url (self->job, media);
  JsonObject *all;
  JsonObject *picture;

  if (!rp_render_is_uri (href))
    return;
  if (self->generation != RP_NINJS_1) {
    picture = add_to_list (self, item, "associations", NULL);
    json_object_set_string_member (picture, "name", name);
    fill_picture (self, picture, media, href);
    return;
  }
  all = rp_json_get_object (item, "associations");
  if (all == NULL) {
    all = json_object_new ();
    json_object_set_object_member (item, "associations", all);
  }
  picture = json_object_new ();
  json_object_set_object_member (all, name, picture);
  fill_picture (self, picture, media, href);
}

static void
set_pictures (const Ninjs *self, JsonObject *item)
{
  GPtrArray *media = rp_article_get_media (self->job->article);

  for (guint i = 0; i < media->len; i++) {
    g_autofree char *name = i == 0 ? g_strdup ("featuremedia") : g_strdup_printf ("picture_%u", i);

    add_picture (self, item, media->pdata[i], name);
  }
}

GBytes *
rp_render_ninjs (const RpRenderJob *job, RpNinjsGeneration generation)
{
  g_autoptr (JsonObject) item = json_object_new ();
  g_autoptr (RpRenderRights) rights = rp_render_rights_new (job);
  const Ninjs self = {.job = job, .rights = rights, .generation = generation};

  set_standard (&self, item);
  set_identity (&self, item);
  set_words (&self, item);
  set_rights (&self, item);
  set_source (&self, item);
  set_subjects (&self, item);
  set_body (&self, item);
  set_pictures (&self, item);

  return rp_json_object_to_bytes (item);
}
