#include "rp-import-party.h"

#include <string.h>

#include "rp-import-regex.h"
#include "rp-text.h"

static RpRegex no_name =
  RP_REGEX ("^(?:(?:the |its |their |our |an? )?(?:authors?|publishers?|permission|copyright "
            "(?:holder|owner)s?|owners?|us|me|them|him|her|"
            "original|source|editors?|writers?|photographers?|this site|this newspaper|all rights "
            "reserved|wikimedia commons|courtesy)|"
            "verlags?|autors?|auteur|autor|l'auteur|autore|作者|原作者|sa fille|a creative "
            "commons.*|creative commons.*|cc.by.*)$");

/* What may follow a name in the same sentence and is no part of it. */
static RpRegex tail =
  RP_REGEX ("\\s*(?:,\\s+(?:an?|the|une?|ein|eine|un|una|uma)\\s+(?:\\p{L}|-|\\s)*.*|"
            ",?\\s+(?:under|and is|and has|and was|for (?:publication|use|the)|with permission|by "
            "permission|on|sob|sous|unter|bajo|sotto|"
            "where|which|who|in accordance|via|as part)\\b.*|"
            "\\s*[;(（].*|\\s*https?:.*|\\s*[|].*|[.。]\\s+.*|,?\\s+(?:all rights|alle rechte|tous "
            "droits|todos os|todos los|tutti i).*|"
            ",\\s*(?:cc|dpa:).*|\\s+[-–—]\\s.*)$");

