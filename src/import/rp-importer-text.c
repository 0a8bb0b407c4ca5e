/* Plain text, mostly pasted from a page: headline, byline and date at the head, the body, and below
 * it licence lines, counters and the site's foot, which are told apart. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rp-charset.h"
#include "rp-error.h"
#include "rp-import-clutter.h"
#include "rp-import-fields.h"
#include "rp-import-moment.h"
#include "rp-import-regex.h"
#include "rp-import-statement.h"
#include "rp-importer.h"
#include "rp-text.h"

#define SNIFF 4096
#define HEADLINE_LIMIT 220
#define HEAD_BLOCKS 6   /* byline, date and standfirst stand within these */
#define EDGE_BLOCKS 400 /* in very long texts only the edges are searched for statements */
#define SUBHEAD_LIMIT 70

typedef struct {
  GPtrArray *blocks; /* owned, of RpBlock */
  gboolean spaced;   /* paragraphs are set apart by blank lines */
  gboolean wrapped;  /* lines are broken at a fixed width */
} Text;

static RpMatch
text_match (const RpSource *source)
{
  gsize size;
  const guchar *data = g_bytes_get_data (source->bytes, &size);
  gsize n = MIN (size, SNIFF);
  gsize control = 0;
  gsize nul = 0;

  if (size == 0)
    return RP_MATCH_NO;
  if (size >= 2 && ((data[0] == 0xFF && data[1] == 0xFE) || (data[0] == 0xFE && data[1] == 0xFF)))
    return RP_MATCH_LAST_RESORT;
  for (gsize i = 0; i < n; i++) {
    nul += data[i] == 0;
    control += data[i] < 0x20 && strchr ("\t\n\r\f\x1b", data[i]) == NULL;
  }
  if (memcmp (data, "%PDF", MIN (size, 4)) == 0 || nul * 3 > n * 2 || (control - nul) * 50 > n)
    return RP_MATCH_NO;
  if (nul > 0 && nul * 4 < n)
    return RP_MATCH_NO;

  return g_strcmp0 (source->declared_type, "text/plain") == 0 ? RP_MATCH_LIKELY
                                                              : RP_MATCH_LAST_RESORT;
}

/* Lines to blocks */

static gboolean
is_blank (const char *line)
{
  for (; *line != '\0'; line = g_utf8_next_char (line)) {
    gunichar c = g_utf8_get_char (line);

    if (!g_unichar_isspace (c) && c != 0xFEFF && c != 0x200B)
      return FALSE;
  }
  return TRUE;
}

static gboolean
looks_wrapped (char **lines)
{
  guint followed = 0;
  guint near = 0;

  for (guint i = 0; lines[i] != NULL && lines[i + 1] != NULL && i < 2000; i++) {
    gsize length = strlen (lines[i]);

    if (length > 110)
      return FALSE;
    if (is_blank (lines[i]) || is_blank (lines[i + 1]))
      continue;
    followed++;
    near += length >= 55;
  }
  return followed >= 4 && near * 3 >= followed * 2;
}

static gboolean
looks_spaced (char **lines)
{
  guint blank = 0;
  guint full = 0;

  for (guint i = 0; lines[i] != NULL; i++) {
    if (is_blank (lines[i]))
      blank++;
    else
      full++;
  }
  return blank * 3 >= full;
}

static gboolean
ends_sentence (const char *line)
{
  g_autofree char *stripped = g_strchomp (g_strdup (line));
  const char *last = g_utf8_find_prev_char (stripped, stripped + strlen (stripped));

  return last == NULL || strchr (".!?:;\"'”’»)。！？」", *last) != NULL || (guchar) *last >= 0x80;
}

/* Does `next` go on where `line` stops. */
static gboolean
goes_on (const Text *self, const char *line, const char *next)
{
  gunichar first;

  if (next == NULL || is_blank (next))
    return FALSE;
  if (self->wrapped)
    return strlen (line) >= 45 && rp_clutter_judge (next) == RP_CLUTTER_NONE;
  first = g_utf8_get_char (next);
  return g_unichar_islower (first) && !ends_sentence (line) && strlen (line) < 120;
}

