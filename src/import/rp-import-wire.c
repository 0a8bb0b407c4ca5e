#include "rp-import-wire.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rp-import-fields.h"
#include "rp-import-regex.h"
#include "rp-import-rights-words.h"
#include "rp-json.h"
#include "rp-text.h"
#include "rp-time.h"

/* Dates */

/* Never set, or set to the end of time. */
static gboolean
is_placeholder (const char *text)
{
  static RpRegex never =
    RP_REGEX ("^(?:0{4}|0001|9999|1[0-8]\\d\\d|1900-?01-?01|1970-?01-?01(?:[T ]?00:?00|$)|"
              "2[1-9]\\d\\d|(?:\\d{4})-?00)");

  return rp_regex_test (&never, text);
}

/* Brings "20140829134951+0200" and "2014-08-29 T13:49" into a form that dates are read from. */
static char *
dup_regular_time (const char *text)
{
  static RpRegex run =
    RP_REGEX ("^(\\d{8})\\s*T?\\s*(\\d{4}(?:\\d\\d)?)\\s*((?:Z|[+-]\\d\\d:?\\d\\d)?)$");
  static RpRegex gap = RP_REGEX ("^(\\d{4}-\\d\\d-\\d\\d)\\s+T");
  g_autofree char *joined =
    g_regex_replace (rp_regex_get (&run), text, -1, 0, "\\1T\\2\\3", 0, NULL);

  return g_regex_replace (rp_regex_get (&gap), joined, -1, 0, "\\1T", 0, NULL);
}

void
rp_wire_set_time (RpArticle *article, RpArticleField field, const char *text)
{
  g_autofree char *clean = rp_text_clean (text);
  g_autofree char *regular = NULL;

  if (clean == NULL || rp_article_get (article, field) != NULL)
    return;
  if (is_placeholder (clean)) {
    rp_article_add_warning (article, "date.placeholder",
                            _ ("The source states %s, which is no real date; it was left out."),
                            clean);
    return;
  }
  regular = dup_regular_time (clean);
  rp_fields_set_time (article, field, regular);
}

gboolean
rp_wire_is_later (RpArticle *article, RpArticleField field, const char *text)
{
  g_autofree char *clean = rp_text_clean (text);
  g_autofree char *regular = clean != NULL ? dup_regular_time (clean) : NULL;

  return regular != NULL &&
         rp_time_instant (regular) > rp_time_instant (rp_article_get (article, field));
}

/* Words */

void
rp_wire_add_keywords (RpArticle *article, const char *list)
{
  g_auto (GStrv) words = g_strsplit_set (list != NULL ? list : "", ";,|", -1);

  for (guint i = 0; words[i] != NULL; i++) {
    g_autofree char *word = rp_fields_dup_plain (words[i]);

    if (word != NULL)
      rp_article_add_tag (article, word);
  }
}

void
rp_wire_fill (RpArticle *article, RpArticleField field, const char *text)
{
  g_autofree char *plain = rp_fields_dup_plain (text);

  if (plain != NULL)
    rp_article_fill (article, field, plain);
}

void
rp_wire_add_note (RpArticle *article, const char *note)
{
  const char *known = rp_article_get (article, RP_ARTICLE_ED_NOTE);
  g_autofree char *plain = rp_fields_dup_plain (note);
  g_autofree char *joined = NULL;

  if (plain == NULL || (known != NULL && strstr (known, plain) != NULL))
    return;
  joined = known != NULL ? g_strconcat (known, "\n", plain, NULL) : NULL;
  rp_article_set (article, RP_ARTICLE_ED_NOTE, joined != NULL ? joined : plain);
}

/* Pictures */

RpMedia *
rp_wire_picture_new (const RpSource *source, const char *href)
{
  g_autofree char *clean = rp_text_clean (href);
  g_autofree char *url =
    clean != NULL ? rp_text_resolve_picture_url (source->base_url, clean) : NULL;
  RpMedia *picture = rp_media_new (url);

  if (url == NULL && clean != NULL && strchr (clean, '#') != clean) {
    g_autofree char *name = g_path_get_basename (clean);

    rp_media_set (picture, RP_MEDIA_NAME, name);
  }
  return picture;
}

