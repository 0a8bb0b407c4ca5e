#include "rp-import-nitf.h"

#include <glib/gi18n-lib.h>

#include "rp-import-fields.h"
#include "rp-import-lift.h"
#include "rp-import-newscodes.h"
#include "rp-import-regex.h"
#include "rp-import-wire-body.h"
#include "rp-import-wire-xml.h"
#include "rp-import-wire.h"
#include "rp-text.h"
#include "rp-time.h"

typedef struct {
  xmlNode *root;
  xmlNode *docdata; /* NULL = none, as the following */
  xmlNode *body_head;
  const RpSource *source;
  RpArticle *article;
} Nitf;

static void
fill_attribute (const Nitf *self, RpArticleField field, const char *path, const char *attribute)
{
  g_autofree char *value = rp_wire_dup_attribute_at (self->docdata, path, attribute);

  rp_wire_fill (self->article, field, value);
}

static void
fill_text (const Nitf *self, RpArticleField field, const char *path)
{
  g_autofree char *value = rp_wire_dup_at (self->body_head, path);

  rp_wire_fill (self->article, field, value);
}

/* Heads */

static void
read_heads (const Nitf *self)
{
  g_autofree char *title = rp_wire_dup_at (self->root, "head/title");
  xmlNode *abstract = rp_wire_child (self->body_head, "abstract");
  g_autofree char *html =
    abstract != NULL ? rp_wire_content_to_html (abstract, self->source->base_url) : NULL;

  fill_text (self, RP_ARTICLE_HEADLINE, "hedline/hl1");
  if (self->body_head != NULL && rp_wire_child (self->body_head, "hedline") == NULL)
    fill_text (self, RP_ARTICLE_HEADLINE, "headline");
  rp_wire_fill (self->article, RP_ARTICLE_HEADLINE, title);
  fill_text (self, RP_ARTICLE_SUBHEADLINE, "hedline/hl2");
  rp_wire_fill (self->article, RP_ARTICLE_SUMMARY, html);
}

/* The byline without the titles in it. Gives. */
static char *
dup_without_titles (xmlNode *byline)
{
  g_autoptr (GString) text = g_string_new (NULL);
  xmlNode *node = byline;

  while (node != NULL) {
    gboolean title = rp_wire_is (node, "byttl") || rp_wire_is (node, "virtloc");

    if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) &&
        node->content != NULL)
      g_string_append (text, (const char *) node->content);
    else if (node->type == XML_ELEMENT_NODE)
      g_string_append_c (text, ' ');
    node = rp_xml_follow (node, byline, !title);
  }
  return rp_text_clean (text->str);
}

static void
read_byline (const Nitf *self, xmlNode *byline)
{
  xmlNode *person = rp_wire_find (byline, NULL, "person");
  g_autofree char *plain = NULL;

  for (; person != NULL; person = rp_wire_find (byline, person, "person")) {
    g_autofree char *name = dup_without_titles (person);

    rp_fields_add_byline (self->article, name);
  }
  if (rp_article_get_authors (self->article)->len > 0)
    return;
  plain = dup_without_titles (byline);
  rp_fields_add_byline (self->article, plain);
}

static void
read_bylines (const Nitf *self)
{
  gboolean known = rp_article_get_authors (self->article)->len > 0;

  for (xmlNode *node = rp_wire_child (self->body_head, "byline"); node != NULL && !known;
       node = rp_wire_next (node, "byline"))
    read_byline (self, node);
  if (rp_article_get_authors (self->article)->len == 0) {
    xmlNode *inside = rp_wire_find (rp_wire_child (self->root, "body"), NULL, "byline");

    if (inside != NULL)
      read_byline (self, inside);
  }
}

/* "London, 2 May (XY) -": all of it, unless it is a time and no place. */
static void
read_dateline (const Nitf *self)
{
  xmlNode *dateline = rp_wire_child (self->body_head, "dateline");
  xmlNode *location = rp_wire_child (dateline, "location");
  g_autofree char *place = location != NULL ? rp_xml_dup_text (location) : NULL;
  g_autofree char *all = dateline != NULL ? rp_xml_dup_text (dateline) : NULL;
  g_autofree char *norm = rp_wire_dup_attribute_at (dateline, "story.date", "norm");

  if (all != NULL && rp_time_parse (all, NULL, NULL, NULL)) {
    rp_wire_set_time (self->article, RP_ARTICLE_PUBLISHED, all);
    return;
  }
  rp_wire_fill (self->article, RP_ARTICLE_DATELINE, place);
  rp_wire_fill (self->article, RP_ARTICLE_DATELINE, all);
  rp_wire_set_time (self->article, RP_ARTICLE_PUBLISHED, norm);
}

/* Document data */

