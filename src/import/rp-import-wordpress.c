#include "rp-import-wordpress.h"

#include <string.h>

#include "rp-import-regex.h"
#include "rp-text.h"

#define GALLERY_LIMIT 200

typedef struct {
  RpWordpressPicture picture;
  gpointer user_data;
  const char *content; /* lent: all of it, to see whether a shortcode is closed */
} Work;

/* Shortcodes: [name key="value"]…[/name] */

/* [caption …]<img> words[/caption] of the old editor. */
static gboolean
append_caption (const GMatchInfo *match, GString *out, gpointer user_data)
{
  static RpRegex image = RP_REGEX ("^\\s*((?:<a\\b[^>]*>\\s*)?<img\\b[^>]*>(?:\\s*</a>)?)\\s*");
  static RpRegex attribute = RP_REGEX ("\\bcaption=(?:\"([^\"]*)\"|'([^']*)')");
  g_autofree char *head = g_match_info_fetch (match, 1);
  g_autofree char *inside = g_match_info_fetch (match, 2);
  g_autofree char *picture = rp_regex_dup_group (&image, inside, 1);
  g_autofree char *named = rp_regex_dup_group (&attribute, head, 1);
  g_autofree char *words = NULL;

  if (picture == NULL) {
    g_string_append (out, inside);
    return FALSE;
  }
  words = g_regex_replace_literal (rp_regex_get (&image), inside, -1, 0, "", 0, NULL);
  if (rp_text_is_empty (words) && named != NULL) {
    g_free (words);
    words = g_steal_pointer (&named);
  }
  g_string_append_printf (out, "\n\n<figure>%s<figcaption>%s</figcaption></figure>\n\n", picture,
                          words != NULL ? words : "");
  return FALSE;
}

static gboolean
append_gallery (const GMatchInfo *match, GString *out, gpointer user_data)
{
  static RpRegex numbers = RP_REGEX ("\\b(?:ids|include)=[\"']?([\\d, ]+)");
  Work *work = user_data;
  g_autofree char *head = g_match_info_fetch (match, 1);
  g_autofree char *ids = rp_regex_dup_group (&numbers, head, 1);
  g_auto (GStrv) each = ids != NULL ? g_strsplit (ids, ",", GALLERY_LIMIT) : NULL;

  for (guint i = 0; each != NULL && each[i] != NULL; i++) {
    g_autofree char *html = work->picture (g_strstrip (each[i]), work->user_data);

    if (html != NULL)
      g_string_append_printf (out, "\n\n%s\n\n", html);
  }
  return FALSE;
}

/* Only what cannot be a writer's own brackets, such as [sic] or [1], is a shortcode. */
static gboolean
is_shortcode (const Work *work, const char *name, const char *rest)
{
  static const char *const bare[] = {"gallery", "playlist",   "audio", "video",   "toc",    "ad",
                                     "ads",     "newsletter", "embed", "adsense", "signup", NULL};
  g_autofree char *close = g_strdup_printf ("[/%s]", name);

  return *rest != '\0' || strchr (name, '_') != NULL || g_strv_contains (bare, name) ||
         strstr (work->content, close) != NULL;
}

static gboolean
append_rest (const GMatchInfo *match, GString *out, gpointer user_data)
{
  g_autofree char *all = g_match_info_fetch (match, 0);
  g_autofree char *closing = g_match_info_fetch (match, 1);
  g_autofree char *name = g_match_info_fetch (match, 2);
  g_autofree char *rest = g_match_info_fetch (match, 3);

  if (*closing == '\0' && !is_shortcode (user_data, name, g_strstrip (rest)))
    g_string_append (out, all);
  return FALSE;
}

static char *
replace (RpRegex *regex, char *text, GRegexEvalCallback append, Work *work)
{
  g_autofree char *old = text;
  char *made = g_regex_replace_eval (rp_regex_get (regex), old, -1, 0, 0, append, work, NULL);

  return made != NULL ? made : g_steal_pointer (&old);
}

