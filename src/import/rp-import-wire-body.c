#include "rp-import-wire-body.h"

#include <string.h>

#include "rp-html.h"
#include "rp-import-regex.h"
#include "rp-import-wire-xml.h"
#include "rp-text.h"

#define NESTING_LIMIT 4 /* documents within documents */

typedef struct {
  GString *out;
  const char *base_url; /* lent, may be NULL */
  guint nesting;
} Writer;

/* Elements of NITF that HTML has another word for; "" keeps only what is in it, NULL drops it. What
 * is not listed stays as it is, for the cleaner to judge. */
static const struct {
  const char *name;
  const char *becomes;
} words[] = {
  {"abstract", "div"},
  {"alt-code", NULL},
  {"block", "div"},
  {"body", ""},
  {"body.content", ""},
  {"body.end", ""},
  {"body.head", NULL},
  {"bq", "blockquote"},
  {"byline", "p"},
  {"classifier", NULL},
  {"credit", "p"},
  {"custom-table", ""},
  {"dateline", "p"},
  {"datasource", "p"},
  {"docdata", NULL},
  {"fn", "p"},
  {"head", NULL},
  {"hedline", "div"},
  {"hl1", "h2"},
  {"hl2", "h2"},
  {"html", ""},
  {"iim", NULL},
  {"key-list", NULL},
  {"lang", "span"},
  {"media-object", NULL},
  {"nitf", ""},
  {"nitf-table", ""},
  {"nitf-table-metadata", NULL},
  {"note", "div"},
  {"object", NULL},
  {"script", NULL},
  {"style", NULL},
  {"table-reference", NULL},
  {"tagline", "p"},
  {"title", NULL},
  {"tobject", NULL},
};

static const char *const void_elements[] = {"br", "hr", "img", "col", NULL};
/* Entities of NITF that stand within a line: their tags go. */
static const char *const entities[] = {
  "person",     "org",           "location",        "city",         "state",     "region",
  "country",    "sublocation",   "event",           "chron",        "function",  "money",
  "num",        "numer",         "denom",           "frac",         "virtloc",   "postaddr",
  "copyrite",   "copyrite.year", "copyrite.holder", "object.title", "addressee", "pronounce",
  "name.given", "name.family",   "story.date",      "byttl",        NULL};

static void write_children (Writer *self, const xmlNode *parent);

static gboolean
is_markup (const char *text)
{
  static RpRegex tags =
    RP_REGEX ("<(?:p|br|div|h[1-6]|ul|ol|li|table|b|i|u|a|strong|em|span|img|figure|html|body|"
              "blockquote|section|article|pre|hl2|bq)(?:\\s[^<>]*)?/?>");

  return rp_regex_test (&tags, text);
}

/* Pictures */

static gboolean
is_picture_word (const char *word)
{
  static RpRegex picture =
    RP_REGEX ("image|photo|picture|graphi|illustration|bild|jpe?g|png|gif|webp");

  return word != NULL && rp_regex_test (&picture, word);
}

static gboolean
shows_picture (xmlNode *media, xmlNode *reference)
{
  g_autofree char *kind = rp_wire_dup_attribute (media, "media-type");
  g_autofree char *type = rp_wire_dup_attribute (reference, "mime-type");
  g_autofree char *file = rp_wire_dup_attribute (reference, "source");

  if (type != NULL)
    return is_picture_word (type);
  if (kind != NULL)
    return is_picture_word (kind);
  return is_picture_word (file);
}

static gint64
width_of (xmlNode *reference)
{
  g_autofree char *width = rp_wire_dup_attribute (reference, "width");

  return width != NULL ? g_ascii_strtoll (width, NULL, 10) : 0;
}

xmlNode *
rp_wire_find_reference (xmlNode *media)
{
  xmlNode *best = NULL;

  for (xmlNode *node = rp_wire_child (media, "media-reference"); node != NULL;
       node = rp_wire_next (node, "media-reference")) {
    if (shows_picture (media, node) && (best == NULL || width_of (node) > width_of (best)))
      best = node;
  }
  return best;
}