static void
read_ids (const Nitf *self)
{
  g_autofree char *urgency = rp_wire_dup_attribute_at (self->docdata, "urgency", "ed-urg");
  g_autofree char *status = rp_wire_dup_attribute (self->docdata, "management-status");
  g_autofree char *language = rp_wire_dup_attribute (self->root, "lang");
  g_autofree char *base = rp_wire_dup_attribute (self->root, "baselang");

  fill_attribute (self, RP_ARTICLE_GUID, "doc-id", "id-string");
  fill_attribute (self, RP_ARTICLE_VERSION, "du-key", "version");
  fill_attribute (self, RP_ARTICLE_SLUGLINE, "du-key", "key");
  fill_attribute (self, RP_ARTICLE_SLUGLINE, "key-list/keyword", "key");
  rp_fields_set_urgency (self->article, urgency);
  if (rp_article_get (self->article, RP_ARTICLE_PUBSTATUS) == NULL)
    rp_fields_set_pubstatus (self->article, status);
  rp_fields_set_language (self->article, base);
  rp_fields_set_language (self->article, language);
}

/* The date of issue is that of this revision. */
static void
read_times (const Nitf *self)
{
  g_autofree char *issue = rp_wire_dup_attribute_at (self->docdata, "date.issue", "norm");
  g_autofree char *release = rp_wire_dup_attribute_at (self->docdata, "date.release", "norm");
  g_autofree char *expire = rp_wire_dup_attribute_at (self->docdata, "date.expire", "norm");
  g_autofree char *status = rp_wire_dup_attribute (self->docdata, "management-status");
  g_autofree char *printed =
    rp_wire_dup_attribute_at (self->root, "head/pubdata", "date.publication");
  xmlNode *revision = rp_wire_at (self->root, "head/revision-history");
  gboolean held = status != NULL && g_ascii_strcasecmp (status, "embargoed") == 0;

  rp_wire_set_time (self->article, RP_ARTICLE_PUBLISHED, issue);
  if (held || rp_wire_is_later (self->article, RP_ARTICLE_PUBLISHED, release))
    rp_wire_set_time (self->article, RP_ARTICLE_EMBARGOED_UNTIL, release);
  rp_wire_set_time (self->article, RP_ARTICLE_PUBLISHED, release);
  rp_wire_set_time (self->article, RP_ARTICLE_PUBLISHED, printed);
  rp_wire_set_time (self->article, RP_ARTICLE_EXPIRES, expire);
  while (rp_wire_next (revision, "revision-history") != NULL)
    revision = rp_wire_next (revision, "revision-history");
  if (revision != NULL) {
    g_autofree char *norm = rp_wire_dup_attribute (revision, "norm");

    rp_wire_set_time (self->article, RP_ARTICLE_UPDATED, norm);
  }
  if (issue != NULL)
    rp_article_fill (self->article, RP_ARTICLE_UPDATED,
                     rp_article_get (self->article, RP_ARTICLE_PUBLISHED));
}

static void
read_subject (const Nitf *self, xmlNode *subject)
{
  static const char *const levels[] = {"tobject.subject.detail", "tobject.subject.matter",
                                       "tobject.subject.type"};
  g_autofree char *code = rp_wire_dup_attribute (subject, "tobject.subject.refnum");
  g_autofree char *name = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (levels) && name == NULL; i++)
    name = rp_wire_dup_attribute (subject, levels[i]);
  if (code != NULL)
    rp_newscodes_add (self->article, code, name, NULL);
  else if (name != NULL)
    rp_article_add_tag (self->article, name);
}

static void
read_words (const Nitf *self)
{
  for (xmlNode *node = rp_wire_find (self->root, NULL, "tobject.subject"); node != NULL;
       node = rp_wire_find (self->root, node, "tobject.subject"))
    read_subject (self, node);
  for (xmlNode *node = rp_wire_find (self->docdata, NULL, "keyword"); node != NULL;
       node = rp_wire_find (self->docdata, node, "keyword")) {
    g_autofree char *key = rp_wire_dup_attribute (node, "key");
    g_autofree char *text = rp_xml_dup_text (node);

    rp_article_add_tag (self->article, key);
    rp_article_add_tag (self->article, text);
  }
}

static void
read_provider (const Nitf *self)
{
  fill_text (self, RP_ARTICLE_PROVIDER, "distributor/org");
  fill_text (self, RP_ARTICLE_PROVIDER, "distributor");
  fill_attribute (self, RP_ARTICLE_PROVIDER, "del-list/from-src", "src-name");
  fill_attribute (self, RP_ARTICLE_PROVIDER, "doc-id", "regsrc");
}

