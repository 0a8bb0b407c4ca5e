/* The names that static site generators and editors use in front matter, to the article's fields.
 */
#include <string.h>

#include "rp-import-fields.h"
#include "rp-import-front-matter.h"
#include "rp-json.h"
#include "rp-text.h"
#include "rp-time.h"

#define NAMES(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Case, hyphens and underscores aside: canonicalURL, canonical_url and canonical-url are one. */
static gboolean
is_named (const char *key, const char *name)
{
  for (; *key != '\0'; key++) {
    if (*key == '_' || *key == '-' || *key == ' ')
      continue;
    if (g_ascii_tolower (*key) != *name++)
      return FALSE;
  }
  return *name == '\0';
}

/* The first of the names that has a value. Lends. */
static JsonNode *
find (JsonObject *data, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++) {
    JsonObjectIter iter;
    const char *key;
    JsonNode *node;

    json_object_iter_init (&iter, data);
    while (json_object_iter_next (&iter, &key, &node)) {
      if (!JSON_NODE_HOLDS_NULL (node) && is_named (key, names[i]))
        return node;
    }
  }
  return NULL;
}

/* A string, number or boolean as text; the first one of a list. NULL when there is none. Gives. */
static char *
dup_value (JsonNode *node)
{
  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    return json_array_get_length (array) > 0 ? dup_value (json_array_get_element (array, 0)) : NULL;
  }
  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return rp_text_clean (json_node_get_string (node));
  return json_to_string (node, FALSE);
}

static char *
dup_text (JsonObject *data, const char *const *names)
{
  return dup_value (find (data, names));
}

static void
fill (RpArticle *article, RpArticleField field, JsonObject *data, const char *const *names)
{
  g_autofree char *value = dup_text (data, names);
  g_autofree char *plain = rp_fields_dup_plain (value);

  rp_article_fill (article, field, plain);
}

static void
fill_time (RpArticle *article, RpArticleField field, JsonObject *data, const char *const *names)
{
  g_autofree char *value = dup_text (data, names);

  rp_fields_set_time (article, field, value);
}

/* People */

static void
add_person (RpArticle *article, JsonNode *node, gboolean is_name)
{
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObject *person = json_node_get_object (node);
    g_autofree char *name = dup_text (person, NAMES ("name", "displayname", "title", "author"));
    g_autofree char *uri = dup_text (person, NAMES ("url", "uri", "link", "website"));
    g_autofree char *email = dup_text (person, NAMES ("email", "mail"));

    rp_fields_add_author (article, name, uri, email);
  } else {
    g_autofree char *name = dup_value (node);

    if (is_name)
      rp_fields_add_author (article, name, NULL, NULL);
    else
      rp_fields_add_byline (article, name);
  }
}

static void
read_authors (RpArticle *article, JsonObject *data)
{
  JsonNode *node = find (data, NAMES ("authors", "author", "byline", "by", "creator", "writer"));

  if (node == NULL)
    return;
  if (!JSON_NODE_HOLDS_ARRAY (node)) {
    add_person (article, node, FALSE);
    return;
  }
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    add_person (article, json_array_get_element (json_node_get_array (node), i), TRUE);
}

/* Tags and subjects */

typedef void (*AddWord) (RpArticle *article, const char *word);

static void
add_subject (RpArticle *article, const char *word)
{
  rp_article_add_subject (article, NULL, word, "category");
}

/* A list, or words in one string: by commas, else, where the generators do so, by spaces. */
static void
add_words (RpArticle *article,
           JsonObject *data,
           const char *const *names,
           gboolean by_space,
           AddWord add)
{
  JsonNode *node = find (data, names);
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node)) {
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++) {
      g_autofree char *word = dup_value (json_array_get_element (json_node_get_array (node), i));

      add (article, word);
    }
    return;
  }
  text = dup_value (node);
  if (text == NULL)
    return;
  words = g_strsplit (text, strchr (text, ',') != NULL || !by_space ? "," : " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    add (article, words[i]);
}

static void
read_words (RpArticle *article, JsonObject *data)
{
  JsonNode *taxonomies = find (data, NAMES ("taxonomies"));

  add_words (article, data, NAMES ("tags"), TRUE, rp_article_add_tag);
  add_words (article, data, NAMES ("tag", "keywords"), FALSE, rp_article_add_tag);
  add_words (article, data, NAMES ("categories"), TRUE, add_subject);
  add_words (article, data, NAMES ("category", "section", "topics", "subjects", "subject"), FALSE,
             add_subject);
  if (taxonomies != NULL && JSON_NODE_HOLDS_OBJECT (taxonomies))
    read_words (article, json_node_get_object (taxonomies));
}

/* The picture */

static void
set_media (RpMedia *media, RpMediaField field, JsonObject *data, const char *const *names)
{
  g_autofree char *value = dup_text (data, names);
  g_autofree char *plain = rp_fields_dup_plain (value);

  if (plain != NULL && rp_media_get (media, field) == NULL)
    rp_media_set (media, field, plain);
}

