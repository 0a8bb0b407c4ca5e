#include "rp-render-nitf-body.h"

#include "rp-html.h"
#include "rp-render-body.h"
#include "rp-render-xml.h"
#include "rp-text.h"

#include <string.h>

typedef struct {
  const RpRenderJob *job;
  GPtrArray *pictures; /* borrowed <img> that stood within a line: they follow the block */
} Writer;

static void write_blocks (const Writer *self, xmlNode *source, xmlNode *parent);
static void write_mixed (const Writer *self, xmlNode *source, xmlNode *parent);

static void
add_text (xmlNode *parent, const char *text)
{
  xmlNode *node = xmlNewDocText (parent->doc, BAD_CAST text);

  xmlAddChild (parent, node);
}

/* Pictures */

static RpMedia *
find_media (const Writer *self, const char *url)
{
  GPtrArray *media = rp_article_get_media (self->job->article);

  for (guint i = 0; i < media->len; i++)
    if (g_strcmp0 (rp_render_get_media_url (self->job, media->pdata[i]), url) == 0)
      return media->pdata[i];

  return NULL;
}

static void
add_metadata (xmlNode *picture, const char *name, const char *value)
{
  xmlNode *node;

  if (rp_text_is_empty (value))
    return;
  node = rp_render_xml_add (picture, "media-metadata", NULL);
  rp_render_xml_set (node, "name", name);
  rp_render_xml_set (node, "value", value);
}

static void
add_words (xmlNode *picture, const char *element, const char *text)
{
  if (!rp_text_is_empty (text))
    rp_render_xml_add (rp_render_xml_add (picture, element, NULL), "p", text);
}

static void
write_known_picture (RpMedia *media, xmlNode *picture, const char *src)
{
  xmlNode *reference;

  add_metadata (picture, "licence", rp_media_get (media, RP_MEDIA_LICENCE_URL));
  add_metadata (picture, "usage terms", rp_media_get (media, RP_MEDIA_USAGE_TERMS));
  reference = rp_render_xml_add (picture, "media-reference", NULL);
  rp_render_xml_set (reference, "source", src);
  rp_render_xml_set (reference, "name", rp_media_get (media, RP_MEDIA_NAME));
  rp_render_xml_set (reference, "mime-type", rp_media_get (media, RP_MEDIA_MIME_TYPE));
  rp_render_xml_set (reference, "copyright", rp_media_get (media, RP_MEDIA_COPYRIGHT));
  rp_render_xml_set (reference, "alternate-text", rp_media_get (media, RP_MEDIA_ALT));
  add_words (picture, "media-caption", rp_media_get (media, RP_MEDIA_CAPTION));
  rp_render_xml_put (picture, "media-producer", rp_media_get (media, RP_MEDIA_CREDIT));
}

static void
write_picture (const Writer *self, xmlNode *image, xmlNode *figure, xmlNode *parent)
{
  const char *src = rp_xml_peek_attribute (image, "src");
  RpMedia *media = find_media (self, src);
  xmlNode *caption = figure != NULL ? rp_render_xml_find (figure, "figcaption") : NULL;
  g_autofree char *words = caption != NULL ? rp_xml_dup_text (caption) : NULL;
  xmlNode *picture;
  xmlNode *reference;

  if (rp_text_is_empty (src))
    return;
  picture = rp_render_xml_add (parent, "media", NULL);
  rp_render_xml_set (picture, "media-type", "image");
  if (media != NULL) {
    write_known_picture (media, picture, src);
    return;
  }
  reference = rp_render_xml_add (picture, "media-reference", NULL);
  rp_render_xml_set (reference, "source", src);
  rp_render_xml_set (reference, "alternate-text", rp_xml_peek_attribute (image, "alt"));
  add_words (picture, "media-caption", words);
}

/* NITF has no pictures within a line. */
static void
write_waiting_pictures (const Writer *self, xmlNode *parent)
{
  for (guint i = 0; i < self->pictures->len; i++)
    write_picture (self, self->pictures->pdata[i], NULL, parent);
  g_ptr_array_set_size (self->pictures, 0);
}

/* Within a line */

static void write_inline (const Writer *self, xmlNode *node, xmlNode *parent);

static void
write_inlines (const Writer *self, xmlNode *source, xmlNode *parent)
{
  for (xmlNode *node = source->children; node != NULL; node = node->next)
    write_inline (self, node, parent);
}