void
rp_wire_add_picture (RpArticle *article, RpMedia *picture)
{
  const char *caption = rp_media_get (picture, RP_MEDIA_CAPTION);

  if (rp_media_get (picture, RP_MEDIA_URL) == NULL &&
      rp_media_get (picture, RP_MEDIA_NAME) == NULL && caption == NULL)
    return;
  if (rp_media_get (picture, RP_MEDIA_CREDIT) == NULL && caption != NULL) {
    g_autofree char *credit = rp_rights_find_credit (caption);

    rp_media_set (picture, RP_MEDIA_CREDIT, credit);
  }
  if (rp_media_get (picture, RP_MEDIA_URL) == NULL)
    rp_article_add_warning (
      article, "image.missing", _ ("The picture %s did not come with the file."),
      rp_media_get (picture, RP_MEDIA_NAME) != NULL ? rp_media_get (picture, RP_MEDIA_NAME)
                                                    : caption);
  rp_article_add_media (article, picture);
}

/* Rights */

void
rp_wire_rights_take (char **field, char *value)
{
  if (*field == NULL)
    *field = value;
  else
    g_free (value);
}

void
rp_wire_rights_add_terms (RpWireRights *self, const char *label, const char *terms)
{
  g_autofree char *plain = rp_fields_dup_plain (terms);
  g_auto (GStrv) halves = label != NULL ? g_strsplit (label, "%s", 2) : NULL;
  char *sentence;

  if (plain == NULL)
    return;
  if (self->terms == NULL)
    self->terms = g_ptr_array_new_with_free_func (g_free);
  sentence = halves != NULL && halves[0] != NULL && halves[1] != NULL
               ? g_strconcat (halves[0], plain, halves[1], NULL)
               : g_strdup (plain);
  if (g_ptr_array_find_with_equal_func (self->terms, sentence, g_str_equal, NULL))
    g_free (sentence);
  else
    g_ptr_array_add (self->terms, sentence);
}

static void
add_moment (RpWireRights *self, const char *label, const char *text)
{
  g_autofree char *clean = rp_text_clean (text);
  g_autofree char *regular = clean != NULL ? dup_regular_time (clean) : NULL;
  g_autofree char *stated = NULL;

  if (regular == NULL || is_placeholder (clean))
    return;
  rp_time_parse (regular, NULL, &stated, NULL);
  rp_wire_rights_add_terms (self, label, stated != NULL ? stated : clean);
}

void
rp_wire_rights_set_window (RpWireRights *self,
                           RpArticle *article,
                           const char *start,
                           const char *end)
{
  RpStatement *statement = rp_article_get_statement (article);

  add_moment (self, _ ("Use from: %s."), start);
  add_moment (self, _ ("Use until: %s."), end);
  if (rp_wire_is_later (article, RP_ARTICLE_PUBLISHED, start))
    rp_wire_set_time (article, RP_ARTICLE_EMBARGOED_UNTIL, start);
  rp_wire_set_time (article, RP_ARTICLE_EXPIRES, end);
  if (end != NULL)
    rp_statement_fill (statement, RP_STATEMENT_EXPIRES,
                       rp_article_get (article, RP_ARTICLE_EXPIRES));
}

void
rp_wire_rights_set_policy (RpWireRights *self, const char *expression)
{
  g_autofree char *text = g_strstrip (g_strdup (expression != NULL ? expression : ""));

  if (*text == '"') {
    g_autoptr (JsonNode) inner = rp_json_parse_text (text, NULL);

    if (inner != NULL && JSON_NODE_HOLDS_VALUE (inner) &&
        json_node_get_value_type (inner) == G_TYPE_STRING) {
      g_free (text);
      text = g_strdup (json_node_get_string (inner));
    }
  }
  if (g_str_has_prefix (text, "&lt;")) {
    g_autofree char *escaped = g_steal_pointer (&text);

    text = rp_text_unescape (escaped);
  }
  if (*text != '\0')
    rp_wire_rights_take (&self->policy, g_steal_pointer (&text));
}

void
rp_wire_rights_set_tdm (RpWireRights *self, const char *words)
{
  static RpRegex no = RP_REGEX ("prohibit|reserv|forbid|deny|denied|not[ -]?allowed|opt-?out|^1$");
  static RpRegex yes = RP_REGEX ("allow|permi|grant|^0$");

  if (words == NULL || self->tdm != NULL)
    return;
  if (rp_regex_test (&no, words))
    self->tdm = g_strdup ("reserved");
  else if (rp_regex_test (&yes, words))
    self->tdm = g_strdup ("allowed");
}

