#include "rp-article.h"

#include <stdarg.h>

#include "rp-article-private.h"
#include "rp-byline.h"
#include "rp-html.h"
#include "rp-text.h"

struct _RpArticle {
  GObject parent_instance;

  char *fields[RP_ARTICLE_N_FIELDS]; /* owned */
  GPtrArray *authors;                /* owned, of RpAuthor */
  GPtrArray *subjects;               /* owned, of RpSubject */
  GPtrArray *tags;                   /* owned, of char * */
  GHashTable *known_tags;            /* owned: of casefolded tags */
  GHashTable *known_media;           /* owned: of addresses that were added once */
  GPtrArray *media;                  /* owned, of RpMedia */
  char *body_text;                   /* owned, NULL = not worked out */
  GPtrArray *warnings;               /* owned, of char * */
  RpStatement *statement;            /* owned */
};

G_DEFINE_FINAL_TYPE (RpArticle, rp_article, G_TYPE_OBJECT)

static const char *const field_names[RP_ARTICLE_N_FIELDS] = {
  "id",
  "guid",
  "version",
  "headline",
  "subheadline",
  "slugline",
  "dateline",
  "published",
  "updated",
  "embargoed_until",
  "expires",
  "pubstatus",
  "urgency",
  "language",
  "canonical_url",
  "site_name",
  "provider",
  "summary",
  "body_html",
  "ed_note",
  "format",
  "source_name",
  "source_url",
  "snapshot",
  "licence_id",
  "licence_name",
  "licence_confidence",
  "credit_template",
  "copy_licence",
  "state",
};

static GParamSpec *properties[RP_ARTICLE_N_FIELDS + 1];

static void
author_free (gpointer data)
{
  RpAuthor *author = data;

  g_free (author->name);
  g_free (author->uri);
  g_free (author->email);
  g_free (author);
}

static void
subject_free (gpointer data)
{
  RpSubject *subject = data;

  g_free (subject->code);
  g_free (subject->name);
  g_free (subject->scheme);
  g_free (subject);
}

/* Property ids are field + 1. */
static void
rp_article_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  g_value_set_string (value, RP_ARTICLE (object)->fields[id - 1]);
}

static void
rp_article_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  rp_article_set (RP_ARTICLE (object), id - 1, g_value_get_string (value));
}

static void
rp_article_finalize (GObject *object)
{
  RpArticle *self = RP_ARTICLE (object);

  for (guint i = 0; i < RP_ARTICLE_N_FIELDS; i++)
    g_free (self->fields[i]);
  g_free (self->body_text);
  g_ptr_array_unref (self->authors);
  g_ptr_array_unref (self->subjects);
  g_ptr_array_unref (self->tags);
  g_hash_table_unref (self->known_tags);
  g_hash_table_unref (self->known_media);
  g_ptr_array_unref (self->media);
  g_ptr_array_unref (self->warnings);
  g_object_unref (self->statement);
  G_OBJECT_CLASS (rp_article_parent_class)->finalize (object);
}

