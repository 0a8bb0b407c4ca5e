#include "rp-article-private.h"
#include "rp-html.h"
#include "rp-json.h"

static void
set_strings (JsonObject *object, const char *name, GPtrArray *strings)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < strings->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (strings, i));
  json_object_set_array_member (object, name, array);
}

static void
set_authors (JsonObject *object, GPtrArray *authors)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < authors->len; i++) {
    RpAuthor *author = g_ptr_array_index (authors, i);
    JsonObject *item = json_object_new ();

    rp_json_set_string (item, "name", author->name);
    rp_json_set_string (item, "uri", author->uri);
    rp_json_set_string (item, "email", author->email);
    json_array_add_object_element (array, item);
  }
  json_object_set_array_member (object, "authors", array);
}

static void
set_subjects (JsonObject *object, GPtrArray *subjects)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < subjects->len; i++) {
    RpSubject *subject = g_ptr_array_index (subjects, i);
    JsonObject *item = json_object_new ();

    rp_json_set_string (item, "code", subject->code);
    rp_json_set_string (item, "name", subject->name);
    rp_json_set_string (item, "scheme", subject->scheme);
    json_array_add_object_element (array, item);
  }
  json_object_set_array_member (object, "subjects", array);
}

static void
set_images (JsonObject *object, GPtrArray *media)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < media->len; i++)
    json_array_add_object_element (array, rp_media_to_json (g_ptr_array_index (media, i)));
  json_object_set_array_member (object, "images", array);
}

JsonObject *
rp_article_to_json (RpArticle *self)
{
  JsonObject *object = json_object_new ();
  const char *urgency = rp_article_get (self, RP_ARTICLE_URGENCY);

  for (guint i = 0; i < RP_ARTICLE_N_FIELDS; i++)
    rp_json_set_string (object, rp_article_field_name (i), rp_article_get (self, i));
  if (urgency != NULL)
    json_object_set_int_member (object, "urgency", g_ascii_strtoll (urgency, NULL, 10));
  if (rp_article_get_body_text (self) != NULL)
    json_object_set_string_member (object, "body_text", rp_article_get_body_text (self));
  set_authors (object, rp_article_get_authors (self));
  set_subjects (object, rp_article_get_subjects (self));
  set_strings (object, "tags", rp_article_get_tags (self));
  set_images (object, rp_article_get_media (self));
  json_object_set_object_member (object, "licence",
                                 rp_statement_to_json (rp_article_get_statement (self)));
  set_strings (object, "warnings", rp_article_get_warnings (self));

  return object;
}

static JsonObject *
object_at (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static guint
array_length (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

static void
read_lists (RpArticle *self, JsonObject *object)
{
  JsonArray *authors = rp_json_get_array (object, "authors");
  JsonArray *subjects = rp_json_get_array (object, "subjects");
  JsonArray *images = rp_json_get_array (object, "images");

  for (guint i = 0; i < array_length (authors); i++) {
    JsonObject *item = object_at (authors, i);

    rp_article_add_author (self, rp_json_get_string (item, "name"),
                           rp_json_get_string (item, "uri"), rp_json_get_string (item, "email"));
  }
  for (guint i = 0; i < array_length (subjects); i++) {
    JsonObject *item = object_at (subjects, i);

    rp_article_add_subject (self, rp_json_get_string (item, "code"),
                            rp_json_get_string (item, "name"), rp_json_get_string (item, "scheme"));
  }
  for (guint i = 0; i < array_length (images); i++) {
    JsonObject *item = object_at (images, i);

    if (item != NULL) {
      g_autoptr (RpMedia) media = rp_media_from_json (item);

      rp_article_add_media (self, media);
    }
  }
}

RpArticle *
rp_article_from_json (JsonObject *object)
{
  RpArticle *self = rp_article_new ();
  g_auto (GStrv) tags = rp_json_dup_strv (object, "tags");
  g_auto (GStrv) warnings = rp_json_dup_strv (object, "warnings");

  for (guint i = 0; i < RP_ARTICLE_N_FIELDS; i++) {
    g_autofree char *value = rp_json_dup_text (object, rp_article_field_name (i));

    rp_article_set (self, i, value);
  }
  read_lists (self, object);
  for (guint i = 0; tags != NULL && tags[i] != NULL; i++)
    rp_article_add_tag (self, tags[i]);
  for (guint i = 0; warnings != NULL && warnings[i] != NULL; i++)
    g_ptr_array_add (rp_article_get_warnings (self), g_strdup (warnings[i]));
  if (rp_json_get_object (object, "licence") != NULL)
    rp_article_take_statement (self,
                               rp_statement_from_json (rp_json_get_object (object, "licence")));

  return self;
}
