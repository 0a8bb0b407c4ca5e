#include "rp-import-rich.h"

#include <string.h>

#include "rp-import-document.h"
#include "rp-import-fields.h"
#include "rp-import-regex.h"
#include "rp-text.h"

#define LIST_LIMIT 9

typedef struct {
  RpRichBlock block;
  GString *html;
  gboolean raw;     /* html is whole blocks */
  gboolean picture; /* nothing but a picture stands in it */
} Entry;

struct _RpRich {
  GPtrArray *entries; /* owned, of Entry */
  GString *notes;     /* owned, HTML */
  Entry *open;        /* lent, NULL between paragraphs */
  RpRichMarks marks;  /* of the run that is being written */
  char *href;         /* owned, of that run */
};

static void
entry_free (Entry *entry)
{
  g_string_free (entry->html, TRUE);
  g_free (entry);
}

RpRich *
rp_rich_new (void)
{
  RpRich *self = g_new0 (RpRich, 1);

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->notes = g_string_new (NULL);
  return self;
}

void
rp_rich_free (RpRich *self)
{
  g_ptr_array_unref (self->entries);
  g_string_free (self->notes, TRUE);
  g_free (self->href);
  g_free (self);
}

/* Runs */

static const struct {
  RpRichMarks mark;
  const char *tag;
} tags[] = {
  {RP_RICH_BOLD, "strong"}, {RP_RICH_ITALIC, "em"},   {RP_RICH_STRIKE, "s"},
  {RP_RICH_RAISED, "sup"},  {RP_RICH_LOWERED, "sub"},
};

static void
end_run (RpRich *self)
{
  for (gsize i = G_N_ELEMENTS (tags); i-- > 0;) {
    if (self->marks & tags[i].mark)
      g_string_append_printf (self->open->html, "</%s>", tags[i].tag);
  }
  if (self->href != NULL)
    g_string_append (self->open->html, "</a>");
  self->marks = 0;
  g_clear_pointer (&self->href, g_free);
}

/* Neighbours that look the same are one run, however the file cuts them. */
static void
begin_run (RpRich *self, RpRichMarks marks, const char *href)
{
  if (self->marks == marks && g_strcmp0 (self->href, href) == 0)
    return;
  end_run (self);
  self->marks = marks;
  self->href = g_strdup (href);
  if (href != NULL) {
    g_autofree char *escaped = rp_text_escape (href);

    g_string_append_printf (self->open->html, "<a href=\"%s\">", escaped);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++) {
    if (marks & tags[i].mark)
      g_string_append_printf (self->open->html, "<%s>", tags[i].tag);
  }
}

/* Blocks */

static Entry *
add_entry (RpRich *self, const RpRichBlock *block)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->block = *block;
  entry->html = g_string_new (NULL);
  g_ptr_array_add (self->entries, entry);
  return entry;
}

void
rp_rich_open (RpRich *self, const RpRichBlock *block)
{
  rp_rich_close (self);
  self->open = add_entry (self, block);
  self->open->block.list_depth = MIN (block->list_depth, LIST_LIMIT);
}

void
rp_rich_close (RpRich *self)
{
  if (self->open == NULL)
    return;
  end_run (self);
  self->open = NULL;
}

static void
ensure_open (RpRich *self)
{
  static const RpRichBlock plain = {RP_RICH_PARAGRAPH, 0, 0, FALSE};

  if (self->open == NULL)
    rp_rich_open (self, &plain);
}

void
rp_rich_text (RpRich *self, const char *text, RpRichMarks marks, const char *href)
{
  g_autofree char *escaped = NULL;
  gboolean is_heading;

  if (text == NULL || *text == '\0' || (marks & RP_RICH_HIDDEN))
    return;
  ensure_open (self);
  is_heading = self->open->block.kind == RP_RICH_HEADING || self->open->block.kind == RP_RICH_TITLE;
  if (is_heading)
    marks &= ~(RpRichMarks) RP_RICH_BOLD;
  if (text[strspn (text, " \t")] != '\0')
    self->open->picture = FALSE;
  begin_run (self, marks, href);
  escaped = rp_text_escape (text);
  g_string_append (self->open->html, escaped);
}

void
rp_rich_break (RpRich *self)
{
  if (self->open != NULL)
    g_string_append (self->open->html, "<br>");
}

