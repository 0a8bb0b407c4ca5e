#include "rp-search-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-article-row.h"

static const RpSearchWord words[] = {
  {"licence", N_ ("Licence")},         {"source", N_ ("Source")},
  {"partner", N_ ("Partner")},         {"state", N_ ("Place on the desk")},
  {"before", N_ ("Published before")}, {"after", N_ ("Published after")},
  {"language", N_ ("Language")},       {NULL, NULL},
};

static const RpSearchWord places[] = {
  {"inbox", N_ ("Inbox")},
  {RP_STATE_NEEDS_LICENCE, N_ ("Needs licence")},
  {RP_STATE_REVIEW, N_ ("Licence to confirm")},
  {RP_STATE_READY, N_ ("Ready")},
  {RP_STATE_BLOCKED, N_ ("Blocked")},
  {RP_STATE_SCHEDULED, N_ ("Scheduled")},
  {RP_STATE_PUBLISHED, N_ ("Published")},
  {RP_STATE_ATTENTION, N_ ("Needs attention")},
  {RP_STATE_ARCHIVE, N_ ("Archive")},
  {RP_STATE_TRASH, N_ ("Trash")},
  {NULL, NULL},
};

const RpSearchWord *
rp_search_words_list (void)
{
  return words;
}

const RpSearchWord *
rp_search_words_list_places (void)
{
  return places;
}

void
rp_search_spot_clear (RpSearchSpot *spot)
{
  g_clear_pointer (&spot->filter, g_free);
  g_clear_pointer (&spot->typed, g_free);
}

/* A quote after a colon holds a value together until the next quote. */
static gsize
find_end (const char *text, gsize start)
{
  gboolean quoted = FALSE;
  gsize at = start;

  for (; text[at] != '\0'; at++) {
    if (text[at] == '"')
      quoted = !quoted;
    else if (!quoted && g_ascii_isspace (text[at]))
      break;
  }

  return at;
}

void
rp_search_words_find (const char *text, gsize caret, RpSearchSpot *out)
{
  g_autofree char *token = NULL;
  char *colon;
  gsize start = 0, end = 0;

  while (text[start] != '\0') {
    while (g_ascii_isspace (text[start]) && start < caret)
      start++;
    end = find_end (text, start);
    if (caret <= end)
      break;
    start = end;
  }
  out->start = start;
  out->end = MAX (end, start);
  token = g_strndup (text + start, MIN (caret, out->end) - start);
  colon = strchr (token, ':');
  out->filter = colon != NULL ? g_ascii_strdown (token, colon - token) : NULL;
  out->typed = g_strdup (colon != NULL ? colon + 1 : token);
  g_strdelimit (out->typed, "\"", ' ');
  g_strstrip (out->typed);
}

char *
rp_search_words_put (const char *text,
                     const RpSearchSpot *spot,
                     const char *replacement,
                     gsize *out_caret)
{
  *out_caret = spot->start + strlen (replacement);

  return g_strdup_printf ("%.*s%s%s", (int) spot->start, text, replacement, text + spot->end);
}

gboolean
rp_search_words_fits (const char *name, const char *typed)
{
  return *typed == '\0' || g_str_match_string (typed, name, TRUE) ||
         g_ascii_strncasecmp (name, typed, strlen (typed)) == 0;
}
