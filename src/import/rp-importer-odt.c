/* ODT: the text documents of LibreOffice and others (OpenDocument, ISO/IEC 26300). */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-import-archive.h"
#include "rp-import-fields.h"
#include "rp-import-front-matter.h"
#include "rp-import-odt-styles.h"
#include "rp-import-office.h"
#include "rp-text.h"

#define DEPTH_LIMIT 40
#define SPACE_LIMIT 200 /* of one text:s */
#define CELL_LIMIT 200  /* of one repeated cell */

typedef struct {
  RpOffice office;
  RpOdtStyles styles;
  RpRich *rich; /* lent: where text goes now */
  guint n_notes;
  guint depth;
} Odt;

/* The list that a paragraph stands in. */
typedef struct {
  const char *style; /* lent, NULL = none */
  guint depth;
  gboolean continued; /* a further paragraph of the same item */
} ListPlace;

static void read_block (Odt *self, xmlNode *node, const ListPlace *place);
static void read_blocks (Odt *self, xmlNode *parent, const ListPlace *place);
static void read_inline (Odt *self, xmlNode *parent, RpRichMarks marks, const char *href);

static RpMatch
odt_match (const RpSource *source)
{
  gsize size;
  const char *data = g_bytes_get_data (source->bytes, &size);
  static const char mark[] = "mimetypeapplication/vnd.oasis.opendocument.text";

  if (size > 100 && memcmp (data, "PK\x03\x04", 4) == 0 &&
      memcmp (data + 30, mark, sizeof mark - 1) == 0)
    return RP_MATCH_CERTAIN;
  return RP_MATCH_NO;
}

static gboolean
is_wanted (const char *name)
{
  static const char *const parts[] = {"content.xml", "meta.xml", "styles.xml",
                                      "META-INF/manifest.xml", NULL};

  return g_strv_contains (parts, name) || g_str_has_prefix (name, "Pictures/") ||
         g_str_has_prefix (name, "media/");
}

static gboolean
is_any (const xmlNode *node, const char *const *names)
{
  return node->type == XML_ELEMENT_NODE && g_strv_contains (names, (const char *) node->name);
}

/* Pictures */

static void
read_frame (Odt *self, xmlNode *frame)
{
  xmlNode *image = rp_xml_child (frame, NULL, "image");
  xmlNode *box = rp_xml_child (frame, NULL, "text-box");
  const char *target = rp_xml_peek_attribute (image, "href");
  g_autofree char *about = rp_xml_dup_child_text (frame, NULL, "desc");
  g_autofree char *title = rp_xml_dup_child_text (frame, NULL, "title");
  g_autofree char *address = NULL;
  const ListPlace none = {0};

  if (box != NULL) {
    read_blocks (self, box, &none);
    return;
  }
  if (target == NULL)
    return;
  address = rp_text_is_web_url (target)
              ? g_strdup (target)
              : rp_office_dup_picture (&self->office,
                                       g_str_has_prefix (target, "./") ? target + 2 : target);
  if (address != NULL)
    rp_rich_picture (self->rich, address, about != NULL ? about : title);
}

/* Notes */

/* The blocks below `parent` as HTML, apart from what is being written. Gives. */
static char *
dup_apart (Odt *self, xmlNode *parent, gboolean is_cell)
{
  g_autoptr (RpRich) inner = rp_rich_new ();
  RpRich *outer = self->rich;
  const ListPlace none = {0};
  char *html;

  self->rich = inner;
  read_blocks (self, parent, &none);
  html = is_cell ? rp_rich_dup_cell (inner) : rp_rich_dup_html (inner);
  self->rich = outer;
  return html;
}

static void
read_note (Odt *self, xmlNode *note)
{
  xmlNode *body = rp_xml_child (note, NULL, "note-body");
  guint number = ++self->n_notes;
  g_autofree char *html = NULL;

  rp_rich_mark_note (self->rich, number);
  html = body != NULL ? dup_apart (self, body, FALSE) : NULL;
  if (html != NULL && *html != '\0')
    rp_rich_note (self->rich, number, html);
}

/* Within a paragraph */

static void
add_spaces (Odt *self, xmlNode *node, RpRichMarks marks, const char *href)
{
  const char *count = rp_xml_peek_attribute (node, "c");
  guint n = count != NULL ? (guint) CLAMP (g_ascii_strtoll (count, NULL, 10), 1, SPACE_LIMIT) : 1;
  g_autofree char *spaces = g_strnfill (n, ' ');

  rp_rich_text (self->rich, spaces, marks, href);
}

/* Line ends of the file are spaces of the text. */
static void
add_text (Odt *self, xmlNode *node, RpRichMarks marks, const char *href)
{
  g_autofree char *text = g_strdup ((const char *) node->content);

  rp_rich_text (self->rich, g_strdelimit (text, "\r\n\t", ' '), marks, href);
}

