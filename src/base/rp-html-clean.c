#include <string.h>

#include "rp-html.h"
#include "rp-text.h"

/* What becomes of an element. Whatever is not in the table loses its tags and keeps its text. */
typedef enum {
  FATE_UNWRAP, /* tags go, text stays in its line */
  FATE_BREAK,  /* tags go, text stays as a block of its own */
  FATE_BLOCK,  /* stays, a block */
  FATE_INLINE, /* stays, within a line */
  FATE_DROP,   /* goes with all that is in it */
  FATE_IMAGE,
  FATE_FRAME, /* becomes a plain link */
} Fate;

typedef struct {
  const char *name;
  Fate fate;
  const char *becomes;    /* NULL = stays as it is */
  const char *attributes; /* allowed ones, space separated, beside lang and dir */
} Rule;

static const Rule rules[] = {
  {"a", FATE_INLINE, NULL, "href title rel hreflang"},
  {"abbr", FATE_INLINE, NULL, "title"},
  {"acronym", FATE_INLINE, "abbr", "title"},
  {"address", FATE_BREAK},
  {"applet", FATE_DROP},
  {"article", FATE_BREAK},
  {"aside", FATE_BREAK},
  {"audio", FATE_DROP},
  {"b", FATE_INLINE},
  {"base", FATE_DROP},
  {"blockquote", FATE_BLOCK},
  {"br", FATE_INLINE},
  {"button", FATE_DROP},
  {"canvas", FATE_DROP},
  {"caption", FATE_BLOCK},
  {"center", FATE_BREAK},
  {"cite", FATE_INLINE},
  {"code", FATE_INLINE},
  {"col", FATE_BLOCK, NULL, "span"},
  {"colgroup", FATE_BLOCK, NULL, "span"},
  {"datalist", FATE_DROP},
  {"dd", FATE_BLOCK},
  {"del", FATE_INLINE, "s"},
  {"details", FATE_BREAK},
  {"dialog", FATE_DROP},
  {"dir", FATE_BLOCK, "ul"},
  {"div", FATE_BREAK},
  {"dl", FATE_BLOCK},
  {"dt", FATE_BLOCK},
  {"em", FATE_INLINE},
  {"embed", FATE_DROP},
  {"fieldset", FATE_BREAK},
  {"figcaption", FATE_BLOCK},
  {"figure", FATE_BLOCK},
  {"footer", FATE_BREAK},
  {"form", FATE_BREAK},
  {"frame", FATE_DROP},
  {"frameset", FATE_DROP},
  {"h1", FATE_BLOCK},
  {"h2", FATE_BLOCK},
  {"h3", FATE_BLOCK},
  {"h4", FATE_BLOCK},
  {"h5", FATE_BLOCK},
  {"h6", FATE_BLOCK},
  {"head", FATE_DROP},
  {"header", FATE_BREAK},
  {"hr", FATE_BLOCK},
  {"i", FATE_INLINE},
  {"iframe", FATE_FRAME},
  {"image", FATE_IMAGE},
  {"img", FATE_IMAGE, NULL, "src alt title width height"},
  {"input", FATE_DROP},
  {"kbd", FATE_INLINE, "code"},
  {"legend", FATE_DROP},
  {"li", FATE_BLOCK, NULL, "value"},
  {"link", FATE_DROP},
  {"main", FATE_BREAK},
  {"map", FATE_DROP},
  {"math", FATE_DROP},
  {"menu", FATE_BLOCK, "ul"},
  {"meta", FATE_DROP},
  {"nav", FATE_BREAK},
  {"noembed", FATE_DROP},
  {"noframes", FATE_DROP},
  {"noscript", FATE_DROP},
  {"object", FATE_DROP},
  {"ol", FATE_BLOCK, NULL, "start reversed"},
  {"optgroup", FATE_DROP},
  {"option", FATE_DROP},
  {"output", FATE_DROP},
  {"p", FATE_BLOCK},
  {"param", FATE_DROP},
  {"pre", FATE_BLOCK},
  {"progress", FATE_DROP},
  {"q", FATE_INLINE},
  {"s", FATE_INLINE},
  {"samp", FATE_INLINE, "code"},
  {"script", FATE_DROP},
  {"section", FATE_BREAK},
  {"select", FATE_DROP},
  {"small", FATE_INLINE},
  {"source", FATE_DROP},
  {"strike", FATE_INLINE, "s"},
  {"strong", FATE_INLINE},
  {"style", FATE_DROP},
  {"sub", FATE_INLINE},
  {"summary", FATE_BREAK},
  {"sup", FATE_INLINE},
  {"svg", FATE_DROP},
  {"table", FATE_BLOCK},
  {"tbody", FATE_BLOCK},
  {"td", FATE_BLOCK, NULL, "colspan rowspan"},
  {"template", FATE_DROP},
  {"textarea", FATE_DROP},
  {"tfoot", FATE_BLOCK},
  {"th", FATE_BLOCK, NULL, "colspan rowspan scope"},
  {"thead", FATE_BLOCK},
  {"time", FATE_INLINE, NULL, "datetime"},
  {"title", FATE_DROP},
  {"tr", FATE_BLOCK},
  {"track", FATE_DROP},
  {"tt", FATE_INLINE, "code"},
  {"u", FATE_INLINE},
  {"ul", FATE_BLOCK},
  {"video", FATE_DROP},
  {"xmp", FATE_BLOCK, "pre"},
};