static RpMedia *
new_picture (const char *base_url, JsonObject *article_data, JsonObject *data, const char *address)
{
  g_autofree char *url = rp_text_resolve_picture_url (base_url, address);
  RpMedia *media = url != NULL ? rp_media_new (url) : NULL;

  if (media == NULL)
    return NULL;
  if (data != NULL) {
    set_media (media, RP_MEDIA_ALT, data, NAMES ("alt", "imagealt", "alttext"));
    set_media (media, RP_MEDIA_CAPTION, data, NAMES ("caption", "imagecaption", "description"));
    set_media (media, RP_MEDIA_CREDIT, data, NAMES ("credit", "imagecredit", "photographer"));
    set_media (media, RP_MEDIA_COPYRIGHT, data, NAMES ("copyright", "rights"));
    set_media (media, RP_MEDIA_LICENCE_URL, data, NAMES ("licenseurl", "licenceurl", "license"));
  }
  set_media (media, RP_MEDIA_ALT, article_data,
             NAMES ("imagealt", "coveralt", "featuredimagealt", "featureimagealt", "heroalt",
                    "thumbnailalt"));
  set_media (media, RP_MEDIA_CAPTION, article_data,
             NAMES ("imagecaption", "covercaption", "featuredimagecaption", "featureimagecaption",
                    "herocaption"));
  set_media (media, RP_MEDIA_CREDIT, article_data,
             NAMES ("imagecredit", "covercredit", "featuredimagecredit", "photocredit", "photo"));
  set_media (media, RP_MEDIA_LICENCE_URL, article_data,
             NAMES ("imagelicense", "imagelicence", "imagelicenseurl"));
  rp_media_set (media, RP_MEDIA_ROLE, "featured");
  return media;
}

static void
add_picture (RpArticle *article, JsonObject *data, JsonNode *node, const char *base_url)
{
  JsonObject *picture = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autofree char *address =
    picture != NULL ? dup_text (picture, NAMES ("image", "url", "src", "path", "href", "file",
                                                "teaser", "overlayimage", "feature", "relative"))
                    : dup_value (node);
  g_autoptr (RpMedia) media =
    address != NULL ? new_picture (base_url, data, picture, address) : NULL;

  if (media != NULL)
    rp_article_add_media (article, media);
}

static void
read_pictures (RpArticle *article, JsonObject *data, const char *base_url)
{
  JsonNode *one =
    find (data, NAMES ("image", "cover", "coverimage", "featuredimage", "featureimage", "hero",
                       "heroimage", "header", "banner", "thumbnail", "ogimage", "socialimage"));
  JsonNode *many = find (data, NAMES ("images", "pictures"));

  if (one != NULL)
    add_picture (article, data, one, base_url);
  for (guint i = 0; many != NULL && JSON_NODE_HOLDS_ARRAY (many) &&
                    i < json_array_get_length (json_node_get_array (many));
       i++)
    add_picture (article, data, json_array_get_element (json_node_get_array (many), i), base_url);
}

/* Rights */

static void
read_reservation (RpStatement *statement, JsonObject *data)
{
  g_autofree char *licensor = dup_text (data, NAMES ("licensor"));
  g_autofree char *reserved = dup_text (data, NAMES ("tdmreservation"));
  g_autofree char *policy = dup_text (data, NAMES ("tdmpolicy"));

  rp_statement_fill (statement, RP_STATEMENT_LICENSOR, licensor);
  rp_statement_fill (statement, RP_STATEMENT_POLICY, policy);
  if (reserved != NULL)
    rp_statement_fill (statement, RP_STATEMENT_TDM,
                       strcmp (reserved, "1") == 0 || strcmp (reserved, "true") == 0 ? "reserved"
                                                                                     : "allowed");
}

static void
read_rights (RpArticle *article, JsonObject *data, const char *evidence, RpRightsScan *scan)
{
  RpStatement *statement = rp_article_get_statement (article);
  JsonNode *node = find (data, NAMES ("licenseurl", "licenceurl", "license", "licence", "spdx"));
  g_autofree char *licence =
    node != NULL && JSON_NODE_HOLDS_OBJECT (node)
      ? dup_text (json_node_get_object (node), NAMES ("url", "link", "spdx", "name", "id"))
      : dup_value (node);
  g_autofree char *notice =
    dup_text (data, NAMES ("copyright", "copyrightnotice", "rights", "dcrights"));
  g_autofree char *holder = dup_text (data, NAMES ("copyrightholder", "rightsholder"));
  g_autofree char *terms = dup_text (data, NAMES ("usageterms", "terms", "usage"));
  g_autofree char *acquire =
    dup_text (data, NAMES ("acquirelicensepage", "licensingurl", "republish", "republishurl"));
  g_autofree char *credit = dup_text (data, NAMES ("creditline", "attribution", "credit"));
  g_autofree char *original =
    dup_text (data, NAMES ("originalurl", "originallypublished", "originalsource", "repostof"));
  RpMarkupRights rights = {
    .licence = licence,
    .notice = notice,
    .holder = holder,
    .usage_terms = terms,
    .acquire_page = acquire,
    .credit = credit,
    .original_url = rp_text_is_web_url (original) ? original : NULL,
    .evidence = evidence,
  };

  rp_rights_scan_markup (scan, &rights);
  rp_statement_fill (statement, RP_STATEMENT_USAGE_TERMS, terms);
  rp_statement_fill (statement, RP_STATEMENT_CREDIT_LINE, credit);
  rp_statement_fill (statement, RP_STATEMENT_COPYRIGHT_NOTICE, notice);
  read_reservation (statement, data);
}