static void
read_inline_part (Odt *self, xmlNode *node, RpRichMarks marks, const char *href)
{
  static const char *const skipped[] = {"annotation", "annotation-end", "hidden-text", "toc-mark",
                                        "ruby-text",  "script",         NULL};

  if (is_any (node, skipped))
    return;
  if (rp_xml_is (node, NULL, "s"))
    add_spaces (self, node, marks, href);
  else if (rp_xml_is (node, NULL, "tab"))
    rp_rich_text (self->rich, " ", marks, href);
  else if (rp_xml_is (node, NULL, "line-break"))
    rp_rich_break (self->rich);
  else if (rp_xml_is (node, NULL, "note"))
    read_note (self, node);
  else if (rp_xml_is (node, NULL, "frame"))
    read_frame (self, node);
  else if (rp_xml_is (node, NULL, "span"))
    read_inline (self, node,
                 marks | rp_odt_styles_find_marks (&self->styles, "text",
                                                   rp_xml_peek_attribute (node, "style-name")),
                 href);
  else if (rp_xml_is (node, NULL, "a"))
    read_inline (self, node, marks, rp_xml_peek_attribute (node, "href"));
  else
    read_inline (self, node, marks, href);
}

static void
read_inline (Odt *self, xmlNode *parent, RpRichMarks marks, const char *href)
{
  if (self->depth >= DEPTH_LIMIT)
    return;
  self->depth++;
  for (xmlNode *node = parent->children; node != NULL; node = node->next) {
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
      add_text (self, node, marks, href);
    else if (node->type == XML_ELEMENT_NODE)
      read_inline_part (self, node, marks, href);
  }
  self->depth--;
}

/* Blocks */

static void
read_paragraph (Odt *self, xmlNode *node, const ListPlace *place)
{
  const char *style = rp_xml_peek_attribute (node, "style-name");
  const char *outline = rp_xml_peek_attribute (node, "outline-level");
  RpRichBlock block = {0};
  RpRichMarks marks = rp_odt_styles_find_marks (&self->styles, "paragraph", style);

  block.kind = rp_odt_styles_find_kind (&self->styles, style, &block.level);
  if (rp_xml_is (node, NULL, "h") && block.kind != RP_RICH_TITLE &&
      block.kind != RP_RICH_SUBTITLE) {
    block.kind = RP_RICH_HEADING;
    block.level = outline != NULL ? (guint) CLAMP (g_ascii_strtoll (outline, NULL, 10), 1, 9)
                                  : MAX (block.level, 1);
  }
  /* What every paragraph of a kind has is no emphasis. */
  if (block.kind != RP_RICH_PARAGRAPH)
    marks &= RP_RICH_HIDDEN;
  if (place->depth > 0 && block.kind == RP_RICH_PARAGRAPH) {
    block.list_depth = place->depth;
    block.ordered = rp_odt_styles_is_ordered (&self->styles, place->style, place->depth);
  }
  if (place->continued)
    rp_rich_break (self->rich);
  else
    rp_rich_open (self->rich, &block);
  read_inline (self, node, marks, NULL);
}

/* An item's paragraphs after the first go on in the same item. */
static void
read_item (Odt *self, xmlNode *item, const ListPlace *place)
{
  ListPlace inside = *place;

  for (xmlNode *node = item->children; node != NULL; node = node->next) {
    if (rp_xml_is (node, NULL, "p") || rp_xml_is (node, NULL, "h")) {
      read_paragraph (self, node, &inside);
      inside.continued = TRUE;
    } else if (node->type == XML_ELEMENT_NODE) {
      read_block (self, node, place);
      inside.continued = FALSE;
    }
  }
  rp_rich_close (self->rich);
}

static void
read_list (Odt *self, xmlNode *list, const ListPlace *place)
{
  const char *style = rp_xml_peek_attribute (list, "style-name");
  ListPlace inside = {.style = style != NULL ? style : place->style, .depth = place->depth + 1};

  for (xmlNode *node = list->children; node != NULL; node = node->next) {
    if (rp_xml_is (node, NULL, "list-item") || rp_xml_is (node, NULL, "list-header"))
      read_item (self, node, &inside);
  }
}

static guint
span_of (xmlNode *cell, const char *name, guint limit)
{
  const char *span = rp_xml_peek_attribute (cell, name);

  return span != NULL ? (guint) CLAMP (g_ascii_strtoll (span, NULL, 10), 1, limit) : 1;
}