typedef struct {
  const char *base_url;
  GPtrArray *trackers; /* lent, may be NULL */
} Cleaner;

static int
compare_rule (const void *key, const void *rule)
{
  return strcmp (key, ((const Rule *) rule)->name);
}

static const Rule *
find_rule (const char *name)
{
  static const Rule unknown = {"", FATE_UNWRAP};
  const Rule *rule = bsearch (name, rules, G_N_ELEMENTS (rules), sizeof (Rule), compare_rule);

  return rule != NULL ? rule : &unknown;
}

static gboolean
has_word (const char *list, const char *word)
{
  gsize length = strlen (word);

  for (const char *at = list; at != NULL && (at = strstr (at, word)) != NULL; at += length) {
    if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
      return TRUE;
  }
  return FALSE;
}

/* Addresses */

static gboolean
has_scheme (const char *url, const char *scheme)
{
  return g_ascii_strncasecmp (url, scheme, strlen (scheme)) == 0;
}

static gboolean
is_image_data (const char *url)
{
  return has_scheme (url, "data:image/png") || has_scheme (url, "data:image/jpeg") ||
         has_scheme (url, "data:image/gif") || has_scheme (url, "data:image/webp");
}

/* Control characters and spaces inside an address are how schemes get past filters: they go. */
static char *
dup_tidy_url (const char *url)
{
  GString *out = g_string_sized_new (strlen (url));
  g_autofree char *stripped = g_strstrip (g_strdup (url));

  for (const char *at = stripped; *at != '\0'; at++) {
    if (*at == ' ')
      g_string_append (out, "%20");
    else if ((guchar) *at > 0x20 && *at != 0x7F)
      g_string_append_c (out, *at);
  }
  return g_string_free (out, FALSE);
}

static char *
dup_link (const Cleaner *self, const char *url)
{
  g_autofree char *tidy = dup_tidy_url (url);

  if (has_scheme (tidy, "mailto:") || has_scheme (tidy, "tel:"))
    return g_steal_pointer (&tidy);
  if ((has_scheme (tidy, "http://") && tidy[7] != '\0') ||
      (has_scheme (tidy, "https://") && tidy[8] != '\0'))
    return g_steal_pointer (&tidy);
  if (*tidy == '\0' || *tidy == '#')
    return NULL;
  return rp_text_resolve_url (self->base_url, tidy);
}

static char *
dup_image_url (const Cleaner *self, const char *url)
{
  if (url == NULL || *url == '\0')
    return NULL;
  if (has_scheme (url, "data:"))
    return is_image_data (url) ? dup_tidy_url (url) : NULL;
  if (has_scheme (url, "mailto:") || has_scheme (url, "tel:"))
    return NULL;
  if (has_scheme (url, "cid:") || (self->base_url != NULL && has_scheme (self->base_url, "cid:"))) {
    g_autofree char *tidy = dup_tidy_url (url);

    return rp_text_resolve_picture_url (self->base_url, tidy);
  }
  return dup_link (self, url);
}

static char *
dup_first_of_srcset (const char *srcset)
{
  const char *from = srcset + strspn (srcset, " \t\r\n,");

  return g_strndup (from, strcspn (from, " \t\r\n"));
}