static void
read_notes (const Nitf *self)
{
  static const char *const paths[][2] = {{"ed-msg", "info"}, {"correction", "info"}};
  static const char *const ends[] = {"body/body.end/tagline", "body/body.end/bibliography"};

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++) {
    for (xmlNode *node = rp_wire_child (self->docdata, paths[i][0]); node != NULL;
         node = rp_wire_next (node, paths[i][0])) {
      g_autofree char *note = rp_wire_dup_attribute (node, paths[i][1]);

      rp_wire_add_note (self->article, note);
    }
  }
  for (xmlNode *node = rp_wire_child (self->body_head, "note"); node != NULL;
       node = rp_wire_next (node, "note")) {
    g_autofree char *note = rp_xml_dup_text (node);

    rp_wire_add_note (self->article, note);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autofree char *note = rp_wire_dup_at (self->root, ends[i]);

    rp_wire_add_note (self->article, note);
  }
}

/* Rights */

static void
read_doc_rights (const Nitf *self, RpWireRights *rights)
{
  for (xmlNode *node = rp_wire_child (self->docdata, "doc.rights"); node != NULL;
       node = rp_wire_next (node, "doc.rights")) {
    g_autofree char *type = rp_wire_dup_attribute (node, "type");
    g_autofree char *limits = rp_wire_dup_attribute (node, "limitations");
    g_autofree char *geography = rp_wire_dup_attribute (node, "geography");
    g_autofree char *start = rp_wire_dup_attribute (node, "startdate");
    g_autofree char *end = rp_wire_dup_attribute (node, "enddate");

    rp_wire_rights_take (&rights->licensor, rp_wire_dup_attribute (node, "agent"));
    rp_wire_rights_take (&rights->licensor, rp_wire_dup_attribute (node, "owner"));
    rp_wire_rights_add_terms (rights, NULL, type);
    rp_wire_rights_add_terms (rights, NULL, limits);
    rp_wire_rights_add_terms (rights, _ ("Territory: %s."), geography);
    rp_wire_rights_set_window (rights, self->article, start, end);
  }
}

/* The printed forms of the same. */
static void
read_printed_rights (const Nitf *self, RpWireRights *rights)
{
  xmlNode *printed = rp_wire_child (self->body_head, "rights");
  g_autofree char *type = rp_wire_dup_at (printed, "rights.type");
  g_autofree char *limits = rp_wire_dup_at (printed, "rights.limitations");
  g_autofree char *geography = rp_wire_dup_at (printed, "rights.geography");
  g_autofree char *start = rp_wire_dup_attribute_at (printed, "rights.startdate", "norm");
  g_autofree char *end = rp_wire_dup_attribute_at (printed, "rights.enddate", "norm");

  rp_wire_rights_take (&rights->licensor, rp_wire_dup_at (printed, "rights.agent"));
  rp_wire_rights_take (&rights->licensor, rp_wire_dup_at (printed, "rights.owner"));
  rp_wire_rights_add_terms (rights, NULL, type);
  rp_wire_rights_add_terms (rights, NULL, limits);
  rp_wire_rights_add_terms (rights, _ ("Territory: %s."), geography);
  rp_wire_rights_set_window (rights, self->article, start, end);
  if (printed != NULL && xmlFirstElementChild (printed) == NULL) {
    g_autofree char *words = rp_xml_dup_text (printed);

    rp_wire_rights_add_terms (rights, NULL, words);
  }
}

static void
read_copyright (const Nitf *self, RpWireRights *rights)
{
  g_autofree char *year = rp_wire_dup_attribute_at (self->docdata, "doc.copyright", "year");
  xmlNode *printed = rp_wire_find (self->root, NULL, "copyrite");

  rp_wire_rights_take (&rights->holder,
                       rp_wire_dup_attribute_at (self->docdata, "doc.copyright", "holder"));
  rp_wire_rights_take (&rights->holder, rp_wire_dup_at (printed, "copyrite.holder"));
  if (printed != NULL)
    rp_wire_rights_take (&rights->notice, rp_xml_dup_text (printed));
  if (rights->holder != NULL && year != NULL)
    rp_wire_rights_take (&rights->notice, g_strdup_printf ("© %s %s", year, rights->holder));
}

/* What the standard has no element for. */
static void
read_metas (const Nitf *self, RpWireRights *rights)
{
  for (xmlNode *node = rp_wire_child (rp_wire_child (self->root, "head"), "meta"); node != NULL;
       node = rp_wire_next (node, "meta")) {
    g_autofree char *name = rp_wire_dup_attribute (node, "name");
    g_autofree char *content = rp_wire_dup_attribute (node, "content");

    if (g_strcmp0 (name, "license") == 0)
      rp_wire_rights_take (&rights->licence, g_steal_pointer (&content));
    else if (g_strcmp0 (name, "tdm-reservation") == 0)
      rp_wire_rights_set_tdm (rights, content);
    else if (g_strcmp0 (name, "tdm-policy") == 0)
      rp_wire_rights_set_policy (rights, content);
    else if (g_strcmp0 (name, "canonical") == 0 && rp_text_is_web_url (content))
      rp_article_fill (self->article, RP_ARTICLE_CANONICAL_URL, content);
  }
}

