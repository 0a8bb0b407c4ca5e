/* IPTC NITF 3.6. Rights stand twice: for programs in the head, for readers in the printed forms of
 * the body's head. */
#include "rp-render-body.h"
#include "rp-render-credit.h"
#include "rp-render-nitf-body.h"
#include "rp-render-rights.h"
#include "rp-render-xml.h"
#include "rp-renderer.h"
#include "rp-text.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define NITF "http://iptc.org/std/NITF/2006-10-18/"

typedef struct {
  const RpRenderJob *job;
  const RpRenderRights *rights;
  xmlNode *root;
} Nitf;

static const char *
get (const Nitf *self, RpArticleField field)
{
  return rp_article_get (self->job->article, field);
}

/* An element that carries one value in an attribute; nothing without the value. */
static void
put_attribute (xmlNode *parent, const char *element, const char *attribute, const char *value)
{
  if (!rp_text_is_empty (value))
    rp_render_xml_set (rp_render_xml_add (parent, element, NULL), attribute, value);
}

/* Head */

static void
add_meta (xmlNode *head, const char *name, const char *content)
{
  xmlNode *meta;

  if (rp_text_is_empty (content))
    return;
  meta = rp_render_xml_add (head, "meta", NULL);
  rp_render_xml_set (meta, "name", name);
  rp_render_xml_set (meta, "content", content);
}

/* What the standard has no element for: the licence's address, the original, the reservation. */
static void
add_metas (const Nitf *self, xmlNode *head)
{
  add_meta (head, "license", self->rights->url);
  add_meta (head, "canonical", self->rights->original_url);
  if (self->rights->tdm_reserved) {
    add_meta (head, "tdm-reservation", "1");
    add_meta (head, "tdm-policy", self->rights->tdm_policy);
  }
}

static gboolean
is_token (const char *text)
{
  for (const char *at = text; at != NULL && *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && strchr (".-_:", *at) == NULL)
      return FALSE;

  return !rp_text_is_empty (text);
}

static void
add_subjects (const Nitf *self, xmlNode *head)
{
  GPtrArray *subjects = rp_article_get_subjects (self->job->article);
  xmlNode *tobject = NULL;

  for (guint i = 0; i < subjects->len; i++) {
    RpSubject *subject = subjects->pdata[i];
    xmlNode *node;

    if (!is_token (subject->code))
      continue;
    if (tobject == NULL)
      tobject = rp_render_xml_add (head, "tobject", NULL);
    node = rp_render_xml_add (tobject, "tobject.subject", NULL);
    rp_render_xml_set (node, "tobject.subject.refnum", subject->code);
    rp_render_xml_set (node, "tobject.subject.type", subject->name);
  }
}

static void
add_keywords (const Nitf *self, xmlNode *docdata)
{
  GPtrArray *tags = rp_article_get_tags (self->job->article);
  xmlNode *list = tags->len > 0 ? rp_render_xml_add (docdata, "key-list", NULL) : NULL;

  for (guint i = 0; i < tags->len; i++)
    put_attribute (list, "keyword", "key", tags->pdata[i]);
}

static void
add_rights (const Nitf *self, xmlNode *docdata)
{
  const RpRenderRights *rights = self->rights;
  const RpTerms *terms = rp_render_get_terms (self->job);
  xmlNode *copyright;
  xmlNode *node;

  if (rights->holder != NULL) {
    copyright = rp_render_xml_add (docdata, "doc.copyright", NULL);
    rp_render_xml_set (copyright, "year", rights->year);
    rp_render_xml_set (copyright, "holder", rights->holder);
  }
  node = rp_render_xml_add (docdata, "doc.rights", NULL);
  rp_render_xml_set (node, "owner", rights->holder);
  rp_render_xml_set (node, "agent", rights->licensor);
  rp_render_xml_set (node, "startdate", rights->embargo);
  rp_render_xml_set (node, "enddate", rights->expires);
  rp_render_xml_set (node, "limitations", rights->usage_terms);
  if (terms != NULL && terms->territory_allow != NULL) {
    g_autofree char *places = g_strjoinv (", ", terms->territory_allow);

    rp_render_xml_set (node, "geography", places);
  }
}

static const char *
get_status (const Nitf *self)
{
  const char *status = get (self, RP_ARTICLE_PUBSTATUS);

  if (self->job->action == RP_ACTION_WITHDRAW)
    return "canceled";

  return status != NULL ? status : "usable";
}

static void
add_key (const Nitf *self, xmlNode *docdata)
{
  const char *slug = get (self, RP_ARTICLE_SLUGLINE);
  const char *version = rp_render_get_version (self->job);
  g_autofree char *uri = rp_render_dup_uri (self->job);
  xmlNode *key = rp_render_xml_add (docdata, "du-key", NULL);

  rp_render_xml_set (key, "version", is_token (version) ? version : NULL);
  rp_render_xml_set (key, "key", slug != NULL ? slug : uri);
}