static void
split_blocks (Text *self, char **lines)
{
  g_autoptr (GString) block = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++) {
    if (is_blank (lines[i]))
      continue;
    g_string_append (block, lines[i]);
    if (goes_on (self, lines[i], lines[i + 1])) {
      g_string_append_c (block, '\n');
      continue;
    }
    g_strstrip (block->str);
    g_ptr_array_add (self->blocks, rp_block_new (block->str, RP_ZONE_BODY));
    g_string_truncate (block, 0);
  }
}

/* What no document can hold: control characters and U+FFFE, U+FFFF. */
static GString *
dup_printable (const char *text)
{
  GString *out = g_string_sized_new (strlen (text));

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if ((c >= 0x20 && (c < 0x7F || c > 0x9F) && c != 0xFFFE && c != 0xFFFF) ||
        strchr ("\t\n\r\f", (int) c) != NULL)
      g_string_append_len (out, at, g_utf8_next_char (at) - at);
  }
  return out;
}

static void
read_lines (Text *self, const char *text)
{
  g_autoptr (GString) plain = dup_printable (text);
  g_auto (GStrv) lines = NULL;

  rp_text_mend_lines (plain);
  rp_text_replace (plain, "\f", "\n");
  rp_text_replace (plain, "\u2028", "\n");
  lines = g_strsplit (plain->str, "\n", -1);
  self->spaced = looks_spaced (lines);
  self->wrapped = looks_wrapped (lines);
  split_blocks (self, lines);
}

/* Statements and clutter */

static void
scan_edges (Text *self, RpRightsScan *scan)
{
  g_autoptr (GPtrArray) edges = g_ptr_array_new ();

  if (self->blocks->len <= 2 * EDGE_BLOCKS) {
    rp_rights_scan_blocks (scan, self->blocks);
    return;
  }
  for (guint i = 0; i < self->blocks->len; i++) {
    if (i < EDGE_BLOCKS || i + EDGE_BLOCKS >= self->blocks->len)
      g_ptr_array_add (edges, g_ptr_array_index (self->blocks, i));
  }
  rp_rights_scan_blocks (scan, edges);
}

static gsize
prose_length (const char *text)
{
  gsize length = strlen (text);

  return length > 120 && ends_sentence (text) ? length : 0;
}

/* Where the article ends: the first counter or list of other stories with little prose behind it.
 */
static guint
find_end (const Text *self)
{
  gsize before = 0;
  gsize total = 0;

  for (guint i = 0; i < self->blocks->len; i++)
    total += prose_length (((RpBlock *) g_ptr_array_index (self->blocks, i))->text);
  for (guint i = 0; i < self->blocks->len; i++) {
    const RpBlock *block = g_ptr_array_index (self->blocks, i);

    if (i > 0 && rp_clutter_is_end (block->text) && (total - before) <= before)
      return i;
    before += prose_length (block->text);
  }
  return self->blocks->len;
}

static void
mark_clutter (Text *self)
{
  guint end = find_end (self);

  for (guint i = 0; i < self->blocks->len; i++) {
    RpBlock *block = g_ptr_array_index (self->blocks, i);

    if (i >= end || (i > 0 && rp_clutter_judge (block->text) != RP_CLUTTER_NONE) ||
        rp_clutter_is_file_name (block->text))
      block->leaves = TRUE;
  }
}

/* Head: headline, byline, date */

static RpBlock *
take_headline (Text *self, RpArticle *article)
{
  for (guint i = 0; i < self->blocks->len && i < HEAD_BLOCKS; i++) {
    RpBlock *block = g_ptr_array_index (self->blocks, i);
    g_autofree char *line = NULL;
    gsize length = strlen (block->text);

    if (block->leaves)
      continue;
    if (rp_fields_is_label (block->text)) {
      block->leaves = TRUE;
      continue;
    }
    if (length > HEADLINE_LIMIT ||
        (length > 90 && ends_sentence (block->text) && g_str_has_suffix (block->text, ".")))
      return NULL;
    line = rp_text_collapse (block->text);
    rp_article_set (article, RP_ARTICLE_HEADLINE, line);
    block->leaves = TRUE;
    return block;
  }
  return NULL;
}

