/* IPTC 7901, the text format of agency wires before XML. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-import-fields.h"
#include "rp-import-newscodes.h"
#include "rp-import-regex.h"
#include "rp-import-telex.h"
#include "rp-import-wire.h"
#include "rp-importer.h"
#include "rp-text.h"

#define HEAD_LINES 12 /* the headline and what stands around it */

static RpMatch
iptc7901_match (const RpSource *source)
{
  return rp_telex_is_framed (source) && !rp_telex_has_units (source) ? RP_MATCH_CERTAIN
                                                                     : RP_MATCH_NO;
}

/* Header */

/* "abc0042 4 pol 126 …": source and number, priority, category, count of words. */
static char *
read_header (RpArticle *article, const char *header)
{
  static RpRegex form = RP_REGEX ("^\\s*(?<source>\\p{L}{2,6})\\s?(?<number>\\d{3,5})\\s+(?<"
                                  "urgency>\\d)\\s+(?<category>\\p{L}{1,5})\\b");
  g_autofree char *name = rp_regex_dup_named (&form, header, "source");
  g_autofree char *number = rp_regex_dup_named (&form, header, "number");
  g_autofree char *urgency = rp_regex_dup_named (&form, header, "urgency");
  g_autofree char *category = rp_regex_dup_named (&form, header, "category");
  g_autofree char *code = category != NULL ? g_strconcat ("iptc7901:", category, NULL) : NULL;

  rp_fields_set_urgency (article, urgency);
  rp_newscodes_add (article, code, NULL, NULL);
  return name != NULL && number != NULL ? g_strconcat (name, number, NULL) : NULL;
}

/* The lines below the first: "Harbour-ferry/" */
static void
read_slug (RpArticle *article, const char *header)
{
  const char *rest = strchr (header, '\n');
  g_autofree char *slug = rp_text_clean (rest);
  gsize length = slug != NULL ? strlen (slug) : 0;

  while (length > 0 && strchr ("/= ", slug[length - 1]) != NULL)
    slug[--length] = '\0';
  rp_wire_fill (article, RP_ARTICLE_SLUGLINE, slug);
}

/* Trailer: "051230 GMT jun 26" */

static void
read_trailer (RpArticle *article, const char *trailer)
{
  static RpRegex form = RP_REGEX (
    "\\b(?<d>[0-3]\\d)(?<h>[0-2]\\d)(?<m>[0-5]\\d)\\s*(?<zone>[A-Z]{1,4}\\b(?=\\s+\\p{L}))?\\s*"
    "(?<month>\\p{L}{3,9})\\.?\\s*(?<y>\\d{2}(?:\\d{2})?)\\b");
  g_autofree char *day = rp_regex_dup_named (&form, trailer, "d");
  g_autofree char *hour = rp_regex_dup_named (&form, trailer, "h");
  g_autofree char *minute = rp_regex_dup_named (&form, trailer, "m");
  g_autofree char *zone = rp_regex_dup_named (&form, trailer, "zone");
  g_autofree char *month = rp_regex_dup_named (&form, trailer, "month");
  g_autofree char *year = rp_regex_dup_named (&form, trailer, "y");
  g_autofree char *time = NULL;

  if (day == NULL || month == NULL || year == NULL)
    return;
  time = g_strdup_printf ("%s %s %s%s %s:%s %s", day, month,
                          strlen (year) == 4 ? ""
                          : *year < '7'      ? "20"
                                             : "19",
                          year, hour, minute, zone != NULL ? zone : "");
  rp_wire_set_time (article, RP_ARTICLE_PUBLISHED, time);
}

/* Source and number start again from one each day: only with the day do they name the item. */
static void
set_guid (RpArticle *article, const char *number)
{
  const char *published = rp_article_get (article, RP_ARTICLE_PUBLISHED);
  g_autofree char *guid =
    number != NULL && published != NULL ? g_strdup_printf ("%s-%.10s", number, published) : NULL;

  rp_article_set (article, RP_ARTICLE_GUID, guid);
}

/* Head of the text */

static gboolean
is_flag (const char *line)
{
  static RpRegex flag =
    RP_REGEX ("^\\(.*\\)$|^(?:extra|flash|alert|urgent|bulletin|eil\\w*|achtung|refile|repeat|"
              "correction|corrected|berichtigung|wiederholung|zusammenfassung|advisory|embargo\\w*|"
              "update\\s?\\d*|\\d+(?:st|nd|rd|th)?\\s+(?:lead|add|take|update)|lead|"
              "(?:mandatory |bulletin )?kill|elimination|annulation|withhold|sperrfrist.*|"
              "embargo.*)[\\s:!.-]*$");

  return rp_regex_test (&flag, line);
}

