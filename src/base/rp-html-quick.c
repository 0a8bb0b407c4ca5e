#include "rp-html-quick.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/HTMLtree.h>

#define DEPTH_LIMIT 160
#define NAME_LIMIT 16

typedef enum {
  KIND_INLINE,
  KIND_VOID,
  KIND_BLOCK, /* ends an open paragraph: then the fragment is not plain */
  KIND_PART,  /* a block that stands only in `parents` */
} Kind;

typedef struct {
  const char *name;
  Kind kind;
  const char *parents; /* space before and after each; NULL = anywhere */
} Element;

static const Element elements[] = {
  {"a", KIND_INLINE},
  {"abbr", KIND_INLINE},
  {"article", KIND_BLOCK},
  {"aside", KIND_BLOCK},
  {"b", KIND_INLINE},
  {"blockquote", KIND_BLOCK},
  {"br", KIND_VOID},
  {"caption", KIND_PART, " table "},
  {"cite", KIND_INLINE},
  {"code", KIND_INLINE},
  {"dd", KIND_PART, " dl "},
  {"del", KIND_INLINE},
  {"div", KIND_BLOCK},
  {"dl", KIND_BLOCK},
  {"dt", KIND_PART, " dl "},
  {"em", KIND_INLINE},
  {"figcaption", KIND_PART, " figure "},
  {"figure", KIND_BLOCK},
  {"footer", KIND_BLOCK},
  {"h1", KIND_BLOCK},
  {"h2", KIND_BLOCK},
  {"h3", KIND_BLOCK},
  {"h4", KIND_BLOCK},
  {"h5", KIND_BLOCK},
  {"h6", KIND_BLOCK},
  {"header", KIND_BLOCK},
  {"hr", KIND_VOID},
  {"i", KIND_INLINE},
  {"img", KIND_VOID},
  {"ins", KIND_INLINE},
  {"kbd", KIND_INLINE},
  {"li", KIND_PART, " ul ol "},
  {"mark", KIND_INLINE},
  {"ol", KIND_BLOCK},
  {"p", KIND_BLOCK},
  {"pre", KIND_BLOCK},
  {"q", KIND_INLINE},
  {"s", KIND_INLINE},
  {"samp", KIND_INLINE},
  {"section", KIND_BLOCK},
  {"small", KIND_INLINE},
  {"span", KIND_INLINE},
  {"strong", KIND_INLINE},
  {"sub", KIND_INLINE},
  {"sup", KIND_INLINE},
  {"table", KIND_BLOCK},
  {"tbody", KIND_PART, " table "},
  {"td", KIND_PART, " tr "},
  {"tfoot", KIND_PART, " table "},
  {"th", KIND_PART, " tr "},
  {"thead", KIND_PART, " table "},
  {"time", KIND_INLINE},
  {"tr", KIND_PART, " table thead tbody tfoot "},
  {"u", KIND_INLINE},
  {"ul", KIND_BLOCK},
};

typedef struct {
  const char *at;
  xmlDoc *doc;                           /* owned */
  xmlNode *open[DEPTH_LIMIT + 1];        /* lent, [0] is the body */
  const Element *kinds[DEPTH_LIMIT + 1]; /* [0] is NULL */
  guint depth;
  GString *text; /* owned: decoded, of a text or a value */
} Reader;

static int
compare_element (const void *key, const void *element)
{
  return strcmp (key, ((const Element *) element)->name);
}

static const Element *
find_element (const char *name)
{
  return bsearch (name, elements, G_N_ELEMENTS (elements), sizeof (Element), compare_element);
}

/* A lower-case name at self->at; FALSE when it is too long for any that is known. */
static gboolean
take_name (Reader *self, char *name)
{
  gsize length = 0;

  while (length < NAME_LIMIT && g_ascii_isalnum (self->at[length])) {
    name[length] = g_ascii_tolower (self->at[length]);
    length++;
  }
  name[length] = '\0';
  self->at += length;

  return length > 0 && length < NAME_LIMIT;
}

static void
skip_space (Reader *self)
{
  self->at += strspn (self->at, " \t\r\n");
}