/* Pages that load pictures late keep the address elsewhere and a grey dot in src. Gives. */
static char *
dup_image_source (const Cleaner *self, const xmlNode *image)
{
  static const char *const late[] = {"data-src", "data-lazy-src", "data-original", "data-lazy",
                                     "data-img-src"};
  const char *src = rp_xml_peek_attribute (image, "src");
  const char *srcset = rp_xml_peek_attribute (image, "srcset");
  char *url = NULL;

  if (srcset == NULL || *srcset == '\0')
    srcset = rp_xml_peek_attribute (image, "data-srcset");
  if (src != NULL && !has_scheme (src, "data:"))
    url = dup_image_url (self, src);
  for (gsize i = 0; i < G_N_ELEMENTS (late); i++) {
    const char *value = rp_xml_peek_attribute (image, late[i]);
    g_autofree char *better =
      value != NULL && !has_scheme (value, "data:") ? dup_image_url (self, value) : NULL;

    if (better != NULL) {
      g_free (url);
      return g_steal_pointer (&better);
    }
  }
  if (url == NULL && srcset != NULL) {
    g_autofree char *first = dup_first_of_srcset (srcset);

    url = dup_image_url (self, first);
  }
  return url != NULL ? url : dup_image_url (self, src);
}

static gboolean
is_tiny (const char *length)
{
  return length != NULL && (length[0] == '0' || length[0] == '1') &&
         (length[1] == '\0' || strcmp (length + 1, "px") == 0);
}

static gboolean
style_hides (const char *style)
{
  g_autofree char *bare = NULL;
  char *to;

  if (style == NULL)
    return FALSE;
  bare = g_ascii_strdown (style, -1);
  to = bare;
  for (const char *from = bare; *from != '\0'; from++) {
    if (!g_ascii_isspace (*from))
      *to++ = *from;
  }
  *to = '\0';
  return strstr (bare, "display:none") != NULL || strstr (bare, "visibility:hidden") != NULL ||
         strstr (bare, "width:1px") != NULL || strstr (bare, "width:0") == bare;
}

static gboolean
is_tracker (const xmlNode *image)
{
  const char *src = rp_xml_peek_attribute (image, "src");

  if (src == NULL || has_scheme (src, "data:"))
    return FALSE;
  if (is_tiny (rp_xml_peek_attribute (image, "width")) &&
      is_tiny (rp_xml_peek_attribute (image, "height")))
    return TRUE;
  return rp_xml_peek_attribute (image, "hidden") != NULL ||
         (style_hides (rp_xml_peek_attribute (image, "style")) &&
          rp_xml_peek_attribute (image, "data-src") == NULL);
}

static void
report_tracker (const Cleaner *self, xmlNode *image)
{
  g_autoptr (xmlBuffer) buffer = NULL;

  if (self->trackers == NULL)
    return;
  buffer = xmlBufferCreate ();
  xmlNodeDump (buffer, image->doc, image, 0, 0);
  g_ptr_array_add (self->trackers, g_strdup ((const char *) xmlBufferContent (buffer)));
}

/* Building the clean tree. A comment node marks where a block that lost its tags began or ended. */

static void clean_children (const Cleaner *self, const xmlNode *from, xmlNode *to);

static void
add_break (xmlNode *to)
{
  if (to->last == NULL || to->last->type != XML_COMMENT_NODE)
    xmlAddChild (to, xmlNewDocComment (to->doc, NULL));
}

static void
copy_attributes (const Cleaner *self, const xmlNode *from, xmlNode *to, const char *allowed)
{
  for (const xmlAttr *attribute = from->properties; attribute != NULL;
       attribute = attribute->next) {
    const char *name = (const char *) attribute->name;
    const char *value = rp_xml_peek_attribute (from, name);
    g_autofree char *link = NULL;

    if (value == NULL ||
        !(strcmp (name, "lang") == 0 || strcmp (name, "dir") == 0 || has_word (allowed, name)))
      continue;
    if (strcmp (name, "src") == 0)
      continue;
    if (strcmp (name, "href") == 0) {
      link = dup_link (self, value);
      value = link;
    }
    if (value != NULL && !xmlHasProp (to, attribute->name))
      xmlNewProp (to, attribute->name, (const xmlChar *) value);
  }
}