void
rp_rich_picture (RpRich *self, const char *address, const char *alt)
{
  g_autofree char *escaped = rp_text_escape (address);
  g_autofree char *meaning = rp_text_escape (alt);
  gboolean alone;

  ensure_open (self);
  end_run (self);
  alone = self->open->html->str[strspn (self->open->html->str, " \t")] == '\0';
  g_string_append_printf (self->open->html, "<img src=\"%s\" alt=\"%s\">", escaped, meaning);
  self->open->picture = alone;
}

void
rp_rich_mark_note (RpRich *self, guint number)
{
  ensure_open (self);
  end_run (self);
  g_string_append_printf (self->open->html, "<sup>%u</sup>", number);
}

void
rp_rich_note (RpRich *self, guint number, const char *html)
{
  const char *inside = g_str_has_prefix (html, "<p>") ? html + 3 : NULL;

  if (inside != NULL)
    g_string_append_printf (self->notes, "<p><sup>%u</sup> %s", number, inside);
  else
    g_string_append_printf (self->notes, "<p><sup>%u</sup></p>%s", number, html);
}

void
rp_rich_html (RpRich *self, const char *html)
{
  static const RpRichBlock plain = {RP_RICH_PARAGRAPH, 0, 0, FALSE};
  Entry *entry;

  rp_rich_close (self);
  entry = add_entry (self, &plain);
  entry->raw = TRUE;
  g_string_append (entry->html, html);
}

/* Putting it together */

static gboolean
is_blank (const Entry *entry)
{
  const char *at = entry->html->str;

  while (*at != '\0') {
    if (g_str_has_prefix (at, "<br>"))
      at += 4;
    else if (g_unichar_isspace (g_utf8_get_char (at)))
      at = g_utf8_next_char (at);
    else
      return FALSE;
  }
  return TRUE;
}

/* The lists that are open, from the outside in. */
typedef struct {
  GString *html; /* lent */
  gboolean ordered[LIST_LIMIT];
  guint depth;
} Lists;

static void
close_lists (Lists *self, guint depth)
{
  while (self->depth > depth) {
    self->depth--;
    g_string_append (self->html, self->ordered[self->depth] ? "</li></ol>" : "</li></ul>");
  }
}

static void
put_item (Lists *self, const Entry *entry)
{
  guint depth = entry->block.list_depth;
  gboolean ordered = entry->block.ordered;

  close_lists (self, depth);
  if (self->depth == depth && self->ordered[depth - 1] != ordered)
    close_lists (self, depth - 1);
  else if (self->depth == depth)
    g_string_append (self->html, "</li>");
  while (self->depth < depth) {
    g_string_append (self->html, ordered ? "<ol>" : "<ul>");
    self->ordered[self->depth++] = ordered;
    if (self->depth < depth)
      g_string_append (self->html, "<li>");
  }
  g_string_append_printf (self->html, "<li>%s", entry->html->str);
}

static Entry *
entry_at (RpRich *self, guint index)
{
  return index < self->entries->len ? g_ptr_array_index (self->entries, index) : NULL;
}

static void
put_figure (GString *html, const Entry *picture, const Entry *caption)
{
  g_string_append_printf (html, "<figure>%s<figcaption>%s</figcaption></figure>",
                          picture->html->str, caption->html->str);
}

/* A picture with the caption beside it, below or above. Returns how many entries that took. */
static guint
put_picture (RpRich *self, GString *html, guint index)
{
  const Entry *entry = entry_at (self, index);
  const Entry *next = entry_at (self, index + 1);
  gboolean next_fits = next != NULL && !next->raw;

  if (entry->picture && next_fits && next->block.kind == RP_RICH_CAPTION && !next->picture) {
    put_figure (html, entry, next);
    return 2;
  }
  if (entry->block.kind == RP_RICH_CAPTION && !entry->picture && next_fits && next->picture) {
    put_figure (html, next, entry);
    return 2;
  }
  return 0;
}

/* A caption that holds its picture. FALSE when it is none. */
static gboolean
put_filled_caption (GString *html, const Entry *entry)
{
  const char *text = entry->html->str;
  const char *end = entry->block.kind == RP_RICH_CAPTION && g_str_has_prefix (text, "<img ")
                      ? strchr (text, '>')
                      : NULL;

  if (end == NULL || end[1] == '\0' || entry->raw)
    return FALSE;
  g_string_append (html, "<figure>");
  g_string_append_len (html, text, end + 1 - text);
  g_string_append_printf (html, "<figcaption>%s</figcaption></figure>", end + 1);
  return TRUE;
}