static void
rp_article_class_init (RpArticleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rp_article_get_property;
  object_class->set_property = rp_article_set_property;
  object_class->finalize = rp_article_finalize;
  for (guint i = 0; i < RP_ARTICLE_N_FIELDS; i++) {
    g_autofree char *name = g_strdelimit (g_strdup (field_names[i]), "_", '-');

    properties[i + 1] =
      g_param_spec_string (g_intern_string (name), NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  }
  g_object_class_install_properties (object_class, RP_ARTICLE_N_FIELDS + 1, properties);
}

static void
rp_article_init (RpArticle *self)
{
  self->authors = g_ptr_array_new_with_free_func (author_free);
  self->subjects = g_ptr_array_new_with_free_func (subject_free);
  self->tags = g_ptr_array_new_with_free_func (g_free);
  self->known_tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->known_media = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->media = g_ptr_array_new_with_free_func (g_object_unref);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  self->statement = rp_statement_new ();
}

RpArticle *
rp_article_new (void)
{
  return g_object_new (RP_TYPE_ARTICLE, NULL);
}

RpArticle *
rp_article_copy (RpArticle *self)
{
  g_autoptr (JsonObject) object = rp_article_to_json (self);

  return rp_article_from_json (object);
}

const char *
rp_article_get (RpArticle *self, RpArticleField field)
{
  g_return_val_if_fail (RP_IS_ARTICLE (self), NULL);
  g_return_val_if_fail (field < RP_ARTICLE_N_FIELDS, NULL);

  return self->fields[field];
}

void
rp_article_set (RpArticle *self, RpArticleField field, const char *value)
{
  g_return_if_fail (RP_IS_ARTICLE (self));
  g_return_if_fail (field < RP_ARTICLE_N_FIELDS);

  if (value != NULL && *value == '\0')
    value = NULL;
  if (g_strcmp0 (self->fields[field], value) == 0)
    return;
  g_free (self->fields[field]);
  self->fields[field] = g_strdup (value);
  if (field == RP_ARTICLE_BODY_HTML)
    g_clear_pointer (&self->body_text, g_free);
  g_object_notify_by_pspec (G_OBJECT (self), properties[field + 1]);
}

gboolean
rp_article_fill (RpArticle *self, RpArticleField field, const char *value)
{
  if (rp_article_get (self, field) != NULL || value == NULL || *value == '\0')
    return FALSE;
  rp_article_set (self, field, value);

  return TRUE;
}

const char *
rp_article_get_body_text (RpArticle *self)
{
  g_return_val_if_fail (RP_IS_ARTICLE (self), NULL);

  if (self->body_text == NULL && self->fields[RP_ARTICLE_BODY_HTML] != NULL)
    self->body_text = rp_html_to_text (self->fields[RP_ARTICLE_BODY_HTML]);

  return self->body_text;
}

void
rp_article_take_body_text (RpArticle *self, char *text)
{
  g_return_if_fail (RP_IS_ARTICLE (self));

  g_free (self->body_text);
  self->body_text = text;
}

const char *
rp_article_field_name (RpArticleField field)
{
  return field_names[field];
}

gboolean
rp_article_field_from_name (const char *name, RpArticleField *out_field)
{
  for (guint i = 0; i < RP_ARTICLE_N_FIELDS; i++) {
    if (g_strcmp0 (field_names[i], name) == 0) {
      *out_field = i;
      return TRUE;
    }
  }

  return FALSE;
}

void
rp_article_add_author (RpArticle *self, const char *name, const char *uri, const char *email)
{
  g_autofree char *clean = rp_text_clean (name);
  RpAuthor *author;

  if (clean == NULL)
    return;
  for (guint i = 0; i < self->authors->len; i++) {
    author = g_ptr_array_index (self->authors, i);
    if (rp_text_same (author->name, clean))
      return;
  }

  author = g_new0 (RpAuthor, 1);
  author->name = g_steal_pointer (&clean);
  author->uri = rp_text_clean (uri);
  author->email = rp_text_clean (email);
  g_ptr_array_add (self->authors, author);
}

void
rp_article_clear_authors (RpArticle *self)
{
  g_ptr_array_set_size (self->authors, 0);
}

GPtrArray *
rp_article_get_authors (RpArticle *self)
{
  return self->authors;
}

char *
rp_article_dup_byline (RpArticle *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < self->authors->len; i++)
    g_ptr_array_add (names, ((RpAuthor *) self->authors->pdata[i])->name);
  g_ptr_array_add (names, NULL);

  return rp_byline_join ((const char *const *) names->pdata,
                         rp_article_get (self, RP_ARTICLE_LANGUAGE));
}

void
rp_article_add_subject (RpArticle *self, const char *code, const char *name, const char *scheme)
{
  RpSubject *subject;

  if (rp_text_is_empty (code) && rp_text_is_empty (name))
    return;
  subject = g_new0 (RpSubject, 1);
  subject->code = rp_text_clean (code);
  subject->name = rp_text_clean (name);
  subject->scheme = rp_text_clean (scheme);
  g_ptr_array_add (self->subjects, subject);
}

GPtrArray *
rp_article_get_subjects (RpArticle *self)
{
  return self->subjects;
}

