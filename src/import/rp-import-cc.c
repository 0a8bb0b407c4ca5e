#include "rp-import-cc.h"

#include <string.h>

#include "rp-import-regex.h"

#define HOST "creativecommons.org/"
#define NAME                                                                                                      \
  "creative\\s*commons|クリエイティブ・コモンズ|知识共享|知識共享|創用\\s*cc|创用\\s*cc|" \
  "크리에이티브 커먼즈"
#define TOKEN "\\bcc[\\s_-]*(?:by|0|zero)\\b|\\(by(?:-n[cd]|-sa)*\\s[1-4]\\.[05]\\)"

/* Each part of a licence in the words of the official translations. */
static const struct {
  const char *code;
  const char *pattern;
} parts[] = {
  {"by",
   "\\bby\\b|attribution|namensnennung|atribuci[óo]n|reconocimiento|atribui[çc][ãa]o|attribuzione|"
   "naamsvermelding|uznanie "
   "autorstwa|атрибуция|署名|姓名標示|表示|저작자표시|erkännande|navngivelse"},
  {"nc", "\\bnc\\b|non[\\s-]?commercial|nicht[\\s-]?kommerziell|utilisation "
         "commerciale|no[\\s-]?comercial|"
         "n[ãa]o[\\s-]?comercial|non commerciale|niet[\\s-]?commercieel|użycie "
         "niekomercyjne|некоммерческ|"
         "非商业|非商業|非営利|비영리"},
  {"nd", "\\bnd\\b|no[\\s-]?deriv|keine bearbeitung|pas de modification|sin ?(?:obra)? ?deriva|sem "
         "?deriva|"
         "non opere derivate|geen ?afgeleide|bez utworów zależnych|без "
         "производных|禁止演绎|禁止改作|改変禁止|변경금지"},
  {"sa",
   "\\bsa\\b|share[\\s-]?alike|weitergabe unter gleichen|partage (?:dans les mêmes|à "
   "l)|compartir[\\s-]?igual|"
   "compartilha[\\s-]?igual|condividi allo|gelijk ?delen|na tych samych|相同方式|継承|동일조건"},
};

static const struct {
  const char *word;
  const char *code;
} jurisdictions[] = {
  {"deutschland", "de"},    {"germany", "de"},     {"österreich", "at"}, {"austria", "at"},
  {"schweiz", "ch"},        {"switzerland", "ch"}, {"france", "fr"},     {"españa", "es"},
  {"spain", "es"},          {"italia", "it"},      {"italy", "it"},      {"united states", "us"},
  {"united kingdom", "uk"}, {"netherlands", "nl"}, {"nederland", "nl"},  {"brasil", "br"},
  {"brazil", "br"},         {"portugal", "pt"},    {"polska", "pl"},     {"poland", "pl"},
  {"australia", "au"},      {"new zealand", "nz"}, {"canada", "ca"},     {"japan", "jp"},
  {"日本", "jp"},           {"台灣", "tw"},        {"taiwan", "tw"},     {"中国大陆", "cn"},
};

static RpCc *
make (const char *code, const char *version, const char *jurisdiction)
{
  RpCc *cc = g_new0 (RpCc, 1);
  g_autofree char *upper = g_ascii_strup (code, -1);
  g_autofree char *port = jurisdiction != NULL ? g_ascii_strup (jurisdiction, -1) : NULL;

  cc->url =
    g_strdup_printf ("https://creativecommons.org/licenses/%s/%s/%s%s", code, version,
                     jurisdiction != NULL ? jurisdiction : "", jurisdiction != NULL ? "/" : "");
  cc->spdx = g_strdup_printf ("CC-%s-%s%s%s", upper, version, port != NULL ? "-" : "",
                              port != NULL ? port : "");
  return cc;
}

static RpCc *
make_public (const char *path, const char *spdx)
{
  RpCc *cc = g_new0 (RpCc, 1);

  cc->url = g_strdup_printf ("https://creativecommons.org/publicdomain/%s/1.0/", path);
  cc->spdx = g_strdup (spdx);
  cc->public_domain = TRUE;
  return cc;
}

