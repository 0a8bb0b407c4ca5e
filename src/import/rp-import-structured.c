#include "rp-import-structured.h"

#include <string.h>

#include "rp-html.h"
#include "rp-import-cc.h"
#include "rp-import-fields.h"
#include "rp-import-headline.h"
#include "rp-text.h"

#define META_LIMIT 600

/* What one walk over the page has gathered. */
typedef struct {
  GPtrArray *metas;   /* lent xmlNode */
  GPtrArray *links;   /* lent xmlNode: <link> and <a rel> */
  GPtrArray *scripts; /* lent xmlNode: JSON-LD */
  GPtrArray *props;   /* lent xmlNode: itemprop */
  GPtrArray *heads;   /* lent xmlNode: h1 */
  GPtrArray *times;   /* lent xmlNode: <time datetime> */
  GPtrArray *cc;      /* lent xmlNode: cc:attributionName */
  xmlNode *title;
} Harvest;

static void
sort_element (Harvest *self, xmlNode *node)
{
  const char *name = (const char *) node->name;
  const char *type;

  if (strcmp (name, "meta") == 0 && self->metas->len < META_LIMIT)
    g_ptr_array_add (self->metas, node);
  else if (strcmp (name, "link") == 0 ||
           (strcmp (name, "a") == 0 && rp_xml_peek_attribute (node, "rel") != NULL))
    g_ptr_array_add (self->links, node);
  else if (strcmp (name, "h1") == 0)
    g_ptr_array_add (self->heads, node);
  else if (strcmp (name, "time") == 0)
    g_ptr_array_add (self->times, node);
  else if (strcmp (name, "title") == 0 && self->title == NULL)
    self->title = node;
  else if (strcmp (name, "script") == 0 && (type = rp_xml_peek_attribute (node, "type")) != NULL &&
           g_ascii_strncasecmp (type, "application/ld+json", 19) == 0)
    g_ptr_array_add (self->scripts, node);
  if (node->properties != NULL && rp_xml_peek_attribute (node, "itemprop") != NULL)
    g_ptr_array_add (self->props, node);
  if (node->properties != NULL && rp_xml_peek_attribute (node, "property") != NULL &&
      strcmp (name, "meta") != 0)
    g_ptr_array_add (self->cc, node);
}

static void
harvest (Harvest *self, xmlNode *root)
{
  self->metas = g_ptr_array_new ();
  self->links = g_ptr_array_new ();
  self->scripts = g_ptr_array_new ();
  self->props = g_ptr_array_new ();
  self->heads = g_ptr_array_new ();
  self->times = g_ptr_array_new ();
  self->cc = g_ptr_array_new ();
  self->title = NULL;
  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE)) {
    if (node->type == XML_ELEMENT_NODE)
      sort_element (self, node);
  }
}

static void
harvest_clear (Harvest *self)
{
  g_ptr_array_unref (self->metas);
  g_ptr_array_unref (self->links);
  g_ptr_array_unref (self->scripts);
  g_ptr_array_unref (self->props);
  g_ptr_array_unref (self->heads);
  g_ptr_array_unref (self->times);
  g_ptr_array_unref (self->cc);
}

static const char *
meta_key (const xmlNode *meta)
{
  static const char *const names[] = {"property", "name", "itemprop", "http-equiv"};

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *key = rp_xml_peek_attribute (meta, names[i]);

    if (key != NULL && *key != '\0')
      return key;
  }
  return NULL;
}

/* The first value under the first of these keys that has one. Gives. */
static char *
dup_meta (const Harvest *self, const char *const *keys)
{
  for (guint k = 0; keys[k] != NULL; k++) {
    for (guint i = 0; i < self->metas->len; i++) {
      xmlNode *meta = g_ptr_array_index (self->metas, i);
      const char *key = meta_key (meta);
      g_autofree char *value = NULL;

      if (key == NULL || g_ascii_strcasecmp (key, keys[k]) != 0)
        continue;
      value = rp_fields_dup_plain (rp_xml_peek_attribute (meta, "content"));
      if (value != NULL)
        return g_steal_pointer (&value);
    }
  }
  return NULL;
}

#define META(self, ...) dup_meta (self, (const char *const[]){__VA_ARGS__, NULL})