static gboolean
is_true (JsonObject *data, const char *const *names)
{
  g_autofree char *value = dup_text (data, names);

  return value != NULL &&
         (g_ascii_strcasecmp (value, "true") == 0 || g_ascii_strcasecmp (value, "yes") == 0);
}

static void
read_status (RpArticle *article, JsonObject *data)
{
  g_autofree char *status = dup_text (data, NAMES ("pubstatus", "status"));
  g_autofree char *urgency = dup_text (data, NAMES ("urgency", "priority"));
  g_autofree char *planned = dup_text (data, NAMES ("publishdate"));

  rp_fields_set_urgency (article, urgency);
  if (is_true (data, NAMES ("draft", "private")) || g_strcmp0 (status, "draft") == 0)
    rp_article_set (article, RP_ARTICLE_PUBSTATUS, "withheld");
  else
    rp_fields_set_pubstatus (article, status);
  fill_time (article, RP_ARTICLE_EMBARGOED_UNTIL, data,
             NAMES ("embargo", "embargoed", "embargoeduntil", "embargountil", "embargodate"));
  if (rp_time_instant (planned) > rp_time_instant (rp_article_get (article, RP_ARTICLE_PUBLISHED)))
    rp_fields_set_time (article, RP_ARTICLE_EMBARGOED_UNTIL, planned);
}

static void
read_times (RpArticle *article, JsonObject *data)
{
  fill_time (article, RP_ARTICLE_PUBLISHED, data,
             NAMES ("date", "published", "datepublished", "publishedat", "publisheddate", "pubdate",
                    "publishdate", "publicationdate", "created", "createdat"));
  fill_time (article, RP_ARTICLE_UPDATED, data,
             NAMES ("lastmod", "updated", "modified", "datemodified", "lastmodified", "updatedat",
                    "lastmodifiedat", "updateddate", "lastupdated", "modifieddate"));
  fill_time (article, RP_ARTICLE_EXPIRES, data,
             NAMES ("expirydate", "expires", "expiration", "unpublishdate", "expiresat"));
}

static void
read_addresses (RpArticle *article, JsonObject *data, const char *base_url)
{
  static const char *const names[] = {"canonicalurl", "canonical", "originalurl", "permalink",
                                      "url",          "link",      "sourceurl",   "source"};

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *value = dup_text (data, NAMES (names[i]));

    if (rp_text_is_web_url (value))
      rp_article_fill (article, RP_ARTICLE_CANONICAL_URL, value);
    else if (strcmp (names[i], "source") == 0)
      rp_article_fill (article, RP_ARTICLE_PROVIDER, value);
  }
  if (rp_text_is_web_url (base_url))
    rp_article_fill (article, RP_ARTICLE_CANONICAL_URL, base_url);
}

void
rp_front_fields_apply (JsonObject *data,
                       const char *base_url,
                       const char *evidence,
                       RpArticle *article,
                       RpRightsScan *scan)
{
  g_autofree char *language = dup_text (data, NAMES ("language", "lang", "locale"));
  const char *base = base_url;

  fill (article, RP_ARTICLE_HEADLINE, data, NAMES ("title", "headline"));
  fill (article, RP_ARTICLE_SUBHEADLINE, data,
        NAMES ("subtitle", "subheadline", "subhead", "deck", "dek", "standfirst"));
  fill (article, RP_ARTICLE_SUMMARY, data,
        NAMES ("description", "summary", "excerpt", "abstract", "lead"));
  fill (article, RP_ARTICLE_SLUGLINE, data, NAMES ("slugline", "slug"));
  fill (article, RP_ARTICLE_GUID, data, NAMES ("guid", "id", "uuid", "uid"));
  fill (article, RP_ARTICLE_VERSION, data, NAMES ("version", "revision"));
  fill (article, RP_ARTICLE_DATELINE, data, NAMES ("dateline", "location", "place"));
  fill (article, RP_ARTICLE_PROVIDER, data,
        NAMES ("publisher", "provider", "publication", "agency"));
  fill (article, RP_ARTICLE_SITE_NAME, data, NAMES ("sitename", "site", "publication"));
  fill (article, RP_ARTICLE_ED_NOTE, data, NAMES ("ednote", "editornote", "editorsnote", "note"));
  rp_fields_set_language (article, language);
  read_authors (article, data);
  read_times (article, data);
  read_status (article, data);
  read_addresses (article, data, base_url);
  read_words (article, data);
  read_rights (article, data, evidence, scan);
  if (base == NULL)
    base = rp_article_get (article, RP_ARTICLE_CANONICAL_URL);
  read_pictures (article, data, base);
}