static xmlNode *
add_element (xmlNode *to, const char *name)
{
  return xmlAddChild (to, xmlNewDocNode (to->doc, NULL, (const xmlChar *) name, NULL));
}

static void
clean_image (const Cleaner *self, xmlNode *image, xmlNode *to)
{
  g_autofree char *url = NULL;
  xmlNode *copy;

  if (is_tracker (image)) {
    report_tracker (self, image);
    return;
  }
  url = dup_image_source (self, image);
  if (url == NULL)
    return;
  copy = add_element (to, "img");
  xmlNewProp (copy, (const xmlChar *) "src", (const xmlChar *) url);
  copy_attributes (self, image, copy, "alt title width height");
}

static gboolean
is_in_figure (const xmlNode *node)
{
  for (; node != NULL; node = node->parent) {
    if (rp_xml_is ((xmlNode *) node, NULL, "figure"))
      return TRUE;
  }
  return FALSE;
}

/* What is embedded (a video, a post) becomes a link to it that stands as a figure of its own. */
static void
clean_frame (const Cleaner *self, const xmlNode *frame, xmlNode *to)
{
  const char *src = rp_xml_peek_attribute (frame, "src");
  g_autofree char *url = NULL;
  g_autofree char *text = NULL;
  xmlNode *link;

  if (src == NULL || *src == '\0' || has_scheme (src, "about:"))
    src = rp_xml_peek_attribute (frame, "data-src");
  url = src != NULL ? dup_link (self, src) : NULL;
  if (url == NULL || !rp_text_is_web_url (url))
    return;
  add_break (to);
  link = is_in_figure (to) ? to : add_element (to, "figure");
  link = add_element (add_element (link, "figcaption"), "a");
  xmlNewProp (link, (const xmlChar *) "href", (const xmlChar *) url);
  xmlAddChild (link, xmlNewDocText (to->doc, (const xmlChar *) url));
  add_break (to);
}

