#include "rp-import-mail-text.h"

#include <string.h>

#include "rp-html.h"
#include "rp-import-moment.h"
#include "rp-import-regex.h"
#include "rp-import-rights-words.h"
#include "rp-text.h"

#define NOTE_WORDS 90   /* a cover note above a forwarded mail is not longer */
#define HEADER_LINES 12 /* a forwarded mail's header is within so many lines */
#define HEADER_BYTES 1500
#define SIGNATURE_LINES 25

#define FROM_WORDS "from|von|de|da|van|från|fra|od|lähettäjä"
#define DATE_WORDS                                                                                 \
  "date|sent|datum|gesendet|envoyé|fecha|enviado|data|inviato|verzonden|skickat|sendt|dato"
#define SUBJECT_WORDS "subject|betreff|objet|asunto|oggetto|assunto|onderwerp|ämne|emne|aihe|temat"
#define OTHER_WORDS "to|an|à|para|a|aan|till|til|do|cc|kopie|reply-to|antwort an|bcc"

static RpRegex from_line = RP_REGEX ("^[\\s*>]*(?:" FROM_WORDS ")\\s*:\\s*\\**\\s*(.*)$");
static RpRegex date_line = RP_REGEX ("^[\\s*>]*(?:" DATE_WORDS ")\\s*:\\s*\\**\\s*(.*)$");
static RpRegex subject_line = RP_REGEX ("^[\\s*>]*(?:" SUBJECT_WORDS ")\\s*:\\s*\\**\\s*(.*)$");
static RpRegex other_line = RP_REGEX ("^[\\s*>]*(?:" OTHER_WORDS ")\\s*:");
static RpRegex marker_line = RP_REGEX (
  "^[\\s>]*(?:[-_=]{2,}\\s*\\p{L}[^-_=]{4,40}[-_=]{2,}|begin forwarded message\\s*:|"
  "anfang der weitergeleiteten nachricht\\s*:|début du message (?:transféré|réexpédié)\\s*:"
  "|inizio messaggio inoltrato\\s*:|_{10,})\\s*$");
static RpRegex reply_line = RP_REGEX (
  "^(?:on|am|le|el|il|op|den)\\b.{6,160}\\b(?:wrote|schrieb(?:\\s.*)?|a écrit|escribió|ha "
  "scritto|schreef|skrev)[^:]{0,60}:\\s*$");

void
rp_forwarded_clear (RpForwarded *self)
{
  g_free (self->from);
  g_free (self->address);
  g_free (self->date);
  g_free (self->subject);
  *self = (RpForwarded){0};
}

/* Subject */

static char *
dup_without (RpRegex *regex, const char *text)
{
  char *cut = g_regex_replace_literal (rp_regex_get (regex), text, -1, 0, "", 0, NULL);

  return cut != NULL ? cut : g_strdup (text);
}

/* "… – 00:01 20 June 2026" behind an embargoed headline. */
static void
cut_moment (char *headline)
{
  char *dash = NULL;

  for (char *at = headline; *at != '\0'; at = g_utf8_next_char (at)) {
    gboolean is_dash = g_str_has_prefix (at, " – ") || g_str_has_prefix (at, " — ") ||
                       g_str_has_prefix (at, " - ") || g_str_has_prefix (at, " | ");

    dash = is_dash ? at : dash;
  }
  if (dash != NULL && dash > headline) {
    g_autofree char *date = rp_moment_find_date (dash);

    if (date != NULL && rp_text_count_words (dash) <= 9)
      *dash = '\0';
  }
}