char *
rp_wire_dup_caption (xmlNode *media)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (xmlNode *node = rp_wire_child (media, "media-caption"); node != NULL;
       node = rp_wire_next (node, "media-caption")) {
    g_autofree char *html = rp_wire_content_to_html (node, NULL);
    g_autofree char *text = html != NULL ? rp_html_to_text (html) : NULL;

    if (!rp_text_is_empty (text))
      g_string_append_printf (all, "%s%s", all->len > 0 ? " " : "", text);
  }
  return rp_text_clean (all->str);
}

/* A picture without an address that leads to it stays out of the text. */
static void
write_media (Writer *self, xmlNode *media)
{
  xmlNode *reference = rp_wire_find_reference (media);
  g_autofree char *href = rp_wire_dup_attribute (reference, "source");
  g_autofree char *url = href != NULL ? rp_text_resolve_picture_url (self->base_url, href) : NULL;
  g_autofree char *alt = rp_wire_dup_attribute (reference, "alternate-text");
  g_autofree char *caption = rp_wire_dup_caption (media);
  g_autofree char *safe_url = rp_text_escape (url);
  g_autofree char *safe_alt = rp_text_escape (alt);
  g_autofree char *safe_caption = rp_text_escape (caption);

  if (url == NULL)
    return;
  g_string_append_printf (self->out, "<figure><img src=\"%s\" alt=\"%s\">", safe_url, safe_alt);
  if (caption != NULL)
    g_string_append_printf (self->out, "<figcaption>%s</figcaption>", safe_caption);
  g_string_append (self->out, "</figure>");
}

/* Elements */

static gboolean
find_word (const char *name, const char **out)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    if (strcmp (words[i].name, name) == 0) {
      *out = words[i].becomes;
      return TRUE;
    }
  }
  return FALSE;
}

static void
write_attributes (Writer *self, const xmlNode *node)
{
  for (const xmlAttr *attribute = node->properties; attribute != NULL;
       attribute = attribute->next) {
    const char *value = rp_xml_peek_attribute (node, (const char *) attribute->name);
    g_autofree char *name = g_ascii_strdown ((const char *) attribute->name, -1);
    g_autofree char *safe = rp_text_escape (value);

    if (xmlValidateNCName ((const xmlChar *) name, 0) == 0)
      g_string_append_printf (self->out, " %s=\"%s\"", name, safe);
  }
}

static void
write_tagged (Writer *self, const xmlNode *node, const char *tag)
{
  g_string_append_printf (self->out, "<%s", tag);
  write_attributes (self, node);
  g_string_append_c (self->out, '>');
  if (g_strv_contains (void_elements, tag))
    return;
  write_children (self, node);
  g_string_append_printf (self->out, "</%s>", tag);
}

/* Parts of a name or a fraction that stand without a space or a bar between them. */
static void
write_gap (Writer *self, const char *name)
{
  char last = self->out->len > 0 ? self->out->str[self->out->len - 1] : ' ';

  if (strcmp (name, "denom") == 0 && g_ascii_isdigit (last))
    g_string_append_c (self->out, '/');
  else if (strcmp (name, "name.family") == 0 && !g_ascii_isspace (last) && last != '>')
    g_string_append_c (self->out, ' ');
}

static void
write_element (Writer *self, xmlNode *node)
{
  g_autofree char *name = g_ascii_strdown ((const char *) node->name, -1);
  const char *becomes = name;

  if (strcmp (name, "media") == 0) {
    write_media (self, node);
  } else if (g_strv_contains (entities, name)) {
    write_gap (self, name);
    write_children (self, node);
  } else if (find_word (name, &becomes) && becomes == NULL) {
    return;
  } else if (*becomes == '\0' || xmlValidateNCName ((const xmlChar *) becomes, 0) != 0) {
    write_children (self, node);
  } else {
    write_tagged (self, node, becomes);
  }
}

/* Markup that was wrapped up as the text of one element. */
static gboolean
holds_markup (const xmlNode *text)
{
  const char *content = (const char *) text->content;

  return is_markup (content) && strpbrk (content, "/") != NULL &&
         (text->type == XML_CDATA_SECTION_NODE || (text->prev == NULL && text->next == NULL));
}