static gboolean
has_block (const xmlNode *parent)
{
  for (const xmlNode *node = parent->children; node != NULL; node = node->next) {
    Fate fate =
      node->type == XML_ELEMENT_NODE ? find_rule ((const char *) node->name)->fate : FATE_UNWRAP;

    if (node->type == XML_COMMENT_NODE || fate == FATE_BLOCK || fate == FATE_BREAK)
      return TRUE;
    if (node->type == XML_ELEMENT_NODE && has_block (node))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_empty (const xmlNode *node)
{
  return node->children == NULL;
}

static void
move_children (xmlNode *from, xmlNode *to)
{
  while (from->children != NULL) {
    xmlNode *child = from->children;

    xmlUnlinkNode (child);
    xmlAddChild (to, child);
  }
}

/* A link around blocks (a teaser, mostly) goes inside each of them. */
static void
push_link_inside (xmlNode *link)
{
  for (xmlNode *block = link->children; block != NULL; block = block->next) {
    xmlNode *inner;

    if (block->type != XML_ELEMENT_NODE || has_block (block) || block->children == NULL ||
        find_rule ((const char *) block->name)->fate != FATE_BLOCK)
      continue;
    inner = xmlCopyNode (link, 2);
    move_children (block, inner);
    xmlAddChild (block, inner);
  }
}

/* Tags within a line cannot hold blocks: they go, the blocks stay. */
static void
settle_inline (xmlNode *node)
{
  xmlNode *parent = node->parent;
  gboolean is_link = strcmp ((const char *) node->name, "a") == 0;

  if (is_link && !has_block (node) &&
      (node->properties == NULL || !xmlHasProp (node, (const xmlChar *) "href"))) {
    xmlUnlinkNode (node);
    move_children (node, parent);
    xmlFreeNode (node);
  } else if (has_block (node)) {
    if (is_link && xmlHasProp (node, (const xmlChar *) "href"))
      push_link_inside (node);
    xmlUnlinkNode (node);
    move_children (node, parent);
    xmlFreeNode (node);
  } else if (is_empty (node) && strcmp ((const char *) node->name, "br") != 0) {
    xmlUnlinkNode (node);
    xmlFreeNode (node);
  }
}

/* Paragraphs: loose lines between blocks get one each. */

static gboolean
is_blank_text (const xmlNode *node)
{
  if (node->type != XML_TEXT_NODE)
    return FALSE;
  for (const char *at = (const char *) node->content; at != NULL && *at != '\0';) {
    if (g_ascii_isspace (*at))
      at++;
    else if ((guchar) at[0] == 0xC2 && (guchar) at[1] == 0xA0)
      at += 2;
    else
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_break (const xmlNode *node)
{
  return rp_xml_is ((xmlNode *) node, NULL, "br");
}

static gboolean
is_inline (const xmlNode *node)
{
  if (node->type == XML_TEXT_NODE)
    return TRUE;
  return node->type == XML_ELEMENT_NODE &&
         find_rule ((const char *) node->name)->fate != FATE_BLOCK;
}

static void
remove_node (xmlNode *node)
{
  xmlUnlinkNode (node);
  xmlFreeNode (node);
}

static void
trim_edges (xmlNode *block)
{
  while (block->children != NULL && (is_blank_text (block->children) || is_break (block->children)))
    remove_node (block->children);
  while (block->last != NULL && (is_blank_text (block->last) || is_break (block->last)))
    remove_node (block->last);
}

/* Two breaks in a row, with nothing but white space between, are how old pages end a paragraph. */
static gboolean
starts_double_break (const xmlNode *node)
{
  const xmlNode *next = node->next;

  if (!is_break (node))
    return FALSE;
  while (next != NULL && is_blank_text (next))
    next = next->next;
  return next != NULL && is_break (next);
}

/* Takes the run of inline nodes that begins at `first` into a paragraph before it; gives what
 * follows. */
static xmlNode *
wrap_run (xmlNode *first)
{
  xmlNode *paragraph = xmlNewDocNode (first->doc, NULL, (const xmlChar *) "p", NULL);
  xmlNode *next = first;

  xmlAddPrevSibling (first, paragraph);
  while (next != NULL && is_inline (next)) {
    xmlNode *node = next;
    gboolean ends = starts_double_break (node);

    next = node->next;
    xmlUnlinkNode (node);
    xmlAddChild (paragraph, node);
    if (ends)
      break;
  }
  trim_edges (paragraph);
  if (paragraph->children == NULL)
    remove_node (paragraph);
  return next;
}

static gboolean
needs_paragraphs (const xmlNode *container)
{
  for (const xmlNode *node = container->children; node != NULL; node = node->next) {
    if (!is_inline (node) || starts_double_break (node))
      return TRUE;
  }
  return FALSE;
}

static void
settle_flow (xmlNode *container, gboolean always)
{
  xmlNode *node = container->children;

  if (!always && !needs_paragraphs (container)) {
    trim_edges (container);
    return;
  }
  while (node != NULL) {
    xmlNode *next = node->next;

    if (is_inline (node))
      next = wrap_run (node);
    else if (node->type == XML_COMMENT_NODE)
      remove_node (node);
    node = next;
  }
}

/* Headings, captions and the like hold one line of text: what broke it becomes a line break. */
static void
settle_line (xmlNode *block)
{
  xmlNode *node;

  trim_edges (block);
  node = block->children;
  while (node != NULL) {
    xmlNode *next = node->next;

    if (node->type == XML_COMMENT_NODE) {
      if (node->prev != NULL && node->prev->type != XML_COMMENT_NODE && next != NULL)
        xmlAddPrevSibling (node, xmlNewDocNode (node->doc, NULL, (const xmlChar *) "br", NULL));
      remove_node (node);
    }
    node = next;
  }
  trim_edges (block);
}

/* Lists and tables hold only their own parts: white space and marks between these go. */
static void
settle_parts (xmlNode *block)
{
  xmlNode *node = block->children;

  while (node != NULL) {
    xmlNode *next = node->next;

    if (node->type == XML_COMMENT_NODE || is_blank_text (node))
      remove_node (node);
    node = next;
  }
}

/* One caption a figure: a second one goes on below the first. */
static void
merge_captions (xmlNode *figure)
{
  xmlNode *first = rp_xml_child (figure, NULL, "figcaption");
  xmlNode *other;

  while (first != NULL && (other = rp_xml_next (first, NULL, "figcaption")) != NULL) {
    xmlUnlinkNode (other);
    xmlAddChild (first, xmlNewDocNode (first->doc, NULL, (const xmlChar *) "br", NULL));
    move_children (other, first);
    xmlFreeNode (other);
  }
}

static void
unwrap_as_block (xmlNode *block)
{
  xmlNode *parent = block->parent;

  xmlUnlinkNode (block);
  add_break (parent);
  move_children (block, parent);
  add_break (parent);
  xmlFreeNode (block);
}

static void
settle_block (xmlNode *block)
{
  const char *name = (const char *) block->name;

  if (strcmp (name, "p") == 0 && has_block (block)) {
    unwrap_as_block (block);
    return;
  }
  if (has_word ("ul ol dl table thead tbody tfoot tr colgroup figure", name))
    settle_parts (block);
  else if (strcmp (name, "blockquote") == 0)
    settle_flow (block, TRUE);
  else if (has_word ("li td th dd figcaption", name))
    settle_flow (block, FALSE);
  else if (strcmp (name, "pre") != 0 && strcmp (name, "hr") != 0 && strcmp (name, "col") != 0)
    settle_line (block);
  if (strcmp (name, "figure") == 0)
    merge_captions (block);
  if (is_empty (block) && !has_word ("hr td th col", name))
    remove_node (block);
}

static gboolean
is_orphan (const char *name, const xmlNode *to)
{
  const char *parent = (const char *) to->name;

  if (strcmp (name, "li") == 0)
    return !has_word ("ul ol", parent);
  if (strcmp (name, "td") == 0 || strcmp (name, "th") == 0)
    return strcmp (parent, "tr") != 0;
  if (strcmp (name, "tr") == 0)
    return !has_word ("table thead tbody tfoot", parent);
  if (has_word ("thead tbody tfoot caption colgroup", name))
    return strcmp (parent, "table") != 0;
  if (strcmp (name, "col") == 0)
    return !has_word ("table colgroup", parent);
  if (has_word ("dt dd", name))
    return strcmp (parent, "dl") != 0;
  return FALSE;
}

static void
clean_element (const Cleaner *self, xmlNode *node, xmlNode *to)
{
  const Rule *rule = find_rule ((const char *) node->name);
  const char *name = rule->becomes != NULL ? rule->becomes : (const char *) node->name;
  Fate fate = rule->fate == FATE_BLOCK && is_orphan (name, to) ? FATE_BREAK : rule->fate;
  xmlNode *copy;

  switch (fate) {
  case FATE_UNWRAP:
    clean_children (self, node, to);
    break;
  case FATE_BREAK:
    add_break (to);
    clean_children (self, node, to);
    add_break (to);
    break;
  case FATE_BLOCK:
  case FATE_INLINE:
    copy = add_element (to, name);
    copy_attributes (self, node, copy, rule->attributes);
    clean_children (self, node, copy);
    (fate == FATE_BLOCK ? settle_block : settle_inline) (copy);
    break;
  case FATE_IMAGE:
    clean_image (self, node, to);
    break;
  case FATE_FRAME:
    clean_frame (self, node, to);
    break;
  case FATE_DROP:
    break;
  }
}

static void
clean_children (const Cleaner *self, const xmlNode *from, xmlNode *to)
{
  for (xmlNode *node = from->children; node != NULL; node = node->next) {
    if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) &&
        node->content != NULL)
      xmlAddChild (to, xmlNewDocText (to->doc, node->content));
    else if (node->type == XML_ELEMENT_NODE)
      clean_element (self, node, to);
  }
}

void
rp_html_clean_tree (xmlNode *parent, const char *base_url, GPtrArray *trackers)
{
  Cleaner self = {.base_url = base_url, .trackers = trackers};
  xmlNode *fresh;

  g_return_if_fail (parent != NULL);

  fresh = xmlNewDocNode (parent->doc, NULL, (const xmlChar *) "body", NULL);
  clean_children (&self, parent, fresh);
  settle_flow (fresh, TRUE);
  while (parent->children != NULL)
    remove_node (parent->children);
  move_children (fresh, parent);
  xmlFreeNode (fresh);
}

char *
rp_html_clean (const char *html, const char *base_url)
{
  g_autoptr (xmlDoc) doc = rp_html_parse_fragment (html);
  xmlNode *body = rp_html_get_body (doc);

  rp_html_clean_tree (body, base_url, NULL);

  return rp_html_serialise (body);
}
