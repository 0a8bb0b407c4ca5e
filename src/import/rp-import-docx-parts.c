#include "rp-import-docx-parts.h"

#include <string.h>

#include "rp-text.h"

#define STYLE_DEPTH 16 /* styles based on styles */

static const char *
child_value (xmlNode *parent, const char *name)
{
  return rp_xml_peek_attribute (rp_xml_child (parent, NULL, name), "val");
}

/* Links */

/* A target relative to its part's folder, or from the archive's root. Gives. */
static char *
dup_part_name (const char *part, const char *target)
{
  g_autofree char *folder = g_path_get_dirname (part);
  g_autofree char *joined = *target == '/'              ? g_strdup (target + 1)
                            : strcmp (folder, ".") == 0 ? g_strdup (target)
                                                        : g_strconcat (folder, "/", target, NULL);
  g_auto (GStrv) steps = g_strsplit (joined, "/", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (guint i = 0; steps[i] != NULL; i++) {
    if (strcmp (steps[i], "..") == 0)
      g_ptr_array_set_size (kept, kept->len > 0 ? (int) kept->len - 1 : 0);
    else if (*steps[i] != '\0' && strcmp (steps[i], ".") != 0)
      g_ptr_array_add (kept, steps[i]);
  }
  g_ptr_array_add (kept, NULL);
  return g_strjoinv ("/", (char **) kept->pdata);
}

GHashTable *
rp_docx_read_links (RpOffice *office, const char *part)
{
  GHashTable *links = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *folder = g_path_get_dirname (part);
  g_autofree char *name = g_path_get_basename (part);
  g_autofree char *rels = strcmp (folder, ".") == 0
                            ? g_strdup_printf ("_rels/%s.rels", strcmp (name, ".") == 0 ? "" : name)
                            : g_strdup_printf ("%s/_rels/%s.rels", folder, name);
  g_autoptr (xmlDoc) doc = rp_office_read_part (office, rels);
  xmlNode *root = doc != NULL ? xmlDocGetRootElement (doc) : NULL;

  for (xmlNode *node = rp_xml_child (root, NULL, "Relationship"); node != NULL;
       node = rp_xml_next (node, NULL, "Relationship")) {
    const char *id = rp_xml_peek_attribute (node, "Id");
    const char *type = rp_xml_peek_attribute (node, "Type");
    const char *target = rp_xml_peek_attribute (node, "Target");
    gboolean external = g_strcmp0 (rp_xml_peek_attribute (node, "TargetMode"), "External") == 0;

    if (id == NULL || target == NULL || type == NULL)
      continue;
    g_hash_table_insert (links, g_strdup (id),
                         external ? g_strdup (target) : dup_part_name (part, target));
    g_hash_table_insert (links, g_strdup (strrchr (type, '/') != NULL ? strrchr (type, '/') : type),
                         external ? g_strdup (target) : dup_part_name (part, target));
  }
  return links;
}

/* Lists */

static void
read_levels (RpDocxParts *self, xmlNode *abstract, const char *number)
{
  for (xmlNode *level = rp_xml_child (abstract, NULL, "lvl"); level != NULL;
       level = rp_xml_next (level, NULL, "lvl")) {
    const char *depth = rp_xml_peek_attribute (level, "ilvl");
    const char *format = child_value (level, "numFmt");

    if (depth != NULL && g_strcmp0 (format, "none") != 0)
      g_hash_table_insert (self->lists, g_strconcat (number, "/", depth, NULL),
                           g_strdup (g_strcmp0 (format, "bullet") == 0 ? "u" : "o"));
  }
}

static void
read_numbering (RpDocxParts *self, xmlNode *root)
{
  g_autoptr (GHashTable) abstracts = g_hash_table_new (g_str_hash, g_str_equal);

  for (xmlNode *node = rp_xml_child (root, NULL, "abstractNum"); node != NULL;
       node = rp_xml_next (node, NULL, "abstractNum")) {
    const char *id = rp_xml_peek_attribute (node, "abstractNumId");

    if (id != NULL)
      g_hash_table_insert (abstracts, (gpointer) id, node);
  }
  for (xmlNode *node = rp_xml_child (root, NULL, "num"); node != NULL;
       node = rp_xml_next (node, NULL, "num")) {
    const char *id = rp_xml_peek_attribute (node, "numId");
    const char *abstract = child_value (node, "abstractNumId");
    xmlNode *levels = abstract != NULL ? g_hash_table_lookup (abstracts, abstract) : NULL;

    if (id != NULL && levels != NULL)
      read_levels (self, levels, id);
  }
}

/* Styles */

static xmlNode *
find_style (GHashTable *nodes, const char *id)
{
  return id != NULL ? g_hash_table_lookup (nodes, id) : NULL;
}

static gboolean
is_on (xmlNode *properties, const char *name)
{
  xmlNode *node = rp_xml_child (properties, NULL, name);
  const char *value = rp_xml_peek_attribute (node, "val");

  return node != NULL &&
         (value == NULL ||
          (strcmp (value, "0") != 0 && strcmp (value, "false") != 0 && strcmp (value, "off") != 0));
}

static void
read_paragraph_style (RpDocxStyle *style, xmlNode *node)
{
  xmlNode *properties = rp_xml_child (node, NULL, "pPr");
  const char *outline = child_value (properties, "outlineLvl");
  xmlNode *numbering = rp_xml_child (properties, NULL, "numPr");

  if (style->block.kind == RP_RICH_PARAGRAPH)
    style->block.kind = rp_rich_kind_of_style (child_value (node, "name"), &style->block.level);
  if (style->block.kind == RP_RICH_PARAGRAPH && outline != NULL && *outline >= '0' &&
      *outline <= '8') {
    style->block.kind = RP_RICH_HEADING;
    style->block.level = (guint) (*outline - '0') + 1;
  }
  if (style->numbering == NULL)
    style->numbering = child_value (numbering, "numId");
}

/* What a style says, and what it takes from the styles that it is based on. */
static RpDocxStyle *
resolve_style (GHashTable *nodes, xmlNode *node)
{
  RpDocxStyle *style = g_new0 (RpDocxStyle, 1);
  gboolean of_characters = g_strcmp0 (rp_xml_peek_attribute (node, "type"), "character") == 0;

  for (guint i = 0; node != NULL && i < STYLE_DEPTH; i++) {
    xmlNode *run = rp_xml_child (node, NULL, "rPr");

    if (of_characters) {
      style->marks |= is_on (run, "b") ? RP_RICH_BOLD : 0;
      style->marks |= is_on (run, "i") ? RP_RICH_ITALIC : 0;
    } else if (child_value (node, "name") != NULL) {
      read_paragraph_style (style, node);
    }
    node = find_style (nodes, child_value (node, "basedOn"));
  }
  return style;
}

static void
read_styles (RpDocxParts *self, xmlNode *root)
{
  g_autoptr (GHashTable) nodes = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id;
  gpointer node;

  for (xmlNode *style = rp_xml_child (root, NULL, "style"); style != NULL;
       style = rp_xml_next (style, NULL, "style")) {
    const char *name = rp_xml_peek_attribute (style, "styleId");

    if (name != NULL)
      g_hash_table_insert (nodes, (gpointer) name, style);
  }
  g_hash_table_iter_init (&iter, nodes);
  while (g_hash_table_iter_next (&iter, &id, &node))
    g_hash_table_insert (self->styles, g_strdup (id), resolve_style (nodes, node));
}

void
rp_docx_parts_read (RpDocxParts *self, RpOffice *office, const char *folder)
{
  g_autofree char *numbering = g_strconcat (folder, "/numbering.xml", NULL);
  g_autofree char *styles = g_strconcat (folder, "/styles.xml", NULL);
  g_autoptr (xmlDoc) list_doc = rp_office_read_part (office, numbering);

  self->styles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->style_doc = rp_office_read_part (office, styles);
  if (list_doc != NULL)
    read_numbering (self, xmlDocGetRootElement (list_doc));
  if (self->style_doc != NULL)
    read_styles (self, xmlDocGetRootElement (self->style_doc));
}

void
rp_docx_parts_clear (RpDocxParts *self)
{
  g_clear_pointer (&self->styles, g_hash_table_unref);
  g_clear_pointer (&self->lists, g_hash_table_unref);
  g_clear_pointer (&self->style_doc, xmlFreeDoc);
}

char *
rp_docx_dup_language (const RpDocxParts *self)
{
  xmlNode *root = self->style_doc != NULL ? xmlDocGetRootElement (self->style_doc) : NULL;
  xmlNode *defaults = rp_xml_child (root, NULL, "docDefaults");
  xmlNode *run = rp_xml_child (rp_xml_child (defaults, NULL, "rPrDefault"), NULL, "rPr");

  return g_strdup (child_value (run, "lang"));
}