/* Below the headline, which is the page's first level, headings begin with the second. */
static guint
find_shift (RpRich *self)
{
  for (guint i = 0; i < self->entries->len; i++) {
    const Entry *entry = g_ptr_array_index (self->entries, i);

    if (entry->block.kind == RP_RICH_HEADING && entry->block.level <= 1)
      return 1;
  }
  return 0;
}

static void
put_block (GString *html, const Entry *entry, guint shift)
{
  guint level = CLAMP (entry->block.level + shift, 2, 6);

  if (put_filled_caption (html, entry))
    return;
  if (entry->raw)
    g_string_append (html, entry->html->str);
  else if (entry->block.kind == RP_RICH_HEADING)
    g_string_append_printf (html, "<h%u>%s</h%u>", level, entry->html->str, level);
  else if (entry->block.kind == RP_RICH_TITLE || entry->block.kind == RP_RICH_SUBTITLE)
    g_string_append_printf (html, "<h2>%s</h2>", entry->html->str);
  else if (entry->block.kind == RP_RICH_QUOTE)
    g_string_append_printf (html, "<blockquote><p>%s</p></blockquote>", entry->html->str);
  else if (entry->block.kind == RP_RICH_CODE)
    g_string_append_printf (html, "<pre>%s</pre>", entry->html->str);
  else
    g_string_append_printf (html, "<p>%s</p>", entry->html->str);
}

/* Quotes and code of several paragraphs are one. */
static void
join_blocks (GString *html)
{
  rp_text_replace (html, "</blockquote><blockquote>", "");
  rp_text_replace (html, "</pre><pre>", "\n");
}

char *
rp_rich_dup_html (RpRich *self)
{
  GString *html = g_string_new (NULL);
  Lists lists = {.html = html};
  guint shift = find_shift (self);
  guint i = 0;

  rp_rich_close (self);
  while (i < self->entries->len) {
    const Entry *entry = entry_at (self, i);
    guint taken;

    if (entry->block.kind == RP_RICH_SKIP || (!entry->raw && is_blank (entry))) {
      i++;
      continue;
    }
    if (entry->block.list_depth > 0 && entry->block.kind == RP_RICH_PARAGRAPH && !entry->raw) {
      put_item (&lists, entry);
      i++;
      continue;
    }
    close_lists (&lists, 0);
    taken = put_picture (self, html, i);
    if (taken == 0)
      put_block (html, entry, shift);
    i += MAX (taken, 1);
  }
  close_lists (&lists, 0);
  join_blocks (html);
  g_string_append (html, self->notes->str);

  return g_string_free (html, FALSE);
}

char *
rp_rich_dup_cell (RpRich *self)
{
  g_autofree char *html = rp_rich_dup_html (self);
  const char *end = strstr (html, "</p>");

  if (g_str_has_prefix (html, "<p>") && end != NULL && end[4] == '\0')
    return g_strndup (html + 3, (gsize) (end - html) - 3);
  return g_steal_pointer (&html);
}

/* Into the article */

static char *
dup_entry_text (const Entry *entry)
{
  return rp_fields_dup_plain (entry->html->str);
}

/* TRUE when the paragraph is a field of the article and no text. */
static gboolean
take_entry (RpArticle *article, const Entry *entry, guint n_title)
{
  g_autofree char *text = NULL;

  if (entry->raw || entry->picture)
    return FALSE;
  text = dup_entry_text (entry);
  switch (entry->block.kind) {
  case RP_RICH_TITLE:
    return n_title == 0 && (rp_article_fill (article, RP_ARTICLE_HEADLINE, text) ||
                            rp_text_same (text, rp_article_get (article, RP_ARTICLE_HEADLINE)));
  case RP_RICH_SUBTITLE:
    return rp_article_fill (article, RP_ARTICLE_SUBHEADLINE, text) ||
           rp_text_same (text, rp_article_get (article, RP_ARTICLE_SUBHEADLINE));
  case RP_RICH_AUTHOR:
    rp_fields_add_byline (article, text);
    return TRUE;
  case RP_RICH_DATE:
    rp_fields_set_time (article, RP_ARTICLE_PUBLISHED, text);
    return rp_article_get (article, RP_ARTICLE_PUBLISHED) != NULL;
  default:
    return FALSE;
  }
}

