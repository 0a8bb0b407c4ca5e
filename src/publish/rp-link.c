#include "rp-link.h"

#include "rp-html.h"
#include "rp-text.h"

/* A relation is a list of words, in any case. */
static gboolean
names (const char *relations, const char *rel)
{
  g_auto (GStrv) words = g_strsplit_set (relations, " \t\"", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (g_ascii_strcasecmp (words[i], rel) == 0)
      return TRUE;

  return FALSE;
}

static char *
read_header (const char *value, const char *rel)
{
  g_autoptr (GRegex) regex = g_regex_new (
    "<([^>]*)>[^<]*?;\\s*rel\\s*=\\s*(\"[^\"]*\"|[^\",;\\s]+)", G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  for (g_regex_match (regex, value, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL)) {
    g_autofree char *relations = g_match_info_fetch (match, 2);

    if (names (relations, rel))
      return g_match_info_fetch (match, 1);
  }

  return NULL;
}

static char *
find_header (const RpResponse *response, const char *rel)
{
  for (guint i = 0; i < response->headers->len; i++) {
    RpHeader *header = g_ptr_array_index (response->headers, i);
    char *target =
      g_ascii_strcasecmp (header->name, "Link") == 0 ? read_header (header->value, rel) : NULL;

    if (target != NULL)
      return target;
  }

  return NULL;
}

static char *
find_element (const RpResponse *response, const char *rel)
{
  g_autoptr (xmlDoc) doc = rp_html_parse (response->body, NULL, NULL);
  xmlNode *root = doc != NULL ? xmlDocGetRootElement (doc) : NULL;

  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE)) {
    const char *relations =
      rp_xml_is (node, NULL, "link") ? rp_xml_peek_attribute (node, "rel") : NULL;

    if (relations != NULL && names (relations, rel))
      return rp_xml_dup_attribute (node, "href");
  }

  return NULL;
}

char *
rp_link_find (const RpResponse *response, const char *rel)
{
  g_autofree char *target = find_header (response, rel);

  if (target == NULL)
    target = find_element (response, rel);

  return target != NULL ? rp_text_resolve_url (response->url, target) : NULL;
}
