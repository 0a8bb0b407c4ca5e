#include "rp-import-fields.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rp-html.h"
#include "rp-import-moment.h"
#include "rp-import-regex.h"
#include "rp-text.h"
#include "rp-time.h"

#define NAME_LIMIT 80
#define HEADLINE_CHARS 140

static RpRegex byline_start = RP_REGEX (
  "^\\W{0,3}(?:(?:story|words|text|article|report|reporting|reported|written|posted|published|"
  "analysis|opinion|interview)\\s+)?"
  "(?:by|von|par|av|af|por|de la "
  "redacción,|door|przez|автор:?|tekst:|text:|texto:|texte:|words:|author:|autor:|auteur:|escrito "
  "por|scritto da|geschreven door|skrevet av|文[：:]|記者[：:]|作者[：:])\\s*:?\\s*(?=\\S)");
static RpRegex byline_line =
  RP_REGEX ("^\\W{0,3}(?:(?:story|words|written|posted|published|reported)\\s+)?(?:[Bb][Yy]|Von|"
            "Par|Av|Af|Por|Door|Escrito por|Scritto da|Автор:?|Author:|Autor:)\\s*:?\\s+"
            "\\p{Lu}[^.!?]{1,110}$");
static RpRegex splitter =
  RP_REGEX ("\\s*(?:;|\\s&\\s|\\s\\|\\s|\\s+(?:and|und|et|och|og|y|e|en|with)\\s+|、)\\s*");

gboolean
rp_fields_is_byline (const char *line)
{
  if (line == NULL || strlen (line) > 200 || !rp_regex_test (&byline_line, line))
    return FALSE;
  return g_unichar_isupper (g_utf8_get_char (line)) ||
         !g_unichar_isalpha (g_utf8_get_char (line)) || g_str_has_prefix (line, "by ");
}

static gboolean
is_no_name (const char *name)
{
  static RpRegex refused =
    RP_REGEX ("^(?:https?:|www\\.|@)|^(?:admin|administrator|editor|staff|guest|author|unknown|"
              "anonymous|none|null|webmaster|root|user|default|n/a)$|[<>{}\\[\\]=]|"
              "\\b(?:minutes? read|min "
              "read|updated|published|comments?|share|follow|photo|image|subscribe)\\b|^\\d|\\d{4}|"
              "^(?:news|home|posted|written|reporter)$");

  return rp_regex_test (&refused, name);
}

static gboolean
has_author (RpArticle *article, const char *name)
{
  GPtrArray *authors = rp_article_get_authors (article);

  for (guint i = 0; i < authors->len; i++) {
    if (rp_text_same (((RpAuthor *) g_ptr_array_index (authors, i))->name, name))
      return TRUE;
  }
  return FALSE;
}

/* Letters of a name that is shouted. */
static gboolean
is_all_caps (const char *name)
{
  gboolean letter = FALSE;

  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (g_unichar_islower (c))
      return FALSE;
    letter |= g_unichar_isupper (c);
  }
  return letter && strchr (name, ' ') != NULL;
}

static char *
dup_title_case (const char *name)
{
  GString *out = g_string_new (NULL);
  gboolean inside = FALSE;

  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    g_string_append_unichar (out, inside ? g_unichar_tolower (c) : c);
    inside = g_unichar_isalpha (c);
  }
  return g_string_free (out, FALSE);
}

