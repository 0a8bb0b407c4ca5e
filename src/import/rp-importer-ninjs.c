/* IPTC ninjs 1.x, 2.x, 3.x and what Superdesk adds to it. Read leniently: names are compared
 * without case, so that version 3's camel case and the lower case before it are one. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-html.h"
#include "rp-import-fields.h"
#include "rp-import-lift.h"
#include "rp-importer.h"
#include "rp-json.h"
#include "rp-text.h"

#define SNIFF 65536

static RpMatch
ninjs_match (const RpSource *source)
{
  static const char *const marks[] = {
    "\"versioncreated\"", "\"body_html\"",    "\"body_text\"",       "\"bodies\"",
    "\"headlines\"",      "\"pubstatus\"",    "\"copyrightholder\"", "\"copyrightnotice\"",
    "\"usageterms\"",     "\"associations\"", "\"renditions\"",      "\"headline\"",
    "\"byline\"",         "\"firstcreated\"", "\"$standard\"",       "\"standard\""};
  gsize size;
  const char *data = g_bytes_get_data (source->bytes, &size);
  g_autofree char *head = NULL;
  gsize start = 0;
  guint hits = 0;

  while (start < size && strchr (" \t\r\n\xef\xbb\xbf", data[start]) != NULL && data[start] != '\0')
    start++;
  if (start == size || (data[start] != '{' && data[start] != '['))
    return RP_MATCH_NO;
  head = g_ascii_strdown (data, (gssize) MIN (size, SNIFF));
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    hits += strstr (head, marks[i]) != NULL;
  if (hits == 0 || strstr (head, "jsonfeed.org") != NULL)
    return RP_MATCH_NO;
  return strstr (head, "\"uri\"") != NULL || strstr (head, "\"guid\"") != NULL
           ? (hits >= 2 ? RP_MATCH_CERTAIN : RP_MATCH_LIKELY)
           : RP_MATCH_LIKELY;
}

/* A member by its lower-case name. Lends. */
static JsonNode *
find (JsonObject *object, const char *name)
{
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;
  JsonNode *exact = rp_json_get (object, name);

  if (exact != NULL)
    return exact;
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &member, &node)) {
    if (g_ascii_strcasecmp (member, name) == 0)
      return JSON_NODE_HOLDS_NULL (node) ? NULL : node;
  }
  return NULL;
}

static const char *
find_string (JsonObject *object, const char *name)
{
  JsonNode *node = find (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
             json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

/* Strings and numbers. Gives. */
static char *
dup_value (JsonObject *object, const char *name)
{
  JsonNode *node = find (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return rp_text_clean (json_node_get_string (node));
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return NULL;
}

static JsonObject *
find_object (JsonObject *object, const char *name)
{
  JsonNode *node = find (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* The objects of a list, of an object's members, or a single one. Gives the array, lends what is in
 * it. */
static GPtrArray *
list_objects (JsonObject *object, const char *name)
{
  GPtrArray *out = g_ptr_array_new ();
  JsonNode *node = find (object, name);

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array); i++) {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (element))
        g_ptr_array_add (out, json_node_get_object (element));
    }
  } else if (node != NULL && JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObjectIter iter;
    JsonNode *member;

    json_object_iter_init (&iter, json_node_get_object (node));
    while (json_object_iter_next (&iter, NULL, &member)) {
      if (JSON_NODE_HOLDS_OBJECT (member))
        g_ptr_array_add (out, json_node_get_object (member));
    }
  }
  return out;
}

static void
fill (RpArticle *article, RpArticleField field, JsonObject *item, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *raw = dup_value (item, names[i]);
    g_autofree char *plain = rp_fields_dup_plain (raw);

    if (plain != NULL && rp_article_fill (article, field, plain))
      return;
  }
}

#define FILL(article, field, item, ...)                                                            \
  fill (article, field, item, (const char *const[]){__VA_ARGS__, NULL})