static gboolean
has_word (const char *list, const char *word)
{
  g_auto (GStrv) words = list != NULL ? g_strsplit_set (list, " \t\r\n", -1) : NULL;

  for (guint i = 0; words != NULL && words[i] != NULL; i++) {
    if (g_ascii_strcasecmp (words[i], word) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Part of the site's foot or margin: what stands there is said of the site. */
static gboolean
is_marginal (const xmlNode *node)
{
  for (; node != NULL; node = node->parent) {
    if (node->type != XML_ELEMENT_NODE)
      continue;
    if (strcmp ((const char *) node->name, "footer") == 0 ||
        strcmp ((const char *) node->name, "aside") == 0 ||
        strcmp ((const char *) node->name, "nav") == 0)
      return TRUE;
  }
  return FALSE;
}

static char *
dup_link (const Harvest *self, const RpFacts *facts, const char *rel, const char *element)
{
  for (guint i = 0; i < self->links->len; i++) {
    xmlNode *link = g_ptr_array_index (self->links, i);
    g_autofree char *href = NULL;
    char *url;

    if (!has_word (rp_xml_peek_attribute (link, "rel"), rel) ||
        (element != NULL && !rp_xml_is (link, NULL, element)) || is_marginal (link))
      continue;
    href = rp_xml_dup_attribute (link, "href");
    url = href != NULL ? rp_text_resolve_url (facts->base_url, href) : NULL;
    if (url != NULL)
      return url;
  }
  return NULL;
}

/* Where the page was saved from, when a browser says so in a comment. Gives. */
static char *
dup_saved_from (xmlDoc *doc)
{
  for (xmlNode *node = (xmlNode *) doc; node != NULL;
       node = node == (xmlNode *) doc ? doc->children : rp_xml_follow (node, NULL, TRUE)) {
    const char *mark;

    if (node->type == XML_ELEMENT_NODE && strcmp ((const char *) node->name, "body") == 0)
      break;
    if (node->type != XML_COMMENT_NODE || node->content == NULL)
      continue;
    mark = strstr ((const char *) node->content, "saved from url=(");
    mark = mark != NULL ? strchr (mark, ')') : NULL;
    if (mark != NULL) {
      g_autofree char *url = g_strndup (mark + 1, strcspn (mark + 1, " \t\r\n"));

      return rp_text_is_web_url (url) ? g_steal_pointer (&url) : NULL;
    }
  }
  return NULL;
}

static void
find_base (RpFacts *facts, xmlDoc *doc, const Harvest *self, const char *base_url)
{
  g_autofree char *saved = base_url == NULL ? dup_saved_from (doc) : NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *og = META (self, "og:url");

  facts->base_url = g_strdup (base_url != NULL ? base_url : saved);
  canonical = dup_link (self, facts, "canonical", "link");
  if (facts->base_url == NULL)
    facts->base_url = g_strdup (rp_text_is_web_url (og) ? og : canonical);
  facts->host = rp_text_host (base_url != NULL ? base_url : saved != NULL ? saved : og);
}

/* Microdata */

static gboolean
is_prop (const xmlNode *node, const char *name)
{
  return has_word (rp_xml_peek_attribute (node, "itemprop"), name);
}

static gboolean
is_scope_of (const xmlNode *node, const char *part)
{
  const char *type = rp_xml_peek_attribute (node, "itemtype");

  return type != NULL && strstr (type, part) != NULL;
}

/* Does the property belong to the article, not to a thing within it or beside it. */
static gboolean
is_of_article (const xmlNode *node)
{
  for (const xmlNode *up = node->parent; up != NULL; up = up->parent) {
    if (up->type == XML_ELEMENT_NODE && rp_xml_peek_attribute (up, "itemscope") != NULL)
      return is_scope_of (up, "Article") || is_scope_of (up, "BlogPosting") ||
             is_scope_of (up, "WebPage") || is_scope_of (up, "CreativeWork") ||
             is_scope_of (up, "Posting");
  }
  return TRUE;
}

static char *
dup_prop_value (xmlNode *node)
{
  static const char *const names[] = {"content", "datetime", "href", "src"};

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    char *value = rp_xml_dup_attribute (node, names[i]);

    if (value != NULL && !(i == 2 && !is_prop (node, "license") && !is_prop (node, "url")))
      return value;
    g_free (value);
  }
  return rp_xml_dup_text (node);
}

/* The name of a person or organisation: the property "name" within, or all of the text. */
static char *
dup_prop_name (const Harvest *self, xmlNode *node)
{
  for (guint i = 0; i < self->props->len; i++) {
    xmlNode *inner = g_ptr_array_index (self->props, i);

    if (inner == node || !is_prop (inner, "name"))
      continue;
    for (const xmlNode *up = inner->parent; up != NULL; up = up->parent) {
      if (up == node)
        return dup_prop_value (inner);
    }
  }
  return dup_prop_value (node);
}

static void
read_prop (const Harvest *self,
           xmlNode *node,
           RpFacts *facts,
           RpArticle *article,
           RpMarkupRights *rights)
{
  g_autofree char *value = dup_prop_value (node);

  if (is_prop (node, "headline") && facts->declared_headline == NULL)
    facts->declared_headline = g_steal_pointer (&value);
  else if (is_prop (node, "datePublished"))
    rp_fields_set_time (article, RP_ARTICLE_PUBLISHED, value);
  else if (is_prop (node, "dateModified"))
    rp_fields_set_time (article, RP_ARTICLE_UPDATED, value);
  else if (is_prop (node, "alternativeHeadline"))
    rp_article_fill (article, RP_ARTICLE_SUBHEADLINE, value);
  else if (is_prop (node, "license") && rights->licence == NULL)
    rights->licence = g_steal_pointer (&value);
  else if (is_prop (node, "copyrightNotice") && rights->notice == NULL)
    rights->notice = g_steal_pointer (&value);
  else if (is_prop (node, "copyrightHolder") && rights->holder == NULL)
    rights->holder = dup_prop_name (self, node);
}

static void
read_microdata (const Harvest *self, RpFacts *facts, RpArticle *article, RpRightsScan *scan)
{
  RpMarkupRights rights = {.evidence = "microdata"};
  gboolean needs_author = rp_article_get_authors (article)->len == 0;

  for (guint i = 0; i < self->props->len; i++) {
    xmlNode *node = g_ptr_array_index (self->props, i);

    if (!is_of_article (node) || is_marginal (node))
      continue;
    if (is_prop (node, "author") && needs_author) {
      g_autofree char *name = dup_prop_name (self, node);

      rp_fields_add_byline (article, name);
    } else {
      read_prop (self, node, facts, article, &rights);
    }
  }
  rp_rights_scan_markup (scan, &rights);
  g_free ((char *) rights.licence);
  g_free ((char *) rights.notice);
  g_free ((char *) rights.holder);
}

/* Meta */

/* "Last, First", as catalogues write it. Gives; NULL when it is not of that form. */
static char *
dup_turned (const char *name)
{
  g_auto (GStrv) parts = name != NULL ? g_strsplit (name, ",", 3) : NULL;

  if (parts == NULL || g_strv_length (parts) != 2)
    return NULL;
  return g_strdup_printf ("%s %s", g_strstrip (parts[1]), g_strstrip (parts[0]));
}

static void
read_meta_authors (const Harvest *self, RpArticle *article)
{
  static const char *const keys[] = {"author",
                                     "article:author",
                                     "DC.creator",
                                     "dcterms.creator",
                                     "parsely-author",
                                     "sailthru.author",
                                     "byl",
                                     "citation_author",
                                     "og:article:author",
                                     "cXenseParse:author",
                                     "twitter:creator:name"};

  for (gsize k = 0; k < G_N_ELEMENTS (keys) && rp_article_get_authors (article)->len == 0; k++) {
    for (guint i = 0; i < self->metas->len; i++) {
      xmlNode *meta = g_ptr_array_index (self->metas, i);
      const char *key = meta_key (meta);

      if (key != NULL && g_ascii_strcasecmp (key, keys[k]) == 0) {
        g_autofree char *value = rp_fields_dup_plain (rp_xml_peek_attribute (meta, "content"));
        g_autofree char *name =
          strcmp (keys[k], "citation_author") == 0 ? dup_turned (value) : NULL;

        if (name != NULL)
          rp_fields_add_author (article, name, NULL, NULL);
        else
          rp_fields_add_byline (article, value);
      }
    }
  }
}

static void
read_meta_tags (const Harvest *self, RpArticle *article)
{
  for (guint i = 0; i < self->metas->len; i++) {
    xmlNode *meta = g_ptr_array_index (self->metas, i);
    const char *key = meta_key (meta);
    g_autofree char *value = NULL;

    if (key == NULL || (g_ascii_strcasecmp (key, "article:tag") != 0 &&
                        g_ascii_strcasecmp (key, "keywords") != 0 &&
                        g_ascii_strcasecmp (key, "news_keywords") != 0))
      continue;
    value = rp_fields_dup_plain (rp_xml_peek_attribute (meta, "content"));
    if (value != NULL) {
      g_auto (GStrv) words =
        g_strsplit (value, g_ascii_strcasecmp (key, "article:tag") == 0 ? "\n" : ",", 60);

      for (guint k = 0; words[k] != NULL; k++) {
        g_autofree char *tag = rp_text_clean (words[k]);

        if (tag != NULL)
          rp_article_add_tag (article, tag);
      }
    }
  }
}

static void
fill_meta (const Harvest *self, RpArticle *article, RpArticleField field, const char *const *keys)
{
  g_autofree char *value = dup_meta (self, keys);

  rp_article_fill (article, field, value);
}

#define FILL(self, article, field, ...)                                                            \
  fill_meta (self, article, field, (const char *const[]){__VA_ARGS__, NULL})

static void
read_meta_picture (const Harvest *self, const RpFacts *facts, RpArticle *article)
{
  g_autofree char *stated =
    META (self, "og:image", "og:image:url", "twitter:image", "twitter:image:src");
  g_autofree char *alt = META (self, "og:image:alt", "twitter:image:alt");
  g_autofree char *url =
    stated != NULL ? rp_text_resolve_picture_url (facts->base_url, stated) : NULL;
  g_autoptr (RpMedia) media = NULL;

  if (url == NULL)
    return;
  media = rp_media_new (url);
  rp_media_set (media, RP_MEDIA_ALT, alt);
  rp_media_set (media, RP_MEDIA_ROLE, "featured");
  rp_article_add_media (article, media);
}

static void
read_meta_times (const Harvest *self, RpArticle *article)
{
  g_autofree char *published =
    META (self, "article:published_time", "og:article:published_time", "og:published_time",
          "datePublished", "DC.date.issued", "dcterms.issued", "DC.date", "dcterms.date",
          "dcterms.created", "DC.date.created", "parsely-pub-date", "sailthru.date", "pubdate",
          "publishdate", "publish-date", "publish_date", "article.published", "published-date",
          "publication_date", "cXenseParse:recs:publishtime", "date", "citation_date",
          "citation_publication_date", "article:published", "rnews:datePublished", "ptime", "pdate",
          "release_date");
  g_autofree char *updated = META (
    self, "article:modified_time", "og:updated_time", "og:article:modified_time", "dateModified",
    "dcterms.modified", "DC.date.modified", "last-modified", "lastmod", "article.updated");

  rp_fields_set_time (article, RP_ARTICLE_PUBLISHED, published);
  rp_fields_set_time (article, RP_ARTICLE_UPDATED, updated);
}

static void
read_meta_rights (const Harvest *self, RpRightsScan *scan, RpArticle *article)
{
  g_autofree char *dc = META (self, "DC.rights", "dcterms.rights", "dc.rights.copyright", "rights");
  g_autofree char *licence = META (self, "dcterms.license", "DC.license", "license", "licence");
  g_autofree char *holder = META (self, "dcterms.rightsHolder", "rightsHolder", "copyright-holder");
  g_autofree char *tdm = META (self, "tdm-reservation");
  g_autofree char *policy = META (self, "tdm-policy");
  g_autofree char *robots = META (self, "robots");
  RpStatement *statement = rp_article_get_statement (article);
  RpMarkupRights rights = {.licence = licence, .notice = dc, .holder = holder, .evidence = "meta"};

  rp_rights_scan_markup (scan, &rights);
  if (tdm != NULL)
    rp_statement_fill (statement, RP_STATEMENT_TDM, *tdm == '1' ? "reserved" : "allowed");
  else if (robots != NULL && strstr (robots, "noai") != NULL)
    rp_statement_fill (statement, RP_STATEMENT_TDM, "reserved");
  rp_statement_fill (statement, RP_STATEMENT_POLICY, policy);
}

static void
read_meta (const Harvest *self, RpFacts *facts, RpArticle *article, RpRightsScan *scan)
{
  g_autofree char *locale =
    META (self, "og:locale", "DC.language", "dcterms.language", "language", "content-language");

  facts->og_title = META (self, "og:title", "DC.title", "dcterms.title", "twitter:title", "title");
  FILL (self, article, RP_ARTICLE_SITE_NAME, "og:site_name", "application-name",
        "al:android:app_name");
  FILL (self, article, RP_ARTICLE_PROVIDER, "DC.publisher", "dcterms.publisher", "publisher");
  FILL (self, article, RP_ARTICLE_SUMMARY, "og:description", "description", "DC.description",
        "twitter:description");
  read_meta_authors (self, article);
  read_meta_times (self, article);
  read_meta_tags (self, article);
  read_meta_picture (self, facts, article);
  read_meta_rights (self, scan, article);
  rp_fields_set_language (article, locale);
}

/* Links */

static gboolean
is_rsl (const xmlNode *link)
{
  const char *type = rp_xml_peek_attribute (link, "type");

  return type != NULL && strstr (type, "rsl") != NULL;
}

static void
read_licence_links (const Harvest *self, const RpFacts *facts, RpRightsScan *scan)
{
  for (guint i = 0; i < self->links->len; i++) {
    xmlNode *link = g_ptr_array_index (self->links, i);
    g_autofree char *href = NULL;
    g_autofree char *url = NULL;
    RpMarkupRights rights = {.evidence = "link"};

    if (!has_word (rp_xml_peek_attribute (link, "rel"), "license") || is_marginal (link))
      continue;
    if (rp_xml_is (link, NULL, "a"))
      continue;
    href = rp_xml_dup_attribute (link, "href");
    url = href != NULL ? rp_text_resolve_url (facts->base_url, href) : NULL;
    if (is_rsl (link))
      rights.policy = url;
    else
      rights.licence = url;
    rp_rights_scan_markup (scan, &rights);
  }
}

static void
read_canonical (const Harvest *self, const RpFacts *facts, RpArticle *article, RpRightsScan *scan)
{
  g_autofree char *canonical = dup_link (self, facts, "canonical", "link");
  g_autofree char *bookmark = dup_link (self, facts, "bookmark", "a");
  g_autofree char *og = META (self, "og:url");
  g_autofree char *origin = META (self, "original-source", "syndication-source");
  g_autofree char *host = NULL;
  const char *other = rp_text_is_web_url (origin) ? origin : canonical;
  const char *own = canonical != NULL ? canonical : rp_text_is_web_url (og) ? og : bookmark;

  if (own != NULL)
    rp_article_set (article, RP_ARTICLE_CANONICAL_URL, own);
  host = other != NULL ? rp_text_host (other) : NULL;
  if (host != NULL && facts->host != NULL && !g_str_has_suffix (host, facts->host) &&
      !g_str_has_suffix (facts->host, host)) {
    RpMarkupRights rights = {.original_url = other, .evidence = "link"};

    rp_rights_scan_markup (scan, &rights);
  }
}

static void
read_times (const Harvest *self, RpArticle *article)
{
  for (guint i = 0; i < self->times->len && rp_article_get (article, RP_ARTICLE_PUBLISHED) == NULL;
       i++) {
    xmlNode *node = g_ptr_array_index (self->times, i);
    g_autofree char *stamp = rp_xml_dup_attribute (node, "datetime");

    if (stamp != NULL && !is_marginal (node))
      rp_fields_set_time (article, RP_ARTICLE_PUBLISHED, stamp);
  }
}

RpFacts *
rp_structured_read (xmlDoc *doc, const char *base_url, RpArticle *article, RpRightsScan *scan)
{
  RpFacts *facts = g_new0 (RpFacts, 1);
  xmlNode *root = xmlDocGetRootElement (doc);
  Harvest found;

  harvest (&found, root);
  find_base (facts, doc, &found, base_url);
  for (guint i = 0; i < found.scripts->len; i++) {
    const xmlNode *script = g_ptr_array_index (found.scripts, i);

    if (script->children != NULL && script->children->content != NULL)
      rp_jsonld_read ((const char *) script->children->content, facts, article, scan);
  }
  read_microdata (&found, facts, article, scan);
  rp_microformats_read (root, facts, article, scan);
  read_meta (&found, facts, article, scan);
  read_licence_links (&found, facts, scan);
  read_canonical (&found, facts, article, scan);
  read_times (&found, article);
  rp_fields_set_language (article, rp_xml_peek_attribute (root, "lang"));
  if (found.title != NULL)
    facts->title = rp_xml_dup_text (found.title);
  rp_headline_pick (facts, found.heads);
  harvest_clear (&found);

  return facts;
}

void
rp_facts_free (RpFacts *facts)
{
  g_free (facts->base_url);
  g_free (facts->host);
  g_free (facts->article_body);
  g_free (facts->og_title);
  g_free (facts->title);
  g_free (facts->declared_headline);
  g_free (facts->heading);
  g_free (facts);
}
