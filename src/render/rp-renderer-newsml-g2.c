/* IPTC NewsML-G2 2.35: one newsItem, power conformance, its text as XHTML inside. Codes are of the
 * IPTC catalogue or of the small catalogue that the item brings along, so that nothing has to be
 * fetched to read its rights. */
#include "rp-render-body.h"
#include "rp-render-credit.h"
#include "rp-render-rights.h"
#include "rp-render-xml.h"
#include "rp-renderer.h"
#include "rp-text.h"
#include "rp-time.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define NAR "http://iptc.org/std/nar/2006-10-01/"
#define XHTML "http://www.w3.org/1999/xhtml"
#define CATALOG "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_40.xml"
#define NO_MINING "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"

typedef struct {
  const RpRenderJob *job;
  const RpRenderRights *rights;
  xmlNode *item;
} G2;

static const char *
get (const G2 *self, RpArticleField field)
{
  return rp_article_get (self->job->article, field);
}

/* Head */

static void
add_catalogs (const G2 *self)
{
  xmlNode *reference = rp_render_xml_add (self->item, "catalogRef", NULL);
  xmlNode *catalog = rp_render_xml_add (self->item, "catalog", NULL);
  xmlNode *scheme = rp_render_xml_add (catalog, "scheme", NULL);

  rp_render_xml_set (reference, "href", CATALOG);
  rp_render_xml_set (scheme, "alias", "link");
  rp_render_xml_set (scheme, "uri", "http://www.iana.org/assignments/relation/");
}

static void
add_party (xmlNode *parent, const char *element, const char *name)
{
  xmlNode *party;

  if (rp_text_is_empty (name))
    return;
  party = rp_render_xml_add (parent, element, NULL);
  rp_render_xml_put (party, "name", name);
}

static void
add_link (xmlNode *parent, const char *rel, const char *href)
{
  xmlNode *link;

  if (href == NULL)
    return;
  link = rp_render_xml_add (parent, "link", NULL);
  rp_render_xml_set (link, "rel", rel);
  rp_render_xml_set (link, "href", href);
}

static void
add_expression (const G2 *self, xmlNode *info)
{
  g_autofree char *policy = rp_render_dup_policy (self->job, self->rights);
  xmlNode *data = rp_render_xml_put (info, "rightsExpressionData", policy);

  if (data == NULL)
    return;
  rp_render_xml_set (data, "langid", RP_RENDER_POLICY_LANGUAGE);
  rp_render_xml_set (data, "enctype", "application/ld+json");
}

static void
add_rights (const G2 *self)
{
  const RpRenderRights *rights = self->rights;
  xmlNode *info = rp_render_xml_add (self->item, "rightsInfo", NULL);
  xmlNode *terms;

  add_party (info, "copyrightHolder", rights->holder);
  rp_render_xml_put (info, "copyrightNotice", rights->notice);
  terms = rp_render_xml_put (info, "usageTerms", rights->usage_terms);
  if (terms != NULL)
    rp_render_xml_set (terms, "href", rights->terms_url);
  add_link (info, "link:license", rights->url);
  add_expression (self, info);
  if (rights->tdm_reserved)
    rp_render_xml_set (rp_render_xml_add (info, "dataMining", NULL), "uri", NO_MINING);
}

static void
add_code (xmlNode *parent, const char *element, const char *code)
{
  rp_render_xml_set (rp_render_xml_add (parent, element, NULL), "qcode", code);
}

static void
add_status (const G2 *self, xmlNode *meta)
{
  const char *status = get (self, RP_ARTICLE_PUBSTATUS);

  if (self->job->action == RP_ACTION_WITHDRAW)
    add_code (meta, "pubStatus", "stat:canceled");
  else if (g_strcmp0 (status, "withheld") == 0 || g_strcmp0 (status, "canceled") == 0)
    add_code (meta, "pubStatus", *status == 'w' ? "stat:withheld" : "stat:canceled");
  else
    add_code (meta, "pubStatus", "stat:usable");
}

static void
add_item_meta (const G2 *self)
{
  xmlNode *meta = rp_render_xml_add (self->item, "itemMeta", NULL);
  g_autofree char *now = rp_time_format (self->job->now);
  g_autofree char *first = rp_render_dup_time (self->job, RP_ARTICLE_PUBLISHED);
  g_autofree char *source = rp_render_dup_source (self->job);

  add_code (meta, "itemClass", "ninat:text");
  add_party (meta, "provider", source != NULL ? source : "Reprint");
  rp_render_xml_add (meta, "versionCreated", now != NULL ? now : "1970-01-01T00:00:00Z");
  rp_render_xml_put (meta, "firstCreated", first);
  rp_render_xml_put (meta, "embargoed", self->rights->embargo);
  add_status (self, meta);
  rp_render_xml_put (meta, "title", get (self, RP_ARTICLE_HEADLINE));
  rp_render_xml_put (meta, "edNote", get (self, RP_ARTICLE_ED_NOTE));
  rp_render_xml_put (meta, "expires", self->rights->expires);
  add_link (meta, "link:canonical", self->rights->original_url);
}

/* Content */

static void
add_creators (const G2 *self, xmlNode *meta)
{
  GPtrArray *authors = rp_article_get_authors (self->job->article);

  for (guint i = 0; i < authors->len; i++) {
    RpAuthor *author = authors->pdata[i];
    xmlNode *creator;

    if (rp_text_is_empty (author->name))
      continue;
    creator = rp_render_xml_add (meta, "creator", NULL);
    rp_render_xml_set (creator, "uri", rp_render_is_uri (author->uri) ? author->uri : NULL);
    rp_render_xml_put (creator, "name", author->name);
  }
}

