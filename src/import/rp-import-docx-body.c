#include "rp-import-docx-body.h"

#include <string.h>

#include "rp-import-regex.h"
#include "rp-text.h"

#define DEPTH_LIMIT 40 /* tables, text boxes and controls within each other */
#define CELL_LIMIT 100000

/* A note that the text refers to. */
typedef struct {
  char *part; /* owned */
  char *id;   /* owned */
} Note;

typedef struct {
  RpOffice *office;
  const RpDocxParts *parts;
  GHashTable *links; /* owned */
  RpRich *rich;      /* lent: where text goes now */
  GPtrArray *boxes;  /* owned: text boxes (xmlNode) of the open paragraph */
  GPtrArray *notes;  /* owned, of Note */
  char *part;        /* owned: "word/document.xml" */
  guint depth;
  guint field_depth;
  gboolean in_code;    /* between the begin of a field and what it shows */
  GString *field_code; /* owned */
  char *field_link;    /* owned: where the field leads, NULL = nowhere */
} Docx;

static void read_blocks (Docx *self, xmlNode *parent);
static void read_inline (Docx *self, xmlNode *parent, const char *href);

static const char *
child_value (xmlNode *parent, const char *name)
{
  return rp_xml_peek_attribute (rp_xml_child (parent, NULL, name), "val");
}

static gboolean
is_element (const xmlNode *node)
{
  return node->type == XML_ELEMENT_NODE;
}

static gboolean
is_any (const xmlNode *node, const char *const *names)
{
  return is_element (node) && g_strv_contains (names, (const char *) node->name);
}

/* The first element below `root` by that name. */
static xmlNode *
seek (xmlNode *root, const char *name)
{
  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE)) {
    if (rp_xml_is (node, NULL, name))
      return node;
  }
  return NULL;
}

/* Fields */

/* HYPERLINK "address" \l "place" */
static char *
dup_code_link (const char *code)
{
  static RpRegex link = RP_REGEX ("^\\s*HYPERLINK\\s+\"([^\"]+)\"");

  return rp_regex_dup_group (&link, code, 1);
}

static void
read_field_mark (Docx *self, xmlNode *node)
{
  const char *type = rp_xml_peek_attribute (node, "fldCharType");

  if (g_strcmp0 (type, "begin") == 0) {
    self->field_depth++;
    self->in_code = TRUE;
    g_string_truncate (self->field_code, 0);
  } else if (g_strcmp0 (type, "separate") == 0) {
    self->in_code = FALSE;
    if (self->field_link == NULL)
      self->field_link = dup_code_link (self->field_code->str);
  } else if (g_strcmp0 (type, "end") == 0) {
    self->in_code = FALSE;
    self->field_depth -= self->field_depth > 0;
    if (self->field_depth == 0)
      g_clear_pointer (&self->field_link, g_free);
  }
}

/* Runs */

static gboolean
is_on (xmlNode *properties, const char *name, gboolean inherited)
{
  xmlNode *node = rp_xml_child (properties, NULL, name);
  const char *value = rp_xml_peek_attribute (node, "val");

  if (node == NULL)
    return inherited;
  return value == NULL ||
         (strcmp (value, "0") != 0 && strcmp (value, "false") != 0 && strcmp (value, "off") != 0);
}

static RpRichMarks
read_marks (Docx *self, xmlNode *run)
{
  xmlNode *properties = rp_xml_child (run, NULL, "rPr");
  const char *name = child_value (properties, "rStyle");
  const RpDocxStyle *style = name != NULL ? g_hash_table_lookup (self->parts->styles, name) : NULL;
  RpRichMarks inherited = style != NULL ? style->marks : 0;
  const char *position = child_value (properties, "vertAlign");
  RpRichMarks marks = 0;

  marks |= is_on (properties, "b", inherited & RP_RICH_BOLD) ? RP_RICH_BOLD : 0;
  marks |= is_on (properties, "i", inherited & RP_RICH_ITALIC) ? RP_RICH_ITALIC : 0;
  marks |= is_on (properties, "strike", FALSE) || is_on (properties, "dstrike", FALSE)
             ? RP_RICH_STRIKE
             : 0;
  marks |= is_on (properties, "vanish", FALSE) ? RP_RICH_HIDDEN : 0;
  marks |= g_strcmp0 (position, "superscript") == 0 ? RP_RICH_RAISED : 0;
  marks |= g_strcmp0 (position, "subscript") == 0 ? RP_RICH_LOWERED : 0;
  return marks;
}

