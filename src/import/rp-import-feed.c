#include "rp-import-feed.h"

#include <string.h>

#include "rp-html.h"
#include "rp-import-feed-element.h"
#include "rp-import-fields.h"
#include "rp-import-lift.h"
#include "rp-text.h"

#define DCTERMS "http://purl.org/dc/terms/"
#define XHTML "http://www.w3.org/1999/xhtml"

typedef struct {
  const RpFeedHead *head;
  RpArticle *article;
  char *content;       /* owned, HTML */
  char *summary;       /* owned, HTML */
  char *licence;       /* owned */
  char *notice;        /* owned */
  char *permalink;     /* owned */
  char *policy;        /* owned */
  char *holder;        /* owned */
  char *terms;         /* owned */
  char *licensor;      /* owned */
  char *base;          /* owned: of the item: xml:base, or where the feed came from */
  char *text_base;     /* owned: stated for its text, NULL = not */
  char *source_author; /* owned */
  gboolean has_base;   /* the base is stated by the feed */
} Item;

/* An address as it is stated, made whole when it can be. Gives. */
static char *
dup_whole_url (const char *base, const char *url)
{
  char *resolved = url != NULL ? rp_text_resolve_url (base, url) : NULL;

  return resolved != NULL ? resolved : g_strdup (url);
}

static void
add_subject (Item *self, xmlNode *node)
{
  const char *scheme = rp_xml_peek_attribute (node, rp_feed_is_atom (node) ? "scheme" : "domain");
  g_autofree char *term =
    rp_feed_is_atom (node) ? rp_xml_dup_attribute (node, "term") : rp_feed_dup_plain (node);
  g_autofree char *label = rp_feed_is_atom (node) ? rp_xml_dup_attribute (node, "label") : NULL;

  if (term == NULL)
    return;
  if (scheme != NULL && *scheme != '\0')
    rp_article_add_subject (self->article, term, label != NULL ? label : term, scheme);
  else
    rp_article_add_tag (self->article, label != NULL ? label : term);
}

static void
add_person (Item *self, xmlNode *node)
{
  g_autofree char *name = rp_xml_dup_child_text (node, NULL, "name");
  g_autofree char *email = rp_xml_dup_child_text (node, NULL, "email");
  g_autofree char *uri = rp_xml_dup_child_text (node, NULL, "uri");

  if (uri == NULL)
    uri = rp_xml_dup_child_text (node, NULL, "url");
  rp_fields_add_author (self->article, name, uri, email);
}

/* RSS: "mail@host (Name)", "Name (mail@host)", "Name <mail@host>", or a name. */
static void
add_rss_author (Item *self, const char *text)
{
  const char *open = text != NULL ? strpbrk (text, "(<") : NULL;
  g_autofree char *before = NULL;
  g_autofree char *inside = NULL;
  gboolean mail_first;

  if (text == NULL)
    return;
  if (open == NULL) {
    if (strchr (text, '@') == NULL)
      rp_fields_add_byline (self->article, text);
    return;
  }
  before = g_strstrip (g_strndup (text, (gsize) (open - text)));
  inside = g_strstrip (g_strndup (open + 1, strcspn (open + 1, ")>")));
  mail_first = strchr (before, '@') != NULL;
  if (mail_first || strchr (inside, '@') != NULL)
    rp_fields_add_author (self->article, mail_first ? inside : before, NULL,
                          mail_first ? before : inside);
  else
    rp_fields_add_byline (self->article, *before != '\0' ? before : inside);
}