static void
read_rights (const Nitf *self, RpRightsScan *scan)
{
  g_auto (RpWireRights) rights = {.evidence = "nitf"};

  read_metas (self, &rights);
  read_copyright (self, &rights);
  read_doc_rights (self, &rights);
  read_printed_rights (self, &rights);
  if (rights.holder == NULL)
    rights.holder = g_steal_pointer (&rights.licensor);
  rp_wire_rights_apply (&rights, self->article, scan);
}

/* Body */

/* What a picture says of itself in <media-metadata name= value=>. */
static void
read_picture_facts (RpMedia *picture, xmlNode *media)
{
  static const struct {
    const char *word;
    RpMediaField field;
  } facts[] = {{"credit", RP_MEDIA_CREDIT},       {"byline", RP_MEDIA_CREDIT},
               {"copyright", RP_MEDIA_COPYRIGHT}, {"usage", RP_MEDIA_USAGE_TERMS},
               {"licen", RP_MEDIA_LICENCE_URL},   {"caption", RP_MEDIA_CAPTION}};

  for (xmlNode *node = rp_wire_child (media, "media-metadata"); node != NULL;
       node = rp_wire_next (node, "media-metadata")) {
    g_autofree char *name = rp_wire_dup_attribute (node, "name");
    g_autofree char *value = rp_wire_dup_attribute (node, "value");
    g_autofree char *lower = name != NULL ? g_ascii_strdown (name, -1) : NULL;

    for (gsize i = 0; lower != NULL && i < G_N_ELEMENTS (facts); i++) {
      if (g_strrstr (lower, facts[i].word) != NULL &&
          rp_media_get (picture, facts[i].field) == NULL)
        rp_media_set (picture, facts[i].field, value);
    }
  }
}

static void
read_picture (xmlNode *media, const RpSource *source, RpArticle *article)
{
  xmlNode *reference = rp_wire_find_reference (media);
  g_autofree char *href = rp_wire_dup_attribute (reference, "source");
  g_autoptr (RpMedia) picture = reference != NULL ? rp_wire_picture_new (source, href) : NULL;
  g_autofree char *caption = rp_wire_dup_caption (media);
  g_autofree char *alt = rp_wire_dup_attribute (reference, "alternate-text");
  g_autofree char *type = rp_wire_dup_attribute (reference, "mime-type");
  g_autofree char *copyright = rp_wire_dup_attribute (reference, "copyright");
  g_autofree char *producer = rp_wire_dup_at (media, "media-producer");

  if (picture == NULL)
    return;
  rp_media_set (picture, RP_MEDIA_CAPTION, caption);
  rp_media_set (picture, RP_MEDIA_ALT, alt);
  rp_media_set (picture, RP_MEDIA_MIME_TYPE, type);
  rp_media_set (picture, RP_MEDIA_COPYRIGHT, copyright);
  rp_media_set (picture, RP_MEDIA_CREDIT, producer);
  rp_media_set (picture, RP_MEDIA_ROLE, "inline");
  read_picture_facts (picture, media);
  rp_wire_add_picture (article, picture);
}

void
rp_nitf_read_body (xmlNode *content, const RpSource *source, RpArticle *article, RpRightsScan *scan)
{
  g_autofree char *html = rp_wire_content_to_html (content, source->base_url);

  rp_lift_body (article, scan, html, source->base_url);
  for (xmlNode *node = rp_wire_find (content, NULL, "media"); node != NULL;
       node = rp_wire_find (content, node, "media"))
    read_picture (node, source, article);
}

void
rp_nitf_read (xmlNode *nitf, const RpSource *source, RpArticle *article, RpRightsScan *scan)
{
  Nitf self = {.root = nitf, .source = source, .article = article};
  xmlNode *body = rp_wire_child (nitf, "body");

  self.docdata = rp_wire_at (nitf, "head/docdata");
  self.body_head = rp_wire_child (body, "body.head");
  read_ids (&self);
  read_times (&self);
  read_dateline (&self);
  read_heads (&self);
  read_bylines (&self);
  read_words (&self);
  read_provider (&self);
  read_notes (&self);
  read_rights (&self, scan);
  if (rp_article_get (article, RP_ARTICLE_BODY_HTML) == NULL)
    rp_nitf_read_body (body != NULL ? body : nitf, source, article, scan);
}
