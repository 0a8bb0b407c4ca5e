#include "rp-render-markdown.h"

#include "rp-html.h"
#include "rp-render-xml.h"
#include "rp-text.h"

#include <string.h>

static void write_blocks (GString *out, xmlNode *parent, const char *indent);
static void write_inlines (GString *out, xmlNode *parent);

/* Within a line */

/* Everything that could be read as a mark; white space becomes one space. */
static void
append_text (GString *out, const char *text)
{
  for (const char *at = text; *at != '\0'; at++) {
    if (strchr (" \t\r\n", *at) != NULL) {
      if (out->len == 0 || strchr (" \n", out->str[out->len - 1]) == NULL)
        g_string_append_c (out, ' ');
      continue;
    }
    if (strchr ("\\`*_[]<>#|~&{}$", *at) != NULL)
      g_string_append_c (out, '\\');
    g_string_append_c (out, *at);
  }
}

static void
append_address (GString *out, const char *url)
{
  g_string_append_c (out, '<');
  g_string_append_uri_escaped (out, url != NULL ? url : "",
                               G_URI_RESERVED_CHARS_ALLOWED_IN_PATH "?#[]%", TRUE);
  g_string_append_c (out, '>');
}

static void
append_title (GString *out, const char *title)
{
  g_autofree char *flat = rp_text_collapse (title);

  if (rp_text_is_empty (flat))
    return;
  g_string_append (out, " \"");
  for (const char *at = flat; *at != '\0'; at++) {
    if (strchr ("\\\"&", *at) != NULL)
      g_string_append_c (out, '\\');
    g_string_append_c (out, *at);
  }
  g_string_append_c (out, '"');
}

static void
append_image (GString *out, xmlNode *image, const char *title)
{
  const char *alt = rp_xml_peek_attribute (image, "alt");

  g_string_append (out, "![");
  append_text (out, alt != NULL ? alt : "");
  g_string_append (out, "](");
  append_address (out, rp_xml_peek_attribute (image, "src"));
  append_title (out, title);
  g_string_append_c (out, ')');
}

/* Marks that stand close to the words: "** bold **" would be no mark at all. */
static void
write_marked (GString *out, xmlNode *node, const char *mark)
{
  g_autoptr (GString) inside = g_string_new (NULL);
  g_autofree char *trimmed = NULL;

  write_inlines (inside, node);
  trimmed = g_strstrip (g_strdup (inside->str));
  if (*trimmed == '\0') {
    g_string_append (out, inside->str);
    return;
  }
  g_string_append_printf (out, "%s%s%s%s%s", *inside->str == ' ' ? " " : "", mark, trimmed, mark,
                          g_str_has_suffix (inside->str, " ") ? " " : "");
}

static void
write_code (GString *out, xmlNode *node)
{
  xmlChar *text = xmlNodeGetContent (node);
  g_autofree char *flat = rp_text_collapse ((const char *) text);
  const char *fence = strchr (flat, '`') != NULL ? "```" : "`";
  const char *space = strchr (flat, '`') != NULL ? " " : "";

  if (*flat != '\0')
    g_string_append_printf (out, "%s%s%s%s%s", fence, space, flat, space, fence);
  xmlFree (text);
}

static void
write_link (GString *out, xmlNode *node)
{
  g_string_append_c (out, '[');
  write_inlines (out, node);
  g_string_append (out, "](");
  append_address (out, rp_xml_peek_attribute (node, "href"));
  g_string_append_c (out, ')');
}

static void
write_inline (GString *out, xmlNode *node)
{
  static const char *const strong[] = {"strong", "b", NULL};
  static const char *const stressed[] = {"em", "i", "cite", NULL};
  static const char *const struck[] = {"del", "s", "strike", NULL};

  if (node->type == XML_TEXT_NODE)
    append_text (out, (const char *) node->content);
  else if (node->type != XML_ELEMENT_NODE)
    return;
  else if (rp_render_xml_is_among (node, strong))
    write_marked (out, node, "**");
  else if (rp_render_xml_is_among (node, stressed))
    write_marked (out, node, "*");
  else if (rp_render_xml_is_among (node, struck))
    write_marked (out, node, "~~");
  else if (rp_xml_is (node, NULL, "code"))
    write_code (out, node);
  else if (rp_xml_is (node, NULL, "a") && rp_xml_peek_attribute (node, "href") != NULL)
    write_link (out, node);
  else if (rp_xml_is (node, NULL, "br"))
    g_string_append (out, "\\\n");
  else if (rp_xml_is (node, NULL, "img"))
    append_image (out, node, NULL);
  else
    write_inlines (out, node);
}