static void
write_link (const Writer *self, xmlNode *link, xmlNode *parent)
{
  const char *rel = rp_xml_peek_attribute (link, "rel");
  xmlNode *copy = rp_render_xml_add (parent, "a", NULL);

  rp_render_xml_set (copy, "href", rp_xml_peek_attribute (link, "href"));
  /* One word is all that the standard takes. */
  if (rel != NULL && strstr (rel, "license") != NULL)
    rp_render_xml_set (copy, "rel", "license");
  write_inlines (self, link, copy);
}

static void
write_inline (const Writer *self, xmlNode *node, xmlNode *parent)
{
  static const char *const stressed[] = {"em", "i", "strong", "b", "cite", "u", "mark", NULL};

  if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
    add_text (parent, (const char *) node->content);
  else if (node->type != XML_ELEMENT_NODE)
    return;
  else if (rp_xml_is (node, NULL, "img"))
    g_ptr_array_add (self->pictures, node);
  else if (rp_xml_is (node, NULL, "br"))
    rp_render_xml_add (parent, "br", NULL);
  else if (rp_xml_is (node, NULL, "a") && rp_xml_peek_attribute (node, "href") != NULL)
    write_link (self, node, parent);
  else if (rp_render_xml_is_among (node, stressed))
    write_inlines (self, node, rp_render_xml_add (parent, "em", NULL));
  else if (rp_xml_is (node, NULL, "q"))
    write_inlines (self, node, rp_render_xml_add (parent, "q", NULL));
  else
    write_inlines (self, node, parent);
}

/* Blocks */

static void
write_line (const Writer *self, xmlNode *source, xmlNode *parent, const char *element)
{
  xmlNode *line = rp_render_xml_add (parent, element, NULL);

  rp_render_xml_set (line, "class", rp_xml_peek_attribute (source, "class"));
  write_inlines (self, source, line);
  /* A paragraph that held nothing but its picture. */
  if (line->children == NULL && self->pictures->len > 0) {
    xmlUnlinkNode (line);
    xmlFreeNode (line);
  }
  write_waiting_pictures (self, parent);
}

static void
write_list (const Writer *self, xmlNode *source, xmlNode *parent)
{
  xmlNode *list = NULL;

  for (xmlNode *node = source->children; node != NULL; node = node->next) {
    if (!rp_xml_is (node, NULL, "li"))
      continue;
    if (list == NULL)
      list = rp_render_xml_add (parent, (const char *) source->name, NULL);
    write_mixed (self, node, rp_render_xml_add (list, "li", NULL));
  }
}

static void
write_terms (const Writer *self, xmlNode *source, xmlNode *parent)
{
  xmlNode *list = NULL;

  for (xmlNode *node = source->children; node != NULL; node = node->next) {
    gboolean term = rp_xml_is (node, NULL, "dt");

    if (!term && !rp_xml_is (node, NULL, "dd"))
      continue;
    if (list == NULL)
      list = rp_render_xml_add (parent, "dl", NULL);
    if (term)
      write_inlines (self, node, rp_render_xml_add (list, "dt", NULL));
    else
      write_blocks (self, node, rp_render_xml_add (list, "dd", NULL));
  }
  write_waiting_pictures (self, parent);
}

static void
set_span (xmlNode *source, xmlNode *cell, const char *name)
{
  const char *span = rp_xml_peek_attribute (source, name);

  if (span != NULL && *span != '\0' && strspn (span, "0123456789") == strlen (span))
    rp_render_xml_set (cell, name, span);
}

static void
write_row (const Writer *self, xmlNode *source, xmlNode *table)
{
  xmlNode *row = NULL;

  for (xmlNode *node = source->children; node != NULL; node = node->next) {
    xmlNode *cell;

    if (!rp_xml_is (node, NULL, "td") && !rp_xml_is (node, NULL, "th"))
      continue;
    if (row == NULL)
      row = rp_render_xml_add (table, "tr", NULL);
    cell = rp_render_xml_add (row, (const char *) node->name, NULL);
    set_span (node, cell, "colspan");
    set_span (node, cell, "rowspan");
    write_mixed (self, node, cell);
  }
}

