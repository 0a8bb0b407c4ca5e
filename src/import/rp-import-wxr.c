#include "rp-import-wxr.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rp-import-fields.h"
#include "rp-import-lift.h"
#include "rp-import-regex.h"
#include "rp-import-rights-words.h"
#include "rp-import-wordpress.h"
#include "rp-text.h"

#define EXCERPT "http://wordpress.org/export/"

static void
picture_free (RpWxrPicture *picture)
{
  g_free (picture->url);
  g_free (picture->caption);
  g_free (picture->alt);
  g_free (picture->credit);
  g_free (picture->licence);
  g_free (picture->mime_type);
  g_free (picture);
}

void
rp_wxr_init (RpWxr *self)
{
  *self = (RpWxr){{0}};
  self->pictures =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) picture_free);
  self->by_url = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->authors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->mails = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
rp_wxr_clear (RpWxr *self)
{
  rp_feed_head_clear (&self->head);
  g_hash_table_unref (self->by_url);
  g_hash_table_unref (self->pictures);
  g_hash_table_unref (self->authors);
  g_hash_table_unref (self->mails);
}

/* Reading the tree */

/* content:encoded and excerpt:encoded differ by their namespace only. */
static char *
dup_encoded (xmlNode *item, gboolean excerpt)
{
  for (xmlNode *node = rp_xml_child (item, NULL, "encoded"); node != NULL;
       node = rp_xml_next (node, NULL, "encoded")) {
    const char *ns = node->ns != NULL ? (const char *) node->ns->href : "";

    if (g_str_has_prefix (ns, EXCERPT) == excerpt) {
      xmlChar *text = xmlNodeGetContent (node);
      char *copy = g_strdup ((const char *) text);

      xmlFree (text);
      return copy;
    }
  }
  return NULL;
}

/* The value of a custom field; NULL when it is not there. Gives. */
static char *
dup_meta (xmlNode *item, const char *key)
{
  for (xmlNode *node = rp_xml_child (item, NULL, "postmeta"); node != NULL;
       node = rp_xml_next (node, NULL, "postmeta")) {
    g_autofree char *name = rp_xml_dup_child_text (node, NULL, "meta_key");

    if (g_strcmp0 (name, key) == 0)
      return rp_xml_dup_child_text (node, NULL, "meta_value");
  }
  return NULL;
}

static char *
dup_first_meta (xmlNode *item, const char *const *keys)
{
  char *value = NULL;

  for (guint i = 0; keys[i] != NULL && value == NULL; i++)
    value = dup_meta (item, keys[i]);
  return value;
}

void
rp_wxr_read_head (RpWxr *self, xmlNode *node)
{
  g_autofree char *login = NULL;
  g_autofree char *name = NULL;
  g_autofree char *mail = NULL;

  if (!rp_xml_is (node, NULL, "author") || rp_xml_child (node, NULL, "author_login") == NULL) {
    rp_feed_head_read (&self->head, node);
    return;
  }
  login = rp_xml_dup_child_text (node, NULL, "author_login");
  name = rp_xml_dup_child_text (node, NULL, "author_display_name");
  mail = rp_xml_dup_child_text (node, NULL, "author_email");
  if (login == NULL)
    return;
  if (name == NULL) {
    g_autofree char *first = rp_xml_dup_child_text (node, NULL, "author_first_name");
    g_autofree char *last = rp_xml_dup_child_text (node, NULL, "author_last_name");

    name = g_strjoin (" ", first != NULL ? first : login, last, NULL);
  }
  g_hash_table_insert (self->authors, g_strdup (login), g_steal_pointer (&name));
  if (mail != NULL)
    g_hash_table_insert (self->mails, g_steal_pointer (&login), g_steal_pointer (&mail));
}

/* Pictures */

/* WordPress names sizes of a picture photo-300x200.jpg. Gives. */
static char *
dup_without_size (const char *url)
{
  static RpRegex size = RP_REGEX ("(?:-\\d+x\\d+|-scaled)(?=\\.[a-z]+(?:\\?.*)?$)|\\?.*$");

  return g_regex_replace_literal (rp_regex_get (&size), url, -1, 0, "", 0, NULL);
}