static void
read_text (Docx *self, xmlNode *node, RpRichMarks marks, const char *href)
{
  xmlChar *text = xmlNodeGetContent (node);

  rp_rich_text (self->rich, (const char *) text, marks, href != NULL ? href : self->field_link);
  xmlFree (text);
}

static void
read_symbol (Docx *self, xmlNode *node, RpRichMarks marks)
{
  const char *code = rp_xml_peek_attribute (node, "char");
  gunichar c = code != NULL ? (gunichar) g_ascii_strtoull (code, NULL, 16) : 0;
  char text[7] = {0};

  /* Symbol fonts use a private area that means nothing elsewhere. */
  if (c < 0x20 || (c >= 0xE000 && c <= 0xF8FF) || !g_unichar_validate (c))
    return;
  g_unichar_to_utf8 (c, text);
  rp_rich_text (self->rich, text, marks, NULL);
}

static void
add_note (Docx *self, xmlNode *node, const char *part)
{
  const char *id = rp_xml_peek_attribute (node, "id");
  g_autofree char *folder = g_path_get_dirname (self->part);
  Note *note;

  if (id == NULL)
    return;
  note = g_new0 (Note, 1);
  note->part = g_strconcat (folder, "/", part, NULL);
  note->id = g_strdup (id);
  g_ptr_array_add (self->notes, note);
  rp_rich_mark_note (self->rich, self->notes->len);
}

/* Pictures and text boxes */

static void
add_picture (Docx *self, xmlNode *root)
{
  xmlNode *blip = seek (root, "blip");
  xmlNode *image = blip != NULL ? NULL : seek (root, "imagedata");
  xmlNode *about = seek (root, "docPr");
  const char *embed =
    rp_xml_peek_attribute (blip != NULL ? blip : image, blip != NULL ? "embed" : "id");
  const char *id = embed != NULL ? embed : rp_xml_peek_attribute (blip, "link");
  const char *target = id != NULL ? g_hash_table_lookup (self->links, id) : NULL;
  const char *alt = rp_xml_peek_attribute (about, "descr");
  g_autofree char *address = NULL;

  if (target == NULL)
    return;
  if (about == NULL)
    alt = rp_xml_peek_attribute (seek (root, "shape"), "alt");
  address =
    rp_text_is_web_url (target) ? g_strdup (target) : rp_office_dup_picture (self->office, target);
  if (address != NULL)
    rp_rich_picture (self->rich, address, alt);
}

static void
read_drawing (Docx *self, xmlNode *root)
{
  xmlNode *box = seek (root, "txbxContent");

  if (box != NULL)
    g_ptr_array_add (self->boxes, box);
  else
    add_picture (self, root);
}

static void
read_run_part (Docx *self, xmlNode *node, RpRichMarks marks, const char *href)
{
  static const char *const drawings[] = {"drawing", "pict", "object", NULL};
  static const char *const spaces[] = {"tab", "ptab", NULL};

  if (rp_xml_is (node, NULL, "fldChar"))
    read_field_mark (self, node);
  else if (rp_xml_is (node, NULL, "instrText"))
    g_string_append (self->field_code, node->children != NULL && node->children->content != NULL
                                         ? (const char *) node->children->content
                                         : "");
  else if (self->in_code)
    return;
  else if (rp_xml_is (node, NULL, "t"))
    read_text (self, node, marks, href);
  else if (is_any (node, spaces))
    rp_rich_text (self->rich, " ", marks, href);
  else if (rp_xml_is (node, NULL, "cr") ||
           (rp_xml_is (node, NULL, "br") &&
            g_strcmp0 (rp_xml_peek_attribute (node, "type"), "page") != 0))
    rp_rich_break (self->rich);
  else if (rp_xml_is (node, NULL, "noBreakHyphen"))
    rp_rich_text (self->rich, "\u2011", marks, href);
  else if (rp_xml_is (node, NULL, "sym"))
    read_symbol (self, node, marks);
  else if (rp_xml_is (node, NULL, "footnoteReference"))
    add_note (self, node, "footnotes.xml");
  else if (rp_xml_is (node, NULL, "endnoteReference"))
    add_note (self, node, "endnotes.xml");
  else if (is_any (node, drawings))
    read_drawing (self, node);
}