static void
append_row (Odt *self, GString *html, xmlNode *row, const char *tag)
{
  g_string_append (html, "<tr>");
  for (xmlNode *cell = row->children; cell != NULL; cell = cell->next) {
    g_autofree char *inside = NULL;
    guint columns;
    guint rows;

    if (!rp_xml_is (cell, NULL, "table-cell"))
      continue;
    inside = dup_apart (self, cell, TRUE);
    columns = span_of (cell, "number-columns-spanned", 1000);
    rows = span_of (cell, "number-rows-spanned", 1000);
    for (guint i = span_of (cell, "number-columns-repeated", CELL_LIMIT); i > 0; i--) {
      g_string_append_printf (html, "<%s", tag);
      if (columns > 1)
        g_string_append_printf (html, " colspan=\"%u\"", columns);
      if (rows > 1)
        g_string_append_printf (html, " rowspan=\"%u\"", rows);
      g_string_append_printf (html, ">%s</%s>", inside, tag);
      /* Empty cells are repeated to the edge of the sheet: one is enough. */
      i = *inside == '\0' ? 1 : i;
    }
  }
  g_string_append (html, "</tr>");
}

static void
append_rows (Odt *self, GString *html, xmlNode *parent, const char *tag)
{
  static const char *const groups[] = {"table-rows", "table-row-group", NULL};

  if (self->depth >= DEPTH_LIMIT)
    return;
  self->depth++;
  for (xmlNode *node = parent->children; node != NULL; node = node->next) {
    if (rp_xml_is (node, NULL, "table-row"))
      append_row (self, html, node, tag);
    else if (rp_xml_is (node, NULL, "table-header-rows"))
      append_rows (self, html, node, "th");
    else if (is_any (node, groups))
      append_rows (self, html, node, tag);
  }
  self->depth--;
}

static void
read_block (Odt *self, xmlNode *node, const ListPlace *place)
{
  static const char *const skipped[] = {"tracked-changes",
                                        "table-of-content",
                                        "alphabetical-index",
                                        "sequence-decls",
                                        "forms",
                                        "bibliography",
                                        "variable-decls",
                                        "annotation",
                                        "illustration-index",
                                        "table-index",
                                        "user-field-decls",
                                        NULL};

  if (node->type != XML_ELEMENT_NODE || is_any (node, skipped))
    return;
  if (rp_xml_is (node, NULL, "p") || rp_xml_is (node, NULL, "h")) {
    read_paragraph (self, node, place);
    rp_rich_close (self->rich);
  } else if (rp_xml_is (node, NULL, "list")) {
    read_list (self, node, place);
  } else if (rp_xml_is (node, NULL, "table")) {
    g_autoptr (GString) html = g_string_new ("<table>");

    append_rows (self, html, node, "td");
    g_string_append (html, "</table>");
    rp_rich_html (self->rich, html->str);
  } else if (rp_xml_is (node, NULL, "frame")) {
    read_frame (self, node);
  } else {
    read_blocks (self, node, place);
  }
}

static void
read_blocks (Odt *self, xmlNode *parent, const ListPlace *place)
{
  if (self->depth >= DEPTH_LIMIT)
    return;
  self->depth++;
  for (xmlNode *node = parent->children; node != NULL; node = node->next)
    read_block (self, node, place);
  self->depth--;
}

/* Properties */

static void
add_user_defined (JsonObject *data, xmlNode *node)
{
  const char *name = rp_xml_peek_attribute (node, "name");
  g_autofree char *value = rp_xml_dup_text (node);

  if (name != NULL && value != NULL)
    json_object_set_string_member (data, name, value);
}

static xmlNode *
find_meta (xmlDoc *doc)
{
  xmlNode *root = doc != NULL ? xmlDocGetRootElement (doc) : NULL;

  return rp_xml_child (root, NULL, "meta");
}

static void
read_meta (Odt *self, xmlNode *meta, JsonObject *data)
{
  RpArticle *article = self->office.article;
  g_autofree char *title = rp_xml_dup_child_text (meta, NULL, "title");
  g_autofree char *description = rp_xml_dup_child_text (meta, NULL, "description");
  g_autofree char *subject = rp_xml_dup_child_text (meta, NULL, "subject");
  g_autofree char *language = rp_xml_dup_child_text (meta, NULL, "language");
  g_autofree char *rights = rp_xml_dup_child_text (meta, NULL, "rights");

  rp_office_set_title (&self->office, title);
  rp_article_fill (article, RP_ARTICLE_SUMMARY, description);
  rp_fields_set_language (article, language);
  if (subject != NULL)
    rp_article_add_subject (article, NULL, subject, "category");
  if (rights != NULL)
    json_object_set_string_member (data, "rights", rights);
  for (xmlNode *node = meta != NULL ? meta->children : NULL; node != NULL; node = node->next) {
    g_autofree char *word = rp_xml_is (node, NULL, "keyword") ? rp_xml_dup_text (node) : NULL;

    rp_office_add_keywords (&self->office, word);
    if (rp_xml_is (node, NULL, "user-defined"))
      add_user_defined (data, node);
  }
}

