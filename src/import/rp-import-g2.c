#include "rp-import-g2.h"

#include <string.h>

#include "rp-import-fields.h"
#include "rp-import-lift.h"
#include "rp-import-newscodes.h"
#include "rp-import-nitf.h"
#include "rp-import-party.h"
#include "rp-import-regex.h"
#include "rp-import-wire-body.h"
#include "rp-import-wire-xml.h"
#include "rp-import-wire.h"
#include "rp-text.h"

typedef struct {
  xmlNode *item;
  xmlNode *item_meta; /* NULL = none, as the following */
  xmlNode *content_meta;
  const RpSource *source;
  RpArticle *article;
} G2;

/* Choosing among several of a name */

static char *
dup_language (xmlNode *node)
{
  for (; node != NULL && node->type == XML_ELEMENT_NODE; node = node->parent) {
    char *language = rp_wire_dup_attribute (node, "lang");

    if (language != NULL)
      return language;
  }
  return NULL;
}

static gboolean
has_role (xmlNode *node, const char *role)
{
  g_autofree char *stated = rp_wire_dup_attribute (node, "role");
  g_autofree char *lower = stated != NULL ? g_ascii_strdown (stated, -1) : NULL;

  if (role == NULL)
    return lower == NULL || strstr (lower, "main") != NULL;
  return lower != NULL && strstr (lower, role) != NULL;
}

/* 2 in the language asked for, 1 in none, 0 in another. */
static int
rank_language (xmlNode *node, const char *wanted)
{
  g_autofree char *own = rp_wire_dup_attribute (node, "lang");

  if (own == NULL)
    return 1;
  return wanted != NULL && g_ascii_strncasecmp (own, wanted, 2) == 0 ? 2 : 0;
}

char *
rp_g2_dup_text (xmlNode *parent, const char *name, const char *role)
{
  g_autofree char *wanted = dup_language (parent);
  g_autofree char *best = NULL;
  int best_rank = -1;

  for (xmlNode *node = rp_wire_child (parent, name); node != NULL;
       node = rp_wire_next (node, name)) {
    g_autofree char *text = has_role (node, role) ? rp_xml_dup_text (node) : NULL;
    int rank = rank_language (node, wanted);

    if (text != NULL && rank > best_rank) {
      g_free (best);
      best = g_steal_pointer (&text);
      best_rank = rank;
    }
  }
  return g_steal_pointer (&best);
}

char *
rp_g2_dup_name (xmlNode *node)
{
  g_autofree char *name = rp_g2_dup_text (node, "name", NULL);
  g_autofree char *code = NULL;
  const char *colon;

  if (node == NULL || name != NULL)
    return g_steal_pointer (&name);
  name = rp_wire_dup_attribute (node, "literal");
  code = rp_wire_dup_attribute (node, "qcode");
  if (name != NULL || code == NULL)
    return name != NULL ? g_steal_pointer (&name) : rp_xml_dup_text (node);
  colon = strchr (code, ':');
  return g_strdup (colon != NULL && colon[1] != '\0' ? colon + 1 : code);
}

static void
fill (const G2 *self, RpArticleField field, xmlNode *parent, const char *name, const char *role)
{
  g_autofree char *text = parent != NULL ? rp_g2_dup_text (parent, name, role) : NULL;

  rp_wire_fill (self->article, field, text);
}

static void
set_time (const G2 *self, RpArticleField field, xmlNode *parent, const char *name)
{
  g_autofree char *text = rp_wire_dup_at (parent, name);

  rp_wire_set_time (self->article, field, text);
}

/* A code of any of its forms: @qcode, @uri, @literal, the text. Gives. */
static char *
dup_code (xmlNode *node)
{
  static const char *const names[] = {"qcode", "uri", "literal"};

  for (gsize i = 0; node != NULL && i < G_N_ELEMENTS (names); i++) {
    char *code = rp_wire_dup_attribute (node, names[i]);

    if (code != NULL)
      return code;
  }
  return node != NULL ? rp_xml_dup_text (node) : NULL;
}

/* Heads */

