/* Markdown (CommonMark with GitHub's tables, strikethrough, bare links and footnotes), with or
 * without front matter. */
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rp-charset.h"
#include "rp-error.h"
#include "rp-html.h"
#include "rp-import-document.h"
#include "rp-import-fields.h"
#include "rp-import-front-matter.h"
#include "rp-import-regex.h"
#include "rp-importer.h"
#include "rp-text.h"

#define SNIFF 65536
#define MARK_LIMIT 64 /* quotes and lists within each other: the parser is slow on more */

/* Does it look like Markdown: used only where the name or the sender says so, too. */
static gboolean
has_marks (const char *text)
{
  static RpRegex marks =
    RP_REGEX ("(?m)^#{1,6} \\S|^(?:[-*+]|\\d{1,3}[.)]) +\\S|^> ?\\S|^```|^(?:={3,}|-{3,})\\s*$|"
              "\\*\\*\\S|__\\S|\\]\\(\\S|^\\|.*\\|\\s*$|\\b_\\S[^_]*_\\b|`\\S");

  return rp_regex_test (&marks, text);
}

static gboolean
is_named_markdown (const RpSource *source)
{
  static const char *const ends[] = {".md", ".markdown", ".mdown", ".mkd", ".mdx", ".mdwn"};
  g_autofree char *name = source->name != NULL ? g_ascii_strdown (source->name, -1) : NULL;

  if (g_strcmp0 (source->declared_type, "text/markdown") == 0 ||
      g_strcmp0 (source->declared_type, "text/x-markdown") == 0)
    return TRUE;
  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (ends); i++) {
    if (g_str_has_suffix (name, ends[i]))
      return TRUE;
  }
  return FALSE;
}