void
rp_fields_add_author (RpArticle *article, const char *name, const char *uri, const char *email)
{
  static RpRegex role_end =
    RP_REGEX ("^[&·|,\\s]+|^author\\s+(?=\\S)|\\s+(?:(?:(?:staff|senior|guest|contributing|"
              "freelance|deputy|managing|"
              "associate|executive|chief|news|features)\\s+)*"
              "(?:writer|editor|reporter|contributor|correspondent|journalist|author|columnist)(?:-"
              "in-chief)?|\\d{1,3}|\\()$");
  g_autofree char *clean = rp_text_clean (name);
  g_autofree char *cut = NULL;
  g_autofree char *bare = NULL;
  gsize length;

  if (clean == NULL)
    return;
  cut = g_regex_replace_literal (rp_regex_get (&byline_start), clean, -1, 0, "", 0, NULL);
  bare = g_regex_replace_literal (rp_regex_get (&role_end), cut, -1, 0, "", 0, NULL);
  if (strchr (bare, ' ') == NULL && strchr (cut, ' ') != NULL &&
      strchr (strchr (cut, ' ') + 1, ' ') == NULL) {
    g_free (bare); /* of two words neither is a title: "Wire Editor" */
    bare = g_strdup (cut);
  }
  length = strlen (bare);
  while (length > 0 && strchr (",;:|-. ", bare[length - 1]) != NULL &&
         !(bare[length - 1] == '.' && length > 1 &&
           (length < 3 || bare[length - 3] == ' ' || g_str_has_suffix (bare, "Jr."))))
    bare[--length] = '\0';
  if (length == 0 || g_utf8_strlen (bare, -1) > NAME_LIMIT || is_no_name (bare) ||
      has_author (article, bare))
    return;
  if (is_all_caps (bare)) {
    g_autofree char *title = dup_title_case (bare);

    rp_article_add_author (article, title, uri, email);
    return;
  }
  rp_article_add_author (article, bare, uri, email);
}

/* After a comma stands a title or an outlet, unless more people follow: "A B, C D and E F". */
static gboolean
is_list_of_names (char **parts, guint n)
{
  static RpRegex person = RP_REGEX ("^\\p{L}[\\p{L}.'’-]*(?:\\s+(?:(?:de|van|von|der|la|el|bin|al|"
                                    "di|da|du|le)\\s+)*\\p{L}[\\p{L}.'’-]*){1,3}$");
  static RpRegex role = RP_REGEX (
    "\\b(?:editor|reporter|writer|correspondent|staff|news|press|post|times|agency|"
    "columnist|contributor|journalist|redakteur\\p{L}*|university|media|daily|bureau|"
    "chief|tribune|herald|journal|magazine|"
    "review|today|service|professor|director|expert|specialist|analyst|manager|founder|consultant|"
    "marketing|institute|engineer|scientist|researcher|president|officer|head|partner|lead|"
    "strategist|coach|physician|attorney|advis[eo]r|team|group|llc|content|digital|security|"
    "technology|associate|assistant|senior|fellow|lecturer|"
    "producer|author|today|network|desk|for)\\b|\\.com\\b");

  for (guint i = 0; i < n; i++) {
    if (!rp_regex_test (&person, parts[i]) || rp_regex_test (&role, parts[i]))
      return FALSE;
  }
  return TRUE;
}

static void
add_part (RpArticle *article, const char *part)
{
  g_auto (GStrv) pieces = g_strsplit (part, ",", 8);
  guint n = g_strv_length (pieces);

  for (guint i = 0; i < n; i++)
    g_strstrip (pieces[i]);
  if (n > 1 && !is_list_of_names (pieces, n))
    n = 1;
  for (guint i = 0; i < n; i++)
    rp_fields_add_author (article, pieces[i], NULL, NULL);
}

void
rp_fields_add_byline (RpArticle *article, const char *byline)
{
  g_autofree char *clean = rp_text_clean (byline);
  g_autofree char *bare = NULL;
  g_auto (GStrv) parts = NULL;

  if (clean == NULL)
    return;
  bare = g_regex_replace_literal (rp_regex_get (&byline_start), clean, -1, 0, "", 0, NULL);
  parts = g_regex_split (rp_regex_get (&splitter), bare, 0);
  for (guint i = 0; parts[i] != NULL; i++)
    add_part (article, parts[i]);
}