static void
add_docdata (const Nitf *self, xmlNode *head)
{
  xmlNode *docdata = rp_render_xml_add (head, "docdata", NULL);
  const char *urgency = get (self, RP_ARTICLE_URGENCY);
  g_autofree char *uri = rp_render_dup_uri (self->job);
  g_autofree char *published = rp_render_dup_time (self->job, RP_ARTICLE_PUBLISHED);
  g_autofree char *source = rp_render_dup_source (self->job);
  xmlNode *id;

  rp_render_xml_set (docdata, "management-status", get_status (self));
  id = rp_render_xml_add (docdata, "doc-id", NULL);
  rp_render_xml_set (id, "regsrc", source);
  rp_render_xml_set (id, "id-string", uri);
  put_attribute (docdata, "urgency", "ed-urg", is_token (urgency) ? urgency : NULL);
  put_attribute (docdata, "date.issue", "norm", published);
  put_attribute (docdata, "date.release", "norm", self->rights->embargo);
  put_attribute (docdata, "date.expire", "norm", self->rights->expires);
  put_attribute (docdata, "ed-msg", "info", get (self, RP_ARTICLE_ED_NOTE));
  add_key (self, docdata);
  add_rights (self, docdata);
  add_keywords (self, docdata);
}

static void
add_head (const Nitf *self)
{
  xmlNode *head = rp_render_xml_add (self->root, "head", NULL);
  g_autofree char *updated = rp_render_dup_time (self->job, RP_ARTICLE_UPDATED);

  rp_render_xml_put (head, "title", get (self, RP_ARTICLE_HEADLINE));
  add_metas (self, head);
  add_subjects (self, head);
  add_docdata (self, head);
  put_attribute (head, "revision-history", "norm", updated);
}

/* The head of the body */

static void
add_hedline (const Nitf *self, xmlNode *body_head)
{
  const char *headline = get (self, RP_ARTICLE_HEADLINE);
  xmlNode *hedline;

  if (headline == NULL)
    return;
  hedline = rp_render_xml_add (body_head, "hedline", NULL);
  rp_render_xml_add (hedline, "hl1", headline);
  rp_render_xml_put (hedline, "hl2", get (self, RP_ARTICLE_SUBHEADLINE));
}

static void
put_moment (xmlNode *rights, const char *element, const char *time)
{
  xmlNode *node = rp_render_xml_put (rights, element, time);

  if (node != NULL)
    rp_render_xml_set (node, "norm", time);
}

static void
add_printed_rights (const Nitf *self, xmlNode *body_head)
{
  const RpRenderRights *rights = self->rights;
  xmlNode *node = rp_render_xml_add (body_head, "rights", NULL);

  rp_render_xml_put (node, "rights.owner", rights->holder);
  put_moment (node, "rights.startdate", rights->embargo);
  put_moment (node, "rights.enddate", rights->expires);
  rp_render_xml_put (node, "rights.agent", rights->licensor);
  rp_render_xml_put (node, "rights.limitations", rights->usage_terms);
  if (node->children == NULL) {
    xmlUnlinkNode (node);
    xmlFreeNode (node);
  }
}

static void
add_bylines (const Nitf *self, xmlNode *body_head)
{
  GPtrArray *authors = rp_article_get_authors (self->job->article);

  for (guint i = 0; i < authors->len; i++) {
    RpAuthor *author = authors->pdata[i];

    if (!rp_text_is_empty (author->name))
      rp_render_xml_add (rp_render_xml_add (body_head, "byline", NULL), "person", author->name);
  }
}

static void
add_body_head (const Nitf *self, xmlNode *body)
{
  xmlNode *body_head = rp_render_xml_add (body, "body.head", NULL);
  const char *dateline = get (self, RP_ARTICLE_DATELINE);
  const char *summary = get (self, RP_ARTICLE_SUMMARY);
  g_autofree char *source = rp_render_dup_source (self->job);

  add_hedline (self, body_head);
  add_printed_rights (self, body_head);
  add_bylines (self, body_head);
  rp_render_xml_put (body_head, "distributor", source);
  if (dateline != NULL)
    rp_render_xml_add (rp_render_xml_add (body_head, "dateline", NULL), "location", dateline);
  if (summary != NULL)
    rp_render_xml_add (rp_render_xml_add (body_head, "abstract", NULL), "p", summary);
}

/* "© 2026 Holder" is what readers make of doc.copyright; another wording has to be printed. */
static void
add_notice (const Nitf *self, xmlNode *content)
{
  const RpRenderRights *rights = self->rights;
  g_autofree char *usual = rights->year != NULL && rights->holder != NULL
                             ? g_strdup_printf ("© %s %s", rights->year, rights->holder)
                             : NULL;

  if (rights->notice != NULL && g_strcmp0 (rights->notice, usual) != 0)
    rp_render_xml_add (rp_render_xml_add (content, "p", NULL), "copyrite", rights->notice);
}

static GBytes *
nitf_render (const RpRenderJob *job, GError **error)
{
  g_autoptr (RpRenderRights) rights = rp_render_rights_new (job);
  g_autoptr (xmlDoc) doc = NULL;
  g_autofree char *content = rp_render_dup_content (job, FALSE);
  g_autofree char *language = rp_render_dup_language (job);
  Nitf self = {.job = job, .rights = rights};
  xmlNode *body;
  xmlNode *body_content;

  self.root = rp_render_xml_new ("nitf", NITF, &doc);
  rp_render_xml_set_language (self.root, language);
  rp_render_xml_set (self.root, "baselang", language);
  add_head (&self);
  body = rp_render_xml_add (self.root, "body", NULL);
  add_body_head (&self, body);
  body_content = rp_render_xml_add (body, "body.content", NULL);
  rp_render_nitf_body (job, content, body_content);
  add_notice (&self, body_content);

  return rp_render_xml_to_bytes (doc);
}

const RpRenderer rp_renderer_nitf = {
  .id = "nitf",
  .title = N_ ("NITF news item"),
  .media_type = "application/nitf+xml",
  .render = nitf_render,
};
