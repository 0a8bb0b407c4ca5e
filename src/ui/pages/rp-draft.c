#include "rp-draft.h"

#include <gio/gio.h>
#include <string.h>

#include "rp-byline.h"
#include "rp-html.h"
#include "rp-json.h"
#include "rp-picture-order.h"
#include "rp-text.h"
#include "rp-web-addresses.h"

static void
read_pictures (RpDraft *draft, JsonArray *pictures)
{
  for (guint i = 0; pictures != NULL && i < json_array_get_length (pictures); i++) {
    JsonNode *node = json_array_get_element (pictures, i);

    if (JSON_NODE_HOLDS_OBJECT (node))
      rp_draft_take_picture (draft, rp_media_from_json (json_node_get_object (node)));
  }
}

static GStrv
read_order (JsonArray *addresses)
{
  g_autoptr (GStrvBuilder) order = g_strv_builder_new ();

  for (guint i = 0; addresses != NULL && i < json_array_get_length (addresses); i++)
    g_strv_builder_add (order, json_array_get_string_element (addresses, i));

  return addresses != NULL ? g_strv_builder_end (order) : NULL;
}

RpDraft *
rp_draft_new_from_json (JsonObject *message)
{
  RpDraft *draft = g_new0 (RpDraft, 1);

  draft->article_id = g_strdup (rp_json_get_string (message, "id"));
  draft->headline = g_strdup (rp_json_get_string (message, "headline"));
  draft->standfirst = g_strdup (rp_json_get_string (message, "standfirst"));
  draft->byline = g_strdup (rp_json_get_string (message, "byline"));
  draft->body_html = g_strdup (rp_json_get_string (message, "body"));
  draft->is_source = rp_json_get_boolean (message, "source", FALSE);
  draft->language = g_strdup (rp_json_get_string (message, "language"));
  draft->order = read_order (rp_json_get_array (message, "order"));
  read_pictures (draft, rp_json_get_array (message, "pictures"));
  if (rp_json_get_object (message, "base") != NULL)
    draft->base = rp_article_from_json (rp_json_get_object (message, "base"));

  return draft;
}

static char *
dup_field (RpArticle *article, RpArticleField field)
{
  const char *text = rp_article_get (article, field);

  return g_strdup (text != NULL ? text : "");
}

RpDraft *
rp_draft_new_from_article (RpArticle *article)
{
  RpDraft *draft = g_new0 (RpDraft, 1);
  char *byline = rp_article_dup_byline (article);

  draft->article_id = dup_field (article, RP_ARTICLE_ID);
  draft->headline = dup_field (article, RP_ARTICLE_HEADLINE);
  draft->standfirst = dup_field (article, RP_ARTICLE_SUBHEADLINE);
  draft->byline = byline != NULL ? byline : g_strdup ("");
  draft->body_html = dup_field (article, RP_ARTICLE_BODY_HTML);
  draft->is_source = TRUE;
  draft->language = dup_field (article, RP_ARTICLE_LANGUAGE);
  draft->order = rp_picture_order_list (rp_article_get_media (article));

  return draft;
}

RpDraft *
rp_draft_copy (const RpDraft *draft)
{
  RpDraft *copy = g_new0 (RpDraft, 1);

  rp_draft_merge (copy, draft);

  return copy;
}

void
rp_draft_free (RpDraft *draft)
{
  g_free (draft->article_id);
  g_free (draft->headline);
  g_free (draft->standfirst);
  g_free (draft->byline);
  g_free (draft->body_html);
  g_free (draft->language);
  g_strfreev (draft->order);
  g_clear_pointer (&draft->pictures, g_ptr_array_unref);
  g_clear_object (&draft->base);
  g_free (draft);
}

static JsonArray *
write_order (GStrv order)
{
  JsonArray *addresses = json_array_new ();

  for (guint i = 0; order[i] != NULL; i++)
    json_array_add_string_element (addresses, order[i]);

  return addresses;
}

JsonObject *
rp_draft_to_json (const RpDraft *draft)
{
  JsonObject *object = json_object_new ();
  JsonArray *pictures = json_array_new ();

  rp_json_set_string (object, "id", draft->article_id);
  rp_json_set_string (object, "headline", draft->headline);
  rp_json_set_string (object, "standfirst", draft->standfirst);
  rp_json_set_string (object, "byline", draft->byline);
  rp_json_set_string (object, "body", draft->body_html);
  json_object_set_boolean_member (object, "source", draft->is_source);
  rp_json_set_string (object, "language", draft->language);
  if (draft->order != NULL)
    json_object_set_array_member (object, "order", write_order (draft->order));
  for (guint i = 0; draft->pictures != NULL && i < draft->pictures->len; i++)
    json_array_add_object_element (pictures,
                                   rp_media_to_json (g_ptr_array_index (draft->pictures, i)));
  json_object_set_array_member (object, "pictures", pictures);
  if (draft->base != NULL)
    json_object_set_object_member (object, "base", rp_article_to_json (draft->base));

  return object;
}