static void
add_media (Item *self, xmlNode *node, const char *url, const char *role)
{
  g_autofree char *resolved = url != NULL ? rp_text_resolve_picture_url (self->base, url) : NULL;
  g_autoptr (RpMedia) media = resolved != NULL ? rp_media_new (resolved) : NULL;
  g_autofree char *caption = NULL;
  g_autofree char *credit = NULL;
  g_autofree char *copyright = NULL;
  g_autofree char *licence = NULL;
  g_autofree char *title = rp_xml_dup_attribute (node, "title");

  if (media == NULL)
    return;
  caption = rp_xml_dup_child_text (node, NULL, "description");
  credit = rp_xml_dup_child_text (node, NULL, "credit");
  copyright = rp_xml_dup_child_text (node, NULL, "copyright");
  licence = rp_xml_child (node, NULL, "license") != NULL
              ? rp_xml_dup_attribute (rp_xml_child (node, NULL, "license"), "href")
              : NULL;
  rp_media_set (media, RP_MEDIA_CAPTION, caption != NULL ? caption : title);
  rp_media_set (media, RP_MEDIA_CREDIT, credit);
  rp_media_set (media, RP_MEDIA_COPYRIGHT, copyright);
  rp_media_set (media, RP_MEDIA_LICENCE_URL, licence);
  rp_media_set (media, RP_MEDIA_MIME_TYPE, rp_xml_peek_attribute (node, "type"));
  rp_media_set (media, RP_MEDIA_ROLE, role);
  rp_article_add_media (self->article, media);
}

static gboolean
is_picture (xmlNode *node)
{
  const char *type = rp_xml_peek_attribute (node, "type");
  const char *medium = rp_xml_peek_attribute (node, "medium");

  if (medium != NULL)
    return strcmp (medium, "image") == 0;
  return type == NULL || g_str_has_prefix (type, "image/");
}

static void
read_link (Item *self, xmlNode *node)
{
  g_autofree char *href = rp_xml_dup_attribute (node, "href");
  const char *rel = rp_xml_peek_attribute (node, "rel");

  if (href == NULL) {
    g_autofree char *text = rp_xml_dup_text (node);
    g_autofree char *base = rp_feed_dup_base (node, self->base);
    g_autofree char *url = dup_whole_url (base, text);

    rp_article_fill (self->article, RP_ARTICLE_CANONICAL_URL, url);
    return;
  }
  if (rel == NULL || strcmp (rel, "alternate") == 0) {
    g_autofree char *base = rp_feed_dup_base (node, self->base);
    g_autofree char *url = rp_text_resolve_url (base, href);

    rp_article_fill (self->article, RP_ARTICLE_CANONICAL_URL, url);
  } else if (strcmp (rel, "license") == 0) {
    rp_fields_take (&self->licence, g_steal_pointer (&href));
  } else if (strcmp (rel, "enclosure") == 0 && is_picture (node)) {
    add_media (self, node, href, "featured");
  }
}

static void
read_guid (Item *self, xmlNode *node)
{
  g_autofree char *guid = rp_xml_dup_text (node);
  const char *permalink = rp_xml_peek_attribute (node, "isPermaLink");

  rp_article_fill (self->article, RP_ARTICLE_GUID, guid);
  if (g_strcmp0 (permalink, "false") != 0 && rp_text_is_web_url (guid))
    rp_fields_take (&self->permalink, g_steal_pointer (&guid));
}

static void
read_source (Item *self, xmlNode *node)
{
  g_autofree char *title =
    rp_feed_is_atom (node) ? rp_xml_dup_child_text (node, NULL, "title") : rp_feed_dup_plain (node);
  xmlNode *rights = rp_xml_child (node, NULL, "rights");
  xmlNode *author = rp_feed_is_atom (node) ? rp_xml_child (node, NULL, "author") : NULL;

  rp_article_fill (self->article, RP_ARTICLE_PROVIDER, title);
  if (rights != NULL && self->notice == NULL)
    self->notice = rp_feed_dup_plain (rights);
  if (author != NULL)
    rp_fields_take (&self->source_author, rp_xml_dup_child_text (author, NULL, "name"));
  for (xmlNode *link = node->children; link != NULL; link = link->next) {
    if (rp_feed_is_link_to (link, "license"))
      rp_fields_take (&self->licence, rp_xml_dup_attribute (link, "href"));
  }
}

static void
read_rsl (Item *self, xmlNode *node)
{
  g_autoptr (xmlBuffer) buffer = xmlBufferCreate ();
  g_autofree char *holder = NULL;

  for (xmlNode *part = node; part != NULL && holder == NULL;
       part = rp_xml_follow (part, node, TRUE)) {
    if (rp_xml_is (part, NULL, "copyright"))
      holder = rp_xml_dup_text (part);
    if (rp_xml_is (part, NULL, "prohibits") && holder == NULL) {
      g_autofree char *what = rp_xml_dup_text (part);

      if (what != NULL && strstr (what, "ai-") != NULL)
        rp_statement_fill (rp_article_get_statement (self->article), RP_STATEMENT_TDM, "reserved");
    }
  }
  xmlNodeDump (buffer, node->doc, node, 0, 0);
  rp_fields_take (&self->policy, g_strdup ((const char *) xmlBufferContent (buffer)));
  rp_fields_take (&self->holder, g_steal_pointer (&holder));
}

