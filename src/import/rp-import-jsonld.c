#include <string.h>

#include "rp-import-fields.h"
#include "rp-import-party.h"
#include "rp-import-structured.h"
#include "rp-json.h"
#include "rp-text.h"

#define DEPTH 6

typedef struct {
  GHashTable *by_id;   /* lent strings -> lent objects */
  GPtrArray *articles; /* lent */
  GPtrArray *pages;
  GPtrArray *pictures;
} Graph;

static gboolean
has_type (JsonObject *object, const char *const *types)
{
  g_auto (GStrv) own = rp_json_dup_strv (object, "@type");

  for (guint i = 0; own != NULL && own[i] != NULL; i++) {
    const char *slash = strrchr (own[i], '/');

    if (g_strv_contains (types, slash != NULL ? slash + 1 : own[i]))
      return TRUE;
  }
  return FALSE;
}

static void sort_object (Graph *self, JsonObject *object, guint depth);

static void
sort_node (Graph *self, JsonNode *node, guint depth)
{
  if (depth > DEPTH || node == NULL)
    return;
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    sort_object (self, json_node_get_object (node), depth);
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array) && i < 200; i++)
      sort_node (self, json_array_get_element (array, i), depth + 1);
  }
}

static void
sort_object (Graph *self, JsonObject *object, guint depth)
{
  static const char *const article_types[] = {"NewsArticle",
                                              "Article",
                                              "BlogPosting",
                                              "ReportageNewsArticle",
                                              "OpinionNewsArticle",
                                              "AnalysisNewsArticle",
                                              "TechArticle",
                                              "ScholarlyArticle",
                                              "Report",
                                              "LiveBlogPosting",
                                              "BackgroundNewsArticle",
                                              "ReviewNewsArticle",
                                              "SocialMediaPosting",
                                              "AdvertiserContentArticle",
                                              NULL};
  static const char *const page_types[] = {"WebPage", "ItemPage", NULL};
  static const char *const picture_types[] = {"ImageObject", "Photograph", NULL};
  const char *id = rp_json_get_string (object, "@id");

  if (id != NULL)
    g_hash_table_insert (self->by_id, (gpointer) id, object);
  if (has_type (object, article_types))
    g_ptr_array_add (self->articles, object);
  else if (has_type (object, page_types))
    g_ptr_array_add (self->pages, object);
  else if (has_type (object, picture_types))
    g_ptr_array_add (self->pictures, object);
  sort_node (self, rp_json_get (object, "@graph"), depth + 1);
  sort_node (self, rp_json_get (object, "mainEntity"), depth + 1);
}

/* An object, or the one that its @id refers to. Lends. */
static JsonObject *
resolve (Graph *self, JsonObject *object)
{
  const char *id = object != NULL ? rp_json_get_string (object, "@id") : NULL;
  JsonObject *whole = id != NULL ? g_hash_table_lookup (self->by_id, id) : NULL;

  return whole != NULL ? whole : object;
}

/* A string, an object's name, or the first of a list. Gives. */
static char *
dup_name (Graph *self, JsonNode *node)
{
  JsonObject *object;

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return rp_fields_dup_plain (json_node_get_string (node));
  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    return json_array_get_length (array) > 0 ? dup_name (self, json_array_get_element (array, 0))
                                             : NULL;
  }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  object = resolve (self, json_node_get_object (node));
  return rp_fields_dup_plain (rp_json_get_string (object, "name"));
}

static char *
dup_url (Graph *self, JsonNode *node)
{
  JsonObject *object;

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return rp_text_clean (json_node_get_string (node));
  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    return json_array_get_length (array) > 0 ? dup_url (self, json_array_get_element (array, 0))
                                             : NULL;
  }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  object = json_node_get_object (node);
  return rp_text_clean (rp_json_get_string (object, rp_json_has (object, "url") ? "url" : "@id"));
}

static void
read_author (Graph *self, JsonNode *node, RpArticle *article)
{
  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array) && i < 30; i++)
      read_author (self, json_array_get_element (array, i), article);
  } else if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObject *object = resolve (self, json_node_get_object (node));
    JsonNode *name = rp_json_get (object, "name");
    const char *url = rp_json_get_string (object, "url");
    g_autofree char *plain =
      name != NULL && JSON_NODE_HOLDS_VALUE (name) ? dup_name (self, name) : NULL;

    if (name != NULL && JSON_NODE_HOLDS_ARRAY (name))
      read_author (self, name, article);
    else if (plain != NULL && (strchr (plain, ',') != NULL || strstr (plain, " and ") != NULL))
      rp_fields_add_byline (article, plain);
    else if (plain != NULL)
      rp_fields_add_author (article, plain, rp_text_is_web_url (url) ? url : NULL,
                            rp_json_get_string (object, "email"));
  } else {
    g_autofree char *plain = dup_name (self, node);

    rp_fields_add_byline (article, plain);
  }
}