static char *
dup_terms (const RpWireRights *self)
{
  GString *all;

  if (self->terms == NULL)
    return NULL;
  all = g_string_new (NULL);
  for (guint i = 0; i < self->terms->len; i++)
    g_string_append_printf (all, "%s%s", i > 0 ? "\n" : "",
                            (const char *) g_ptr_array_index (self->terms, i));
  return g_string_free (all, FALSE);
}

void
rp_wire_rights_apply (const RpWireRights *self, RpArticle *article, RpRightsScan *scan)
{
  RpStatement *statement = rp_article_get_statement (article);
  g_autofree char *terms = dup_terms (self);
  RpMarkupRights rights = {
    .licence = rp_text_is_web_url (self->licence) ? self->licence : NULL,
    .notice = self->notice,
    .holder = self->holder,
    .usage_terms = terms,
    .acquire_page = rp_text_is_web_url (self->address) ? self->address : NULL,
    .credit = self->credit,
    .evidence = self->evidence,
  };

  rp_rights_scan_markup (scan, &rights);
  rp_statement_fill (statement, RP_STATEMENT_USAGE_TERMS, terms);
  rp_statement_fill (statement, RP_STATEMENT_COPYRIGHT_NOTICE, self->notice);
  rp_statement_fill (statement, RP_STATEMENT_RIGHTS_HOLDER, self->holder);
  rp_statement_fill (statement, RP_STATEMENT_LICENSOR, self->licensor);
  rp_statement_fill (statement, RP_STATEMENT_POLICY, self->policy);
  rp_statement_fill (statement, RP_STATEMENT_TDM, self->tdm);
  if (rp_text_is_web_url (self->policy))
    rp_statement_fill (statement, RP_STATEMENT_URL, self->policy);
  if (self->policy != NULL || self->tdm != NULL)
    rp_statement_add_evidence (statement, self->evidence);
}

void
rp_wire_rights_clear (RpWireRights *self)
{
  g_free (self->notice);
  g_free (self->holder);
  g_free (self->licensor);
  g_free (self->credit);
  g_free (self->licence);
  g_free (self->address);
  g_free (self->policy);
  g_free (self->tdm);
  g_clear_pointer (&self->terms, g_ptr_array_unref);
}

/* The end */

/* Sentence by sentence: an embargo and a restriction often share a line. */
static void
scan_notes (RpArticle *article, RpRightsScan *scan)
{
  static RpRegex sentence = RP_REGEX ("\\n|(?<=[.!;])\\s+(?=\\p{L})");
  const char *notes = rp_article_get (article, RP_ARTICLE_ED_NOTE);
  g_autoptr (GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_block_free);
  g_auto (GStrv) lines = g_regex_split (rp_regex_get (&sentence), notes != NULL ? notes : "", 0);

  for (guint i = 0; lines[i] != NULL; i++)
    g_ptr_array_add (blocks, rp_block_new (lines[i], RP_ZONE_HEAD));
  rp_rights_scan_blocks (scan, blocks);
}

static gboolean
is_canceled (RpArticle *article)
{
  return g_strcmp0 (rp_article_get (article, RP_ARTICLE_PUBSTATUS), "canceled") == 0;
}

static gboolean
is_empty (RpArticle *article)
{
  return rp_article_get (article, RP_ARTICLE_BODY_HTML) == NULL &&
         rp_article_get (article, RP_ARTICLE_SUMMARY) == NULL &&
         rp_article_get_media (article)->len == 0;
}

gboolean
rp_wire_give (RpArticle *article, RpRightsScan *scan, RpImportSink *sink)
{
  scan_notes (article, scan);
  rp_rights_scan_finish (scan, article);
  rp_fields_derive_headline (article);
  rp_article_fill (article, RP_ARTICLE_PUBSTATUS, "usable");
  if (is_empty (article) && rp_article_get (article, RP_ARTICLE_HEADLINE) == NULL &&
      rp_article_get (article, RP_ARTICLE_GUID) == NULL) {
    if (sink->remark != NULL)
      sink->remark (sink, "item.empty", _ ("An item without any text or name was left out."));
    return TRUE;
  }
  if (is_empty (article) && !is_canceled (article))
    rp_article_add_warning (article, "item.empty", _ ("The item came without a text."));

  return sink->article (sink, article);
}