/* Rows of the table itself, whichever of its parts they stand in. */
static void
write_rows (const Writer *self, xmlNode *source, xmlNode *table)
{
  static const char *const parts[] = {"thead", "tbody", "tfoot", NULL};

  for (xmlNode *node = source->children; node != NULL; node = node->next) {
    if (rp_xml_is (node, NULL, "tr"))
      write_row (self, node, table);
    else if (rp_render_xml_is_among (node, parts))
      write_rows (self, node, table);
  }
}

static void
write_table (const Writer *self, xmlNode *source, xmlNode *parent)
{
  xmlNode *table = rp_render_xml_add (parent, "table", NULL);
  xmlNode *caption = rp_xml_child (source, NULL, "caption");

  if (caption != NULL)
    write_mixed (self, caption, rp_render_xml_add (table, "caption", NULL));
  write_rows (self, source, table);
}

static void
write_quote (const Writer *self, xmlNode *source, xmlNode *parent)
{
  xmlNode *quote = rp_render_xml_add (parent, "bq", NULL);

  write_blocks (self, source, rp_render_xml_add (quote, "block", NULL));
}

static void
write_figure (const Writer *self, xmlNode *figure, xmlNode *parent)
{
  xmlNode *image = rp_render_xml_find (figure, "img");

  if (image != NULL)
    write_picture (self, image, figure, parent);
  else
    write_blocks (self, figure, parent);
}

static void
write_block (const Writer *self, xmlNode *node, xmlNode *parent)
{
  static const char *const headings[] = {"h1", "h2", "h3", "h4", "h5", "h6", NULL};
  static const char *const lists[] = {"ul", "ol", NULL};
  static const char *const lines[] = {"p", "dt", "summary", "figcaption", "caption", NULL};

  if (rp_render_xml_is_among (node, headings))
    write_line (self, node, parent, "hl2");
  else if (rp_render_xml_is_among (node, lines))
    write_line (self, node, parent, "p");
  else if (rp_render_xml_is_among (node, lists))
    write_list (self, node, parent);
  else if (rp_xml_is (node, NULL, "dl"))
    write_terms (self, node, parent);
  else if (rp_xml_is (node, NULL, "table"))
    write_table (self, node, parent);
  else if (rp_xml_is (node, NULL, "blockquote"))
    write_quote (self, node, parent);
  else if (rp_xml_is (node, NULL, "figure"))
    write_figure (self, node, parent);
  else if (rp_xml_is (node, NULL, "hr"))
    rp_render_xml_add (parent, "hr", NULL);
  else if (rp_xml_is (node, NULL, "pre")) {
    xmlChar *text = xmlNodeGetContent (node);

    rp_render_xml_add (parent, "pre", (const char *) text);
    xmlFree (text);
  } else {
    write_blocks (self, node, parent);
  }
}

static gboolean
is_blank (const xmlNode *node)
{
  return (node->type == XML_TEXT_NODE && rp_text_is_empty ((const char *) node->content)) ||
         node->type == XML_COMMENT_NODE;
}

/* Where only blocks may stand: loose words become paragraphs. */
static void
write_blocks (const Writer *self, xmlNode *source, xmlNode *parent)
{
  xmlNode *open = NULL;

  for (xmlNode *node = source->children; node != NULL; node = node->next) {
    if (rp_render_xml_is_block (node)) {
      open = NULL;
      write_waiting_pictures (self, parent);
      write_block (self, node, parent);
    } else if (rp_xml_is (node, NULL, "img")) {
      open = NULL;
      write_picture (self, node, NULL, parent);
    } else if (open != NULL || !is_blank (node)) {
      if (open == NULL)
        open = rp_render_xml_add (parent, "p", NULL);
      write_inline (self, node, open);
    }
  }
  write_waiting_pictures (self, parent);
}

/* Where both words and blocks may stand. */
static void
write_mixed (const Writer *self, xmlNode *source, xmlNode *parent)
{
  for (xmlNode *node = source->children; node != NULL; node = node->next) {
    if (rp_render_xml_is_block (node))
      write_block (self, node, parent);
    else
      write_inline (self, node, parent);
  }
  write_waiting_pictures (self, parent);
}

void
rp_render_nitf_body (const RpRenderJob *job, const char *html, xmlNode *content)
{
  g_autoptr (xmlDoc) doc = rp_html_parse_fragment (html);
  g_autoptr (GPtrArray) pictures = g_ptr_array_new ();
  const Writer self = {.job = job, .pictures = pictures};

  write_blocks (&self, rp_html_get_body (doc), content);
}