static void
write_inlines (GString *out, xmlNode *parent)
{
  for (xmlNode *node = parent->children; node != NULL; node = node->next)
    write_inline (out, node);
}

/* Blocks */

/* Adds a block: each of its lines behind the indent, a blank line after it. */
static void
append_block (GString *out, const char *block, const char *indent)
{
  g_autofree char *copy = g_strdup (block);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (copy), "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (out, "%s%s\n", indent, lines[i]);
  g_string_append_printf (out, "%s\n", g_str_has_suffix (indent, "> ") ? indent : "");
}

/* "1. x" and "- x" at the head of a line would begin a list, "===" underline it. */
static char *
dup_line (GString *words)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (words->str));
  gsize digits = strspn (trimmed, "0123456789");

  if (digits > 0 && digits < 10 && (trimmed[digits] == '.' || trimmed[digits] == ')'))
    return g_strdup_printf ("%.*s\\%s", (int) digits, trimmed, trimmed + digits);

  return g_strconcat (strchr ("-+=", *trimmed) != NULL && *trimmed != '\0' ? "\\" : "", trimmed,
                      NULL);
}

static void
write_line (GString *out, xmlNode *node, const char *before, const char *indent)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *line = NULL;
  g_autofree char *block = NULL;

  write_inlines (words, node);
  line = dup_line (words);
  if (*line == '\0')
    return;
  block = g_strconcat (before, line, NULL);
  append_block (out, block, indent);
}

static void
write_pre (GString *out, xmlNode *node, const char *indent)
{
  xmlChar *text = xmlNodeGetContent (node);
  const char *fence = strstr ((const char *) text, "```") != NULL ? "~~~~" : "```";
  g_autofree char *block = g_strdup_printf ("%s\n%s\n%s", fence, g_strchomp ((char *) text), fence);

  append_block (out, block, indent);
  xmlFree (text);
}

static void
write_item (GString *out, xmlNode *item, const char *mark, const char *indent)
{
  g_autoptr (GString) inside = g_string_new (NULL);
  g_autofree char *deeper = g_strnfill (strlen (mark), ' ');
  g_auto (GStrv) lines = NULL;

  write_blocks (inside, item, "");
  lines = g_strsplit (g_strchomp (inside->str), "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (out, "%s%s%s\n", indent,
                            i == 0              ? mark
                            : *lines[i] != '\0' ? deeper
                                                : "",
                            lines[i]);
}

static void
write_list (GString *out, xmlNode *list, const char *indent)
{
  gboolean ordered = rp_xml_is (list, NULL, "ol");
  guint number = 1;

  for (xmlNode *node = list->children; node != NULL; node = node->next)
    if (rp_xml_is (node, NULL, "li")) {
      g_autofree char *mark = ordered ? g_strdup_printf ("%u. ", number++) : g_strdup ("- ");

      write_item (out, node, mark, indent);
    }
  g_string_append_printf (out, "%s\n", g_str_has_suffix (indent, "> ") ? indent : "");
}

static void
write_quote (GString *out, xmlNode *quote, const char *indent)
{
  g_autofree char *deeper = g_strconcat (indent, "> ", NULL);

  write_blocks (out, quote, deeper);
  g_string_append_c (out, '\n');
}

/* What stays as it is. Blank lines within would end it. */
static void
write_html (GString *out, xmlNode *node, const char *indent)
{
  g_autoptr (xmlDoc) doc = xmlNewDoc (BAD_CAST "1.0");
  xmlNode *holder = xmlNewDocNode (doc, NULL, BAD_CAST "body", NULL);
  g_autofree char *html = NULL;
  g_autoptr (GString) lines = NULL;

  xmlDocSetRootElement (doc, holder);
  xmlAddChild (holder, xmlDocCopyNode (node, doc, 1));
  html = rp_html_serialise (holder);
  lines = g_string_new (html);
  g_string_replace (lines, "\n", " ", 0);
  append_block (out, lines->str, indent);
}