static gboolean
has_role (JsonObject *object, const char *const *roles)
{
  const char *role = find_string (object, "role");

  for (guint i = 0; roles[i] != NULL; i++) {
    if (role != NULL && g_ascii_strcasecmp (role, roles[i]) == 0)
      return TRUE;
  }
  return FALSE;
}

/* headlines[], descriptions[]: the value with one of the roles, or, when asked, the first that has
 * any. */
static void
fill_by_role (RpArticle *article,
              RpArticleField field,
              JsonObject *item,
              const char *list,
              const char *const *roles,
              gboolean any)
{
  g_autoptr (GPtrArray) values = list_objects (item, list);

  for (guint pass = 0; pass < (any ? 2 : 1); pass++) {
    for (guint i = 0; i < values->len; i++) {
      JsonObject *value = g_ptr_array_index (values, i);
      g_autofree char *plain = NULL;

      if (pass == 0 && !has_role (value, roles))
        continue;
      plain = rp_fields_dup_plain (find_string (value, "value"));
      if (plain != NULL && rp_article_fill (article, field, plain))
        return;
    }
  }
}

#define ROLES(...) ((const char *const[]){__VA_ARGS__, NULL})

static void
read_heads (RpArticle *article, JsonObject *item)
{
  JsonObjectIter iter;
  const char *member;

  FILL (article, RP_ARTICLE_HEADLINE, item, "headline", "headline_main");
  fill_by_role (article, RP_ARTICLE_HEADLINE, item, "headlines", ROLES ("main", "hld:main"), TRUE);
  FILL (article, RP_ARTICLE_SUBHEADLINE, item, "headline_sub", "headline_deck", "subheadline");
  fill_by_role (article, RP_ARTICLE_SUBHEADLINE, item, "headlines",
                ROLES ("sub", "deck", "subheadline"), FALSE);
  FILL (article, RP_ARTICLE_SUMMARY, item, "description_text", "description_html", "abstract");
  fill_by_role (article, RP_ARTICLE_SUMMARY, item, "descriptions",
                ROLES ("summary", "abstract", "text", "drol:summary"), FALSE);
  json_object_iter_init (&iter, item);
  while (rp_article_get (article, RP_ARTICLE_HEADLINE) == NULL &&
         json_object_iter_next (&iter, &member, NULL)) {
    if (g_str_has_prefix (member, "headline_"))
      FILL (article, RP_ARTICLE_HEADLINE, item, member);
  }
  FILL (article, RP_ARTICLE_HEADLINE, item, "title");
}

static gboolean
is_author_rel (JsonObject *person)
{
  static const char *const rels[] = {"author", "creator", "byline", "writer"};
  const char *rel = find_string (person, "rel");

  for (gsize i = 0; rel != NULL && i < G_N_ELEMENTS (rels); i++) {
    if (g_str_has_suffix (rel, rels[i]))
      return TRUE;
  }
  return FALSE;
}

static void
read_authors (RpArticle *article, JsonObject *item)
{
  static const char *const lists[] = {"authors", "people", "person"};

  for (gsize k = 0; k < G_N_ELEMENTS (lists); k++) {
    g_autoptr (GPtrArray) people = list_objects (item, lists[k]);

    for (guint i = 0; i < people->len; i++) {
      JsonObject *person = g_ptr_array_index (people, i);

      if (k == 0 || is_author_rel (person))
        rp_fields_add_author (article, find_string (person, "name"), find_string (person, "uri"),
                              find_string (person, "email"));
    }
  }
  if (rp_article_get_authors (article)->len == 0)
    rp_fields_add_byline (article, find_string (item, "byline"));
  if (rp_article_get_authors (article)->len == 0)
    rp_fields_add_byline (article, find_string (item, "by"));
}

