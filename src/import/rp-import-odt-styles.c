#include "rp-import-odt-styles.h"

#include <string.h>

#include "rp-text.h"

#define STYLE_DEPTH 16 /* styles based on styles */

void
rp_odt_styles_init (RpOdtStyles *self)
{
  self->styles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->lists = g_hash_table_new (g_str_hash, g_str_equal);
}

void
rp_odt_styles_clear (RpOdtStyles *self)
{
  g_clear_pointer (&self->styles, g_hash_table_unref);
  g_clear_pointer (&self->lists, g_hash_table_unref);
}

void
rp_odt_styles_add (RpOdtStyles *self, xmlNode *root)
{
  for (xmlNode *node = root; node != NULL;
       node = rp_xml_follow (node, root, !rp_xml_is (node, NULL, "body"))) {
    const char *name = node->type == XML_ELEMENT_NODE ? rp_xml_peek_attribute (node, "name") : NULL;
    const char *family = name != NULL ? rp_xml_peek_attribute (node, "family") : NULL;

    if (name == NULL)
      continue;
    if (rp_xml_is (node, NULL, "style") && family != NULL)
      g_hash_table_insert (self->styles, g_strconcat (family, "/", name, NULL), node);
    else if (rp_xml_is (node, NULL, "list-style"))
      g_hash_table_insert (self->lists, (gpointer) name, node);
  }
}

static xmlNode *
find_style (const RpOdtStyles *self, const char *family, const char *name)
{
  g_autofree char *key = g_strconcat (family, "/", name, NULL);

  return g_hash_table_lookup (self->styles, key);
}

/* "Heading_20_1" is "Heading 1". Gives. */
static char *
dup_style_name (const char *name)
{
  GString *plain = g_string_new (name);

  rp_text_replace (plain, "_20_", " ");
  return g_string_free (plain, FALSE);
}

RpRichKind
rp_odt_styles_find_kind (const RpOdtStyles *self, const char *name, guint *out_level)
{
  for (guint i = 0; name != NULL && i < STYLE_DEPTH; i++) {
    g_autofree char *plain = dup_style_name (name);
    RpRichKind kind = rp_rich_kind_of_style (plain, out_level);

    if (kind != RP_RICH_PARAGRAPH)
      return kind;
    name = rp_xml_peek_attribute (find_style (self, "paragraph", name), "parent-style-name");
  }
  return RP_RICH_PARAGRAPH;
}

static gboolean
is_bold (const char *weight)
{
  return weight != NULL && (strcmp (weight, "bold") == 0 || (*weight >= '6' && *weight <= '9'));
}

static gboolean
is_slanted (const char *style)
{
  return style != NULL && (strcmp (style, "italic") == 0 || strcmp (style, "oblique") == 0);
}

static RpRichMarks
read_marks (xmlNode *style)
{
  xmlNode *properties = rp_xml_child (style, NULL, "text-properties");
  const char *struck = rp_xml_peek_attribute (properties, "text-line-through-style");
  const char *position = rp_xml_peek_attribute (properties, "text-position");
  RpRichMarks marks = 0;

  marks |= is_bold (rp_xml_peek_attribute (properties, "font-weight")) ? RP_RICH_BOLD : 0;
  marks |= is_slanted (rp_xml_peek_attribute (properties, "font-style")) ? RP_RICH_ITALIC : 0;
  marks |= struck != NULL && strcmp (struck, "none") != 0 ? RP_RICH_STRIKE : 0;
  if (position != NULL && (g_str_has_prefix (position, "super") || *position == '3'))
    marks |= RP_RICH_RAISED;
  if (position != NULL && (g_str_has_prefix (position, "sub") || *position == '-'))
    marks |= RP_RICH_LOWERED;
  if (g_strcmp0 (rp_xml_peek_attribute (properties, "display"), "none") == 0)
    marks |= RP_RICH_HIDDEN;
  return marks;
}

RpRichMarks
rp_odt_styles_find_marks (const RpOdtStyles *self, const char *family, const char *name)
{
  RpRichMarks marks = 0;

  for (guint i = 0; name != NULL && i < STYLE_DEPTH; i++) {
    xmlNode *style = find_style (self, family, name);

    marks |= read_marks (style);
    name = rp_xml_peek_attribute (style, "parent-style-name");
  }
  return marks;
}

gboolean
rp_odt_styles_is_ordered (const RpOdtStyles *self, const char *list, guint level)
{
  xmlNode *style = list != NULL ? g_hash_table_lookup (self->lists, list) : NULL;

  for (xmlNode *node = style != NULL ? style->children : NULL; node != NULL; node = node->next) {
    const char *of = node->type == XML_ELEMENT_NODE ? rp_xml_peek_attribute (node, "level") : NULL;

    if (of != NULL && g_ascii_strtoull (of, NULL, 10) == level)
      return rp_xml_is (node, NULL, "list-level-style-number") &&
             g_strcmp0 (rp_xml_peek_attribute (node, "num-format"), "") != 0;
  }
  return FALSE;
}