gboolean
rp_wxr_add_picture (RpWxr *self, xmlNode *item)
{
  static const char *const credits[] = {
    "_media_credit", "media_credit",          "_credit",      "credit",
    "photographer",  "_wp_attachment_credit", "photo_credit", NULL};
  static const char *const licences[] = {"_media_license", "license", "licence", "cc_license",
                                         NULL};
  g_autofree char *type = rp_xml_dup_child_text (item, NULL, "post_type");
  g_autofree char *id = rp_xml_dup_child_text (item, NULL, "post_id");
  g_autofree char *caption = NULL;
  RpWxrPicture *picture;

  if (g_strcmp0 (type, "attachment") != 0)
    return FALSE;
  picture = g_new0 (RpWxrPicture, 1);
  picture->url = rp_xml_dup_child_text (item, NULL, "attachment_url");
  if (picture->url == NULL)
    picture->url = rp_xml_dup_child_text (item, NULL, "guid");
  /* The same number again would take away what by_url still lends. */
  if (id == NULL || !rp_text_is_web_url (picture->url) ||
      g_hash_table_contains (self->pictures, id)) {
    picture_free (picture);
    return TRUE;
  }
  caption = dup_encoded (item, TRUE);
  picture->caption = rp_fields_dup_plain (caption);
  picture->alt = dup_meta (item, "_wp_attachment_image_alt");
  picture->credit = dup_first_meta (item, credits);
  picture->licence = dup_first_meta (item, licences);
  if (picture->credit == NULL && picture->caption != NULL)
    picture->credit = rp_rights_find_credit (picture->caption);
  g_hash_table_insert (self->by_url, dup_without_size (picture->url), picture);
  g_hash_table_insert (self->pictures, g_steal_pointer (&id), picture);
  return TRUE;
}

static void
fill_media (RpMedia *media, const RpWxrPicture *picture)
{
  const struct {
    RpMediaField field;
    const char *value;
  } values[] = {
    {RP_MEDIA_CAPTION, picture->caption},
    {RP_MEDIA_ALT, picture->alt},
    {RP_MEDIA_CREDIT, picture->credit},
    {RP_MEDIA_LICENCE_URL, rp_text_is_web_url (picture->licence) ? picture->licence : NULL}};

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++) {
    if (rp_media_get (media, values[i].field) == NULL)
      rp_media_set (media, values[i].field, values[i].value);
  }
}

static void
add_featured (RpWxr *self, RpArticle *article, xmlNode *item)
{
  g_autofree char *id = dup_meta (item, "_thumbnail_id");
  const RpWxrPicture *picture = id != NULL ? g_hash_table_lookup (self->pictures, id) : NULL;
  g_autoptr (RpMedia) media = picture != NULL ? rp_media_new (picture->url) : NULL;

  if (media == NULL)
    return;
  rp_media_set (media, RP_MEDIA_ROLE, "featured");
  fill_media (media, picture);
  rp_article_add_media (article, media);
}

/* Pictures of the body are those of the library in another size. */
static void
complete_media (RpWxr *self, RpArticle *article)
{
  GPtrArray *all = rp_article_get_media (article);

  for (guint i = 0; i < all->len; i++) {
    RpMedia *media = g_ptr_array_index (all, i);
    const char *url = rp_media_get (media, RP_MEDIA_URL);
    g_autofree char *plain = url != NULL ? dup_without_size (url) : NULL;
    const RpWxrPicture *picture = plain != NULL ? g_hash_table_lookup (self->by_url, plain) : NULL;

    if (picture != NULL)
      fill_media (media, picture);
  }
}

static char *
dup_gallery_picture (const char *id, gpointer user_data)
{
  RpWxr *self = user_data;
  const RpWxrPicture *picture = g_hash_table_lookup (self->pictures, id);
  g_autofree char *url = picture != NULL ? rp_text_escape (picture->url) : NULL;
  g_autofree char *alt = picture != NULL ? rp_text_escape (picture->alt) : NULL;
  g_autofree char *caption = picture != NULL ? rp_text_escape (picture->caption) : NULL;

  if (picture == NULL)
    return NULL;
  return g_strdup_printf ("<figure><img src=\"%s\" alt=\"%s\"><figcaption>%s</figcaption></figure>",
                          url, alt, caption);
}