/* "By Dana Whitlock, Harbour Wire" */
static void
read_byline (RpArticle *article, const char *line)
{
  static RpRegex more = RP_REGEX ("\\s(?:and|und|et|och|og|y|e|en)\\s");
  const char *comma = strrchr (line, ',');
  g_autofree char *people = NULL;

  if (comma == NULL || rp_regex_test (&more, comma)) {
    rp_fields_add_byline (article, line);
    return;
  }
  people = g_strndup (line, (gsize) (comma - line));
  rp_fields_add_byline (article, people);
  rp_wire_fill (article, RP_ARTICLE_PROVIDER, comma + 1);
}

static void
take_head_line (RpArticle *article, GString *headline, const char *raw)
{
  g_autofree char *line = rp_text_clean (raw);
  gsize length = line != NULL ? strlen (line) : 0;

  while (length > 0 && strchr ("= ", line[length - 1]) != NULL)
    line[--length] = '\0';
  if (length == 0)
    return;
  if (is_flag (line)) {
    rp_telex_read_flag (article, line);
    rp_wire_add_note (article, line);
  } else if (rp_fields_is_byline (line)) {
    read_byline (article, line);
  } else {
    g_string_append_printf (headline, "%s%s", headline->len > 0 ? " " : "", line);
  }
}

static gboolean
ends_head (const char *line)
{
  g_autofree char *trimmed = g_strchomp (g_strdup (line));

  return g_str_has_suffix (trimmed, "=");
}

/* How many lines stand above the text: up to the last that ends on "=", else up to the first gap
 * behind the first line. */
static guint
count_head_lines (char **lines)
{
  guint marked = 0;
  gboolean any = FALSE;

  for (guint i = 0; lines[i] != NULL && i < HEAD_LINES; i++) {
    if (ends_head (lines[i]))
      marked = i + 1;
  }
  if (marked > 0)
    return marked;
  for (guint i = 0; lines[i] != NULL && i < HEAD_LINES; i++) {
    gboolean blank = rp_text_is_empty (lines[i]);

    if (any && (blank || g_ascii_isspace (*lines[i])))
      return i;
    any |= !blank && !is_flag (lines[i]);
  }
  return 0;
}

/* Takes the initials of those who worked on it, which stand below the text, out of it. */
static void
cut_sign_off (RpArticle *article, char **lines)
{
  static RpRegex initials =
    RP_REGEX ("^\\s*(?:NNNN|[\\p{L}]{2,4}(?:[ /]+[\\p{L}]{2,4}){0,7})\\s*$");
  guint last = g_strv_length (lines);

  while (last > 0 && rp_text_is_empty (lines[last - 1]))
    last--;
  if (last < 2 || !rp_regex_test (&initials, lines[last - 1]))
    return;
  if (rp_text_is_empty (lines[last - 2]) || g_str_has_suffix (lines[last - 2], ".")) {
    rp_wire_add_note (article, lines[last - 1]);
    *lines[last - 1] = '\0';
  }
}

static void
read_text (RpArticle *article, RpRightsScan *scan, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = count_head_lines (lines);
  g_autoptr (GString) headline = g_string_new (NULL);
  g_autofree char *body = NULL;

  for (guint i = 0; i < n; i++)
    take_head_line (article, headline, lines[i]);
  rp_wire_fill (article, RP_ARTICLE_HEADLINE, headline->str);
  cut_sign_off (article, lines + n);
  body = g_strjoinv ("\n", lines + n);
  rp_telex_read_dateline (article, body);
  rp_telex_read_body (article, scan, body);
}

static gboolean
give_message (const RpTelex *telex, RpImportSink *sink)
{
  g_autoptr (RpArticle) article = rp_article_new ();
  g_autoptr (RpRightsScan) scan = rp_rights_scan_new (NULL);
  g_autofree char *number = read_header (article, telex->header);

  read_slug (article, telex->header);
  read_trailer (article, telex->trailer);
  set_guid (article, number);
  read_text (article, scan, telex->text);
  return rp_wire_give (article, scan, sink);
}

static gboolean
iptc7901_parse (const RpSource *source, RpImportSink *sink, GError **error)
{
  g_autoptr (GPtrArray) messages = rp_telex_split (source);

  for (guint i = 0; i < messages->len; i++) {
    if (!give_message (g_ptr_array_index (messages, i), sink))
      break;
  }
  return TRUE;
}

static const char *const iptc7901_extensions[] = {"txt", "tst", "iptc", NULL};

const RpImporter rp_importer_iptc7901 = {
  .id = "iptc7901",
  .title = N_ ("IPTC 7901 wire text"),
  .extensions = iptc7901_extensions,
  .match = iptc7901_match,
  .parse = iptc7901_parse,
};