static RpMatch
markdown_match (const RpSource *source)
{
  gsize size;
  const char *data = g_bytes_get_data (source->bytes, &size);
  gboolean named = is_named_markdown (source);
  gsize skip = size >= 3 && memcmp (data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  g_autoptr (GBytes) start = NULL;
  g_autofree char *head = NULL;

  if (size <= skip || (!named && strchr ("-+{", data[skip]) == NULL))
    return RP_MATCH_NO;
  start = g_bytes_new_from_bytes (source->bytes, 0, MIN (size, SNIFF));
  head = rp_charset_to_utf8 (start, NULL, NULL, NULL);
  if (rp_front_matter_find_end (head) != NULL)
    return RP_MATCH_CERTAIN;
  return named && has_marks (head) ? RP_MATCH_LIKELY : RP_MATCH_NO;
}

/* Before the parser */

static char *
dup_text (const RpSource *source)
{
  g_autofree char *text = rp_charset_to_utf8 (source->bytes, source->declared_charset, NULL, NULL);
  GString *lines = g_string_new (text);

  rp_text_mend_lines (lines);
  return g_string_free (lines, FALSE);
}

/* {{< figure src="…" caption="…" >}} of Hugo, the one template that holds content. */
static gboolean
append_figure (const GMatchInfo *match, GString *out, gpointer user_data)
{
  static RpRegex src = RP_REGEX ("\\bsrc=[\"“]?([^\"” ]+)");
  static RpRegex caption = RP_REGEX ("\\bcaption=\"((?:[^\"\\\\]|\\\\.)*)\"");
  static RpRegex alt = RP_REGEX ("\\balt=\"((?:[^\"\\\\]|\\\\.)*)\"");
  g_autofree char *inside = g_match_info_fetch (match, 1);
  g_autofree char *address = rp_regex_dup_group (&src, inside, 1);
  g_autofree char *words = rp_regex_dup_group (&caption, inside, 1);
  g_autofree char *meaning = rp_regex_dup_group (&alt, inside, 1);
  g_autofree char *escaped_src = rp_text_escape (address);
  g_autofree char *escaped_alt = rp_text_escape (meaning);
  g_autofree char *escaped = rp_text_escape (words);

  if (address != NULL && g_str_has_prefix (inside, "figure"))
    g_string_append_printf (
      out, "<figure><img src=\"%s\" alt=\"%s\"><figcaption>%s</figcaption></figure>", escaped_src,
      escaped_alt, escaped);
  return FALSE;
}

static void
strip_line_templates (GString *out, const char *line)
{
  static RpRegex hugo = RP_REGEX ("\\{\\{[<%]\\s*(.*?)\\s*/?[>%]\\}\\}");
  static RpRegex rest = RP_REGEX ("\\{%.*?%\\}|\\{\\{.*?\\}\\}|\\{:\\s?[.#][^}]*\\}|"
                                  "^(?:import|export) .*(?:from )?['\"{].*$");
  g_autofree char *figures = NULL;
  g_autofree char *plain = NULL;

  if (strchr (line, '{') == NULL && !g_str_has_prefix (line, "import ") &&
      !g_str_has_prefix (line, "export ")) {
    g_string_append (out, line);
    return;
  }
  figures = g_regex_replace_eval (rp_regex_get (&hugo), line, -1, 0, 0, append_figure, NULL, NULL);
  plain = figures != NULL
            ? g_regex_replace_literal (rp_regex_get (&rest), figures, -1, 0, "", 0, NULL)
            : NULL;
  g_string_append (out, plain != NULL ? plain : line);
}

/* Marks of quotes and lists at the head of a line beyond what people write. */
static const char *
skip_wild_marks (const char *line)
{
  gsize run = strspn (line, "> \t*+-");
  guint marks = 0;

  for (gsize i = 0; i < run; i++)
    marks += line[i] != ' ' && line[i] != '\t';
  return marks > MARK_LIMIT && line[run] != '\n' && line[run] != '\0' ? line + run : line;
}

/* The templates of site generators mean nothing here; code keeps them. */
static char *
strip_templates (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *out = g_string_sized_new (strlen (text));
  const char *fence = NULL;

  for (guint i = 0; lines[i] != NULL; i++) {
    const char *line = skip_wild_marks (lines[i]);
    const char *start = line + strspn (line, " ");
    const char *mark = g_str_has_prefix (start, "```")   ? "```"
                       : g_str_has_prefix (start, "~~~") ? "~~~"
                                                         : NULL;

    if (mark != NULL && (fence == NULL || strcmp (fence, mark) == 0))
      fence = fence == NULL ? mark : NULL;
    if (fence != NULL || mark != NULL)
      g_string_append (out, line);
    else
      strip_line_templates (out, line);
    g_string_append_c (out, '\n');
  }
  return g_string_free (out, FALSE);
}

/* The parser */

static void
attach_extensions (cmark_parser *parser)
{
  static const char *const names[] = {"table", "strikethrough", "autolink"};
  static gsize registered;

  if (g_once_init_enter (&registered)) {
    cmark_gfm_core_extensions_ensure_registered ();
    g_once_init_leave (&registered, 1);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    cmark_syntax_extension *extension = cmark_find_syntax_extension (names[i]);

    if (extension != NULL)
      cmark_parser_attach_syntax_extension (parser, extension);
  }
}

/* HTML of strangers stays in: the cleaner of every body comes after. Gives. */
static char *
render (const char *markdown)
{
  int options = CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES;
  cmark_parser *parser = cmark_parser_new (options);
  cmark_node *document;
  char *html;
  char *copy;

  attach_extensions (parser);
  cmark_parser_feed (parser, markdown, strlen (markdown));
  document = cmark_parser_finish (parser);
  html = cmark_render_html (document, options, cmark_parser_get_syntax_extensions (parser));
  cmark_node_free (document);
  cmark_parser_free (parser);
  copy = g_strdup (html);
  free (html);

  return copy;
}

/* After the parser */

/* ![alt](address "caption") alone in its paragraph is a figure. */
static void
make_figure (xmlNode *paragraph, xmlNode *image)
{
  g_autofree char *caption = rp_xml_dup_attribute (image, "title");

  if (caption == NULL)
    return;
  xmlNodeSetName (paragraph, BAD_CAST "figure");
  xmlUnsetProp (image, BAD_CAST "title");
  xmlNewTextChild (paragraph, NULL, BAD_CAST "figcaption", BAD_CAST caption);
}

static void
find_figures (xmlNode *body)
{
  for (xmlNode *node = body; node != NULL; node = rp_xml_follow (node, body, TRUE)) {
    if (rp_xml_is (node, NULL, "p") && rp_xml_is (node->children, NULL, "img") &&
        node->children->next == NULL)
      make_figure (node, node->children);
  }
}

static void
remove_back_links (xmlNode *body)
{
  xmlNode *node = body;

  while (node != NULL) {
    xmlNode *next = rp_xml_follow (node, body, TRUE);
    const char *class = rp_xml_is (node, NULL, "a") ? rp_xml_peek_attribute (node, "class") : NULL;

    if (class != NULL && strstr (class, "footnote-backref") != NULL) {
      next = rp_xml_follow (node, body, FALSE);
      xmlUnlinkNode (node);
      xmlFreeNode (node);
    }
    node = next;
  }
}

/* The first heading is the headline where nothing else is, and is not said twice. */
static void
take_heading (RpArticle *article, xmlNode *body)
{
  xmlNode *first = body->children;
  const char *headline = rp_article_get (article, RP_ARTICLE_HEADLINE);
  g_autofree char *text = NULL;

  while (first != NULL && first->type != XML_ELEMENT_NODE)
    first = first->next;
  if (!rp_xml_is (first, NULL, "h1") && !(headline != NULL && rp_xml_is (first, NULL, "h2")))
    return;
  text = rp_xml_dup_text (first);
  if (text == NULL || (headline != NULL && !rp_text_same (text, headline)))
    return;
  rp_article_fill (article, RP_ARTICLE_HEADLINE, text);
  xmlUnlinkNode (first);
  xmlFreeNode (first);
}

static void
read_body (RpArticle *article, RpRightsScan *scan, const char *markdown, const char *base_url)
{
  g_autofree char *plain = strip_templates (markdown);
  g_autofree char *html = render (plain);
  g_autoptr (xmlDoc) doc = rp_html_parse_fragment (html);
  xmlNode *body = rp_html_get_body (doc);
  g_autofree char *shaped = NULL;

  take_heading (article, body);
  find_figures (body);
  remove_back_links (body);
  shaped = rp_html_serialise (body);
  rp_document_set_body (article, scan, shaped, base_url);
}

static gboolean
markdown_parse (const RpSource *source, RpImportSink *sink, GError **error)
{
  g_autofree char *text = dup_text (source);
  const char *end = rp_front_matter_find_end (text);
  g_autoptr (RpRightsScan) scan = rp_rights_scan_new (NULL);
  g_autoptr (RpArticle) article = rp_article_new ();
  g_autoptr (JsonObject) data = rp_front_matter_read (text, article);
  const char *base = source->base_url;

  if (rp_text_is_empty (text)) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNREADABLE,
                         _ ("The text is empty. Paste or choose a text with words in it."));
    return FALSE;
  }
  if (data != NULL)
    rp_front_fields_apply (data, source->base_url, "front matter", article, scan);
  if (base == NULL)
    base = rp_article_get (article, RP_ARTICLE_CANONICAL_URL);
  read_body (article, scan, end != NULL ? end : text, base);
  rp_rights_scan_finish (scan, article);
  rp_fields_derive_headline (article);
  sink->article (sink, article);

  return TRUE;
}

static const char *const markdown_extensions[] = {"md",  "markdown", "mdown", "mkd",
                                                  "mdx", "mdwn",     NULL};

const RpImporter rp_importer_markdown = {
  .id = "markdown",
  .title = N_ ("Markdown text"),
  .extensions = markdown_extensions,
  .match = markdown_match,
  .parse = markdown_parse,
};