/* Tables of plain rows: one head, no spans, nothing but words in the cells. */
static gboolean
is_plain_table (xmlNode *table)
{
  for (xmlNode *node = table->children; node != NULL; node = rp_xml_follow (node, table, TRUE)) {
    if (rp_xml_peek_attribute (node, "colspan") != NULL ||
        rp_xml_peek_attribute (node, "rowspan") != NULL || rp_xml_is (node, NULL, "caption"))
      return FALSE;
    if (rp_render_xml_is_block (node) || rp_xml_is (node, NULL, "br") ||
        rp_xml_is (node, NULL, "img"))
      return FALSE;
  }

  return rp_render_xml_find (table, "th") != NULL && rp_render_xml_find (table, "tr") != NULL;
}

static void
write_row (GString *out, xmlNode *row, gboolean head)
{
  g_autoptr (GString) rule = g_string_new ("|");

  g_string_append_c (out, '|');
  for (xmlNode *node = row->children; node != NULL; node = node->next)
    if (rp_xml_is (node, NULL, "td") || rp_xml_is (node, NULL, "th")) {
      g_string_append_c (out, ' ');
      write_inlines (out, node);
      g_string_append (out, " |");
      g_string_append (rule, " --- |");
    }
  g_string_append_c (out, '\n');
  if (head)
    g_string_append_printf (out, "%s\n", rule->str);
}

static void
write_table (GString *out, xmlNode *table, const char *indent)
{
  g_autoptr (GString) rows = g_string_new (NULL);

  if (!is_plain_table (table)) {
    write_html (out, table, indent);
    return;
  }
  for (xmlNode *node = table; node != NULL; node = rp_xml_follow (node, table, TRUE))
    if (rp_xml_is (node, NULL, "tr"))
      write_row (rows, node, rows->len == 0);
  append_block (out, rows->str, indent);
}

/* Caption and credit become the picture's title, which readers show below it. */
static void
write_figure (GString *out, xmlNode *figure, const char *indent)
{
  xmlNode *image = rp_render_xml_find (figure, "img");
  xmlNode *caption = rp_render_xml_find (figure, "figcaption");
  g_autofree char *words = caption != NULL ? rp_xml_dup_text (caption) : NULL;
  g_autoptr (GString) line = g_string_new (NULL);

  if (image == NULL) {
    write_blocks (out, figure, indent);
    return;
  }
  append_image (line, image, words);
  append_block (out, line->str, indent);
}

static void
write_block (GString *out, xmlNode *node, const char *indent)
{
  static const char *const lists[] = {"ul", "ol", NULL};
  static const char *const lines[] = {"p", "figcaption", "summary", NULL};
  const char *name = (const char *) node->name;

  if (name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && name[2] == '\0') {
    g_autofree char *mark = g_strnfill ((gsize) (name[1] - '0'), '#');
    g_autofree char *before = g_strconcat (mark, " ", NULL);

    write_line (out, node, before, indent);
  } else if (rp_render_xml_is_among (node, lines)) {
    write_line (out, node, "", indent);
  } else if (rp_render_xml_is_among (node, lists)) {
    write_list (out, node, indent);
  } else if (rp_xml_is (node, NULL, "blockquote")) {
    write_quote (out, node, indent);
  } else if (rp_xml_is (node, NULL, "pre")) {
    write_pre (out, node, indent);
  } else if (rp_xml_is (node, NULL, "table")) {
    write_table (out, node, indent);
  } else if (rp_xml_is (node, NULL, "figure")) {
    write_figure (out, node, indent);
  } else if (rp_xml_is (node, NULL, "hr")) {
    append_block (out, "***", indent);
  } else if (rp_xml_is (node, NULL, "dl")) {
    write_html (out, node, indent);
  } else {
    write_blocks (out, node, indent);
  }
}

static void
flush_words (GString *out, GString *words, const char *indent)
{
  g_autofree char *line = dup_line (words);

  if (*line != '\0')
    append_block (out, line, indent);
  g_string_truncate (words, 0);
}

static void
write_blocks (GString *out, xmlNode *parent, const char *indent)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (xmlNode *node = parent->children; node != NULL; node = node->next) {
    if (!rp_render_xml_is_block (node)) {
      write_inline (words, node);
      continue;
    }
    flush_words (out, words, indent);
    write_block (out, node, indent);
  }
  flush_words (out, words, indent);
}

char *
rp_render_dup_markdown (const char *html)
{
  g_autoptr (xmlDoc) doc = rp_html_parse_fragment (html);
  GString *out = g_string_new (NULL);

  write_blocks (out, rp_html_get_body (doc), "");

  return g_string_free (out, FALSE);
}