static gboolean
take_number (Reader *self)
{
  gboolean hex = self->at[2] == 'x' || self->at[2] == 'X';
  const char *digits = self->at + (hex ? 3 : 2);
  char *end;
  gulong value = strtoul (digits, &end, hex ? 16 : 10);

  if (!g_ascii_isxdigit (*digits) || *end != ';' || value < 0x20 ||
      (value > 0x7E && value < 0xA0) || value > 0x10FFFF ||
      !g_unichar_validate ((gunichar) value) || (value & 0xFFFE) == 0xFFFE)
    return FALSE;
  g_string_append_unichar (self->text, (gunichar) value);
  self->at = end + 1;

  return TRUE;
}

/* "&name;" at self->at. */
static gboolean
take_entity (Reader *self)
{
  const char *close;
  char name[NAME_LIMIT];
  const htmlEntityDesc *entity;

  if (self->at[1] == '#')
    return take_number (self);
  close = self->at + 1;
  while (g_ascii_isalnum (*close) && close - self->at < NAME_LIMIT)
    close++;
  if (*close != ';' || close - self->at - 1 >= NAME_LIMIT)
    return FALSE;
  memcpy (name, self->at + 1, (gsize) (close - self->at - 1));
  name[close - self->at - 1] = '\0';
  entity = htmlEntityLookup ((const xmlChar *) name);
  if (entity == NULL)
    return FALSE;
  g_string_append_unichar (self->text, entity->value);
  self->at = close + 1;

  return TRUE;
}

/* What ends a run of plain text: the end, controls, markup, and quotes, which may end a value. */
static const guchar stops[256] = {
  [0] = 1,  [1] = 1,  [2] = 1,  [3] = 1,   [4] = 1,   [5] = 1,    [6] = 1,   [7] = 1,    [8] = 1,
  [11] = 1, [12] = 1, [13] = 1, [14] = 1,  [15] = 1,  [16] = 1,   [17] = 1,  [18] = 1,   [19] = 1,
  [20] = 1, [21] = 1, [22] = 1, [23] = 1,  [24] = 1,  [25] = 1,   [26] = 1,  [27] = 1,   [28] = 1,
  [29] = 1, [30] = 1, [31] = 1, ['"'] = 1, ['&'] = 1, ['\''] = 1, ['<'] = 1, [0x7F] = 1,
};

/* Decoded into self->text, up to `until` (a quote, or '<' for text, or the end). */
static gboolean
take_text (Reader *self, char until)
{
  const char *from = self->at;

  g_string_truncate (self->text, 0);
  for (;;) {
    while (stops[(guchar) *self->at] == 0)
      self->at++;
    if (*self->at != until && (*self->at == '"' || *self->at == '\'')) {
      self->at++;
      continue;
    }
    g_string_append_len (self->text, from, self->at - from);
    if (*self->at == until || (until == '<' && *self->at == '\0'))
      return TRUE;
    if (*self->at != '&' || !take_entity (self))
      return FALSE;
    from = self->at;
  }
}

static gboolean
take_attribute (Reader *self, xmlNode *node)
{
  const char *from = self->at;
  g_autofree char *name = NULL;
  char quote;

  while (g_ascii_isalnum (*self->at) || *self->at == '-' || *self->at == '_')
    self->at++;
  if (self->at == from || !g_ascii_isalpha (*from) || *self->at != '=')
    return FALSE;
  name = g_ascii_strdown (from, self->at - from);
  quote = self->at[1];
  if (quote != '"' && quote != '\'')
    return FALSE;
  self->at += 2;
  if (!take_text (self, quote))
    return FALSE;
  self->at++;
  if (xmlHasProp (node, (const xmlChar *) name) == NULL)
    xmlNewProp (node, (const xmlChar *) name, (const xmlChar *) self->text->str);

  return *self->at == '>' || *self->at == '/' || g_ascii_isspace (*self->at);
}