char *
rp_mail_text_dup_headline (const char *subject)
{
  static RpRegex answer = RP_REGEX ("^\\s*(?:(?:re|fwd?|aw|wg|tr|rv|enc|sv|vs|vl|vb|antw)\\s*(?:\\["
                                    "\\d+\\])?\\s*:\\s*|\\[[^\\]]{1,40}"
                                    "\\]\\s*)+");
  static RpRegex label = RP_REGEX (
    "^\\W*(?:(?:strictly\\s+)?(?:under\\s+)?(?:strict\\s+)?embargo(?:ed)?(?:\\s+(?:until|till|to|"
    "for)"
    "\\b[^|–—]{0,60}?)?|(?:\\p{L}+ )?(?:press|news|media) release|for immediate release|presse-?"
    "(?:mitteilung|information)|medienmitteilung|communiqué(?: de presse)?|nota de "
    "prensa|comunicato "
    "stampa|persbericht|sperrfrist[^|–—]{0,40}?)\\s*(?:[:|–—]|\\s-)\\s*(?=\\S)");
  static RpRegex tail =
    RP_REGEX ("\\s*[(\\[](?:strictly\\s+)?(?:under\\s+)?embargo[^)\\]]*[)\\]]\\s*$");
  g_autofree char *bare = NULL;
  g_autofree char *headline = NULL;
  gboolean embargoed;

  if (subject == NULL)
    return NULL;
  embargoed = rp_rights_is_embargo (subject) || g_str_has_prefix (subject, "EMBARGO");
  bare = dup_without (&answer, subject);
  for (guint i = 0; i < 3; i++) {
    g_autofree char *old = g_steal_pointer (&bare);

    bare = dup_without (&label, old);
  }
  headline = dup_without (&tail, bare);
  if (embargoed)
    cut_moment (headline);
  return rp_text_clean (headline);
}

/* Forwarded headers */

static void
take_sender (RpForwarded *out, const char *value)
{
  static RpRegex both = RP_REGEX (
    "^[\"']?([^\"<\\[(]*?)[\"']?\\s*(?:[<\\[(]\\s*(?:mailto:)?([^\\s<>\\])]+@[^\\s<>\\])]+)"
    ".*)?$");
  g_autofree char *name = rp_regex_dup_group (&both, value, 1);

  g_free (out->from);
  g_free (out->address);
  out->from = name != NULL && strchr (name, '@') == NULL ? g_steal_pointer (&name) : NULL;
  out->address = rp_regex_dup_group (&both, value, 2);
}

/* One line of a forwarded mail's header; FALSE when it is none. */
static gboolean
take_header_line (RpForwarded *out, const char *line)
{
  g_autofree char *from = rp_regex_dup_group (&from_line, line, 1);
  g_autofree char *date = rp_regex_dup_group (&date_line, line, 1);
  g_autofree char *subject = rp_regex_dup_group (&subject_line, line, 1);

  if (from != NULL && out->from == NULL && out->address == NULL)
    take_sender (out, from);
  else if (date != NULL && out->date == NULL)
    out->date = g_steal_pointer (&date);
  else if (subject != NULL && out->subject == NULL)
    out->subject = g_steal_pointer (&subject);
  else
    return rp_regex_test (&other_line, line) || from != NULL || date != NULL || subject != NULL;
  return TRUE;
}

/* From the line on: how many lines are a forwarded header; 0 when it is none. */
static guint
read_header (char **lines, RpForwarded *out)
{
  guint used = 0;

  for (guint i = 0; lines[i] != NULL && i < HEADER_LINES; i++) {
    if (take_header_line (out, lines[i]))
      used = i + 1;
    else if (!rp_text_is_empty (lines[i]) && !rp_regex_test (&marker_line, lines[i]))
      break;
  }
  if ((out->from == NULL && out->address == NULL) || out->subject == NULL) {
    rp_forwarded_clear (out);
    return 0;
  }
  return used;
}

/* Plain text */

/* The lines from `first` to before `end` as one text. Gives. */
static char *
join_lines (char **lines, guint first, guint end)
{
  GString *text = g_string_new (NULL);

  for (guint i = first; i < end; i++)
    g_string_append_printf (text, "%s\n", lines[i]);
  return g_string_free (text, FALSE);
}

/* Where a signature or a quoted mail begins. */
static guint
find_tail (char **lines, guint first, guint count)
{
  for (guint i = first; i < count; i++) {
    gboolean short_rest = count - i <= SIGNATURE_LINES;

    if (strcmp (lines[i], "-- ") == 0 || (strcmp (lines[i], "--") == 0 && short_rest))
      return i;
    if (i > first && rp_regex_test (&reply_line, lines[i]) && lines[i + 1] != NULL &&
        (*lines[i + 1] == '>' || *lines[i + 1] == '\0'))
      return i;
  }
  while (count > first && (*lines[count - 1] == '>' || rp_text_is_empty (lines[count - 1])))
    count--;
  return count;
}

/* Line ends, and the ">From " by which mailboxes keep a line from looking like a new mail. */
static void
tidy_lines (char **lines)
{
  for (guint i = 0; lines[i] != NULL; i++) {
    gsize length = strlen (lines[i]);

    if (length > 0 && lines[i][length - 1] == '\r')
      lines[i][length - 1] = '\0';
    if (g_str_has_prefix (lines[i], ">From "))
      memmove (lines[i], lines[i] + 1, length);
  }
}