/* Posts */

/* Sites name their articles in a few other ways than "post". */
static gboolean
is_post (xmlNode *item)
{
  static const char *const types[] = {"post",    "news",  "article",       "articles", "story",
                                      "stories", "press", "press-release", NULL};
  g_autofree char *type = rp_xml_dup_child_text (item, NULL, "post_type");
  g_autofree char *status = rp_xml_dup_child_text (item, NULL, "status");

  return (type == NULL || g_strv_contains (types, type)) &&
         (status == NULL || strcmp (status, "publish") == 0);
}

static void
add_author (RpWxr *self, RpArticle *article, const char *login)
{
  const char *name = g_hash_table_lookup (self->authors, login);

  rp_fields_add_author (article, name != NULL ? name : login, NULL,
                        g_hash_table_lookup (self->mails, login));
}

/* Categories, tags, and the further authors of a plug-in, which are told apart by their domain. */
static void
read_categories (RpWxr *self, RpArticle *article, xmlNode *item)
{
  for (xmlNode *node = rp_xml_child (item, NULL, "category"); node != NULL;
       node = rp_xml_next (node, NULL, "category")) {
    const char *domain = rp_xml_peek_attribute (node, "domain");
    const char *nice_name = rp_xml_peek_attribute (node, "nicename");
    g_autofree char *raw = rp_xml_dup_text (node);
    g_autofree char *name = rp_fields_dup_plain (raw);

    if (name == NULL || g_strcmp0 (domain, "post_format") == 0)
      continue;
    if (domain == NULL || strcmp (domain, "post_tag") == 0 || strcmp (domain, "tag") == 0)
      rp_article_add_tag (article, name);
    else if (strcmp (domain, "author") == 0)
      add_author (self, article, name);
    else
      rp_article_add_subject (article, nice_name, name, domain);
  }
}

static void
read_authors (RpWxr *self, RpArticle *article, xmlNode *item)
{
  g_autofree char *login = rp_xml_dup_child_text (item, NULL, "creator");

  if (rp_article_get_authors (article)->len == 0 && login != NULL)
    add_author (self, article, login);
}

/* GMT where it is there; drafts that were never dated have the year 0. */
static void
read_time (RpArticle *article,
           RpArticleField field,
           xmlNode *item,
           const char *gmt,
           const char *local)
{
  g_autofree char *value = rp_xml_dup_child_text (item, NULL, gmt);
  g_autofree char *wall = rp_xml_dup_child_text (item, NULL, local);

  if (value != NULL && !g_str_has_prefix (value, "0000") && *value != '-') {
    g_autofree char *zoned = g_strconcat (value, "Z", NULL);

    rp_fields_set_time (article, field, zoned);
  }
  if (field == RP_ARTICLE_PUBLISHED && rp_article_get (article, field) == NULL) {
    g_autofree char *date = rp_xml_dup_child_text (item, NULL, "pubDate");

    if (date != NULL && strstr (date, "-0001") == NULL)
      rp_fields_set_time (article, field, date);
  }
  if (wall != NULL && !g_str_has_prefix (wall, "0000"))
    rp_fields_set_time (article, field, wall);
}

static void
read_addresses (RpWxr *self, RpArticle *article, xmlNode *item)
{
  static const char *const canonical[] = {"_yoast_wpseo_canonical",
                                          "rank_math_canonical_url",
                                          "_aioseo_canonical_url",
                                          "canonical_url",
                                          "syndication_permalink",
                                          "original_url",
                                          NULL};
  g_autofree char *stated = dup_first_meta (item, canonical);
  g_autofree char *link = rp_xml_dup_child_text (item, NULL, "link");
  g_autofree char *guid = rp_xml_dup_child_text (item, NULL, "guid");

  rp_article_fill (article, RP_ARTICLE_GUID, guid);
  if (rp_text_is_web_url (stated))
    rp_article_fill (article, RP_ARTICLE_CANONICAL_URL, stated);
  if (rp_text_is_web_url (link))
    rp_article_fill (article, RP_ARTICLE_CANONICAL_URL, link);
  rp_article_fill (article, RP_ARTICLE_SITE_NAME, self->head.title);
  rp_article_fill (article, RP_ARTICLE_PROVIDER, self->head.title);
  rp_fields_set_language (article, self->head.language);
}