static char *
replace_plain (RpRegex *regex, char *text, const char *with)
{
  g_autofree char *old = text;
  char *made = g_regex_replace (rp_regex_get (regex), old, -1, 0, with, 0, NULL);

  return made != NULL ? made : g_steal_pointer (&old);
}

static char *
expand_shortcodes (char *text, Work *work)
{
  static RpRegex caption =
    RP_REGEX ("\\[(?:wp_)?caption\\b([^\\]]*)\\]((?:(?!\\[/(?:wp_)?caption\\])[\\s\\S])*+)"
              "\\[/(?:wp_)?caption\\]");
  static RpRegex gallery = RP_REGEX ("\\[gallery\\b([^\\]]*)\\]");
  static RpRegex embed =
    RP_REGEX ("\\[embed\\b[^\\]]*\\]\\s*(https?://[^\\s\\[<]+)\\s*\\[/embed\\]");
  static RpRegex any = RP_REGEX (
    "\\[(/?)([a-z][a-z0-9_-]*)((?:\\s+[a-z0-9_-]+=(?:\"[^\"]*\"|'[^']*'|[^\\s\"'\\]]+))*+)"
    "\\s*/?\\]");
  g_autofree char *embedded = NULL;

  text = replace (&caption, text, append_caption, work);
  text = replace (&gallery, text, append_gallery, work);
  embedded = replace_plain (&embed, text, "<p><a href=\"\\1\">\\1</a></p>");
  work->content = embedded;
  return replace (&any, g_strdup (embedded), append_rest, work);
}

/* Paragraphs */

/* A piece that begins with a block's tag keeps its own shape. */
static gboolean
is_block (const char *piece)
{
  static RpRegex block = RP_REGEX (
    "^\\s*</?(?:p|div|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|td|th|caption|pre|"
    "blockquote|figure|figcaption|section|article|aside|header|footer|hr|form|address|details|"
    "summary|main|nav|script|style|iframe)\\b");

  return rp_regex_test (&block, piece);
}

static void
append_piece (GString *out, const char *piece)
{
  g_autofree char *plain = g_strstrip (g_strdup (piece));
  g_autoptr (GString) lines = g_string_new (plain);

  if (*plain == '\0')
    return;
  if (is_block (plain)) {
    g_string_append_printf (out, "%s\n", plain);
    return;
  }
  rp_text_replace (lines, "\n", "<br>\n");
  g_string_append_printf (out, "<p>%s</p>\n", lines->str);
}

/* Text between blank lines is a paragraph, a single line end a break. What stands in <pre> stays.
 */
static char *
make_paragraphs (const char *text)
{
  g_autoptr (GString) out = g_string_sized_new (strlen (text));
  static RpRegex blank = RP_REGEX ("\\n[ \\t]*\\n\\s*");
  const char *at = text;

  while (*at != '\0') {
    const char *pre = strstr (at, "<pre");
    const char *end = pre != NULL ? strstr (pre, "</pre>") : NULL;
    g_autofree char *before = end != NULL ? g_strndup (at, (gsize) (pre - at)) : g_strdup (at);
    g_auto (GStrv) pieces = g_regex_split (rp_regex_get (&blank), before, 0);

    for (guint i = 0; pieces[i] != NULL; i++)
      append_piece (out, pieces[i]);
    if (end == NULL)
      break;
    g_string_append_len (out, pre, end + 6 - pre);
    at = end + 6;
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
rp_wordpress_to_html (const char *content, RpWordpressPicture picture, gpointer user_data)
{
  static RpRegex comment = RP_REGEX ("<!--[\\s\\S]*?-->");
  gboolean has_blocks = strstr (content, "<!-- wp:") != NULL;
  Work work = {.picture = picture, .user_data = user_data};
  g_autofree char *first = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GString) lines = g_string_new (content);

  rp_text_mend_lines (lines);
  first = replace_plain (&comment, g_strdup (lines->str), "");
  text = expand_shortcodes (g_steal_pointer (&first), &work);
  return has_blocks && is_block (text) && strstr (text, "<p") != NULL ? g_steal_pointer (&text)
                                                                      : make_paragraphs (text);
}