void
rp_fields_set_time (RpArticle *article, RpArticleField field, const char *text)
{
  g_autofree char *clean = rp_text_clean (text);
  g_autofree char *stated = NULL;
  gboolean zoned = TRUE;

  if (clean == NULL || rp_article_get (article, field) != NULL)
    return;
  if (!rp_time_parse (clean, NULL, &stated, &zoned)) {
    stated = rp_moment_find_any (clean);
    zoned = stated != NULL && strlen (stated) > 19;
  }
  if (stated == NULL || g_str_has_prefix (stated, "0001-") ||
      g_str_has_prefix (stated, "1970-01-01T00:00:00"))
    return;
  rp_article_set (article, field, stated);
  if (!zoned && strlen (stated) > 10)
    rp_article_add_warning (article, "date.no_zone",
                            _ ("The source states %s without a time zone."), stated);
}

void
rp_fields_set_language (RpArticle *article, const char *language)
{
  static const char *const three[][2] = {
    {"eng", "en"}, {"swe", "sv"}, {"deu", "de"}, {"ger", "de"}, {"fra", "fr"}, {"fre", "fr"},
    {"spa", "es"}, {"por", "pt"}, {"ita", "it"}, {"nld", "nl"}, {"dut", "nl"}, {"nor", "no"},
    {"nob", "nb"}, {"nno", "nn"}, {"dan", "da"}, {"fin", "fi"}, {"pol", "pl"}, {"rus", "ru"},
    {"ukr", "uk"}, {"zho", "zh"}, {"chi", "zh"}, {"jpn", "ja"}, {"kor", "ko"}, {"ara", "ar"},
    {"heb", "he"}, {"tur", "tr"}, {"ces", "cs"}, {"cze", "cs"}, {"ell", "el"}, {"gre", "el"},
    {"hun", "hu"}, {"ron", "ro"},
  };
  static RpRegex tag = RP_REGEX ("^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$");
  g_autofree char *clean = rp_text_clean (language);
  g_auto (GStrv) parts = NULL;
  g_autofree char *joined = NULL;

  if (clean == NULL || !rp_regex_test (&tag, clean))
    return;
  parts = g_strsplit_set (clean, "-_", -1);
  for (gsize i = 0; i < G_N_ELEMENTS (three); i++) {
    if (g_ascii_strcasecmp (parts[0], three[i][0]) == 0) {
      g_free (parts[0]);
      parts[0] = g_strdup (three[i][1]);
    }
  }
  for (guint i = 0; parts[i] != NULL; i++) {
    char *cased = i > 0 && strlen (parts[i]) == 2 ? g_ascii_strup (parts[i], -1)
                                                  : g_ascii_strdown (parts[i], -1);

    if (i > 0 && strlen (cased) == 4)
      cased[0] = g_ascii_toupper (cased[0]);
    g_free (parts[i]);
    parts[i] = cased;
  }
  joined = g_strjoinv ("-", parts);
  rp_article_fill (article, RP_ARTICLE_LANGUAGE, joined);
}

void
rp_fields_set_pubstatus (RpArticle *article, const char *status)
{
  static RpRegex gone = RP_REGEX ("cancel|kill|delet|withdrawn");
  static RpRegex held = RP_REGEX ("withheld|embargo|hold");

  if (status == NULL || *status == '\0')
    return;
  if (rp_regex_test (&gone, status))
    rp_article_set (article, RP_ARTICLE_PUBSTATUS, "canceled");
  else if (rp_regex_test (&held, status))
    rp_article_set (article, RP_ARTICLE_PUBSTATUS,
                    g_ascii_strcasecmp (status, "embargoed") == 0 ? "usable" : "withheld");
  else
    rp_article_set (article, RP_ARTICLE_PUBSTATUS, "usable");
}

void
rp_fields_set_urgency (RpArticle *article, const char *urgency)
{
  static const char letters[] = "fubrd";
  const char *letter;
  char digit[2] = {0};

  if (urgency == NULL || *urgency == '\0' || urgency[1] != '\0')
    return;
  letter = strchr (letters, g_ascii_tolower (*urgency));
  digit[0] = letter != NULL ? (char) ('1' + (letter - letters)) : *urgency;
  if (digit[0] >= '1' && digit[0] <= '9')
    rp_article_set (article, RP_ARTICLE_URGENCY, digit);
}