/* Licences stand in custom fields whose names plug-ins choose. */
static void
read_rights (RpWxr *self, RpRightsScan *scan, xmlNode *item)
{
  static RpRegex licence_key = RP_REGEX ("licen[cs]e");
  static RpRegex notice_key = RP_REGEX ("copyright");
  g_autofree char *licence = NULL;
  g_autofree char *notice = NULL;
  RpMarkupRights own = {.evidence = "WordPress export item"};
  RpMarkupRights inherited = {.evidence = "inherited:feed"};

  for (xmlNode *node = rp_xml_child (item, NULL, "postmeta"); node != NULL;
       node = rp_xml_next (node, NULL, "postmeta")) {
    g_autofree char *key = rp_xml_dup_child_text (node, NULL, "meta_key");
    g_autofree char *value = rp_xml_dup_child_text (node, NULL, "meta_value");

    if (key == NULL || value == NULL || strlen (value) < 4 || strchr ("a{", *value) != NULL)
      continue;
    if (licence == NULL && rp_regex_test (&licence_key, key))
      licence = g_steal_pointer (&value);
    else if (notice == NULL && rp_regex_test (&notice_key, key))
      notice = g_steal_pointer (&value);
  }
  if (licence == NULL)
    licence = rp_xml_dup_child_text (item, NULL, "license");
  if (notice == NULL)
    notice = rp_xml_dup_child_text (item, NULL, "rights");
  own.licence = licence;
  own.notice = notice;
  rp_rights_scan_markup (scan, &own);
  inherited.licence = licence == NULL ? self->head.licence : NULL;
  inherited.notice = notice == NULL ? self->head.copyright : NULL;
  rp_rights_scan_markup (scan, &inherited);
}

static void
read_texts (RpWxr *self, RpArticle *article, RpRightsScan *scan, xmlNode *item)
{
  g_autofree char *raw_title = rp_xml_dup_child_text (item, NULL, "title");
  g_autofree char *title = rp_fields_dup_plain (raw_title);
  g_autofree char *excerpt = dup_encoded (item, TRUE);
  g_autofree char *summary = rp_fields_dup_plain (excerpt);
  g_autofree char *content = dup_encoded (item, FALSE);
  g_autofree char *name = rp_xml_dup_child_text (item, NULL, "post_name");
  g_autofree char *subtitle = dup_meta (item, "subtitle");
  g_autofree char *html =
    content != NULL ? rp_wordpress_to_html (content, dup_gallery_picture, self) : NULL;
  const char *base = rp_article_get (article, RP_ARTICLE_CANONICAL_URL);

  rp_article_fill (article, RP_ARTICLE_HEADLINE, title);
  rp_article_fill (article, RP_ARTICLE_SUBHEADLINE, subtitle);
  rp_article_fill (article, RP_ARTICLE_SUMMARY, summary);
  rp_article_fill (article, RP_ARTICLE_SLUGLINE, name);
  rp_lift_body (article, scan, html, base != NULL ? base : self->head.link);
}

RpArticle *
rp_wxr_read_post (RpWxr *self, xmlNode *item)
{
  g_autoptr (RpRightsScan) scan = NULL;
  g_autofree char *password = NULL;
  RpArticle *article;

  if (!is_post (item))
    return NULL;
  article = rp_article_new ();
  scan = rp_rights_scan_new (NULL);
  read_addresses (self, article, item);
  read_categories (self, article, item);
  read_authors (self, article, item);
  read_time (article, RP_ARTICLE_PUBLISHED, item, "post_date_gmt", "post_date");
  read_time (article, RP_ARTICLE_UPDATED, item, "post_modified_gmt", "post_modified");
  add_featured (self, article, item);
  read_rights (self, scan, item);
  read_texts (self, article, scan, item);
  complete_media (self, article);
  password = rp_xml_dup_child_text (item, NULL, "post_password");
  if (password != NULL)
    rp_article_add_warning (article, "wxr.password",
                            _ ("The site shows this post only with a password."));
  rp_rights_scan_finish (scan, article);
  rp_fields_derive_headline (article);

  return article;
}
