/* ANPA 1312, the American cousin of IPTC 7901: the lines around the text begin with "^" and end
 * with
 * "<". */
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

static RpMatch
anpa1312_match (const RpSource *source)
{
  return rp_telex_is_framed (source) && rp_telex_has_units (source) ? RP_MATCH_CERTAIN
                                                                    : RP_MATCH_NO;
}

/* Header */

/* "u f" and a slug: priority, category, "bc-ferry-strike", day, count of words. */
static void
read_header (RpArticle *article, const char *header)
{
  static RpRegex form =
    RP_REGEX ("\\n\\s*(?<urgency>[a-z])\\s+(?<category>[a-z])[\\s\\x11-\\x14]*(?:(?:am|pm|bc|ap)-)?"
              "(?<slug>[^\\s\\x11-\\x14]+)?");
  g_autofree char *urgency = rp_regex_dup_named (&form, header, "urgency");
  g_autofree char *category = rp_regex_dup_named (&form, header, "category");
  g_autofree char *slug = rp_regex_dup_named (&form, header, "slug");
  g_autofree char *code = category != NULL ? g_strconcat ("anpa1312:", category, NULL) : NULL;

  rp_fields_set_urgency (article, urgency);
  rp_newscodes_add (article, code, NULL, NULL);
  rp_wire_fill (article, RP_ARTICLE_SLUGLINE, slug);
}

/* "AP-NY-06-05-26 1230GMT" */
static void
read_trailer (RpArticle *article, const char *trailer)
{
  static RpRegex form = RP_REGEX ("(?<mo>[01]\\d)-(?<d>[0-3]\\d)-(?<y>\\d\\d)\\s+(?<h>[0-2]\\d)(?<"
                                  "mi>[0-5]\\d)\\s?(?<zone>[A-Z]{1,4})?");
  g_autofree char *month = rp_regex_dup_named (&form, trailer, "mo");
  g_autofree char *day = rp_regex_dup_named (&form, trailer, "d");
  g_autofree char *year = rp_regex_dup_named (&form, trailer, "y");
  g_autofree char *hour = rp_regex_dup_named (&form, trailer, "h");
  g_autofree char *minute = rp_regex_dup_named (&form, trailer, "mi");
  g_autofree char *zone = rp_regex_dup_named (&form, trailer, "zone");
  g_autofree char *time = NULL;

  if (month == NULL || year == NULL)
    return;
  time = g_strdup_printf ("%s%s-%s-%sT%s:%s %s", *year < '7' ? "20" : "19", year, month, day, hour,
                          minute, zone != NULL ? zone : "");
  rp_wire_set_time (article, RP_ARTICLE_PUBLISHED, time);
}

static void
set_guid (RpArticle *article, const char *header)
{
  static RpRegex form = RP_REGEX ("^\\s*([a-z]\\d{3,5})\\x1f");
  const char *published = rp_article_get (article, RP_ARTICLE_PUBLISHED);
  g_autofree char *number = rp_regex_dup_group (&form, header, 1);
  g_autofree char *guid =
    number != NULL && published != NULL ? g_strdup_printf ("%s-%.10s", number, published) : NULL;

  rp_article_set (article, RP_ARTICLE_GUID, guid);
}

/* Text */

/* "BC-Ferry Strike, 1st Ld, 0120": a name for the desk, without the count. */
static gboolean
take_slug (RpArticle *article, const char *field)
{
  static RpRegex form =
    RP_REGEX ("^(?:BC|AM|PM|AP)-(?:[A-Z]{2,3}--)?(?<slug>.+?)(?:,\\s*\\d[\\d.]*)?$");
  g_autofree char *slug = rp_regex_dup_named (&form, field, "slug");

  if (slug == NULL)
    return FALSE;
  rp_article_set (article, RP_ARTICLE_SLUGLINE, slug);
  return TRUE;
}

static void
take_field (RpArticle *article, const char *raw)
{
  static RpRegex note =
    RP_REGEX ("^(?:eds?|editors?|editor's note|note|advisory)\\b[^a-z]{0,3}[:_-]");
  static RpRegex title = RP_REGEX ("\\b(?:writer|correspondent|editor|reporter|press)$");
  g_autofree char *field = rp_text_clean (raw);

  if (field == NULL || take_slug (article, field))
    return;
  if (rp_regex_test (&note, field)) {
    rp_wire_add_note (article, field);
  } else if (rp_fields_is_byline (field)) {
    rp_fields_add_byline (article, field);
  } else if (rp_article_get (article, RP_ARTICLE_HEADLINE) == NULL) {
    rp_telex_read_flag (article, field);
    rp_article_set (article, RP_ARTICLE_HEADLINE, field);
  } else if (rp_regex_test (&title, field)) {
    rp_wire_fill (article, RP_ARTICLE_PROVIDER, field);
  } else {
    rp_wire_fill (article, RP_ARTICLE_SUBHEADLINE, field);
  }
}

/* Takes the "^…<" fields, which may run over lines, and leaves the rest, where a tab begins each
 * paragraph. Gives. */
static char *
take_fields (RpArticle *article, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) field = NULL;
  GString *body = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++) {
    char *line = g_strchomp (lines[i]);
    gboolean ends = g_str_has_suffix (line, "<");

    if (ends)
      line[strlen (line) - 1] = '\0';
    if (*line == '^' && field == NULL)
      field = g_string_new (line + 1);
    else if (field != NULL)
      g_string_append_printf (field, " %s", line);
    else
      g_string_append_printf (body, "%s%s\n", *line == '\t' ? "\n" : "", line);
    if (field != NULL && (ends || strlen (line) > 200)) {
      take_field (article, field->str);
      g_string_free (g_steal_pointer (&field), TRUE);
    }
  }
  if (field != NULL)
    g_string_append (body, field->str);
  return g_string_free (body, FALSE);
}

static gboolean
give_message (const RpTelex *telex, RpImportSink *sink)
{
  g_autoptr (RpArticle) article = rp_article_new ();
  g_autoptr (RpRightsScan) scan = rp_rights_scan_new (NULL);
  g_autofree char *body = NULL;

  read_header (article, telex->header);
  read_trailer (article, telex->trailer);
  set_guid (article, telex->header);
  body = take_fields (article, telex->text);
  rp_telex_read_dateline (article, body);
  rp_telex_read_body (article, scan, body);
  return rp_wire_give (article, scan, sink);
}

static gboolean
anpa1312_parse (const RpSource *source, RpImportSink *sink, GError **error)
{
  g_autoptr (GPtrArray) messages = rp_telex_split (source);

  for (guint i = 0; i < messages->len; i++) {
    if (!give_message (g_ptr_array_index (messages, i), sink))
      break;
  }
  return TRUE;
}

static const char *const anpa1312_extensions[] = {"txt", "tst", "anpa", NULL};

const RpImporter rp_importer_anpa1312 = {
  .id = "anpa1312",
  .title = N_ ("ANPA 1312 wire text"),
  .extensions = anpa1312_extensions,
  .match = anpa1312_match,
  .parse = anpa1312_parse,
};