static void
read_times (RpArticle *article, JsonObject *item)
{
  static const char *const published[] = {"firstpublished", "firstcreated", "contentcreated"};
  static const char *const embargoed[] = {"embargoed", "embargoeduntil"};

  for (gsize i = 0; i < G_N_ELEMENTS (published); i++)
    rp_fields_set_time (article, RP_ARTICLE_PUBLISHED, find_string (item, published[i]));
  rp_fields_set_time (article, RP_ARTICLE_UPDATED, find_string (item, "versioncreated"));
  for (gsize i = 0; i < G_N_ELEMENTS (embargoed); i++)
    rp_fields_set_time (article, RP_ARTICLE_EMBARGOED_UNTIL, find_string (item, embargoed[i]));
  rp_fields_set_time (article, RP_ARTICLE_EXPIRES, find_string (item, "expires"));
}

static void
add_subjects (RpArticle *article, JsonObject *item, const char *list)
{
  g_autoptr (GPtrArray) subjects = list_objects (item, list);

  for (guint i = 0; i < subjects->len; i++) {
    JsonObject *subject = g_ptr_array_index (subjects, i);
    g_autofree char *code = dup_value (subject, "code");
    const char *name = find_string (subject, "name");
    const char *uri = find_string (subject, "uri");
    const char *literal = find_string (subject, "literal");

    if (code != NULL)
      rp_article_add_subject (article, code, name, find_string (subject, "scheme"));
    else if (uri != NULL || literal != NULL)
      rp_article_add_subject (article, uri != NULL ? uri : literal, name, NULL);
    else if (name != NULL)
      rp_article_add_tag (article, name);
  }
}

static void
read_subjects (RpArticle *article, JsonObject *item)
{
  static const char *const lists[] = {"subject", "subjects", "genre", "genres"};
  JsonNode *node = find (item, "keywords");

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    add_subjects (article, item, lists[i]);
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node)) {
    g_auto (GStrv) words = rp_json_dup_strv (item, "keywords");

    for (guint i = 0; words != NULL && words[i] != NULL; i++)
      rp_article_add_tag (article, words[i]);
  }
}

/* The largest picture of renditions{} or renditions[]. Lends. */
static const char *
find_rendition (JsonObject *item)
{
  g_autoptr (GPtrArray) renditions = list_objects (item, "renditions");
  const char *best = NULL;
  gint64 best_width = -1;

  for (guint i = 0; i < renditions->len; i++) {
    JsonObject *rendition = g_ptr_array_index (renditions, i);
    const char *href = find_string (rendition, "href");
    const char *type = find_string (rendition, "contenttype");
    const char *mime = type != NULL ? type : find_string (rendition, "mimetype");
    gint64 width = rp_json_get_int (rendition, "width", 0);

    if (href == NULL || (mime != NULL && !g_str_has_prefix (mime, "image/")))
      continue;
    if (width > best_width) {
      best = href;
      best_width = width;
    }
  }
  return best;
}

static gboolean
is_picture (JsonObject *item)
{
  const char *type = find_string (item, "type");

  return type != NULL && (strcmp (type, "picture") == 0 || strcmp (type, "graphic") == 0);
}

static void
set_first (RpMedia *media, RpMediaField field, JsonObject *item, const char *const *names)
{
  for (guint i = 0; names[i] != NULL && rp_media_get (media, field) == NULL; i++) {
    g_autofree char *plain = rp_fields_dup_plain (find_string (item, names[i]));

    rp_media_set (media, field, plain);
  }
}

/* descriptions[] by role; what has none is the caption. */
static void
set_descriptions (RpMedia *media, JsonObject *item)
{
  g_autoptr (GPtrArray) descriptions = list_objects (item, "descriptions");

  for (guint i = 0; i < descriptions->len; i++) {
    JsonObject *description = g_ptr_array_index (descriptions, i);
    const char *role = find_string (description, "role");
    RpMediaField field =
      role != NULL && strstr (role, "alt") != NULL ? RP_MEDIA_ALT : RP_MEDIA_CAPTION;

    if (rp_media_get (media, field) == NULL)
      rp_media_set (media, field, find_string (description, "value"));
  }
}