static void
take_head (Text *self, RpArticle *article)
{
  const char *headline = rp_article_get (article, RP_ARTICLE_HEADLINE);
  guint seen = 0;

  for (guint i = 0; i < self->blocks->len && seen < HEAD_BLOCKS; i++) {
    RpBlock *block = g_ptr_array_index (self->blocks, i);

    seen += !block->leaves;
    if (block->leaves)
      continue;
    if (rp_article_get_authors (article)->len == 0 && rp_fields_is_byline (block->text)) {
      rp_fields_add_byline (article, block->text);
      block->leaves = TRUE;
    } else if (rp_fields_is_date_line (block->text)) {
      rp_fields_set_time (article, RP_ARTICLE_PUBLISHED, block->text);
      block->leaves = TRUE;
    } else if (headline != NULL && rp_text_same (block->text, headline)) {
      block->leaves = TRUE;
    }
  }
}

/* Body */

static gboolean
is_subhead (const Text *self, guint i)
{
  const RpBlock *block = g_ptr_array_index (self->blocks, i);
  const RpBlock *next = i + 1 < self->blocks->len ? g_ptr_array_index (self->blocks, i + 1) : NULL;

  return self->spaced && next != NULL && !next->leaves && strlen (block->text) <= SUBHEAD_LIMIT &&
         strlen (next->text) > 100 && !ends_sentence (block->text) &&
         rp_text_count_words (block->text) >= 2 && !rp_clutter_is_file_name (block->text);
}

static const char *
after_bullet (const char *text)
{
  static const char *const bullets[] = {"- ", "* ", "• ", "– ", "· ", "▪ "};

  for (gsize i = 0; i < G_N_ELEMENTS (bullets); i++) {
    if (g_str_has_prefix (text, bullets[i]))
      return text + strlen (bullets[i]);
  }
  return NULL;
}

static void
append_block (GString *html, const char *tag, const char *text)
{
  g_autofree char *flat = rp_text_collapse (text);
  g_autofree char *escaped = rp_text_escape (flat);

  g_string_append_printf (html, "<%s>%s</%s>", tag, escaped, tag);
}

static char *
build_body (const Text *self, RpArticle *article)
{
  GString *html = g_string_new (NULL);
  gboolean in_list = FALSE;

  for (guint i = 0; i < self->blocks->len; i++) {
    const RpBlock *block = g_ptr_array_index (self->blocks, i);
    const char *item = after_bullet (block->text);

    if (block->leaves)
      continue;
    if (html->len == 0)
      rp_fields_set_dateline (article, block->text);
    if ((item != NULL) != in_list)
      g_string_append (html, in_list ? "</ul>" : "<ul>");
    in_list = item != NULL;
    append_block (html,
                  in_list                ? "li"
                  : is_subhead (self, i) ? "h2"
                                         : "p",
                  in_list ? item : block->text);
  }
  if (in_list)
    g_string_append (html, "</ul>");

  return g_string_free (html, FALSE);
}

static gboolean
text_parse (const RpSource *source, RpImportSink *sink, GError **error)
{
  g_autofree char *plain = rp_charset_to_utf8 (source->bytes, source->declared_charset, NULL, NULL);
  g_autofree char *host = rp_text_host (source->base_url);
  RpScanHints hints = {.host = host};
  g_autoptr (RpRightsScan) scan = rp_rights_scan_new (&hints);
  g_autoptr (RpArticle) article = rp_article_new ();
  g_autoptr (GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_block_free);
  g_autofree char *body = NULL;
  Text text = {.blocks = blocks};

  read_lines (&text, plain);
  if (blocks->len == 0) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNREADABLE,
                         _ ("The text is empty. Paste or choose a text with words in it."));
    return FALSE;
  }
  scan_edges (&text, scan);
  mark_clutter (&text);
  take_headline (&text, article);
  take_head (&text, article);
  body = build_body (&text, article);
  rp_article_set (article, RP_ARTICLE_BODY_HTML, body);
  rp_rights_scan_finish (scan, article);
  rp_fields_derive_headline (article);
  rp_article_fill (article, RP_ARTICLE_CANONICAL_URL, source->base_url);
  sink->article (sink, article);

  return TRUE;
}

static const char *const text_extensions[] = {"txt", "text", NULL};

const RpImporter rp_importer_text = {
  .id = "text",
  .title = N_ ("Plain text"),
  .extensions = text_extensions,
  .match = text_match,
  .parse = text_parse,
};
