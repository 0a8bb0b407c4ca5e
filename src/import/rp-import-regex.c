#include "rp-import-regex.h"

#include <string.h>

GRegex *
rp_regex_get (RpRegex *self)
{
  if (g_once_init_enter (&self->regex)) {
    g_autoptr (GError) error = NULL;
    GRegex *regex = g_regex_new (self->pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, &error);

    if (regex == NULL)
      g_error ("%s: %s", self->pattern, error->message);
    g_once_init_leave (&self->regex, regex);
  }
  return self->regex;
}

static gboolean
may_match (const RpRegex *self, const char *text)
{
  const char *word = self->needs;

  while (word != NULL) {
    gsize length = strcspn (word, "|");

    if (memmem (text, strlen (text), word, length) != NULL)
      return TRUE;
    word = word[length] == '|' ? word + length + 1 : NULL;
  }
  return self->needs == NULL;
}

gboolean
rp_regex_test (RpRegex *self, const char *text)
{
  return text != NULL && may_match (self, text) &&
         g_regex_match (rp_regex_get (self), text, 0, NULL);
}

static char *
tidy (char *text)
{
  if (text != NULL && *g_strstrip (text) == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

char *
rp_regex_dup_group (RpRegex *self, const char *text, int group)
{
  g_autoptr (GMatchInfo) match = NULL;

  if (text == NULL || !may_match (self, text) ||
      !g_regex_match (rp_regex_get (self), text, 0, &match))
    return NULL;
  return tidy (g_match_info_fetch (match, group));
}

char *
rp_regex_dup_named (RpRegex *self, const char *text, const char *name)
{
  g_autoptr (GMatchInfo) match = NULL;

  if (text == NULL || !may_match (self, text) ||
      !g_regex_match (rp_regex_get (self), text, 0, &match))
    return NULL;
  return tidy (g_match_info_fetch_named (match, name));
}

gboolean
rp_regex_is_upper (const char *text)
{
  for (; *text != '\0'; text++) {
    if (g_ascii_isalpha (*text) && !g_ascii_isupper (*text))
      return FALSE;
  }
  return TRUE;
}