static void
replace_text (char **to, const char *from)
{
  if (from == NULL)
    return;
  g_free (*to);
  *to = g_strdup (from);
}

void
rp_draft_merge (RpDraft *to, const RpDraft *from)
{
  replace_text (&to->article_id, from->article_id);
  replace_text (&to->headline, from->headline);
  replace_text (&to->standfirst, from->standfirst);
  replace_text (&to->byline, from->byline);
  replace_text (&to->body_html, from->body_html);
  if (from->body_html != NULL)
    to->is_source = from->is_source;
  replace_text (&to->language, from->language);
  if (from->order != NULL) {
    g_strfreev (to->order);
    to->order = g_strdupv (from->order);
  }
  for (guint i = 0; from->pictures != NULL && i < from->pictures->len; i++)
    rp_draft_take_picture (to, g_object_ref (g_ptr_array_index (from->pictures, i)));
  if (to->base == NULL)
    g_set_object (&to->base, from->base);
}

void
rp_draft_drop (RpDraft *draft, const char *field)
{
  const struct {
    const char *field;
    char **text;
  } texts[] = {
    {"headline", &draft->headline}, {"subheadline", &draft->standfirst},
    {"authors", &draft->byline},    {"body_html", &draft->body_html},
    {"language", &draft->language},
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (field, texts[i].field))
      g_clear_pointer (texts[i].text, g_free);
  if (g_str_equal (field, "images")) {
    g_clear_pointer (&draft->pictures, g_ptr_array_unref);
    g_clear_pointer (&draft->order, g_strfreev);
  }
}

static gboolean
find_picture (GPtrArray *pictures, RpMedia *media, guint *out_at)
{
  const char *url = rp_media_get (media, RP_MEDIA_URL);

  for (guint i = 0; pictures != NULL && i < pictures->len; i++)
    if (g_strcmp0 (rp_media_get (g_ptr_array_index (pictures, i), RP_MEDIA_URL), url) == 0) {
      *out_at = i;
      return TRUE;
    }

  return FALSE;
}

void
rp_draft_take_picture (RpDraft *draft, RpMedia *media)
{
  guint at;

  if (draft->pictures == NULL)
    draft->pictures = g_ptr_array_new_with_free_func (g_object_unref);
  if (find_picture (draft->pictures, media, &at))
    g_ptr_array_remove_index (draft->pictures, at);
  g_ptr_array_add (draft->pictures, media);
}

/* ---- the body ---- */

static char *
translate (const RpDraft *draft,
           RpArticle *article,
           const char *html,
           char *(*by) (const char *, RpArticle *) )
{
  g_autoptr (RpArticle) knowing = rp_article_copy (article);

  for (guint i = 0; draft->pictures != NULL && i < draft->pictures->len; i++)
    rp_article_add_media (knowing, g_ptr_array_index (draft->pictures, i));

  return by (html, knowing);
}

char *
rp_draft_dup_source (const RpDraft *draft, RpArticle *article)
{
  g_autofree char *global = NULL;

  if (draft->body_html == NULL || draft->is_source)
    return g_strdup (draft->body_html);
  global = translate (draft, article, draft->body_html, rp_web_globalise);

  return rp_html_clean (global, rp_article_get (article, RP_ARTICLE_SOURCE_URL));
}

char *
rp_draft_dup_page_body (const RpDraft *draft, RpArticle *article)
{
  g_autofree char *clean = NULL;

  if (draft->body_html == NULL || !draft->is_source)
    return g_strdup (draft->body_html);
  clean = rp_html_clean (draft->body_html, rp_article_get (article, RP_ARTICLE_SOURCE_URL));

  return translate (draft, article, clean, rp_web_localise);
}

/* ---- back into the article ---- */

static gboolean
set_text (RpArticle *article, RpArticleField field, const char *value)
{
  g_autofree char *text = rp_text_clean (value);

  if (g_strcmp0 (text, rp_article_get (article, field)) == 0)
    return FALSE;
  rp_article_set (article, field, text);

  return TRUE;
}