static void
read_heads (const G2 *self)
{
  fill (self, RP_ARTICLE_HEADLINE, self->content_meta, "headline", NULL);
  fill (self, RP_ARTICLE_HEADLINE, self->item_meta, "title", NULL);
  fill (self, RP_ARTICLE_SUBHEADLINE, self->content_meta, "headline", "sub");
  fill (self, RP_ARTICLE_SUBHEADLINE, self->content_meta, "headline", "deck");
  if (rp_article_get (self->article, RP_ARTICLE_SUBHEADLINE) == NULL)
    fill (self, RP_ARTICLE_HEADLINE, self->content_meta, "headline", "");
  fill (self, RP_ARTICLE_SLUGLINE, self->content_meta, "slugline", NULL);
  fill (self, RP_ARTICLE_SLUGLINE, self->content_meta, "slugline", "");
  fill (self, RP_ARTICLE_SUMMARY, self->content_meta, "description", "summary");
  fill (self, RP_ARTICLE_SUMMARY, self->content_meta, "description", "abstract");
  if (!rp_g2_is_picture (self->item))
    fill (self, RP_ARTICLE_SUMMARY, self->content_meta, "description", NULL);
  fill (self, RP_ARTICLE_DATELINE, self->content_meta, "dateline", NULL);
  fill (self, RP_ARTICLE_DATELINE, self->content_meta, "dateline", "");
}

static void
read_place (const G2 *self)
{
  xmlNode *located = rp_wire_child (self->content_meta, "located");
  g_autofree char *name = located != NULL ? rp_g2_dup_text (located, "name", NULL) : NULL;

  rp_wire_fill (self->article, RP_ARTICLE_DATELINE, name);
}

/* "http://cv.iptc.org/newscodes/newsprovider/XYZ" is XYZ; of another address the host counts.
 * Gives.
 */
static char *
dup_provider_of_address (const char *address)
{
  const char *mark = address != NULL ? strstr (address, "newsprovider/") : NULL;

  if (mark != NULL && mark[strlen ("newsprovider/")] != '\0')
    return g_strdup (mark + strlen ("newsprovider/"));
  return address != NULL ? rp_text_host (address) : NULL;
}

static void
read_provider (const G2 *self)
{
  xmlNode *node = rp_wire_child (self->item_meta, "provider");
  g_autofree char *provider = rp_g2_dup_name (node);
  g_autofree char *address = rp_wire_dup_attribute (node, "uri");
  g_autofree char *by_address = dup_provider_of_address (address);
  g_autofree char *source = rp_g2_dup_name (rp_wire_child (self->content_meta, "infoSource"));

  rp_wire_fill (self->article, RP_ARTICLE_PROVIDER, provider);
  rp_wire_fill (self->article, RP_ARTICLE_PROVIDER, by_address);
  rp_wire_fill (self->article, RP_ARTICLE_PROVIDER, source);
}

static gboolean
is_organisation (xmlNode *creator, const char *name)
{
  g_autofree char *type = rp_wire_dup_attribute (creator, "type");
  g_autofree char *of = rp_wire_dup_attribute_at (creator, "type", "qcode");

  return (type != NULL && strstr (type, "org") != NULL) ||
         (of != NULL && strstr (of, "org") != NULL) || rp_party_is_agency (name);
}

static void
read_creators (const G2 *self)
{
  const char *provider = rp_article_get (self->article, RP_ARTICLE_PROVIDER);

  for (xmlNode *node = rp_wire_child (self->content_meta, "creator"); node != NULL;
       node = rp_wire_next (node, "creator")) {
    g_autofree char *name = rp_g2_dup_text (node, "name", NULL);
    g_autofree char *literal = rp_wire_dup_attribute (node, "literal");
    const char *stated = name != NULL ? name : literal;

    if (stated != NULL && !is_organisation (node, stated) &&
        (provider == NULL || !rp_text_same (stated, provider)))
      rp_fields_add_author (self->article, stated, NULL, NULL);
  }
}

/* Those who wrote it; never the agency itself. */
static void
read_authors (const G2 *self)
{
  g_autofree char *language = dup_language (self->content_meta);

  for (xmlNode *node = rp_wire_child (self->content_meta, "by"); node != NULL;
       node = rp_wire_next (node, "by")) {
    g_autofree char *by = rank_language (node, language) > 0 ? rp_xml_dup_text (node) : NULL;

    rp_fields_add_byline (self->article, by);
  }
  if (rp_article_get_authors (self->article)->len == 0)
    read_creators (self);
}

/* Item */