char *
rp_fields_dup_plain (const char *value)
{
  g_autofree char *text = NULL;

  if (value == NULL)
    return NULL;
  if (strpbrk (value, "<&") == NULL)
    return rp_text_clean (value);
  text = rp_html_to_text (value);
  return rp_text_clean (text);
}

gboolean
rp_fields_is_label (const char *text)
{
  static RpRegex label =
    RP_REGEX ("^(?:for immediate release|press release|news release|pressemitteilung|communiqué de "
              "presse|nota de prensa|media release|breaking|exclusive|opinion)\\W*$");

  return rp_regex_test (&label, text);
}

gboolean
rp_fields_is_date_line (const char *text)
{
  static RpRegex rest =
    RP_REGEX ("(?:published|updated|posted|last|on|at|first|:|\\||·|,|am|pm|\\p{L}{1,9}day|\\d|\\s|"
              "\\.|-|–|gmt|utc|bst|est|edt|cet|cest|[apm.]{2,4}|\\p{L}{3,9}|\\+)*$");
  g_autofree char *date = strlen (text) < 80 ? rp_moment_find_date (text) : NULL;

  return date != NULL && rp_text_count_words (text) <= 9 && rp_regex_test (&rest, text);
}

void
rp_fields_set_dateline (RpArticle *article, const char *paragraph)
{
  static GRegex *form;
  g_autoptr (GMatchInfo) match = NULL;

  if (g_once_init_enter (&form))
    g_once_init_leave (
      &form,
      g_regex_new ("^((?:\\p{Lu}[\\p{Lu}.'’-]+)(?:[ "
                   ",]+[\\p{Lu}][\\p{L}.'’-]*){0,5})\\s*(?:\\(([^)]{2,40})\\))?\\s+[—–-]{1,2}\\s",
                   G_REGEX_OPTIMIZE, 0, NULL));
  if (!g_regex_match (form, paragraph, 0, &match))
    return;
  g_autofree char *place = g_match_info_fetch (match, 1);
  g_autofree char *agency = g_match_info_fetch (match, 2);

  rp_article_fill (article, RP_ARTICLE_DATELINE, place);
  if (agency != NULL && *agency != '\0')
    rp_article_fill (article, RP_ARTICLE_PROVIDER, agency);
}

/* The first sentence, shortened. Gives. */
static char *
dup_first_sentence (const char *text)
{
  static RpRegex stop = RP_REGEX ("^(.{20,}?[.!?。！？])(?:\\s|$)|^([^\\n]{1,2000})");
  g_autofree char *clean = rp_text_clean (text);
  g_autofree char *first = clean != NULL ? rp_regex_dup_group (&stop, clean, 0) : NULL;

  return first != NULL ? rp_text_shorten (first, HEADLINE_CHARS) : NULL;
}

void
rp_fields_derive_headline (RpArticle *article)
{
  const char *body = rp_article_get (article, RP_ARTICLE_BODY_HTML);
  g_autofree char *head = NULL;
  g_autofree char *text = NULL;
  g_autofree char *first = NULL;

  if (rp_article_get (article, RP_ARTICLE_HEADLINE) != NULL)
    return;
  head =
    body != NULL ? g_strndup (body, 4000) : g_strdup (rp_article_get (article, RP_ARTICLE_SUMMARY));
  text = head != NULL ? rp_html_to_text (head) : NULL;
  first = text != NULL ? dup_first_sentence (text) : NULL;
  if (first == NULL)
    return;
  rp_article_set (article, RP_ARTICLE_HEADLINE, first);
  rp_article_add_warning (article, "headline.derived",
                          _ ("The source has no headline; the first sentence was taken."));
}

void
rp_fields_take (char **slot, char *value)
{
  if (*slot == NULL)
    *slot = value;
  else
    g_free (value);
}
