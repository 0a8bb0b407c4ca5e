#include "rp-import-newscodes.h"

#include <string.h>

#include "rp-text.h"

#define IPTC "http://cv.iptc.org/newscodes/"

static const struct {
  const char *alias;
  const char *scheme;
} schemes_of_iptc[] = {
  {"subj", IPTC "subjectcode/"},
  {"subject", IPTC "subjectcode/"},
  {"iptc", IPTC "subjectcode/"},
  {"medtop", IPTC "mediatopic/"},
  {"mediatopic", IPTC "mediatopic/"},
  {"genre", IPTC "genre/"},
  {"cat", IPTC "subjectqualifier/"},
  {"subjqual", IPTC "subjectqualifier/"},
  {"subjectqualifier", IPTC "subjectqualifier/"},
  {"cpnat", IPTC "cpnature/"},
  {"ninat", IPTC "ninature/"},
  {"stat", IPTC "pubstatusg2/"},
  {"scene", IPTC "scene/"},
  {"dvprov", IPTC "newsprovider/"},
  {"nprov", IPTC "newsprovider/"},
  {"prodgenre", IPTC "productgenre/"},
  {"spct", "http://cv.iptc.org/spsocnewscodes/"},
  {"spfarg", "http://cv.iptc.org/newscodes/spfarg/"},
  {"wldreg", IPTC "worldregion/"},
  {"cptype", IPTC "cptype/"},
  {"frel", IPTC "factrel/"},
  {"iso3166-1a2", "http://cvx.iptc.org/iso3166-1a2/"},
  {"iso3166-1a3", "http://cvx.iptc.org/iso3166-1a3/"},
  {"isin", "http://cvx.iptc.org/isin/"},
};

const char *
rp_newscodes_find_scheme (const char *alias)
{
  for (gsize i = 0; alias != NULL && i < G_N_ELEMENTS (schemes_of_iptc); i++) {
    if (g_ascii_strcasecmp (schemes_of_iptc[i].alias, alias) == 0)
      return schemes_of_iptc[i].scheme;
  }
  return NULL;
}

/* Eight digits are a subject code, or, from 20000000 on, a media topic. */
static const char *
scheme_of_digits (const char *code)
{
  if (strlen (code) != 8 || strspn (code, "0123456789") != 8)
    return NULL;
  return rp_newscodes_find_scheme (*code >= '2' ? "medtop" : "subj");
}

static RpSubject *
find_subject (RpArticle *article, const char *code, const char *scheme)
{
  GPtrArray *subjects = rp_article_get_subjects (article);

  for (guint i = 0; i < subjects->len; i++) {
    RpSubject *subject = g_ptr_array_index (subjects, i);

    if (g_strcmp0 (subject->code, code) == 0 && g_strcmp0 (subject->scheme, scheme) == 0)
      return subject;
  }
  return NULL;
}

static void
add_once (RpArticle *article, const char *code, const char *name, const char *scheme)
{
  RpSubject *known = find_subject (article, code, scheme);

  if (known == NULL)
    rp_article_add_subject (article, code, name, scheme);
  else if (known->name == NULL)
    known->name = g_strdup (name);
}

/* "http://cv.iptc.org/newscodes/mediatopic/20000010": what is behind the last slash is the code. */
static void
add_address (RpArticle *article, const char *address, const char *name)
{
  const char *slash = strrchr (address, '/');
  g_autofree char *scheme = NULL;

  if (slash == NULL || slash[1] == '\0') {
    add_once (article, address, name, NULL);
    return;
  }
  scheme = g_strndup (address, (gsize) (slash + 1 - address));
  add_once (article, slash + 1, name, scheme);
}

void
rp_newscodes_add (RpArticle *article, const char *code, const char *name, GHashTable *schemes)
{
  g_autofree char *clean = rp_text_clean (code);
  g_autofree char *clean_name = rp_text_clean (name);
  g_autofree char *alias = NULL;
  const char *colon = clean != NULL ? strchr (clean, ':') : NULL;
  const char *scheme;

  if (clean == NULL || *clean == '\0')
    return;
  if (rp_text_is_web_url (clean)) {
    add_address (article, clean, clean_name);
    return;
  }
  if (colon == NULL || colon[1] == '\0') {
    add_once (article, clean, clean_name, scheme_of_digits (clean));
    return;
  }
  alias = g_strndup (clean, (gsize) (colon - clean));
  scheme = schemes != NULL ? g_hash_table_lookup (schemes, alias) : NULL;
  if (scheme == NULL)
    scheme = rp_newscodes_find_scheme (alias);
  add_once (article, colon + 1, clean_name, scheme != NULL ? scheme : alias);
}