void
rp_article_add_tag (RpArticle *self, const char *tag)
{
  g_autofree char *clean = rp_text_clean (tag);

  if (clean == NULL || !g_hash_table_add (self->known_tags, g_utf8_casefold (clean, -1)))
    return;
  g_ptr_array_add (self->tags, g_steal_pointer (&clean));
}

void
rp_article_clear_tags (RpArticle *self)
{
  g_ptr_array_set_size (self->tags, 0);
  g_hash_table_remove_all (self->known_tags);
}

GPtrArray *
rp_article_get_tags (RpArticle *self)
{
  return self->tags;
}

RpMedia *
rp_article_find_media (RpArticle *self, const char *url)
{
  g_return_val_if_fail (RP_IS_ARTICLE (self), NULL);

  for (guint i = 0; url != NULL && i < self->media->len; i++) {
    RpMedia *media = g_ptr_array_index (self->media, i);

    if (g_strcmp0 (rp_media_get (media, RP_MEDIA_URL), url) == 0)
      return media;
  }

  return NULL;
}

void
rp_article_add_media (RpArticle *self, RpMedia *media)
{
  const char *url = rp_media_get (media, RP_MEDIA_URL);
  gboolean new = url == NULL || g_hash_table_add (self->known_media, g_strdup (url));
  RpMedia *known = new ? NULL : rp_article_find_media (self, url);

  if (known == media)
    return;
  if (known == NULL) {
    g_ptr_array_add (self->media, g_object_ref (media));
    return;
  }
  for (guint i = 0; i < RP_MEDIA_N_FIELDS; i++)
    if (rp_media_get (known, i) == NULL)
      rp_media_set (known, i, rp_media_get (media, i));
  if (rp_media_get_bytes (known) == NULL)
    rp_media_set_bytes (known, rp_media_get_bytes (media));
}

/* A figure goes with its picture. */
static void
remove_image (xmlNode *image, const xmlNode *body)
{
  xmlNode *out = image;

  for (xmlNode *node = image->parent; node != body; node = node->parent) {
    if (rp_xml_is (node, NULL, "figure"))
      out = node;
  }
  xmlUnlinkNode (out);
  xmlFreeNode (out);
}

static void
remove_from_body (RpArticle *self, const char *url)
{
  g_autoptr (xmlDoc) doc = rp_html_parse_fragment (self->fields[RP_ARTICLE_BODY_HTML]);
  xmlNode *body = rp_html_get_body (doc);
  g_autoptr (xmlXPathContext) context = xmlXPathNewContext (doc);
  g_autoptr (xmlXPathObject) found = xmlXPathNodeEval (body, BAD_CAST ".//img", context);
  g_autofree char *html = NULL;

  for (int i = xmlXPathNodeSetGetLength (found->nodesetval); i > 0; i--) {
    xmlNode *image = found->nodesetval->nodeTab[i - 1];

    if (g_strcmp0 (rp_xml_peek_attribute (image, "src"), url) == 0)
      remove_image (image, body);
  }
  html = rp_html_serialise (body);
  rp_article_set (self, RP_ARTICLE_BODY_HTML, html);
}

void
rp_article_take_out_picture (RpArticle *self, RpMedia *media)
{
  const char *url = rp_media_get (media, RP_MEDIA_URL);

  if (url != NULL && self->fields[RP_ARTICLE_BODY_HTML] != NULL)
    remove_from_body (self, url);
  g_ptr_array_remove (self->media, media);
}

GPtrArray *
rp_article_get_media (RpArticle *self)
{
  return self->media;
}

RpStatement *
rp_article_get_statement (RpArticle *self)
{
  g_return_val_if_fail (RP_IS_ARTICLE (self), NULL);

  return self->statement;
}

void
rp_article_take_statement (RpArticle *self, RpStatement *statement)
{
  g_object_unref (self->statement);
  self->statement = statement;
}

void
rp_article_add_warning (RpArticle *self, const char *code, const char *format, ...)
{
  g_autofree char *words = NULL;
  va_list args;

  va_start (args, format);
  words = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (self->warnings, g_strconcat (code, ": ", words, NULL));
}

GPtrArray *
rp_article_get_warnings (RpArticle *self)
{
  return self->warnings;
}