static void
take_fields (RpRich *self, RpArticle *article)
{
  guint n_titles = 0;

  for (guint i = 0; i < self->entries->len;) {
    const Entry *entry = entry_at (self, i);
    gboolean is_title = entry->block.kind == RP_RICH_TITLE;

    if (take_entry (article, entry, n_titles))
      g_ptr_array_remove_index (self->entries, i);
    else
      i++;
    n_titles += is_title;
  }
}

/* Without a title, the first heading of the first level is the headline when it stands at the top.
 */
static void
take_first_heading (RpRich *self, RpArticle *article)
{
  for (guint i = 0; i < self->entries->len; i++) {
    const Entry *entry = entry_at (self, i);
    g_autofree char *text = NULL;

    if (!entry->raw && is_blank (entry))
      continue;
    if (entry->block.kind != RP_RICH_HEADING || entry->block.level > 1)
      return;
    text = dup_entry_text (entry);
    if (rp_article_fill (article, RP_ARTICLE_HEADLINE, text) ||
        rp_text_same (text, rp_article_get (article, RP_ARTICLE_HEADLINE)))
      g_ptr_array_remove_index (self->entries, i);
    return;
  }
}

void
rp_rich_finish (RpRich *self, RpArticle *article, RpRightsScan *scan, const char *base_url)
{
  g_autofree char *html = NULL;

  rp_rich_close (self);
  take_fields (self, article);
  take_first_heading (self, article);
  html = rp_rich_dup_html (self);
  rp_document_set_body (article, scan, html, base_url);
}

/* Styles */

RpRichKind
rp_rich_kind_of_style (const char *name, guint *out_level)
{
  static RpRegex heading = RP_REGEX (
    "^(?:heading|überschrift|titre|encabezado|título|titolo|kop|rubrik|overskrift|otsikko|nagłówek|"
    "nadpis|заголовок|标题|見出し)[ _]?([1-9])$");
  static RpRegex title =
    RP_REGEX ("^(?:title|titel|titre|título|titolo|rubrik|tittel|otsikko|tytuł|"
              "headline|document title)$");
  static RpRegex subtitle =
    RP_REGEX ("^(?:subtitle|sub-?title|untertitel|sous-titre|subtítulo|"
              "sottotitolo|ondertitel|underrubrik|subheadline|standfirst)$");
  static RpRegex author = RP_REGEX ("^(?:author|byline|by line|autor|auteur|verfasser|autore)$");
  static RpRegex date = RP_REGEX ("^(?:date|datum|fecha|data)$");
  static RpRegex quote = RP_REGEX (
    "^(?:intense )?(?:block ?)?(?:quote|quotation|quotations|zitat|citation|cita|citazione|"
    "block text|block quotation)$");
  static RpRegex code =
    RP_REGEX ("^(?:html )?(?:preformatted|preformatted text|source code|code)$");
  static RpRegex caption = RP_REGEX (
    "^(?:caption|image caption|captioned figure caption|beschriftung|légende|illustration|"
    "figure|figur|leyenda|didascalia|abbildung|bildunterschrift)$");
  static RpRegex contents = RP_REGEX ("^(?:toc|contents|verzeichnis|index|table of contents)\\b");
  g_autofree char *level = rp_regex_dup_group (&heading, name, 1);

  if (level != NULL) {
    *out_level = (guint) (*level - '0');
    return RP_RICH_HEADING;
  }
  if (rp_regex_test (&title, name))
    return RP_RICH_TITLE;
  if (rp_regex_test (&subtitle, name))
    return RP_RICH_SUBTITLE;
  if (rp_regex_test (&author, name))
    return RP_RICH_AUTHOR;
  if (rp_regex_test (&date, name))
    return RP_RICH_DATE;
  if (rp_regex_test (&quote, name))
    return RP_RICH_QUOTE;
  if (rp_regex_test (&code, name))
    return RP_RICH_CODE;
  if (rp_regex_test (&caption, name))
    return RP_RICH_CAPTION;
  return rp_regex_test (&contents, name) ? RP_RICH_SKIP : RP_RICH_PARAGRAPH;
}