static const char *
find_linked_rights (JsonObject *item)
{
  JsonObject *info = find_object (item, "rightsinfo");

  return info != NULL ? find_string (info, "linkedrights") : NULL;
}

static void
add_picture (RpArticle *article, JsonObject *item, const char *role)
{
  const char *href = find_rendition (item);
  g_autoptr (RpMedia) media = NULL;
  const char *licence = find_linked_rights (item);

  if (href == NULL)
    href = find_string (item, "uri");
  if (!rp_text_is_web_url (href))
    return;
  media = rp_media_new (href);
  set_first (
    media, RP_MEDIA_CAPTION, item,
    ROLES ("description_text", "description_html", "description_caption", "caption", "headline"));
  set_first (media, RP_MEDIA_ALT, item, ROLES ("body_text", "alt_text", "alttext"));
  set_first (media, RP_MEDIA_CREDIT, item, ROLES ("byline", "by", "creditline"));
  set_first (media, RP_MEDIA_COPYRIGHT, item, ROLES ("copyrightnotice", "copyrightholder"));
  set_first (media, RP_MEDIA_USAGE_TERMS, item, ROLES ("usageterms"));
  set_descriptions (media, item);
  if (rp_text_is_web_url (licence))
    rp_media_set (media, RP_MEDIA_LICENCE_URL, licence);
  rp_media_set (media, RP_MEDIA_ROLE, role);
  rp_article_add_media (article, media);
}

static void
read_pictures (RpArticle *article, JsonObject *item)
{
  g_autoptr (GPtrArray) associations = list_objects (item, "associations");

  if (is_picture (item))
    add_picture (article, item, "featured");
  for (guint i = 0; i < associations->len; i++) {
    JsonObject *association = g_ptr_array_index (associations, i);

    if (is_picture (association))
      add_picture (article, association, "featured");
  }
}

/* bodies[]: HTML before plain text. Lends. */
static const char *
find_body (JsonObject *item, gboolean *out_html)
{
  g_autoptr (GPtrArray) bodies = list_objects (item, "bodies");
  const char *plain = NULL;

  *out_html = TRUE;
  for (guint i = 0; i < bodies->len; i++) {
    JsonObject *body = g_ptr_array_index (bodies, i);
    const char *value = find_string (body, "value");
    const char *type = find_string (body, "contenttype");

    if (value == NULL || *value == '\0')
      continue;
    if (type != NULL && strstr (type, "html") != NULL)
      return value;
    if (plain == NULL)
      plain = value;
  }
  *out_html = plain != NULL && strstr (plain, "</p>") != NULL;
  return plain;
}

static const char *
find_old_body (JsonObject *item, gboolean *out_html)
{
  static const char *const names[] = {"body_html", "body_xhtml", "body_richtext", "body_text",
                                      "body_main"};

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *value = find_string (item, names[i]);

    if (value != NULL && *value != '\0') {
      *out_html = i < 3 || strstr (value, "</p>") != NULL;
      return value;
    }
  }
  return NULL;
}

static void
read_body (RpArticle *article, JsonObject *item, RpRightsScan *scan)
{
  gboolean is_html = TRUE;
  const char *body = find_old_body (item, &is_html);
  g_autofree char *escaped = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *joined = NULL;

  if (body == NULL)
    body = find_body (item, &is_html);
  if (body == NULL || is_html) {
    rp_lift_body (article, scan, body, NULL);
    return;
  }
  escaped = rp_text_escape (body);
  lines = g_strsplit (escaped, "\n", -1);
  joined = g_strjoinv ("<br>", lines);
  rp_lift_body (article, scan, joined, NULL);
}

/* linkedRights is an address, encodedRights an expression as text. Lends. */
static const char *
find_policy (JsonObject *item)
{
  JsonObject *info = find_object (item, "rightsinfo");
  const char *encoded = info != NULL ? find_string (info, "encodedrights") : NULL;

  if (info == NULL)
    return NULL;
  return encoded != NULL ? encoded : find_string (info, "linkedrights");
}

