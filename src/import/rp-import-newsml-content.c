#include <string.h>

#include "rp-html.h"
#include "rp-import-newsml.h"
#include "rp-import-regex.h"
#include "rp-import-wire-body.h"
#include "rp-import-wire-xml.h"
#include "rp-import-wire.h"
#include "rp-text.h"

char *
rp_newsml_dup_formal (xmlNode *node)
{
  g_autofree char *formal = rp_wire_dup_attribute (node, "FormalName");

  if (node == NULL || formal != NULL)
    return g_steal_pointer (&formal);
  return rp_xml_dup_text (node);
}

char *
rp_newsml_dup_role (xmlNode *component)
{
  g_autofree char *role = rp_newsml_dup_formal (rp_wire_child (component, "Role"));

  return g_ascii_strdown (role != NULL ? role : "", -1);
}

static gboolean
formal_is (xmlNode *content, const char *name, RpRegex *wanted)
{
  g_autofree char *formal = rp_newsml_dup_formal (rp_wire_child (content, name));

  return formal != NULL && rp_regex_test (wanted, formal);
}

static gboolean
is_picture (xmlNode *content)
{
  static RpRegex media = RP_REGEX ("^(?:photo|picture|graphic|image|still|illustration|cartoon)");
  static RpRegex mime = RP_REGEX ("^image/");
  static RpRegex format = RP_REGEX ("jpe?g|png|gif|tiff");
  g_autofree char *href = rp_wire_dup_attribute (content, "Href");

  if (href == NULL)
    return FALSE;
  if (rp_wire_child (content, "MimeType") != NULL)
    return formal_is (content, "MimeType", &mime);
  if (rp_wire_child (content, "MediaType") != NULL)
    return formal_is (content, "MediaType", &media);
  return formal_is (content, "Format", &format) || rp_regex_test (&format, href);
}

/* Text */

static xmlNode *
find_data (xmlNode *content)
{
  xmlNode *data = rp_wire_child (content, "DataContent");

  if (data == NULL)
    data = rp_wire_find (content, NULL, "DataContent");
  return data;
}

static gboolean
is_text (xmlNode *content)
{
  static RpRegex no_text = RP_REGEX ("css|script|^(?:image|video|audio)/|base64");
  static RpRegex media = RP_REGEX ("^(?:photo|picture|graphic|video|audio|stylesheet)");

  return find_data (content) != NULL && rp_wire_child (content, "Encoding") == NULL &&
         !formal_is (content, "MimeType", &no_text) && !formal_is (content, "Format", &no_text) &&
         !formal_is (content, "MediaType", &media);
}

static xmlNode *
component_of (xmlNode *node)
{
  return rp_wire_ancestor (node, "NewsComponent");
}

static gboolean
has_picture (xmlNode *component)
{
  for (xmlNode *node = rp_wire_child (component, "ContentItem"); node != NULL;
       node = rp_wire_next (node, "ContentItem")) {
    if (is_picture (node))
      return TRUE;
  }
  return FALSE;
}

/* How much a text counts as the story: the words of captions, headlines and teasers do not. */
static gint64
weigh (xmlNode *content)
{
  static RpRegex aside =
    RP_REGEX ("caption|style|head-?line|by-?line|date-?line|abstract|summary|teaser|credit|photo|"
              "picture|graphic|image|video|audio|keyword|legend|advisory|copyright");
  static RpRegex story = RP_REGEX ("main|body|story|article");
  g_autofree char *text = rp_xml_dup_text (find_data (content));
  gint64 weight = text != NULL ? (gint64) strlen (text) : 0;

  for (xmlNode *node = component_of (content); node != NULL && weight > 0;
       node = component_of (node)) {
    g_autofree char *role = rp_newsml_dup_role (node);

    if (rp_regex_test (&aside, role))
      return 0;
    if (node == component_of (content) && rp_regex_test (&story, role))
      weight += G_MAXINT32;
  }
  return has_picture (component_of (content)) ? weight / 4 : weight;
}

xmlNode *
rp_newsml_find_text (xmlNode *item)
{
  xmlNode *best = NULL;
  gint64 best_weight = 0;

  for (xmlNode *node = rp_wire_find (item, NULL, "ContentItem"); node != NULL;
       node = rp_wire_find (item, node, "ContentItem")) {
    gint64 weight = is_text (node) ? weigh (node) : 0;

    if (weight > best_weight) {
      best = node;
      best_weight = weight;
    }
  }
  return best;
}