char *
rp_mail_text_strip (const char *text, RpForwarded *out_forwarded, char **out_note)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint count = g_strv_length (lines);
  guint first = 0;
  guint words = 0;

  tidy_lines (lines);
  for (guint i = 0; i < count && words <= NOTE_WORDS && first == 0; i++) {
    gboolean begins =
      rp_regex_test (&marker_line, lines[i]) || rp_regex_test (&from_line, lines[i]);
    guint used = begins ? read_header (lines + i, out_forwarded) : 0;

    if (used > 0) {
      first = i + used;
      *out_note = i > 0 ? join_lines (lines, 0, i) : NULL;
    }
    words += rp_text_count_words (lines[i]);
  }
  return join_lines (lines, first, find_tail (lines, first, count));
}

gboolean
rp_mail_text_is_end (const char *line)
{
  static RpRegex end = RP_REGEX (
    "^\\W*(?:ends?|ende|fin|fine|fim|slut|einde)\\W*$|^(?:#\\s*){2,}$|^-\\s?30\\s?-$|^(?:\\*\\s*){"
    "3,}$|"
    "^(?:notes? (?:to|for) editors?|editor'?s'? notes?|(?:press|media|presse)[ -]?(?:contacts?|"
    "kontakte?)|contacts? (?:presse|médias?)|for (?:further|more|media) (?:information|enquiries|"
    "inquiries)[^.]{0,60}|media enquiries)\\s*:?$");

  return strlen (line) < 100 && rp_regex_test (&end, line);
}

/* Trees */

static void
drop (xmlNode *node)
{
  xmlUnlinkNode (node);
  xmlFreeNode (node);
}

static gboolean
has_word (const xmlNode *node, const char *attribute, const char *word)
{
  const char *value = rp_xml_peek_attribute (node, attribute);

  return value != NULL && strcasestr (value, word) != NULL;
}

/* Signatures as mail programs mark them, and the hidden line that lists of mails show. */
static gboolean
is_furniture (const xmlNode *node)
{
  g_autofree char *style = NULL;

  if (has_word (node, "class", "gmail_signature") || has_word (node, "class", "moz-signature") ||
      has_word (node, "data-smartmail", "signature") || has_word (node, "id", "signature") ||
      has_word (node, "class", "preheader"))
    return TRUE;
  style = g_strdup (rp_xml_peek_attribute (node, "style"));
  if (style == NULL)
    return FALSE;
  return strcasestr (style, "display:none") != NULL ||
         strcasestr (style, "display: none") != NULL ||
         strcasestr (style, "mso-hide:all") != NULL || strcasestr (style, "mso-hide: all") != NULL;
}

static void
drop_furniture (xmlNode *body)
{
  xmlNode *node = rp_xml_follow (body, body, TRUE);

  while (node != NULL) {
    xmlNode *next = rp_xml_follow (node, body, TRUE);

    if (node->type == XML_ELEMENT_NODE && is_furniture (node)) {
      next = rp_xml_follow (node, body, FALSE);
      drop (node);
    }
    node = next;
  }
}

/* The deepest element that begins with a forwarded header. */
static xmlNode *
find_header (xmlNode *body, RpForwarded *out)
{
  xmlNode *found = NULL;
  guint words = 0;

  for (xmlNode *node = body; node != NULL && words <= NOTE_WORDS;
       node = rp_xml_follow (node, body, TRUE)) {
    g_autofree char *text = NULL;
    g_auto (GStrv) lines = NULL;
    RpForwarded seen = {0};

    if (node->type == XML_TEXT_NODE)
      words += rp_text_count_words ((const char *) node->content);
    if (node->type != XML_ELEMENT_NODE ||
        strstr ("divpblockquotebody", (const char *) node->name) == NULL)
      continue;
    text = rp_html_tree_to_text (node);
    lines = g_strsplit (text, "\n", HEADER_LINES + 4);
    if (read_header (lines, &seen) > 0) {
      rp_forwarded_clear (out);
      *out = seen;
      found = node;
    } else if (found != NULL) {
      break;
    }
  }
  return found;
}

/* All that stands before `node`, but not what it stands in. */
static void
drop_before (xmlNode *body, xmlNode *node)
{
  for (; node != NULL && node != body; node = node->parent) {
    while (node->prev != NULL)
      drop (node->prev);
  }
}