static void
add_administration (const G2 *self, xmlNode *meta)
{
  const char *urgency = get (self, RP_ARTICLE_URGENCY);
  g_autofree char *created = rp_render_dup_time (self->job, RP_ARTICLE_PUBLISHED);
  g_autofree char *modified = rp_render_dup_time (self->job, RP_ARTICLE_UPDATED);

  if (urgency != NULL && strlen (urgency) == 1 && *urgency >= '1' && *urgency <= '9')
    rp_render_xml_add (meta, "urgency", urgency);
  rp_render_xml_put (meta, "contentCreated", created);
  rp_render_xml_put (meta, "contentModified", modified);
  add_creators (self, meta);
  rp_render_xml_put (meta, "altId", get (self, RP_ARTICLE_GUID));
}

static void
add_subjects (const G2 *self, xmlNode *meta)
{
  GPtrArray *tags = rp_article_get_tags (self->job->article);
  GPtrArray *subjects = rp_article_get_subjects (self->job->article);

  for (guint i = 0; i < tags->len; i++)
    rp_render_xml_put (meta, "keyword", tags->pdata[i]);
  for (guint i = 0; i < subjects->len; i++) {
    RpSubject *subject = subjects->pdata[i];
    g_autofree char *uri =
      g_strconcat (subject->scheme != NULL ? subject->scheme : "", subject->code, NULL);
    xmlNode *node;

    if (rp_text_is_empty (subject->code) && rp_text_is_empty (subject->name))
      continue;
    node = rp_render_xml_add (meta, "subject", NULL);
    if (rp_render_is_uri (uri))
      rp_render_xml_set (node, "uri", uri);
    else
      rp_render_xml_set (node, "literal", subject->code != NULL ? subject->code : subject->name);
    rp_render_xml_put (node, "name", subject->name);
  }
}

static void
put_role (xmlNode *meta, const char *element, const char *role, const char *text)
{
  xmlNode *node = rp_render_xml_put (meta, element, text);

  if (node != NULL)
    rp_render_xml_set (node, "role", role);
}

static void
add_content_meta (const G2 *self)
{
  xmlNode *meta = rp_render_xml_add (self->item, "contentMeta", NULL);
  g_autofree char *language = rp_render_dup_language (self->job);
  g_autofree char *byline = rp_article_dup_byline (self->job->article);

  add_administration (self, meta);
  if (language != NULL)
    rp_render_xml_set (rp_render_xml_add (meta, "language", NULL), "tag", language);
  add_subjects (self, meta);
  rp_render_xml_put (meta, "slugline", get (self, RP_ARTICLE_SLUGLINE));
  rp_render_xml_put (meta, "headline", get (self, RP_ARTICLE_HEADLINE));
  put_role (meta, "headline", "hlrole:subhead", get (self, RP_ARTICLE_SUBHEADLINE));
  rp_render_xml_put (meta, "dateline", get (self, RP_ARTICLE_DATELINE));
  rp_render_xml_put (meta, "by", byline);
  rp_render_xml_put (meta, "creditline", self->rights->credit);
  put_role (meta, "description", "drol:summary", get (self, RP_ARTICLE_SUMMARY));
}

static void
add_content (const G2 *self)
{
  xmlNode *set = rp_render_xml_add (self->item, "contentSet", NULL);
  xmlNode *inline_xml = rp_render_xml_add (set, "inlineXML", NULL);
  xmlNode *html = rp_render_xml_add (inline_xml, "html", NULL);
  xmlNs *ns = xmlNewNs (html, BAD_CAST XHTML, NULL);
  const char *headline = get (self, RP_ARTICLE_HEADLINE);
  g_autofree char *content = rp_render_dup_content (self->job, FALSE);
  xmlNode *head;

  rp_render_xml_set (inline_xml, "contenttype", "application/xhtml+xml");
  xmlSetNs (html, ns);
  head = rp_render_xml_add (html, "head", NULL);
  rp_render_xml_add (head, "title", headline != NULL ? headline : "");
  rp_render_xml_add_html (rp_render_xml_add (html, "body", NULL), ns, content);
}

static GBytes *
newsml_g2_render (const RpRenderJob *job, GError **error)
{
  g_autoptr (RpRenderRights) rights = rp_render_rights_new (job);
  g_autoptr (xmlDoc) doc = NULL;
  g_autofree char *uri = rp_render_dup_uri (job);
  g_autofree char *language = rp_render_dup_language (job);
  const char *version = rp_render_get_version (job);
  G2 self = {.job = job, .rights = rights};

  self.item = rp_render_xml_new ("newsItem", NAR, &doc);
  rp_render_xml_set (self.item, "standard", "NewsML-G2");
  rp_render_xml_set (self.item, "standardversion", "2.35");
  rp_render_xml_set (self.item, "conformance", "power");
  rp_render_xml_set (self.item, "guid", uri);
  rp_render_xml_set (self.item, "version",
                     g_ascii_strtoull (version, NULL, 10) > 0 ? version : "1");
  rp_render_xml_set_language (self.item, language);
  add_catalogs (&self);
  add_rights (&self);
  add_item_meta (&self);
  add_content_meta (&self);
  add_content (&self);

  return rp_render_xml_to_bytes (doc);
}

const RpRenderer rp_renderer_newsml_g2 = {
  .id = "newsml-g2",
  .title = N_ ("NewsML-G2 news item"),
  .media_type = "application/vnd.iptc.g2.newsitem+xml",
  .render = newsml_g2_render,
};