static void
write_children (Writer *self, const xmlNode *parent)
{
  for (xmlNode *node = parent->children; node != NULL; node = node->next) {
    if (node->type == XML_ELEMENT_NODE) {
      write_element (self, node);
    } else if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) &&
               node->content != NULL) {
      g_autofree char *safe = holds_markup (node) ? g_strdup ((const char *) node->content)
                                                  : rp_text_escape ((const char *) node->content);

      g_string_append (self->out, safe);
    }
  }
}

/* Lines */

static gsize
indent_of (const char *line)
{
  gsize indent = 0;

  for (; *line == ' ' || *line == '\t'; line++)
    indent += *line == '\t' ? 4 : 1;
  return indent;
}

static gboolean
is_blank (const char *line)
{
  return line[strspn (line, " \t\r\f\v")] == '\0';
}

/* Columns of figures: they keep their places. */
static gboolean
is_tabular (const char *line)
{
  static RpRegex columns = RP_REGEX ("\\S(?: {3,}|\\t+)\\S+.*\\S(?: {2,}|\\t+)\\S");

  return rp_regex_test (&columns, line);
}

typedef struct {
  gboolean blanks;  /* paragraphs are set apart by blank lines */
  gboolean indents; /* or begin with an indent */
  gboolean wrapped; /* a line's end is no paragraph's end */
  guint longest;    /* characters */
} Layout;

static Layout
judge_layout (char **lines)
{
  Layout layout = {0};
  guint full = 0;
  guint flush = 0;
  guint indented = 0;
  guint blank = 0;

  for (guint i = 0; lines[i] != NULL; i++) {
    glong length = g_utf8_strlen (lines[i], -1);

    if (is_blank (lines[i])) {
      blank++;
      continue;
    }
    full++;
    layout.longest = MAX (layout.longest, (guint) length);
    if (indent_of (lines[i]) >= 2)
      indented++;
    else
      flush++;
  }
  layout.indents = indented > 0 && (flush > 0 || indented == 1);
  layout.blanks = blank > 0 && full > 1;
  layout.wrapped = layout.longest <= 110;
  return layout;
}

/* A line that stops well before the margin was broken on purpose. */
static gboolean
stops_early (const Layout *layout, const char *line, guint percent)
{
  return g_utf8_strlen (line, -1) * 100 < (glong) layout->longest * percent;
}

static gboolean
ends_sentence (const char *line)
{
  gsize length = strlen (line);

  while (length > 0 && strchr (" \t\"')", line[length - 1]) != NULL)
    length--;
  return length > 0 && strchr (".!?:", line[length - 1]) != NULL;
}

/* Does a paragraph begin with this line, which is not blank. */
static gboolean
begins_paragraph (const Layout *layout, const char *line, const char *previous)
{
  if (previous == NULL || is_blank (previous))
    return TRUE;
  if (layout->indents && indent_of (line) >= 2)
    return TRUE;
  if (layout->blanks)
    return FALSE;
  return !layout->wrapped ||
         (!layout->indents && ends_sentence (previous) && stops_early (layout, previous, 80));
}

static void
close_paragraph (GString *html, gboolean *open)
{
  if (*open)
    g_string_append (html, "</p>");
  *open = FALSE;
}

static void
append_lines (GString *html, char **lines, const Layout *layout)
{
  gboolean open = FALSE;
  gboolean in_table = FALSE;

  for (guint i = 0; lines[i] != NULL; i++) {
    g_autofree char *safe = rp_text_escape (lines[i]);
    gboolean tabular = is_tabular (lines[i]);

    if (tabular || is_blank (lines[i]) ||
        begins_paragraph (layout, lines[i], i > 0 ? lines[i - 1] : NULL) || in_table)
      close_paragraph (html, &open);
    if (tabular != in_table)
      g_string_append (html, tabular ? "<pre>" : "</pre>");
    in_table = tabular;
    if (tabular) {
      g_string_append_printf (html, "%s\n", g_strchomp (safe));
    } else if (!is_blank (lines[i])) {
      gboolean flows = layout->wrapped && i > 0 && !stops_early (layout, lines[i - 1], 55);

      g_string_append_printf (html, "%s%s",
                              !open   ? "<p>"
                              : flows ? "\n"
                                      : "<br>",
                              g_strstrip (safe));
      open = TRUE;
    }
  }
  close_paragraph (html, &open);
  if (in_table)
    g_string_append (html, "</pre>");
}