static gboolean
is_open (Reader *self, const char *name)
{
  for (guint i = self->depth; i > 0; i--) {
    if (strcmp (self->kinds[i]->name, name) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_parent (Reader *self, const char *parents)
{
  const char *parent = self->depth > 0 ? self->kinds[self->depth]->name : "";
  gsize length = strlen (parent);
  const char *found = length > 0 ? strstr (parents, parent) : NULL;

  while (found != NULL && (found[-1] != ' ' || found[length] != ' '))
    found = strstr (found + 1, parent);

  return found != NULL;
}

/* Lists and tables, which hold parts and white space only. */
static gboolean
holds_parts (const Element *element)
{
  static const char *const holders[] = {"table", "thead", "tbody", "tfoot", "tr",
                                        "ul",    "ol",    "dl",    NULL};

  return element != NULL && g_strv_contains (holders, element->name);
}

/* Whether the full parser would put it here, too, without closing anything first. */
static gboolean
fits (Reader *self, const Element *element)
{
  if (element->kind != KIND_PART && holds_parts (self->kinds[self->depth]))
    return FALSE;
  if (element->kind == KIND_INLINE)
    return strcmp (element->name, "a") != 0 || !is_open (self, "a");
  if (element->kind == KIND_VOID)
    return strcmp (element->name, "hr") != 0 || !is_open (self, "p");
  if (element->parents != NULL)
    return has_parent (self, element->parents);
  for (guint i = self->depth; i > 0; i--) {
    if (self->kinds[i]->kind == KIND_INLINE || self->kinds[i]->name[0] == 'p' ||
        (self->kinds[i]->name[0] == 'h' && g_ascii_isdigit (self->kinds[i]->name[1])))
      return FALSE;
  }
  return TRUE;
}

static gboolean
take_start (Reader *self)
{
  char name[NAME_LIMIT + 1];
  const Element *element;
  xmlNode *node;

  self->at++;
  element = take_name (self, name) ? find_element (name) : NULL;
  if (element == NULL || !fits (self, element) || self->depth == DEPTH_LIMIT)
    return FALSE;
  node = xmlNewDocNode (self->doc, NULL, (const xmlChar *) name, NULL);
  xmlAddChild (self->open[self->depth], node);
  skip_space (self);
  while (*self->at != '>') {
    if (*self->at == '/' && self->at[1] == '>' && element->kind == KIND_VOID) {
      self->at++;
      break;
    }
    if (!take_attribute (self, node))
      return FALSE;
    skip_space (self);
  }
  self->at++;
  if (element->kind != KIND_VOID) {
    self->depth++;
    self->open[self->depth] = node;
    self->kinds[self->depth] = element;
  }
  return TRUE;
}

static gboolean
take_end (Reader *self)
{
  char name[NAME_LIMIT + 1];

  self->at += 2;
  if (!take_name (self, name) || *self->at != '>' || self->depth == 0 ||
      strcmp (self->kinds[self->depth]->name, name) != 0)
    return FALSE;
  self->at++;
  self->depth--;

  return TRUE;
}

static gboolean
is_blank (const GString *text)
{
  return strspn (text->str, " \t\n") == text->len;
}

static gboolean
take_run (Reader *self)
{
  xmlNode *parent = self->open[self->depth];

  if (!take_text (self, '<'))
    return FALSE;
  if (holds_parts (self->kinds[self->depth]) && !is_blank (self->text))
    return FALSE;
  xmlAddChild (
    parent, xmlNewDocTextLen (self->doc, (const xmlChar *) self->text->str, (int) self->text->len));
  return TRUE;
}

static gboolean
take_all (Reader *self)
{
  while (*self->at != '\0') {
    gboolean plain;

    if (*self->at != '<')
      plain = take_run (self);
    else if (self->at[1] == '/')
      plain = take_end (self);
    else
      plain = g_ascii_isalpha (self->at[1]) && take_start (self);
    if (!plain)
      return FALSE;
  }
  return self->depth == 0;
}

xmlDoc *
rp_html_read_quickly (const char *html)
{
  Reader self = {.at = html, .doc = htmlNewDocNoDtD (NULL, NULL)};
  gboolean plain;

  self.open[0] = xmlNewDocNode (self.doc, NULL, (const xmlChar *) "body", NULL);
  xmlDocSetRootElement (self.doc, self.open[0]);
  self.text = g_string_sized_new (4096);
  plain = take_all (&self);
  g_string_free (self.text, TRUE);
  if (!plain)
    g_clear_pointer (&self.doc, xmlFreeDoc);

  return self.doc;
}