/* The words of a caption or an abstract. Gives. */
static char *
dup_words (xmlNode *content)
{
  g_autofree char *html = rp_wire_content_to_html (find_data (content), NULL);
  g_autofree char *text = html != NULL ? rp_html_to_text (html) : NULL;

  return rp_text_clean (text);
}

static char *
dup_first_words (xmlNode *component)
{
  for (xmlNode *node = rp_wire_find (component, NULL, "ContentItem"); node != NULL;
       node = rp_wire_find (component, node, "ContentItem")) {
    char *words = is_text (node) ? dup_words (node) : NULL;

    if (words != NULL)
      return words;
  }
  return NULL;
}

char *
rp_newsml_dup_by_role (xmlNode *item, const char *word)
{
  for (xmlNode *node = rp_wire_find (item, NULL, "NewsComponent"); node != NULL;
       node = rp_wire_find (item, node, "NewsComponent")) {
    g_autofree char *role = rp_newsml_dup_role (node);
    char *words = strcmp (role, word) == 0 ? dup_first_words (node) : NULL;

    if (words != NULL)
      return words;
  }
  return NULL;
}

/* Pictures */

static gboolean
has_picture_role (xmlNode *component)
{
  static RpRegex picture = RP_REGEX ("photo|picture|graphic|image");
  g_autofree char *role = rp_newsml_dup_role (component);

  return rp_regex_test (&picture, role);
}

static gboolean
is_moving (xmlNode *component)
{
  static RpRegex moving = RP_REGEX ("video|audio");
  g_autofree char *role = rp_newsml_dup_role (component);

  return rp_regex_test (&moving, role);
}

/* The component that stands for the whole picture, over those of its sizes. */
static xmlNode *
find_group (xmlNode *component)
{
  xmlNode *parent = component_of (component);
  g_autofree char *equivalents = rp_wire_dup_attribute (parent, "EquivalentsList");
  gboolean same = equivalents != NULL && g_ascii_strcasecmp (equivalents, "yes") == 0;

  return parent != NULL && (same || has_picture_role (parent)) &&
             rp_wire_child (component, "NewsLines") == NULL
           ? parent
           : component;
}

static gint64
measure (xmlNode *content, const char *word)
{
  xmlNode *root = rp_wire_child (content, "Characteristics");

  for (xmlNode *node = rp_wire_find (root, NULL, "Property"); node != NULL;
       node = rp_wire_find (root, node, "Property")) {
    g_autofree char *name = rp_wire_dup_attribute (node, "FormalName");
    g_autofree char *value = rp_wire_dup_attribute (node, "Value");
    g_autofree char *lower = name != NULL ? g_ascii_strdown (name, -1) : NULL;

    if (lower != NULL && value != NULL && strstr (lower, word) != NULL)
      return g_ascii_strtoll (value, NULL, 10);
  }
  return 0;
}

/* Wider is better; without a width, whatever is not called a thumbnail, then more bytes. */
static gint64
rank_rendition (xmlNode *content)
{
  static RpRegex small = RP_REGEX ("thumb|preview|quicklook|icon|small");
  g_autofree char *role = rp_newsml_dup_role (component_of (content));
  g_autofree char *href = rp_wire_dup_attribute (content, "Href");
  g_autofree char *size = rp_wire_dup_at (content, "Characteristics/SizeInBytes");
  gint64 width = measure (content, "width");
  gint64 bytes = size != NULL ? g_ascii_strtoll (size, NULL, 10) : 0;

  if (width > 0)
    return CLAMP (width, 1, 100000) * 100000;
  if (rp_regex_test (&small, role) || rp_regex_test (&small, href))
    return 1;
  return 2 + CLAMP (bytes / 1024, 0, 90000);
}

static xmlNode *
find_rendition (xmlNode *group)
{
  xmlNode *best = NULL;

  for (xmlNode *node = rp_wire_find (group, NULL, "ContentItem"); node != NULL;
       node = rp_wire_find (group, node, "ContentItem")) {
    if (is_picture (node) && (best == NULL || rank_rendition (node) > rank_rendition (best)))
      best = node;
  }
  return best;
}