static gboolean
drop_article (char *name)
{
  static const char *const articles[] = {
    "the ", "der ",  "die ", "das ", "dem ",   "den ",         "des ",     "la ",     "le ",
    "les ", "l'",    "l’",   "el ",  "los ",   "las ",         "il ",      "lo ",     "gli ",
    "i ",   "o ",    "a ",   "os ",  "as ",    "della ",       "dello ",   "da ",     "do ",
    "het ", "dell'", "d'",   "d’",   "de la ", "der zeitung ", "журнала ", "газеты ", "издания ",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (articles); i++) {
    if (g_str_has_prefix (name, articles[i]) && name[strlen (articles[i])] != '\0') {
      memmove (name, name + strlen (articles[i]), strlen (name + strlen (articles[i])) + 1);
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
is_quote_or_stop (gunichar c)
{
  return g_unichar_isspace (c) || strchr (",;:!?\"'*_-", (int) MIN (c, 127)) != NULL ||
         c == 0x201C || c == 0x201D || c == 0x2018 || c == 0x2019 || c == 0xAB || c == 0xBB ||
         c == 0x300A || c == 0x300B || c == 0x300C || c == 0x300D || c == 0x2013 || c == 0x2014 ||
         c == 0x3002 || c == 0xFF0C || c == 0xB7;
}

/* A full stop at the end belongs to the sentence unless the name ends on an abbreviation. */
static void
trim_stop (char *name)
{
  static const char *const kept[] = {"Inc.", "Ltd.", "Co.",  "L.P.", "Corp.",
                                     "S.A.", "B.V.", "N.V.", "e.V.", "Jr."};
  gsize length = strlen (name);

  if (length == 0 || name[length - 1] != '.')
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++) {
    if (g_str_has_suffix (name, kept[i]))
      return;
  }
  name[length - 1] = '\0';
}

static void
trim (char *name)
{
  const char *start = name;
  char *end;

  while (*start != '\0' && is_quote_or_stop (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  memmove (name, start, strlen (start) + 1);
  end = name + strlen (name);
  while (end > name) {
    char *last = g_utf8_find_prev_char (name, end);

    if (last == NULL || !is_quote_or_stop (g_utf8_get_char (last)))
      break;
    *last = '\0';
    end = last;
  }
}

char *
rp_party_tidy (const char *name)
{
  g_autofree char *clean = rp_text_clean (name);
  g_autofree char *cut = NULL;

  if (clean == NULL)
    return NULL;
  cut = g_regex_replace_literal (rp_regex_get (&tail), clean, -1, 0, "", 0, NULL);
  if (cut == NULL)
    return NULL;
  trim (cut);
  trim_stop (cut);
  drop_article (cut);
  trim (cut);
  if (*cut == '\0' || g_utf8_strlen (cut, -1) > 100 || rp_regex_test (&no_name, cut))
    return NULL;

  return g_steal_pointer (&cut);
}

char *
rp_party_find_parent (const char *statement)
{
  static RpRegex parent =
    RP_REGEX (",\\s+an?\\s+([^,.]{2,60}(?:\\b(?:Inc|Ltd|Co|Corp)\\.)?)\\s+(?:publication|company|"
              "brand|website|web site|title|property|site)\\b");
  g_autofree char *name = rp_regex_dup_group (&parent, statement, 1);
  static RpRegex described = RP_REGEX (
    "^(?:non-?profit|independent|local|daily|weekly|monthly|free|digital|online|news|public)\\b");

  return name != NULL && !rp_regex_test (&described, name) ? rp_party_tidy (name) : NULL;
}

char *
rp_party_find_copyright (const char *statement)
{
  static RpRegex form =
    RP_REGEX ("(?:©|\\(c\\)|copyright|copr\\.)(?:\\s|©|\\(c\\)|copyright)*(?:(?:19|20)\\d\\d(?:\\s*"
              "[-–—,/]\\s*(?:19|20)\\d\\d)*)?[,:]?\\s*(?:by\\s+)?"
              "(?<holder>[^|;©]+)");
  static RpRegex after = RP_REGEX ("(?:riproduzione riservata|all rights "
                                   "reserved)\\.?\\s*©\\s*(?:copyright\\s+)?(?<holder>[^|;©.]+)");
  static RpRegex cut =
    RP_REGEX ("\\s*(?:[,.–—-]*\\s*\\b(?:all rights|alle rechte|tous droits|todos (?:los|os)|tutti "
              "i diritti|alle rechten|wszelkie|все права|"
              "tüm haklar|riproduzione|distribu|licensed|licen[cs]e|visit "
              "|reprinted|reproduced|published|used|no part|not for|"
              "this (?:material|article|story)|may not|unauthori[sz]ed|click "
              "|無断|무단|版权|未经)|[,.、，。]\\s*(?:无断|无斷|無断|무단|dpa:)|"
              "\\s+[-–—]\\s|\\s+(?:19|20)\\d\\d[.,]?$|。).*$");
  g_autofree char *holder = rp_regex_dup_named (&after, statement, "holder");
  g_autofree char *name = NULL;

  if (holder == NULL)
    holder = rp_regex_dup_named (&form, statement, "holder");
  if (holder == NULL)
    return NULL;
  name = g_regex_replace_literal (rp_regex_get (&cut), holder, -1, 0, "", 0, NULL);

  return rp_party_tidy (name);
}

gboolean
rp_party_is_agency (const char *name)
{
  static RpRegex agency = RP_REGEX (
    "^(?:the )?(?:associated press|ap|reuters|thomson reuters.*|agence france[- "
    "]presse|afp|dpa(?:[- ].*)?|deutsche presse.*|"
    "(?:agencia )?efe|ansa|tass|тасс|риа новости|интерфакс|interfax|bloomberg.*|los angeles "
    "times|(?:the )?washington post|"
    "new york times(?: news service)?|cq[- ]roll call.*|creators(?:\\.com| "
    "syndicate.*)?|upi|united press international|"
    "pa(?: media)?|press "
    "association|xinhua.*|新华社|kyodo.*|共同通信.*|yonhap.*|연합뉴스|時事通信.*|ani|pti|ians|cnn(?"
    ": newsource| wire).*|"
    "mct|mcclatchy.*|canadian press|la presse "
    "canadienne|aap|ntb|tt|stt|ritzau|apa|sda|ats|keystone-?.*|belga|anp|lusa|pap|čtk|ctk|"
    "europa press|telam|notimex|sid|epd|kna|afx|zenger.*|chicago tribune|miami herald|.*tribune "
    "content agency.*|tribune news service|"
    ".*\\bnews ?(?:agency|wire|service)\\b.*|.*\\b(?:press "
    "agency|newswire|syndicate|syndication)\\b.*)$");

  return rp_regex_test (&agency, name);
}

/* Letters and digits only, folded, without the words for legal forms. */
static char *
fold (const char *name)
{
  static RpRegex forms = RP_REGEX ("\\b(?:the|ltd|limited|inc|llc|gmbh|ag|plc|co|corp|corporation|"
                                   "company|sa|srl|bv|media|group|com|org|net)\\b");
  g_autofree char *lower = g_utf8_casefold (name, -1);
  g_autofree char *bare =
    g_regex_replace_literal (rp_regex_get (&forms), lower, -1, 0, "", 0, NULL);
  GString *out = g_string_new (NULL);

  for (const char *at = bare != NULL ? bare : lower; *at != '\0'; at = g_utf8_next_char (at)) {
    if (g_unichar_isalnum (g_utf8_get_char (at)))
      g_string_append_unichar (out, g_utf8_get_char (at));
  }
  return g_string_free (out, FALSE);
}

gboolean
rp_party_same (const char *a, const char *b)
{
  g_autofree char *folded_a = a != NULL ? fold (a) : NULL;
  g_autofree char *folded_b = b != NULL ? fold (b) : NULL;

  if (folded_a == NULL || folded_b == NULL || strlen (folded_a) < 3 || strlen (folded_b) < 3)
    return a != NULL && b != NULL && rp_text_same (a, b);
  return strstr (folded_a, folded_b) != NULL || strstr (folded_b, folded_a) != NULL;
}