static void
read_tags (JsonObject *object, RpArticle *article)
{
  g_auto (GStrv) keywords = rp_json_dup_strv (object, "keywords");

  for (guint i = 0; keywords != NULL && keywords[i] != NULL; i++) {
    g_auto (GStrv) words = g_strsplit (keywords[i], ",", -1);

    for (guint k = 0; words[k] != NULL; k++) {
      g_autofree char *tag = rp_fields_dup_plain (words[k]);

      if (tag != NULL)
        rp_article_add_tag (article, tag);
    }
  }
}

static void
read_picture (Graph *self, JsonNode *node, RpFacts *facts, RpArticle *article)
{
  static const struct {
    const char *member;
    RpMediaField field;
  } members[] = {
    {"caption", RP_MEDIA_CAPTION},           {"creditText", RP_MEDIA_CREDIT},
    {"copyrightNotice", RP_MEDIA_COPYRIGHT}, {"license", RP_MEDIA_LICENCE_URL},
    {"alternateName", RP_MEDIA_ALT},         {"conditionsOfAccess", RP_MEDIA_USAGE_TERMS},
    {"usageInfo", RP_MEDIA_USAGE_TERMS}};
  g_autoptr (RpMedia) media = NULL;
  g_autofree char *stated = NULL;
  g_autofree char *url = NULL;
  JsonObject *object = NULL;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array) && i < 20; i++)
      read_picture (self, json_array_get_element (array, i), facts, article);
    return;
  }
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    object = resolve (self, json_node_get_object (node));
  stated = object != NULL && rp_json_has (object, "contentUrl")
             ? rp_text_clean (rp_json_get_string (object, "contentUrl"))
           : object != NULL ? rp_text_clean (rp_json_get_string (object, "url"))
                            : dup_url (self, node);
  url = stated != NULL ? rp_text_resolve_picture_url (facts->base_url, stated) : NULL;
  if (url == NULL)
    return;
  media = rp_media_new (url);
  for (guint i = 0; object != NULL && i < G_N_ELEMENTS (members); i++) {
    g_autofree char *value = rp_fields_dup_plain (rp_json_get_string (object, members[i].member));

    rp_media_set (media, members[i].field, value);
  }
  rp_media_set (media, RP_MEDIA_ROLE, "featured");
  rp_article_add_media (article, media);
}

static void
read_rights (Graph *self, JsonObject *object, gboolean of_picture, RpRightsScan *scan)
{
  g_autofree char *licence = dup_url (self, rp_json_get (object, "license"));
  g_autofree char *notice = rp_fields_dup_plain (rp_json_get_string (object, "copyrightNotice"));
  g_autofree char *holder = dup_name (self, rp_json_get (object, "copyrightHolder"));
  g_autofree char *credit = rp_fields_dup_plain (rp_json_get_string (object, "creditText"));
  g_autofree char *terms = rp_fields_dup_plain (rp_json_get_string (object, "conditionsOfAccess"));
  g_autofree char *usage = dup_url (self, rp_json_get (object, "usageInfo"));
  RpMarkupRights rights = {
    .licence = licence,
    .notice = notice,
    .holder = holder,
    .credit = credit,
    .usage_terms = terms != NULL ? terms : usage,
    .acquire_page = rp_json_get_string (object, "acquireLicensePage"),
    .of_picture = of_picture,
    .evidence = "json-ld",
  };

  rp_rights_scan_markup (scan, &rights);
}

/* What is declared word for word, and words of other vocabularies that our own pages add. */
static void
read_reservation (JsonObject *object, RpArticle *article)
{
  RpStatement *statement = rp_article_get_statement (article);
  g_autofree char *reserved = rp_json_dup_text (object, "tdm:reservation");
  g_autofree char *notice = rp_fields_dup_plain (rp_json_get_string (object, "copyrightNotice"));

  rp_statement_fill (statement, RP_STATEMENT_COPYRIGHT_NOTICE, notice);
  if (reserved != NULL)
    rp_statement_fill (statement, RP_STATEMENT_TDM,
                       strcmp (reserved, "1") == 0 ? "reserved" : "allowed");
  rp_statement_fill (statement, RP_STATEMENT_POLICY, rp_json_get_string (object, "tdm:policy"));
  rp_fields_set_time (article, RP_ARTICLE_EMBARGOED_UNTIL,
                      rp_json_get_string (object, "dcterms:available"));
}