static void
read_language (const G2 *self)
{
  g_autofree char *of_item = rp_wire_dup_attribute (self->item, "lang");
  g_autofree char *of_content = rp_wire_dup_attribute_at (self->content_meta, "language", "tag");
  gboolean differ =
    of_item != NULL && of_content != NULL && g_ascii_strncasecmp (of_item, of_content, 2) != 0;

  rp_fields_set_language (self->article, differ ? of_content : of_item);
  rp_fields_set_language (self->article, of_content);
}

static void
read_times (const G2 *self)
{
  xmlNode *embargoed = rp_wire_child (self->item_meta, "embargoed");
  g_autofree char *nil = rp_wire_dup_attribute (embargoed, "nil");

  set_time (self, RP_ARTICLE_PUBLISHED, self->item_meta, "firstCreated");
  set_time (self, RP_ARTICLE_PUBLISHED, self->content_meta, "contentCreated");
  set_time (self, RP_ARTICLE_UPDATED, self->item_meta, "versionCreated");
  set_time (self, RP_ARTICLE_UPDATED, self->content_meta, "contentModified");
  set_time (self, RP_ARTICLE_PUBLISHED, self->item_meta, "versionCreated");
  set_time (self, RP_ARTICLE_EMBARGOED_UNTIL, self->item_meta, "embargoed");
  set_time (self, RP_ARTICLE_EXPIRES, self->item_meta, "expires");
  if (g_strcmp0 (nil, "true") == 0)
    rp_article_set (self->article, RP_ARTICLE_PUBSTATUS, "withheld");
}

static void
read_status (const G2 *self)
{
  g_autofree char *status = dup_code (rp_wire_child (self->item_meta, "pubStatus"));
  g_autofree char *urgency = rp_wire_dup_at (self->content_meta, "urgency");

  if (rp_article_get (self->article, RP_ARTICLE_PUBSTATUS) == NULL)
    rp_fields_set_pubstatus (self->article, status);
  rp_fields_set_urgency (self->article, urgency);
  for (xmlNode *node = rp_wire_child (self->item_meta, "signal"); node != NULL;
       node = rp_wire_next (node, "signal")) {
    g_autofree char *signal = dup_code (node);

    if (signal != NULL &&
        (g_str_has_suffix (signal, ":kill") || g_str_has_suffix (signal, "/kill")))
      rp_article_set (self->article, RP_ARTICLE_PUBSTATUS, "canceled");
  }
}

static void
read_notes (const G2 *self)
{
  xmlNode *const parents[] = {self->item_meta, self->content_meta, self->item};

  for (gsize i = 0; i < G_N_ELEMENTS (parents); i++) {
    for (xmlNode *node = rp_wire_child (parents[i], "edNote"); node != NULL;
         node = rp_wire_next (node, "edNote")) {
      g_autofree char *note = rp_xml_dup_text (node);

      rp_wire_add_note (self->article, note);
    }
  }
}

/* The address on the web that the item gives for itself. */
static void
read_address (const G2 *self)
{
  static RpRegex page = RP_REGEX ("canonical|alternate|webpage|original");

  for (xmlNode *node = rp_wire_find (self->item_meta, NULL, "link"); node != NULL;
       node = rp_wire_find (self->item_meta, node, "link")) {
    g_autofree char *rel = rp_wire_dup_attribute (node, "rel");
    g_autofree char *href = rp_wire_dup_attribute (node, "href");

    if (rel != NULL && rp_regex_test (&page, rel) && rp_text_is_web_url (href))
      rp_article_fill (self->article, RP_ARTICLE_CANONICAL_URL, href);
  }
}

/* Subjects */

static void
read_schemes (xmlNode *holder, GHashTable *schemes)
{
  for (xmlNode *catalog = rp_wire_child (holder, "catalog"); catalog != NULL;
       catalog = rp_wire_next (catalog, "catalog")) {
    for (xmlNode *node = rp_wire_child (catalog, "scheme"); node != NULL;
         node = rp_wire_next (node, "scheme")) {
      g_autofree char *alias = rp_wire_dup_attribute (node, "alias");
      g_autofree char *uri = rp_wire_dup_attribute (node, "uri");

      if (alias != NULL && uri != NULL)
        g_hash_table_replace (schemes, g_steal_pointer (&alias), g_steal_pointer (&uri));
    }
  }
}

/* <catalog><scheme alias= uri=> of the message and of the item: what their own aliases stand for.
 */