/* Word says the same twice, in a new form and in one for old programs. */
static xmlNode *
choose (xmlNode *node)
{
  xmlNode *choice = rp_xml_child (node, NULL, "Choice");

  return choice != NULL ? choice : rp_xml_child (node, NULL, "Fallback");
}

static void
read_run (Docx *self, xmlNode *run, const char *href)
{
  RpRichMarks marks = read_marks (self, run);

  for (xmlNode *node = run->children; node != NULL; node = node->next) {
    if (rp_xml_is (node, NULL, "AlternateContent")) {
      xmlNode *chosen = choose (node);

      for (xmlNode *part = chosen != NULL ? chosen->children : NULL; part != NULL;
           part = part->next)
        read_run_part (self, part, marks, href);
    } else if (rp_xml_is (node, NULL, "ruby")) {
      xmlNode *base = rp_xml_child (node, NULL, "rubyBase");

      if (base != NULL)
        read_inline (self, base, href);
    } else if (is_element (node)) {
      read_run_part (self, node, marks, href);
    }
  }
}

/* Within a paragraph */

static void
read_link (Docx *self, xmlNode *node)
{
  const char *id = rp_xml_peek_attribute (node, "id");
  const char *target = id != NULL ? g_hash_table_lookup (self->links, id) : NULL;

  read_inline (self, node, target);
}

static void
read_inline (Docx *self, xmlNode *parent, const char *href)
{
  static const char *const wrappers[] = {"ins", "smartTag", "sdt",    "sdtContent", "customXml",
                                         "dir", "bdo",      "moveTo", NULL};

  if (self->depth >= DEPTH_LIMIT)
    return;
  self->depth++;
  for (xmlNode *node = parent->children; node != NULL; node = node->next) {
    if (rp_xml_is (node, NULL, "r")) {
      read_run (self, node, href);
    } else if (rp_xml_is (node, NULL, "hyperlink")) {
      read_link (self, node);
    } else if (rp_xml_is (node, NULL, "fldSimple")) {
      const char *code = rp_xml_peek_attribute (node, "instr");
      g_autofree char *link = code != NULL ? dup_code_link (code) : NULL;

      read_inline (self, node, link != NULL ? link : href);
    } else if (is_any (node, wrappers)) {
      read_inline (self, node, href);
    } else if (rp_xml_is (node, NULL, "oMath") || rp_xml_is (node, NULL, "oMathPara")) {
      read_text (self, node, 0, href);
    }
  }
  self->depth--;
}

/* Paragraphs */

static void
set_list (Docx *self, RpRichBlock *block, xmlNode *numbering, const RpDocxStyle *style)
{
  const char *id = child_value (numbering, "numId");
  const char *level = child_value (numbering, "ilvl");
  const char *kind;
  g_autofree char *key = NULL;

  if (id == NULL && style != NULL)
    id = style->numbering;
  if (id == NULL || block->kind != RP_RICH_PARAGRAPH)
    return;
  key = g_strconcat (id, "/", level != NULL ? level : "0", NULL);
  kind = g_hash_table_lookup (self->parts->lists, key);
  if (kind == NULL)
    return;
  block->list_depth =
    (level != NULL ? (guint) CLAMP (g_ascii_strtoll (level, NULL, 10), 0, 8) : 0) + 1;
  block->ordered = *kind == 'o';
}

static void
read_boxes (Docx *self)
{
  g_autoptr (GPtrArray) boxes = g_steal_pointer (&self->boxes);

  self->boxes = g_ptr_array_new ();
  for (guint i = 0; i < boxes->len; i++)
    read_blocks (self, g_ptr_array_index (boxes, i));
}