char *
rp_wire_lines_to_html (const char *text)
{
  GString *html = g_string_new (NULL);
  g_autoptr (GString) unix_text = g_string_new (text);
  g_autofree char *valid = NULL;
  g_auto (GStrv) lines = NULL;
  Layout layout;

  rp_text_mend_lines (unix_text);
  valid = g_utf8_make_valid (unix_text->str, -1);
  lines = g_strsplit (valid, "\n", -1);
  layout = judge_layout (lines);
  append_lines (html, lines, &layout);

  return g_string_free (html, FALSE);
}

/* Markup that came as text */

/* Escaped a second time: &lt;p&gt; */
static char *
dup_unescaped (const char *text)
{
  static RpRegex escaped = RP_REGEX ("&lt;(?:p|br|div|h[1-6]|ul|b|i|strong|em|a)(?:\\s.*?)?/?&gt;");

  return is_markup (text) || !rp_regex_test (&escaped, text) ? g_strdup (text)
                                                             : rp_text_unescape (text);
}

static gboolean
is_xml_document (const char *text)
{
  return g_str_has_prefix (text, "<?xml") || g_ascii_strncasecmp (text, "<nitf", 5) == 0;
}

static void write_content (Writer *self, xmlNode *content);

static void
write_text (Writer *self, const char *text)
{
  g_autofree char *plain = dup_unescaped (text);
  const char *start = plain + strspn (plain, " \t\r\n");

  if (is_xml_document (start) && self->nesting < NESTING_LIMIT) {
    g_autoptr (GBytes) bytes = g_bytes_new (start, strlen (start));
    g_autoptr (xmlDoc) doc = rp_xml_parse (bytes, TRUE, NULL, NULL);

    if (doc != NULL) {
      self->nesting++;
      write_content (self, xmlDocGetRootElement (doc));
      self->nesting--;
      return;
    }
  }
  if (is_markup (plain)) {
    g_string_append (self->out, plain);
  } else {
    g_autofree char *html = rp_wire_lines_to_html (plain);

    g_string_append (self->out, html);
  }
}

static gboolean
has_elements (const xmlNode *parent)
{
  return xmlFirstElementChild ((xmlNode *) parent) != NULL;
}

/* All text below as it stands, line breaks too. Gives. */
static char *
dup_raw_text (const xmlNode *root)
{
  GString *text = g_string_new (NULL);

  for (const xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE)) {
    if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) &&
        node->content != NULL)
      g_string_append (text, (const char *) node->content);
  }
  return g_string_free (text, FALSE);
}

/* A body that is one <pre> was typed as lines. */
static xmlNode *
enter_lone_pre (xmlNode *core)
{
  xmlNode *only = xmlFirstElementChild (core);

  return rp_wire_is (only, "pre") && xmlNextElementSibling (only) == NULL && !has_elements (only)
           ? only
           : core;
}

/* The part that holds the text: body.content of NITF, body of XHTML, else all of it. */
static xmlNode *
find_core (xmlNode *content)
{
  xmlNode *core =
    rp_wire_is (content, "body.content") ? content : rp_wire_find (content, NULL, "body.content");

  if (core == NULL)
    core = rp_wire_find (content, NULL, "body");
  return core != NULL ? core : content;
}

static void
write_content (Writer *self, xmlNode *content)
{
  xmlNode *core = enter_lone_pre (find_core (content));

  if (has_elements (core)) {
    write_children (self, core);
  } else {
    g_autofree char *text = dup_raw_text (core);

    write_text (self, text);
  }
}

static char *
finish (Writer *self)
{
  g_autofree char *html = g_string_free (self->out, FALSE);

  return rp_text_is_empty (html) ? NULL : g_steal_pointer (&html);
}

char *
rp_wire_content_to_html (xmlNode *content, const char *base_url)
{
  Writer self = {.out = g_string_new (NULL), .base_url = base_url};

  write_content (&self, content);
  return finish (&self);
}