static const RpAuthor *
find_author (GPtrArray *authors, const char *name)
{
  for (guint i = 0; i < authors->len; i++) {
    const RpAuthor *author = g_ptr_array_index (authors, i);

    if (rp_text_same (author->name, name))
      return author;
  }

  return NULL;
}

static gboolean
set_byline (RpArticle *article, const char *byline)
{
  g_autofree char *before = rp_article_dup_byline (article);
  g_autofree char *text = rp_text_clean (byline);
  g_autoptr (RpArticle) old = NULL;
  g_auto (GStrv) names = NULL;

  if (g_strcmp0 (before, text) == 0)
    return FALSE;
  old = rp_article_copy (article);
  names = rp_byline_split (text != NULL ? text : "", rp_article_get (article, RP_ARTICLE_LANGUAGE));
  rp_article_clear_authors (article);
  for (guint i = 0; names[i] != NULL; i++) {
    const RpAuthor *known = find_author (rp_article_get_authors (old), names[i]);

    rp_article_add_author (article, names[i], known != NULL ? known->uri : NULL,
                           known != NULL ? known->email : NULL);
  }

  return TRUE;
}

static gboolean
set_body (RpArticle *article, const RpDraft *draft)
{
  g_autofree char *source = rp_draft_dup_source (draft, article);
  g_autofree char *body = rp_html_clean (source, rp_article_get (article, RP_ARTICLE_SOURCE_URL));

  if (g_strcmp0 (body, rp_article_get (article, RP_ARTICLE_BODY_HTML)) == 0)
    return FALSE;
  rp_article_set (article, RP_ARTICLE_BODY_HTML, body);

  return TRUE;
}

static RpMedia *
find_media (RpArticle *article, RpMedia *media)
{
  GPtrArray *all = rp_article_get_media (article);
  guint at;

  return find_picture (all, media, &at) ? g_ptr_array_index (all, at) : NULL;
}

/* The words of a picture; what is known of it beside them stays. */
static gboolean
set_words (RpMedia *media, RpMedia *from)
{
  static const RpMediaField words[] = {RP_MEDIA_CAPTION, RP_MEDIA_CREDIT, RP_MEDIA_ALT};
  gboolean changed = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    const char *value = rp_media_get (from, words[i]);

    changed |= g_strcmp0 (rp_media_get (media, words[i]), value) != 0;
    rp_media_set (media, words[i], value);
  }

  return changed;
}

static gboolean
set_pictures (RpArticle *article, GPtrArray *pictures)
{
  gboolean changed = FALSE;

  for (guint i = 0; pictures != NULL && i < pictures->len; i++) {
    RpMedia *picture = g_ptr_array_index (pictures, i);
    RpMedia *known = find_media (article, picture);

    if (known != NULL) {
      changed |= set_words (known, picture);
      continue;
    }
    rp_article_add_media (article, picture);
    changed = TRUE;
  }

  return changed;
}

/* A picture that was put into the text and has left it again, maybe by undo. */
static void
drop_absent_pictures (RpArticle *article)
{
  GPtrArray *media = rp_article_get_media (article);
  const char *body = rp_article_get (article, RP_ARTICLE_BODY_HTML);

  for (guint i = media->len; i > 0; i--) {
    const char *url = rp_media_get (g_ptr_array_index (media, i - 1), RP_MEDIA_URL);
    const char *sha256 = rp_media_get (g_ptr_array_index (media, i - 1), RP_MEDIA_SHA256);
    gboolean put_in = url != NULL && sha256 != NULL && g_str_has_prefix (url, "cid:") &&
                      g_str_equal (url + strlen ("cid:"), sha256);

    if (put_in && (body == NULL || strstr (body, url) == NULL))
      g_ptr_array_remove_index (media, i - 1);
  }
}

gboolean
rp_draft_apply (const RpDraft *draft, RpArticle *article)
{
  gboolean changed = set_pictures (article, draft->pictures);

  if (draft->language != NULL) /* what the byline is split by */
    changed |= set_text (article, RP_ARTICLE_LANGUAGE, draft->language);
  if (draft->headline != NULL)
    changed |= set_text (article, RP_ARTICLE_HEADLINE, draft->headline);
  if (draft->standfirst != NULL)
    changed |= set_text (article, RP_ARTICLE_SUBHEADLINE, draft->standfirst);
  if (draft->byline != NULL)
    changed |= set_byline (article, draft->byline);
  if (draft->body_html != NULL)
    changed |= set_body (article, draft);
  drop_absent_pictures (article);
  if (draft->order != NULL)
    changed |= rp_picture_order_set (article, (const char *const *) draft->order);

  return changed;
}