static gboolean
is_code (const char *code)
{
  static const char *const codes[] = {"by",       "by-sa",    "by-nd", "by-nc", "by-nc-sa",
                                      "by-nc-nd", "by-nd-nc", "nc",    "nd",    "sa",
                                      "nc-sa",    "nd-nc",    NULL};

  return g_strv_contains (codes, code);
}

RpCc *
rp_cc_from_url (const char *url)
{
  g_autofree char *lower = url != NULL ? g_ascii_strdown (url, -1) : NULL;
  const char *at = lower != NULL ? strstr (lower, HOST) : NULL;
  g_auto (GStrv) words = NULL;

  if (at == NULL || at - lower > 12)
    return NULL;
  words = g_strsplit_set (at + strlen (HOST), "/?#", 6);
  if (g_strv_length (words) < 2)
    return NULL;
  if (strcmp (words[0], "publicdomain") == 0 && strcmp (words[1], "zero") == 0)
    return make_public ("zero", "CC0-1.0");
  if (strcmp (words[0], "publicdomain") == 0 && strcmp (words[1], "mark") == 0)
    return make_public ("mark", "CC-PDM-1.0");
  if (strcmp (words[0], "licenses") != 0 || !is_code (words[1]) || words[2] == NULL ||
      !g_ascii_isdigit (words[2][0]) || words[2][1] != '.' || !g_ascii_isdigit (words[2][2]))
    return NULL;
  words[2][3] = '\0';

  return make (words[1], words[2], words[3] != NULL && strlen (words[3]) == 2 ? words[3] : NULL);
}

gboolean
rp_cc_is_mentioned (const char *text)
{
  static RpRegex name = RP_REGEX (NAME "|" TOKEN);

  return rp_regex_test (&name, text);
}

static char *
find_jurisdiction (const char *text, const char *version)
{
  static RpRegex short_port = RP_REGEX ("[1-3]\\.[05]\\s+([A-Z]{2})\\b");
  g_autofree char *code = rp_regex_dup_group (&short_port, text, 1);
  g_autofree char *lower = NULL;

  if (*version == '4')
    return NULL;
  if (code != NULL && rp_regex_is_upper (code))
    return g_ascii_strdown (code, -1);
  lower = g_utf8_strdown (text, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (jurisdictions); i++) {
    if (strstr (lower, jurisdictions[i].word) != NULL)
      return g_strdup (jurisdictions[i].code);
  }
  return NULL;
}

static gboolean
has_part (const char *text, gsize i)
{
  static RpRegex regexes[G_N_ELEMENTS (parts)];

  regexes[i].pattern = parts[i].pattern;
  return rp_regex_test (&regexes[i], text);
}

RpCc *
rp_cc_from_text (const char *text)
{
  static RpRegex zero = RP_REGEX ("\\bcc[\\s-]?(?:0|zero)\\b");
  static RpRegex mark = RP_REGEX ("public domain mark");
  static RpRegex number = RP_REGEX ("\\b([1-4]\\.[05])\\b");
  static RpRegex from_name = RP_REGEX ("((?:" NAME "|" TOKEN ").*)");
  g_autofree char *tail = text != NULL ? rp_regex_dup_group (&from_name, text, 1) : NULL;
  g_autofree char *version = NULL;
  g_autofree char *jurisdiction = NULL;
  gboolean has[G_N_ELEMENTS (parts)];
  g_autofree char *code = NULL;

  if (text != NULL && rp_regex_test (&mark, text))
    return make_public ("mark", "CC-PDM-1.0");
  if (tail == NULL)
    return NULL;
  if (rp_regex_test (&zero, tail))
    return make_public ("zero", "CC0-1.0");
  version = rp_regex_dup_group (&number, tail, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    has[i] = has_part (tail, i);
  if (version == NULL || !has[0])
    return NULL;
  code = g_strconcat ("by", has[1] ? "-nc" : "", has[2] ? "-nd" : has[3] ? "-sa" : "", NULL);
  jurisdiction = find_jurisdiction (tail, version);

  return make (code, version, jurisdiction);
}

void
rp_cc_free (RpCc *cc)
{
  g_free (cc->url);
  g_free (cc->spdx);
  g_free (cc);
}