static void
read_rights (RpArticle *article, JsonObject *item, RpRightsScan *scan)
{
  const char *policy = find_policy (item);
  const char *linked = find_linked_rights (item);
  RpMarkupRights rights = {
    .licence = rp_text_is_web_url (linked) ? linked : NULL,
    .notice = find_string (item, "copyrightnotice"),
    .holder = find_string (item, "copyrightholder"),
    .usage_terms = find_string (item, "usageterms"),
    .evidence = "ninjs",
  };
  RpStatement *statement = rp_article_get_statement (article);

  rp_rights_scan_markup (scan, &rights);
  rp_statement_fill (statement, RP_STATEMENT_COPYRIGHT_NOTICE, rights.notice);
  rp_statement_fill (statement, RP_STATEMENT_POLICY, policy);
  rp_statement_fill (statement, RP_STATEMENT_USAGE_TERMS, rights.usage_terms);
  if (rp_text_is_web_url (policy))
    rp_statement_fill (statement, RP_STATEMENT_URL, policy);
  if (policy != NULL)
    rp_statement_add_evidence (statement, "ninjs rightsinfo");
}

static void
read_provider (RpArticle *article, JsonObject *item)
{
  static const char *const lists[] = {"infosource", "infosources"};

  for (gsize k = 0; k < G_N_ELEMENTS (lists); k++) {
    g_autoptr (GPtrArray) sources = list_objects (item, lists[k]);

    if (sources->len > 0)
      rp_article_fill (article, RP_ARTICLE_PROVIDER,
                       find_string (g_ptr_array_index (sources, 0), "name"));
  }
  FILL (article, RP_ARTICLE_PROVIDER, item, "source", "provider");
}

static RpArticle *
read_item (JsonObject *item)
{
  RpArticle *article = rp_article_new ();
  g_autoptr (RpRightsScan) scan = rp_rights_scan_new (NULL);
  g_autofree char *status = dup_value (item, "pubstatus");
  g_autofree char *urgency = dup_value (item, "urgency");

  FILL (article, RP_ARTICLE_GUID, item, "uri", "guid");
  FILL (article, RP_ARTICLE_VERSION, item, "version");
  FILL (article, RP_ARTICLE_SLUGLINE, item, "slugline");
  FILL (article, RP_ARTICLE_DATELINE, item, "located");
  FILL (article, RP_ARTICLE_ED_NOTE, item, "ednote");
  rp_fields_set_language (article, find_string (item, "language"));
  rp_fields_set_pubstatus (article, status != NULL ? status : "usable");
  rp_fields_set_urgency (article, urgency);
  read_heads (article, item);
  read_authors (article, item);
  read_times (article, item);
  read_subjects (article, item);
  read_provider (article, item);
  read_rights (article, item, scan);
  read_body (article, item, scan);
  read_pictures (article, item);
  rp_rights_scan_finish (scan, article);
  rp_fields_derive_headline (article);

  return article;
}

static gboolean
ninjs_parse (const RpSource *source, RpImportSink *sink, GError **error)
{
  g_autoptr (JsonNode) root = rp_json_parse (source->bytes, error);
  JsonArray *array;

  if (root == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_OBJECT (root)) {
    g_autoptr (RpArticle) article = read_item (json_node_get_object (root));

    sink->article (sink, article);
    return TRUE;
  }
  array = JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);

    if (JSON_NODE_HOLDS_OBJECT (node)) {
      g_autoptr (RpArticle) article = read_item (json_node_get_object (node));

      if (!sink->article (sink, article))
        return TRUE;
    }
  }
  return TRUE;
}

static const char *const ninjs_extensions[] = {"json", NULL};

const RpImporter rp_importer_ninjs = {
  .id = "ninjs",
  .title = N_ ("ninjs news item"),
  .extensions = ninjs_extensions,
  .match = ninjs_match,
  .parse = ninjs_parse,
};