static GHashTable *
read_catalog (xmlNode *item)
{
  GHashTable *schemes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  xmlNode *root = xmlDocGetRootElement (item->doc);
  xmlNode *header = rp_wire_child (root, "header");

  read_schemes (root, schemes);
  if (header != NULL)
    read_schemes (header, schemes);
  if (item != root)
    read_schemes (item, schemes);

  return schemes;
}

/* The name that the item asserts of a code elsewhere. Gives. */
static char *
dup_asserted_name (xmlNode *item, const char *code)
{
  for (xmlNode *node = rp_wire_child (item, "assert"); node != NULL;
       node = rp_wire_next (node, "assert")) {
    g_autofree char *own = dup_code (node);

    if (g_strcmp0 (own, code) == 0)
      return rp_g2_dup_text (node, "name", NULL);
  }
  return NULL;
}

static void
read_subject (const G2 *self, xmlNode *subject, GHashTable *schemes)
{
  g_autofree char *code = rp_wire_dup_attribute (subject, "qcode");
  g_autofree char *uri = rp_wire_dup_attribute (subject, "uri");
  g_autofree char *literal = rp_wire_dup_attribute (subject, "literal");
  g_autofree char *name = rp_g2_dup_text (subject, "name", NULL);
  const char *best = code != NULL ? code : uri != NULL ? uri : literal;

  if (name == NULL)
    name = rp_g2_dup_text (subject, "name", "");
  if (best != NULL && name == NULL)
    name = dup_asserted_name (self->item, best);
  if (best != NULL)
    rp_newscodes_add (self->article, best, name, schemes);
  else
    rp_article_add_tag (self->article, name);
}

static void
read_words (const G2 *self)
{
  static const char *const names[] = {"subject", "genre"};
  g_autoptr (GHashTable) schemes = read_catalog (self->item);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    for (xmlNode *node = rp_wire_child (self->content_meta, names[i]); node != NULL;
         node = rp_wire_next (node, names[i]))
      read_subject (self, node, schemes);
  }
  for (xmlNode *node = rp_wire_child (self->content_meta, "keyword"); node != NULL;
       node = rp_wire_next (node, "keyword")) {
    g_autofree char *word = rp_xml_dup_text (node);

    rp_wire_add_keywords (self->article, word);
  }
}

/* Pictures */

static gboolean
shows_picture (xmlNode *content)
{
  g_autofree char *type = rp_wire_dup_attribute (content, "contenttype");
  g_autofree char *format = rp_wire_dup_attribute (content, "format");

  return (type != NULL && g_ascii_strncasecmp (type, "image", 5) == 0) ||
         (type == NULL && format != NULL && strstr (format, "JPEG") != NULL);
}

static gint64
number_of (xmlNode *node, const char *attribute)
{
  g_autofree char *value = rp_wire_dup_attribute (node, attribute);

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;
}

/* The largest that is offered; of two equals the first. */
static xmlNode *
find_rendition (xmlNode *item)
{
  xmlNode *set = rp_wire_child (item, "contentSet");
  xmlNode *best = NULL;

  for (xmlNode *node = rp_wire_find (set, NULL, "remoteContent"); node != NULL;
       node = rp_wire_find (set, node, "remoteContent")) {
    if (shows_picture (node) &&
        (best == NULL || number_of (node, "width") > number_of (best, "width") ||
         (number_of (node, "width") == 0 && number_of (node, "size") > number_of (best, "size"))))
      best = node;
  }
  return best;
}

gboolean
rp_g2_is_picture (xmlNode *item)
{
  g_autofree char *class = dup_code (rp_wire_at (item, "itemMeta/itemClass"));

  return class != NULL &&
         (g_str_has_suffix (class, "picture") || g_str_has_suffix (class, "graphic"));
}

static char *
dup_caption (xmlNode *content_meta)
{
  char *caption = rp_g2_dup_text (content_meta, "description", "caption");

  if (caption == NULL)
    caption = rp_g2_dup_text (content_meta, "description", NULL);
  if (caption == NULL)
    caption = rp_g2_dup_text (content_meta, "description", "");
  return caption;
}