/* The text with the base that is stated for it, or for what it stands in. */
static void
take_text (Item *self, xmlNode *node)
{
  if (self->text_base == NULL)
    self->text_base = rp_feed_dup_base (node, NULL);
  if (self->text_base == NULL && self->has_base)
    self->text_base = rp_feed_dup_base (node, self->head->base_url);
  rp_fields_take (&self->content, rp_feed_dup_html (node));
}

/* Reads what RSS and Atom call by the same names. TRUE if the node was one of these. */
static gboolean
read_own (Item *self, xmlNode *node)
{
  if (rp_xml_is (node, NULL, "title")) {
    g_autofree char *html = rp_feed_dup_html (node);
    g_autofree char *title = rp_fields_dup_plain (html);

    rp_article_fill (self->article, RP_ARTICLE_HEADLINE, title);
  } else if (rp_xml_is (node, NULL, "link")) {
    read_link (self, node);
  } else if (rp_xml_is (node, NULL, "guid") || rp_xml_is (node, NULL, "id")) {
    read_guid (self, node);
  } else if (rp_xml_is (node, NULL, "description") || rp_xml_is (node, NULL, "summary") ||
             rp_xml_is (node, NULL, "abstract")) {
    rp_fields_take (&self->summary, rp_feed_dup_html (node));
  } else if (rp_xml_is (node, NULL, "content") || rp_xml_is (node, NULL, "fullitem")) {
    take_text (self, node);
  } else if (rp_xml_is (node, NULL, "author") && rp_feed_is_atom (node)) {
    add_person (self, node);
  } else if (rp_xml_is (node, NULL, "author")) {
    g_autofree char *text = rp_xml_dup_text (node);

    add_rss_author (self, text);
  } else if (rp_xml_is (node, NULL, "category")) {
    add_subject (self, node);
  } else if (rp_xml_is (node, NULL, "enclosure") && is_picture (node)) {
    add_media (self, node, rp_xml_peek_attribute (node, "url"), "featured");
  } else if (rp_xml_is (node, NULL, "source")) {
    read_source (self, node);
  } else if (rp_xml_is (node, NULL, "rights")) {
    rp_fields_take (&self->notice, rp_feed_dup_plain (node));
  } else {
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_time (Item *self, xmlNode *node)
{
  static const char *const published[] = {"pubDate", "published", "issued",
                                          "date",    "created",   NULL};
  static const char *const updated[] = {"updated", "modified", NULL};
  g_autofree char *text = NULL;

  if (g_strv_contains (published, (const char *) node->name)) {
    text = rp_xml_dup_text (node);
    rp_fields_set_time (self->article, RP_ARTICLE_PUBLISHED, text);
    return TRUE;
  }
  if (g_strv_contains (updated, (const char *) node->name)) {
    text = rp_xml_dup_text (node);
    rp_fields_set_time (self->article, RP_ARTICLE_UPDATED, text);
    return TRUE;
  }
  return FALSE;
}

static void
read_media_group (Item *self, xmlNode *node)
{
  if (rp_xml_is (node, NULL, "group")) {
    for (xmlNode *inner = node->children; inner != NULL; inner = inner->next) {
      if (rp_xml_is (inner, NULL, "content") && is_picture (inner))
        add_media (self, inner, rp_xml_peek_attribute (inner, "url"), "featured");
    }
  } else if ((rp_xml_is (node, NULL, "content") && is_picture (node)) ||
             rp_xml_is (node, NULL, "thumbnail")) {
    add_media (self, node, rp_xml_peek_attribute (node, "url"), "featured");
  } else if (rp_xml_is (node, NULL, "copyright")) {
    rp_fields_take (&self->notice, rp_feed_dup_plain (node));
  }
}

/* "start=…; end=…; scheme=W3C-DTF;" of DCMI. */
static void
read_period (Item *self, xmlNode *node)
{
  g_autofree char *text = rp_xml_dup_text (node);
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ";", -1);

  for (guint i = 0; parts[i] != NULL; i++) {
    const char *part = g_strstrip (parts[i]);

    if (g_str_has_prefix (part, "start="))
      rp_fields_set_time (self->article, RP_ARTICLE_EMBARGOED_UNTIL, part + strlen ("start="));
    else if (g_str_has_prefix (part, "end="))
      rp_fields_set_time (self->article, RP_ARTICLE_EXPIRES, part + strlen ("end="));
  }
}

/* Dublin Core terms and ccREL. TRUE if the node was one of these. */
static gboolean
read_terms (Item *self, xmlNode *node)
{
  if (rp_xml_is (node, NULL, "rightsHolder"))
    rp_fields_take (&self->holder, rp_feed_dup_plain (node));
  else if (rp_xml_is (node, NULL, "accessRights"))
    rp_fields_take (&self->terms, rp_feed_dup_plain (node));
  else if (rp_xml_is (node, NULL, "attributionName"))
    rp_fields_take (&self->licensor, rp_feed_dup_plain (node));
  else if (rp_xml_is (node, NULL, "valid") && rp_feed_is_ns (node, DCTERMS))
    read_period (self, node);
  else
    return FALSE;
  return TRUE;
}

static void
read_foreign (Item *self, xmlNode *node)
{
  g_autofree char *text = NULL;

  if (read_terms (self, node)) {
    return;
  } else if (rp_feed_is_licence (node)) {
    rp_fields_take (&self->licence, rp_feed_dup_licence (node));
  } else if (rp_feed_is_ns (node, RP_FEED_MEDIA)) {
    read_media_group (self, node);
  } else if (rp_feed_is_ns (node, RP_FEED_RSL)) {
    read_rsl (self, node);
  } else if (rp_xml_is (node, NULL, "encoded")) {
    take_text (self, node);
  } else if ((rp_xml_is (node, NULL, "body") || rp_xml_is (node, NULL, "div")) &&
             rp_feed_is_ns (node, XHTML)) {
    rp_fields_take (&self->content, rp_html_serialise (node));
  } else if (rp_xml_is (node, NULL, "summary")) {
    rp_fields_take (&self->summary, rp_feed_dup_html (node));
  } else if (rp_xml_is (node, NULL, "creator")) {
    text = rp_feed_dup_plain (node);
    rp_fields_add_byline (self->article, text);
  } else if (rp_xml_is (node, NULL, "rights")) {
    rp_fields_take (&self->notice, rp_feed_dup_plain (node));
  } else if (rp_xml_is (node, NULL, "subject") || rp_xml_is (node, NULL, "keywords")) {
    text = rp_feed_dup_plain (node);
    if (text != NULL)
      rp_article_add_tag (self->article, text);
  } else if (rp_xml_is (node, NULL, "language")) {
    text = rp_xml_dup_text (node);
    rp_fields_set_language (self->article, text);
  } else if (rp_xml_is (node, NULL, "origLink")) {
    text = rp_xml_dup_text (node);
    rp_article_set (self->article, RP_ARTICLE_CANONICAL_URL, text);
  } else if (rp_xml_is (node, NULL, "image") && rp_xml_peek_attribute (node, "href") != NULL) {
    add_media (self, node, rp_xml_peek_attribute (node, "href"), "featured");
  } else if (!read_time (self, node) && rp_xml_is (node, NULL, "author")) {
    text = rp_feed_dup_plain (node);
    rp_fields_add_byline (self->article, text);
  }
}

static void
read_parts (Item *self, xmlNode *item)
{
  for (xmlNode *node = item->children; node != NULL; node = node->next) {
    if (node->type != XML_ELEMENT_NODE)
      continue;
    rp_feed_mend_name (node);
    if (rp_feed_is_own (node) && (read_own (self, node) || read_time (self, node)))
      continue;
    read_foreign (self, node);
  }
}

/* What the item does not say, its feed says. */
static void
inherit (Item *self)
{
  const RpFeedHead *head = self->head;

  rp_article_fill (self->article, RP_ARTICLE_SITE_NAME, head->title);
  rp_article_fill (self->article, RP_ARTICLE_PROVIDER, head->title);
  rp_fields_set_language (self->article, head->language);
  if (rp_article_get_authors (self->article)->len == 0)
    add_rss_author (self, self->source_author != NULL ? self->source_author : head->author);
  rp_article_fill (self->article, RP_ARTICLE_CANONICAL_URL, self->permalink);
  rp_article_fill (self->article, RP_ARTICLE_GUID,
                   rp_article_get (self->article, RP_ARTICLE_CANONICAL_URL));
  if (rp_article_get (self->article, RP_ARTICLE_PUBLISHED) == NULL)
    rp_article_set (self->article, RP_ARTICLE_PUBLISHED,
                    rp_article_get (self->article, RP_ARTICLE_UPDATED));
}

static void
scan_rights (Item *self, RpRightsScan *scan)
{
  RpMarkupRights own = {.licence = self->licence,
                        .notice = self->notice,
                        .policy = self->policy,
                        .holder = self->holder,
                        .usage_terms = self->terms,
                        .evidence = "feed item"};
  RpMarkupRights inherited = {.evidence = "inherited:feed"};
  RpStatement *statement = rp_article_get_statement (self->article);

  rp_rights_scan_markup (scan, &own);
  rp_statement_fill (statement, RP_STATEMENT_COPYRIGHT_NOTICE, self->notice);
  rp_statement_fill (statement, RP_STATEMENT_USAGE_TERMS, self->terms);
  rp_statement_fill (statement, RP_STATEMENT_LICENSOR, self->licensor);
  if (self->licence == NULL && self->policy == NULL)
    inherited.licence = self->head->licence;
  if (self->notice == NULL)
    inherited.notice = self->head->copyright;
  rp_rights_scan_markup (scan, &inherited);
}

static void
set_texts (Item *self, RpRightsScan *scan)
{
  const char *base = rp_article_get (self->article, RP_ARTICLE_CANONICAL_URL);
  gboolean has_content = self->content != NULL && !rp_text_is_empty (self->content);

  if (has_content) {
    g_autofree char *plain = rp_fields_dup_plain (self->summary);

    rp_article_fill (self->article, RP_ARTICLE_SUMMARY, plain);
  }
  if (self->text_base != NULL)
    base = self->text_base;
  rp_lift_body (self->article, scan, has_content ? self->content : self->summary,
                base != NULL ? base : self->base);
}

gboolean
rp_feed_is_item (const char *local_name)
{
  return g_ascii_strcasecmp (local_name, "item") == 0 || strcmp (local_name, "entry") == 0;
}

RpArticle *
rp_feed_read_item (xmlNode *item, const RpFeedHead *head)
{
  g_autoptr (RpRightsScan) scan = rp_rights_scan_new (NULL);
  Item self = {.head = head, .article = rp_article_new ()};
  g_autofree char *about = rp_xml_dup_attribute (item, "about");
  g_autofree char *language = rp_xml_dup_attribute (item, "lang");
  g_autofree char *href = rp_xml_dup_attribute (item, "HREF"); /* CDF */

  self.base = rp_feed_dup_base (item, head->base_url != NULL ? head->base_url : head->link);
  self.has_base = head->base_url != NULL && g_strcmp0 (self.base, head->base_url) != 0;
  rp_article_fill (self.article, RP_ARTICLE_CANONICAL_URL, href);
  rp_article_fill (self.article, RP_ARTICLE_GUID, about);
  rp_fields_set_language (self.article, language);
  read_parts (&self, item);
  inherit (&self);
  scan_rights (&self, scan);
  set_texts (&self, scan);
  rp_rights_scan_finish (scan, self.article);
  rp_fields_derive_headline (self.article);
  g_free (self.content);
  g_free (self.summary);
  g_free (self.licence);
  g_free (self.notice);
  g_free (self.permalink);
  g_free (self.policy);
  g_free (self.holder);
  g_free (self.terms);
  g_free (self.licensor);
  g_free (self.base);
  g_free (self.text_base);
  g_free (self.source_author);

  return self.article;
}