/* Captions may stand beside their pictures: the first belongs to the first. */
static char *
dup_caption_beside (xmlNode *group)
{
  xmlNode *parent = component_of (group);
  guint place = 0;
  guint seen = 0;
  char *last = NULL;

  for (xmlNode *node = group; node != NULL; node = node->prev)
    place += node != group && rp_wire_is (node, "NewsComponent") && find_rendition (node) != NULL;
  for (xmlNode *node = rp_wire_child (parent, "NewsComponent"); node != NULL;
       node = rp_wire_next (node, "NewsComponent")) {
    g_autofree char *role = rp_newsml_dup_role (node);

    if (strstr (role, "caption") == NULL)
      continue;
    g_free (last);
    last = dup_first_words (node);
    if (seen++ == place)
      return last;
  }
  if (seen == 1)
    return last;
  g_free (last);
  return NULL;
}

static char *
dup_caption (xmlNode *group)
{
  char *caption = has_picture_role (group) || rp_newsml_find_text (group) == NULL
                    ? dup_first_words (group)
                    : NULL;

  if (caption == NULL)
    caption = dup_caption_beside (group);
  if (caption == NULL)
    caption = rp_wire_dup_at (group, "NewsLines/HeadLine");
  return caption;
}

static char *
dup_credit (xmlNode *group)
{
  static const char *const lines[] = {"CreditLine", "ByLine"};
  xmlNode *creator;

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++) {
    xmlNode *line = rp_wire_find (group, NULL, lines[i]);
    char *credit = line != NULL ? rp_xml_dup_text (line) : NULL;

    if (credit != NULL)
      return credit;
  }
  creator = rp_wire_find (group, NULL, "Creator");
  return creator != NULL ? rp_newsml_dup_formal (rp_wire_child (creator, "Party")) : NULL;
}

static void
read_group (xmlNode *group, const RpSource *source, RpArticle *article)
{
  xmlNode *rendition = find_rendition (group);
  g_autofree char *href = rp_wire_dup_attribute (rendition, "Href");
  g_autoptr (RpMedia) picture = rp_wire_picture_new (source, href);
  g_autofree char *caption = dup_caption (group);
  g_autofree char *credit = dup_credit (group);
  g_autofree char *mime = rp_newsml_dup_formal (rp_wire_child (rendition, "MimeType"));
  xmlNode *notice = rp_wire_find (group, NULL, "CopyrightLine");
  xmlNode *limits = rp_wire_find (group, NULL, "Limitations");
  g_autofree char *copyright = notice != NULL ? rp_xml_dup_text (notice) : NULL;
  g_autofree char *terms = limits != NULL ? rp_xml_dup_text (limits) : NULL;

  rp_media_set (picture, RP_MEDIA_CAPTION, caption);
  rp_media_set (picture, RP_MEDIA_CREDIT, credit);
  rp_media_set (picture, RP_MEDIA_COPYRIGHT, copyright);
  rp_media_set (picture, RP_MEDIA_USAGE_TERMS, terms);
  rp_media_set (picture, RP_MEDIA_MIME_TYPE, mime);
  rp_media_set (picture, RP_MEDIA_ROLE, "featured");
  rp_wire_add_picture (article, picture);
}

/* Pictures in the very component of the story: each is one of its own. */
static void
read_loose (xmlNode *component, const RpSource *source, RpArticle *article)
{
  for (xmlNode *node = rp_wire_child (component, "ContentItem"); node != NULL;
       node = rp_wire_next (node, "ContentItem")) {
    g_autofree char *href = is_picture (node) ? rp_wire_dup_attribute (node, "Href") : NULL;
    g_autoptr (RpMedia) picture = href != NULL ? rp_wire_picture_new (source, href) : NULL;

    if (picture == NULL)
      continue;
    rp_media_set (picture, RP_MEDIA_ROLE, "featured");
    rp_wire_add_picture (article, picture);
  }
}

void
rp_newsml_read_pictures (xmlNode *item, const RpSource *source, RpArticle *article)
{
  g_autoptr (GHashTable) done = g_hash_table_new (NULL, NULL);
  xmlNode *text = rp_newsml_find_text (item);
  xmlNode *story = text != NULL ? component_of (text) : NULL;

  for (xmlNode *node = rp_wire_find (item, NULL, "NewsComponent"); node != NULL;
       node = rp_wire_find (item, node, "NewsComponent")) {
    xmlNode *group;

    if (!has_picture (node) || is_moving (node))
      continue;
    group = find_group (node);
    if (node == story)
      read_loose (node, source, article);
    else if (g_hash_table_add (done, group))
      read_group (group, source, article);
  }
}