static void
read_paragraph (Docx *self, xmlNode *node)
{
  xmlNode *properties = rp_xml_child (node, NULL, "pPr");
  const char *name = child_value (properties, "pStyle");
  const char *outline = child_value (properties, "outlineLvl");
  const RpDocxStyle *style = name != NULL ? g_hash_table_lookup (self->parts->styles, name) : NULL;
  RpRichBlock block = {0};

  if (style != NULL)
    block = style->block;
  else if (name != NULL)
    block.kind = rp_rich_kind_of_style (name, &block.level);
  if (block.kind == RP_RICH_PARAGRAPH && outline != NULL && *outline >= '0' && *outline <= '8') {
    block.kind = RP_RICH_HEADING;
    block.level = (guint) (*outline - '0') + 1;
  }
  set_list (self, &block, rp_xml_child (properties, NULL, "numPr"), style);
  rp_rich_open (self->rich, &block);
  read_inline (self, node, NULL);
  rp_rich_close (self->rich);
  if (self->boxes->len > 0)
    read_boxes (self);
}

/* Tables */

static guint
cell_span (xmlNode *cell)
{
  const char *span = child_value (rp_xml_child (cell, NULL, "tcPr"), "gridSpan");

  return span != NULL ? (guint) CLAMP (g_ascii_strtoll (span, NULL, 10), 1, 1000) : 1;
}

/* Does the cell go on the one above it. */
static gboolean
goes_on (xmlNode *cell)
{
  xmlNode *merge = rp_xml_child (rp_xml_child (cell, NULL, "tcPr"), NULL, "vMerge");

  return merge != NULL && g_strcmp0 (rp_xml_peek_attribute (merge, "val"), "restart") != 0;
}

static xmlNode *
cell_at (xmlNode *row, guint column)
{
  guint at = 0;

  for (xmlNode *cell = rp_xml_child (row, NULL, "tc"); cell != NULL && at <= column;
       cell = rp_xml_next (cell, NULL, "tc")) {
    if (at == column)
      return cell;
    at += cell_span (cell);
  }
  return NULL;
}

static guint
count_rows (xmlNode *row, xmlNode *cell, guint column)
{
  guint rows = 1;

  if (rp_xml_child (rp_xml_child (cell, NULL, "tcPr"), NULL, "vMerge") == NULL)
    return 1;
  for (row = rp_xml_next (row, NULL, "tr"); row != NULL && rows < 1000;
       row = rp_xml_next (row, NULL, "tr")) {
    xmlNode *below = cell_at (row, column);

    if (below == NULL || !goes_on (below))
      break;
    rows++;
  }
  return rows;
}

/* The blocks of a cell, a note …, apart from what is being written. Gives. */
static char *
dup_apart (Docx *self, xmlNode *parent, gboolean is_cell)
{
  g_autoptr (RpRich) inner = rp_rich_new ();
  RpRich *outer = self->rich;
  char *html;

  self->rich = inner;
  read_blocks (self, parent);
  html = is_cell ? rp_rich_dup_cell (inner) : rp_rich_dup_html (inner);
  self->rich = outer;
  return html;
}

static void
append_cell (Docx *self, GString *html, xmlNode *row, xmlNode *cell, guint column, const char *tag)
{
  g_autofree char *inside = dup_apart (self, cell, TRUE);
  guint columns = cell_span (cell);
  guint rows = count_rows (row, cell, column);

  g_string_append_printf (html, "<%s", tag);
  if (columns > 1)
    g_string_append_printf (html, " colspan=\"%u\"", columns);
  if (rows > 1)
    g_string_append_printf (html, " rowspan=\"%u\"", rows);
  g_string_append_printf (html, ">%s</%s>", inside, tag);
}