static void
fill_plain (RpArticle *article, RpArticleField field, JsonObject *object, const char *member)
{
  g_autofree char *value = rp_fields_dup_plain (rp_json_get_string (object, member));

  rp_article_fill (article, field, value);
}

static void
read_names (Graph *self, JsonObject *object, RpFacts *facts, RpArticle *article)
{
  JsonNode *author = rp_json_get (object, "author");
  JsonNode *publisher =
    rp_json_get (object, rp_json_has (object, "publisher") ? "publisher" : "sourceOrganization");
  g_autofree char *provider = dup_name (self, publisher);
  g_autofree char *language = dup_name (self, rp_json_get (object, "inLanguage"));
  g_autofree char *page = dup_url (
    self,
    rp_json_get (object, rp_json_has (object, "mainEntityOfPage") ? "mainEntityOfPage" : "url"));

  if (author == NULL)
    author = rp_json_get (object, "creator");
  if (author != NULL)
    read_author (self, author, article);
  rp_article_fill (article, RP_ARTICLE_PROVIDER, provider);
  rp_fields_set_language (article, language);
  if (page != NULL && rp_text_is_web_url (page) && strchr (page, '#') == NULL)
    rp_article_fill (article, RP_ARTICLE_CANONICAL_URL, page);
}

static void
read_article (Graph *self,
              JsonObject *object,
              RpFacts *facts,
              RpArticle *article,
              RpRightsScan *scan)
{
  const char *body = rp_json_get_string (object, "articleBody");

  if (facts->declared_headline == NULL)
    facts->declared_headline = rp_fields_dup_plain (
      rp_json_get_string (object, rp_json_has (object, "headline") ? "headline" : "name"));
  fill_plain (article, RP_ARTICLE_SUBHEADLINE, object, "alternativeHeadline");
  fill_plain (article, RP_ARTICLE_SUMMARY, object, "description");
  fill_plain (article, RP_ARTICLE_VERSION, object, "version");
  rp_fields_set_time (article, RP_ARTICLE_PUBLISHED, rp_json_get_string (object, "datePublished"));
  rp_fields_set_time (article, RP_ARTICLE_UPDATED, rp_json_get_string (object, "dateModified"));
  rp_fields_set_time (article, RP_ARTICLE_EXPIRES, rp_json_get_string (object, "expires"));
  fill_plain (article, RP_ARTICLE_DATELINE, object, "dateline");
  read_names (self, object, facts, article);
  read_tags (object, article);
  read_picture (self, rp_json_get (object, "image"), facts, article);
  read_rights (self, object, FALSE, scan);
  read_reservation (object, article);
  if (facts->article_body == NULL && body != NULL)
    facts->article_body = rp_fields_dup_plain (body);
}

static void
read_graph (Graph *self, RpFacts *facts, RpArticle *article, RpRightsScan *scan)
{
  if (self->articles->len > 0) {
    read_article (self, g_ptr_array_index (self->articles, 0), facts, article, scan);
  } else if (self->pages->len > 0) {
    JsonObject *page = g_ptr_array_index (self->pages, 0);

    rp_fields_set_time (article, RP_ARTICLE_PUBLISHED, rp_json_get_string (page, "datePublished"));
    rp_fields_set_time (article, RP_ARTICLE_UPDATED, rp_json_get_string (page, "dateModified"));
    read_rights (self, page, FALSE, scan);
  } else if (self->pictures->len > 0) {
    read_rights (self, g_ptr_array_index (self->pictures, 0), TRUE, scan);
  }
}

/* Raw line breaks within strings are common and not JSON: they become spaces. */
static char *
dup_tidy (const char *json)
{
  char *copy = g_strdup (json);

  for (char *at = copy; *at != '\0'; at++) {
    if ((guchar) *at < 0x20)
      *at = ' ';
  }
  return copy;
}

void
rp_jsonld_read (const char *json, RpFacts *facts, RpArticle *article, RpRightsScan *scan)
{
  g_autofree char *tidy = dup_tidy (json);
  g_autoptr (JsonNode) root = rp_json_parse_text (tidy, NULL);
  Graph graph;

  if (root == NULL)
    return;
  graph.by_id = g_hash_table_new (g_str_hash, g_str_equal);
  graph.articles = g_ptr_array_new ();
  graph.pages = g_ptr_array_new ();
  graph.pictures = g_ptr_array_new ();
  sort_node (&graph, root, 0);
  read_graph (&graph, facts, article, scan);
  g_hash_table_unref (graph.by_id);
  g_ptr_array_unref (graph.articles);
  g_ptr_array_unref (graph.pages);
  g_ptr_array_unref (graph.pictures);
}
