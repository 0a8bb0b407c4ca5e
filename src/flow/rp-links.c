#include "rp-links.h"

#include "rp-html.h"

#include <string.h>

static void
collect_links (xmlNode *parent, GPtrArray *links)
{
  for (xmlNode *node = parent->children; node != NULL; node = node->next)
    if (node->type == XML_ELEMENT_NODE) {
      if (rp_xml_is (node, NULL, "a") && rp_xml_peek_attribute (node, "href") != NULL)
        g_ptr_array_add (links, node);
      collect_links (node, links);
    }
}

static gboolean
has_link (xmlNode *body, const char *url)
{
  g_autoptr (GPtrArray) links = g_ptr_array_new ();

  collect_links (body, links);
  for (guint i = 0; i < links->len; i++)
    if (g_strcmp0 (rp_xml_peek_attribute (links->pdata[i], "href"), url) == 0)
      return TRUE;

  return FALSE;
}

/* The text node outside of links that holds the words. */
static xmlNode *
find_words (xmlNode *parent, const char *words)
{
  for (xmlNode *node = parent->children; node != NULL; node = node->next) {
    xmlNode *found = NULL;

    if (node->type == XML_TEXT_NODE && strstr ((const char *) node->content, words) != NULL)
      return node;
    if (node->type == XML_ELEMENT_NODE && !rp_xml_is (node, NULL, "a"))
      found = find_words (node, words);
    if (found != NULL)
      return found;
  }

  return NULL;
}

static void
wrap (xmlNode *text, const char *words, const char *url)
{
  const char *content = (const char *) text->content;
  const char *at = strstr (content, words);
  g_autofree char *before = g_strndup (content, at - content);
  g_autofree char *after = g_strdup (at + strlen (words));
  xmlNode *link = xmlNewNode (NULL, BAD_CAST "a");

  xmlSetProp (link, BAD_CAST "href", BAD_CAST url);
  xmlAddChild (link, xmlNewText (BAD_CAST words));
  xmlAddNextSibling (text, link);
  xmlAddNextSibling (link, xmlNewText (BAD_CAST after));
  xmlNodeSetContent (text, NULL);
  xmlNodeAddContent (text, BAD_CAST before);
}

static gboolean
put_back (xmlNode *body, xmlNode *link)
{
  const char *url = rp_xml_peek_attribute (link, "href");
  g_autofree char *words = rp_xml_dup_text (link);
  xmlNode *text;

  if (has_link (body, url))
    return TRUE;
  text = words != NULL ? find_words (body, words) : NULL;
  if (text == NULL)
    return FALSE;
  wrap (text, words, url);

  return TRUE;
}

char *
rp_links_restore (const char *original, const char *edited)
{
  g_autoptr (xmlDoc) before = rp_html_parse_fragment (original != NULL ? original : "");
  g_autoptr (xmlDoc) after = rp_html_parse_fragment (edited != NULL ? edited : "");
  g_autoptr (GPtrArray) links = g_ptr_array_new ();
  xmlNode *body = rp_html_get_body (after);

  collect_links (rp_html_get_body (before), links);
  for (guint i = 0; i < links->len; i++)
    if (!put_back (body, links->pdata[i]))
      return NULL;

  return rp_html_serialise (body);
}
