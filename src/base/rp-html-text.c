#include "rp-html.h"

#include <string.h>

#include "rp-text.h"

typedef enum {
  BREAK_NONE,
  BREAK_LINE,
  BREAK_BLOCK
} Break;

/* What stands between two pieces of text: the strongest break asked for since the last one. */
typedef struct {
  GString *out;
  Break pending;
  gboolean space;
  guint in_pre;
} Writer;

/* Captions belong to their pictures, not to the running text. */
static const char *const silent[] = {"script", "style",      "template", "noscript", "head",
                                     "title",  "select",     "button",   "textarea", "svg",
                                     "object", "figcaption", NULL};
static const char *const lines[] = {"li", "tr", "dt", "dd", "option", NULL};
static const char *const inlines[] = {
  "a",    "abbr",  "b",    "bdi",     "bdo",    "cite",  "code", "del",  "dfn",
  "em",   "font",  "i",    "img",     "ins",    "kbd",   "mark", "q",    "s",
  "samp", "small", "span", "strike",  "strong", "sub",   "sup",  "time", "tt",
  "u",    "var",   "wbr",  "acronym", "big",    "label", "nobr", NULL};

static void
flush_break (Writer *self)
{
  if (self->out->len > 0 && self->pending != BREAK_NONE)
    g_string_append (self->out, self->pending == BREAK_BLOCK ? "\n\n" : "\n");
  else if (self->out->len > 0 && self->space)
    g_string_append_c (self->out, ' ');
  self->pending = BREAK_NONE;
  self->space = FALSE;
}

static gsize
white_length (const char *at)
{
  if (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r' || *at == '\f')
    return 1;
  return (guchar) at[0] == 0xC2 && (guchar) at[1] == 0xA0 ? 2 : 0;
}

/* How far the text goes on as it shall stand: words with single blanks between them. */
static gsize
run_length (const char *text)
{
  const char *at = text;

  for (;;) {
    guchar c = (guchar) *at;

    if (c > ' ' && c != 0xC2)
      at++;
    else if (c == ' ' && (guchar) at[1] > ' ' && (guchar) at[1] != 0xC2)
      at += 2;
    else if (c == '\0' || white_length (at) > 0)
      return (gsize) (at - text);
    else
      at++;
  }
}

static void
write_text (Writer *self, const char *text)
{
  if (self->in_pre > 0) {
    if (*text != '\0') {
      flush_break (self);
      g_string_append (self->out, text);
    }
    return;
  }
  while (*text != '\0') {
    gsize white = white_length (text);
    gsize run;

    if (white > 0) {
      self->space = TRUE;
      text += white;
      continue;
    }
    run = run_length (text);
    flush_break (self);
    g_string_append_len (self->out, text, (gssize) run);
    text += run;
  }
}

static Break
break_around (const char *name)
{
  if (rp_text_is_among (inlines, name))
    return BREAK_NONE;
  return rp_text_is_among (lines, name) ? BREAK_LINE : BREAK_BLOCK;
}

static void
write_tree (Writer *self, const xmlNode *parent)
{
  for (const xmlNode *node = parent->children; node != NULL; node = node->next) {
    const char *name = (const char *) node->name;
    gboolean pre;
    Break around;

    if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) &&
        node->content != NULL)
      write_text (self, (const char *) node->content);
    if (node->type != XML_ELEMENT_NODE || rp_text_is_among (silent, name))
      continue;
    if (strcmp (name, "br") == 0) {
      self->pending = MAX (self->pending, BREAK_LINE);
      continue;
    }
    if (strcmp (name, "td") == 0 || strcmp (name, "th") == 0) {
      self->space = TRUE;
      write_tree (self, node);
      self->space = TRUE;
      continue;
    }
    around = break_around (name);
    pre = strcmp (name, "pre") == 0;
    self->pending = MAX (self->pending, around);
    self->in_pre += pre;
    write_tree (self, node);
    self->in_pre -= pre;
    self->pending = MAX (self->pending, around);
  }
}

char *
rp_html_tree_to_text (xmlNode *parent)
{
  Writer self = {.out = g_string_new (NULL)};

  if (parent != NULL)
    write_tree (&self, parent);
  while (self.out->len > 0 && g_ascii_isspace (self.out->str[self.out->len - 1]))
    g_string_truncate (self.out, self.out->len - 1);

  return g_string_free (self.out, FALSE);
}

char *
rp_html_to_text (const char *html)
{
  g_autoptr (xmlDoc) doc = rp_html_parse_fragment (html);

  return rp_html_tree_to_text (rp_html_get_body (doc));
}

guint
rp_html_count_words (const char *html)
{
  g_autofree char *text = rp_html_to_text (html);

  return rp_text_count_words (text);
}