static void
append_row (Docx *self, GString *html, xmlNode *row)
{
  gboolean head = rp_xml_child (rp_xml_child (row, NULL, "trPr"), NULL, "tblHeader") != NULL;
  guint column = 0;

  g_string_append (html, "<tr>");
  for (xmlNode *cell = rp_xml_child (row, NULL, "tc"); cell != NULL && column < CELL_LIMIT;
       cell = rp_xml_next (cell, NULL, "tc")) {
    if (!goes_on (cell))
      append_cell (self, html, row, cell, column, head ? "th" : "td");
    column += cell_span (cell);
  }
  g_string_append (html, "</tr>");
}

static void
read_table (Docx *self, xmlNode *table)
{
  g_autoptr (GString) html = g_string_new ("<table>");
  xmlNode *row = rp_xml_child (table, NULL, "tr");
  xmlNode *cell = rp_xml_child (row, NULL, "tc");
  gboolean frame = row != NULL && rp_xml_next (row, NULL, "tr") == NULL && cell != NULL &&
                   rp_xml_next (cell, NULL, "tc") == NULL;

  /* A table of one cell is a frame around text. */
  if (frame) {
    read_blocks (self, cell);
    return;
  }
  for (; row != NULL; row = rp_xml_next (row, NULL, "tr"))
    append_row (self, html, row);
  g_string_append (html, "</table>");
  rp_rich_html (self->rich, html->str);
}

static void
read_blocks (Docx *self, xmlNode *parent)
{
  static const char *const wrappers[] = {"sdt", "sdtContent", "customXml", "ins", "moveTo", NULL};

  if (self->depth >= DEPTH_LIMIT)
    return;
  self->depth++;
  for (xmlNode *node = parent->children; node != NULL; node = node->next) {
    if (rp_xml_is (node, NULL, "p"))
      read_paragraph (self, node);
    else if (rp_xml_is (node, NULL, "tbl"))
      read_table (self, node);
    else if (is_any (node, wrappers))
      read_blocks (self, node);
    else if (rp_xml_is (node, NULL, "AlternateContent") && choose (node) != NULL)
      read_blocks (self, choose (node));
  }
  self->depth--;
}

/* Notes */

static void
note_free (Note *note)
{
  g_free (note->part);
  g_free (note->id);
  g_free (note);
}

static void
read_note (Docx *self, const Note *note, xmlDoc *doc, guint number)
{
  xmlNode *root = xmlDocGetRootElement (doc);

  for (xmlNode *node = root->children; node != NULL; node = node->next) {
    g_autofree char *html = NULL;

    if (!is_element (node) || g_strcmp0 (rp_xml_peek_attribute (node, "id"), note->id) != 0)
      continue;
    html = dup_apart (self, node, FALSE);
    if (*html != '\0')
      rp_rich_note (self->rich, number, html);
    return;
  }
}

static void
read_notes (Docx *self)
{
  g_autoptr (xmlDoc) doc = NULL;
  const char *loaded = NULL;
  guint n_notes = self->notes->len; /* notes do not have notes */

  for (guint i = 0; i < n_notes; i++) {
    const Note *note = g_ptr_array_index (self->notes, i);

    if (g_strcmp0 (loaded, note->part) != 0) {
      g_clear_pointer (&doc, xmlFreeDoc);
      doc = rp_office_read_part (self->office, note->part);
      loaded = note->part;
      g_hash_table_unref (self->links);
      self->links = rp_docx_read_links (self->office, note->part);
    }
    if (doc != NULL)
      read_note (self, note, doc, i + 1);
  }
}

void
rp_docx_read_body (RpOffice *office,
                   const RpDocxParts *parts,
                   const char *part,
                   xmlNode *parent,
                   RpRich *rich)
{
  Docx self = {.office = office, .parts = parts, .rich = rich};

  self.part = g_strdup (part);
  self.links = rp_docx_read_links (office, part);
  self.boxes = g_ptr_array_new ();
  self.notes = g_ptr_array_new_with_free_func ((GDestroyNotify) note_free);
  self.field_code = g_string_new (NULL);
  read_blocks (&self, parent);
  read_notes (&self);
  g_hash_table_unref (self.links);
  g_ptr_array_unref (self.boxes);
  g_ptr_array_unref (self.notes);
  g_string_free (self.field_code, TRUE);
  g_free (self.field_link);
  g_free (self.part);
}