/* The header's lines where they stand in one element with the text. */
static void
drop_header_children (xmlNode *root)
{
  xmlNode *node = root->children;
  RpForwarded seen = {0};

  for (guint i = 0; node != NULL && i < HEADER_LINES * 4; i++) {
    xmlNode *next = node->next;
    g_autofree char *text = rp_xml_dup_text (node);

    if (text == NULL || take_header_line (&seen, text) || rp_regex_test (&marker_line, text))
      drop (node);
    else if (strlen (text) > 200)
      break;
    node = next;
  }
  rp_forwarded_clear (&seen);
}

/* A first look that costs little: most mails forward nothing. */
static gboolean
may_forward (const char *text)
{
  static RpRegex subject = RP_REGEX ("(?m)^[\\s*>]*(?:" SUBJECT_WORDS ")\\s*:");
  g_autofree char *head = g_strndup (text, 4 * HEADER_BYTES);
  g_autofree char *valid = g_utf8_make_valid (head, -1);

  return rp_regex_test (&subject, valid);
}

static void
take_forwarded (xmlNode *body, RpForwarded *out, char **out_note)
{
  g_autofree char *whole = rp_html_tree_to_text (body);
  xmlNode *header = may_forward (whole) ? find_header (body, out) : NULL;
  g_autofree char *text = header != NULL ? rp_html_tree_to_text (header) : NULL;

  if (header == NULL)
    return;
  if (header != body) {
    const char *at = strstr (whole, text);

    if (at != NULL && at > whole)
      *out_note = g_strndup (whole, (gsize) (at - whole));
    drop_before (body, header);
  }
  if (strlen (text) < HEADER_BYTES && header != body && header->next != NULL)
    drop (header);
  else
    drop_header_children (header);
}

/* Quoted mails below the text. */
static void
drop_quoted (xmlNode *body)
{
  xmlNode *node = rp_xml_follow (body, body, TRUE);
  guint words = 0;

  while (node != NULL) {
    xmlNode *next = rp_xml_follow (node, body, TRUE);

    if (node->type == XML_TEXT_NODE)
      words += rp_text_count_words ((const char *) node->content);
    if (words > 0 && node->type == XML_ELEMENT_NODE &&
        (has_word (node, "class", "gmail_quote") || has_word (node, "type", "cite") ||
         has_word (node, "id", "divRplyFwdMsg"))) {
      next = rp_xml_follow (node, body, FALSE);
      drop (node);
    }
    node = next;
  }
}

/* Tables of data have heads, or short cells in rows and columns; all others lay out. */
static gboolean
is_data_table (xmlNode *table)
{
  guint rows = 0;
  guint cells = 0;

  if (has_word (table, "role", "presentation"))
    return FALSE;
  for (xmlNode *node = table; node != NULL; node = rp_xml_follow (node, table, TRUE)) {
    if (rp_xml_is (node, NULL, "th"))
      return TRUE;
    if ((node != table && rp_xml_is (node, NULL, "table")) || rp_xml_is (node, NULL, "img"))
      return FALSE;
    rows += rp_xml_is (node, NULL, "tr");
    if (rp_xml_is (node, NULL, "td")) {
      g_autofree char *text = rp_xml_dup_text (node);

      if (text != NULL && strlen (text) > 160)
        return FALSE;
      cells++;
    }
  }
  return rows >= 2 && cells >= 2 * rows;
}

static void
unwrap_table (xmlNode *table)
{
  static const char *const parts[] = {"table", "tbody", "thead", "tfoot", "tr", "td", NULL};

  for (xmlNode *node = table; node != NULL;
       node = rp_xml_follow (node, table, node == table || !rp_xml_is (node, NULL, "table"))) {
    if (node->type == XML_ELEMENT_NODE && g_strv_contains (parts, (const char *) node->name) &&
        (node == table || !rp_xml_is (node, NULL, "table")))
      xmlNodeSetName (node, BAD_CAST "div");
  }
}

static void
unwrap_layout (xmlNode *body)
{
  for (xmlNode *node = body; node != NULL; node = rp_xml_follow (node, body, TRUE)) {
    if (rp_xml_is (node, NULL, "table") && !is_data_table (node))
      unwrap_table (node);
  }
}

void
rp_mail_text_strip_tree (xmlNode *body, RpForwarded *out_forwarded, char **out_note)
{
  drop_furniture (body);
  take_forwarded (body, out_forwarded, out_note);
  drop_quoted (body);
  unwrap_layout (body);
}