static void
read_creator (Odt *self, xmlNode *meta)
{
  g_autofree char *initial = rp_xml_dup_child_text (meta, NULL, "initial-creator");
  g_autofree char *last = rp_xml_dup_child_text (meta, NULL, "creator");

  rp_office_set_creator (&self->office, initial);
  rp_office_set_creator (&self->office, last);
}

/* The language that the document's paragraphs have unless they say otherwise. */
static void
read_default_language (Odt *self, xmlNode *root)
{
  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE)) {
    xmlNode *text;
    const char *language;
    const char *country;
    g_autofree char *tag = NULL;

    if (!rp_xml_is (node, NULL, "default-style") ||
        g_strcmp0 (rp_xml_peek_attribute (node, "family"), "paragraph") != 0)
      continue;
    text = rp_xml_child (node, NULL, "text-properties");
    language = rp_xml_peek_attribute (text, "language");
    country = rp_xml_peek_attribute (text, "country");
    if (language == NULL || strcmp (language, "none") == 0)
      return;
    tag = country != NULL && strlen (country) == 2 ? g_strconcat (language, "-", country, NULL)
                                                   : g_strdup (language);
    rp_fields_set_language (self->office.article, tag);
    return;
  }
}

static gboolean
is_locked (RpOffice *office)
{
  g_autoptr (xmlDoc) doc = rp_office_read_part (office, "META-INF/manifest.xml");
  xmlNode *root = doc != NULL ? xmlDocGetRootElement (doc) : NULL;

  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE)) {
    if (rp_xml_is (node, NULL, "encryption-data"))
      return TRUE;
  }
  return FALSE;
}

static xmlDoc *
read_content (RpOffice *office, GError **error)
{
  xmlDoc *doc;

  if (is_locked (office)) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_CREDENTIALS,
                         _ ("This document is locked with a password. Open it in a word processor "
                            "and save it without one."));
    return NULL;
  }
  doc = rp_office_read_part (office, "content.xml");
  if (doc == NULL)
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNREADABLE,
                         _ ("The text of this document is missing or damaged. Open it in a word "
                            "processor and save it again."));
  return doc;
}

static void
read_text (Odt *self, xmlNode *content, xmlNode *meta, xmlNode *styles)
{
  g_autoptr (RpRich) rich = rp_rich_new ();
  g_autoptr (JsonObject) data = json_object_new ();
  xmlNode *text = rp_xml_child (rp_xml_child (content, NULL, "body"), NULL, "text");
  const ListPlace none = {0};

  rp_odt_styles_init (&self->styles);
  if (styles != NULL)
    rp_odt_styles_add (&self->styles, styles);
  rp_odt_styles_add (&self->styles, content);
  self->rich = rich;
  read_meta (self, meta, data);
  if (text != NULL)
    read_blocks (self, text, &none);
  if (styles != NULL)
    rp_office_scan_margin (&self->office, rp_xml_child (styles, NULL, "master-styles"), "p");
  rp_rich_finish (rich, self->office.article, self->office.scan, NULL);
  rp_front_fields_apply (data, NULL, "document properties", self->office.article,
                         self->office.scan);
  read_creator (self, meta);
  read_default_language (self, styles);
  rp_odt_styles_clear (&self->styles);
}

static gboolean
odt_parse (const RpSource *source, RpImportSink *sink, GError **error)
{
  Odt self = {0};
  g_autoptr (xmlDoc) content = NULL;

  if (rp_office_open (&self.office, source, is_wanted, error))
    content = read_content (&self.office, error);
  if (content != NULL) {
    g_autoptr (xmlDoc) meta_doc = rp_office_read_part (&self.office, "meta.xml");
    g_autoptr (xmlDoc) style_doc = rp_office_read_part (&self.office, "styles.xml");
    g_autofree char *created = rp_xml_dup_child_text (find_meta (meta_doc), NULL, "creation-date");

    read_text (&self, xmlDocGetRootElement (content), find_meta (meta_doc),
               style_doc != NULL ? xmlDocGetRootElement (style_doc) : NULL);
    rp_office_finish (&self.office, created, sink);
  }
  rp_office_clear (&self.office);
  return content != NULL;
}

static const char *const odt_extensions[] = {"odt", "ott", NULL};

const RpImporter rp_importer_odt = {
  .id = "odt",
  .title = N_ ("OpenDocument text"),
  .extensions = odt_extensions,
  .match = odt_match,
  .parse = odt_parse,
};