static char *
dup_credit (xmlNode *content_meta)
{
  char *credit = rp_g2_dup_text (content_meta, "creditline", NULL);

  if (credit == NULL)
    credit = rp_g2_dup_text (content_meta, "by", NULL);
  if (credit == NULL)
    credit = rp_g2_dup_name (rp_wire_child (content_meta, "creator"));
  return credit;
}

static RpMedia *
new_rendition (xmlNode *item, const RpSource *source)
{
  xmlNode *rendition = find_rendition (item);
  g_autofree char *href = rp_wire_dup_attribute (rendition, "href");
  g_autofree char *type = rp_wire_dup_attribute (rendition, "contenttype");
  RpMedia *picture = rp_wire_picture_new (source, href);

  rp_media_set (picture, RP_MEDIA_MIME_TYPE, type);
  rp_media_set (picture, RP_MEDIA_ROLE, "featured");
  return picture;
}

void
rp_g2_read_picture (xmlNode *item, const RpSource *source, RpArticle *article)
{
  xmlNode *meta = rp_wire_child (item, "contentMeta");
  xmlNode *rights = rp_wire_child (item, "rightsInfo");
  g_autoptr (RpMedia) picture = new_rendition (item, source);
  g_autofree char *alt = rp_g2_dup_text (meta, "description", "alt");
  g_autofree char *caption = dup_caption (meta);
  g_autofree char *credit = dup_credit (meta);
  g_autofree char *notice = rp_g2_dup_text (rights, "copyrightNotice", NULL);
  g_autofree char *terms = rp_g2_dup_text (rights, "usageTerms", NULL);
  g_autofree char *holder = rp_g2_dup_name (rp_wire_child (rights, "copyrightHolder"));

  rp_media_set (picture, RP_MEDIA_CAPTION, caption);
  rp_media_set (picture, RP_MEDIA_ALT, alt);
  rp_media_set (picture, RP_MEDIA_CREDIT, credit);
  rp_media_set (picture, RP_MEDIA_COPYRIGHT, notice != NULL ? notice : holder);
  rp_media_set (picture, RP_MEDIA_USAGE_TERMS, terms);
  rp_wire_add_picture (article, picture);
}

/* A picture among the renditions of a text: its rights are not those of the text. */
static void
read_side_picture (const G2 *self)
{
  g_autoptr (RpMedia) picture = NULL;
  g_autofree char *caption = NULL;

  if (find_rendition (self->item) == NULL)
    return;
  picture = new_rendition (self->item, self->source);
  caption = rp_g2_dup_text (self->content_meta, "description", "caption");
  rp_media_set (picture, RP_MEDIA_CAPTION, caption);
  rp_wire_add_picture (self->article, picture);
}

/* Body */

static void
read_body (const G2 *self, RpRightsScan *scan)
{
  static const char *const names[] = {"inlineXML", "inlineData"};
  xmlNode *set = rp_wire_child (self->item, "contentSet");

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    for (xmlNode *node = rp_wire_find (set, NULL, names[i]);
         node != NULL && rp_article_get (self->article, RP_ARTICLE_BODY_HTML) == NULL;
         node = rp_wire_find (set, node, names[i])) {
      xmlNode *nitf = rp_wire_find (node, NULL, "nitf");

      if (nitf != NULL)
        rp_nitf_read (nitf, self->source, self->article, scan);
      else
        rp_nitf_read_body (node, self->source, self->article, scan);
    }
  }
}

void
rp_g2_read_item (xmlNode *item, const RpSource *source, RpArticle *article, RpRightsScan *scan)
{
  G2 self = {.item = item, .source = source, .article = article};
  g_autofree char *guid = rp_wire_dup_attribute (item, "guid");
  g_autofree char *version = rp_wire_dup_attribute (item, "version");

  self.item_meta = rp_wire_child (item, "itemMeta");
  self.content_meta = rp_wire_child (item, "contentMeta");
  rp_article_set (article, RP_ARTICLE_GUID, guid);
  rp_article_set (article, RP_ARTICLE_VERSION, version);
  read_language (&self);
  read_times (&self);
  read_status (&self);
  read_heads (&self);
  read_provider (&self);
  read_authors (&self);
  read_notes (&self);
  read_address (&self);
  read_words (&self);
  rp_g2_read_rights (item, article, scan);
  read_body (&self, scan);
  read_place (&self);
  if (rp_g2_is_picture (item))
    rp_g2_read_picture (item, source, article);
  else
    read_side_picture (&self);
}
