/* Every fixture of a format folder against the .json beside it: an array of articles, each with the
 * members to compare. A string compares whole; "member~" asks for a part, "member!" for its
 * absence. */
#include <json-glib/json-glib.h>
#include <string.h>

#include "rp-importer.h"
#include "rp-json.h"

static RpImportList *
import_file (const char *path, const char *base_url)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_path_get_basename (path);
  RpImportList *list = rp_import_list_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RpSource) source = NULL;
  char *data;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (data, size);
  source = rp_source_new (bytes, name);
  source->base_url = g_strdup (base_url);
  rp_import (source, &list->sink, &error);
  g_assert_no_error (error);

  return list;
}

/* "licence.kind", "authors.0.name", "body_text". Lends. */
static JsonNode *
walk (JsonNode *node, const char *path)
{
  g_auto (GStrv) steps = g_strsplit (path, ".", -1);

  for (guint i = 0; steps[i] != NULL && node != NULL; i++) {
    if (JSON_NODE_HOLDS_OBJECT (node)) {
      node = json_object_get_member (json_node_get_object (node), steps[i]);
    } else if (JSON_NODE_HOLDS_ARRAY (node)) {
      JsonArray *array = json_node_get_array (node);
      guint at = (guint) g_ascii_strtoull (steps[i], NULL, 10);

      node = at < json_array_get_length (array) ? json_array_get_element (array, at) : NULL;
    } else {
      node = NULL;
    }
  }
  return node;
}

static char *
node_text (JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_strdup ("(absent)");
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  return json_to_string (node, FALSE);
}

static void
compare_member (JsonNode *article, const char *member, JsonNode *expected)
{
  gsize length = strlen (member);
  char mark = member[length - 1];
  g_autofree char *path = g_strndup (member, mark == '~' || mark == '!' ? length - 1 : length);
  g_autofree char *got = node_text (walk (article, path));
  g_autofree char *want = node_text (expected);

  g_test_message ("%s", member);
  if (mark == '~' && strstr (got, want) == NULL)
    g_error ("%s holds “%s”, but “%s” should be in it", path, got, want);
  if (mark == '!' && strstr (got, want) != NULL)
    g_error ("%s holds “%s”, but “%s” should not be in it", path, got, want);
  if (mark != '~' && mark != '!')
    g_assert_cmpstr (got, ==, want);
}

static void
compare_article (RpArticle *article, JsonObject *expected)
{
  g_autoptr (JsonNode) node = json_node_alloc ();
  JsonObjectIter iter;
  const char *member;
  JsonNode *value;

  json_node_init (node, JSON_NODE_OBJECT);
  json_node_take_object (node, rp_article_to_json (article));
  json_object_iter_init (&iter, expected);
  while (json_object_iter_next (&iter, &member, &value)) {
    if (*member != '@')
      compare_member (node, member, value);
  }
}

static void
test_fixture (gconstpointer data)
{
  const char *path = data;
  g_autofree char *json_path = g_strconcat (path, ".json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RpImportList) list = NULL;
  JsonArray *expected;
  JsonObject *first;

  json_parser_load_from_file (parser, json_path, &error);
  g_assert_no_error (error);
  expected = json_node_get_array (json_parser_get_root (parser));
  first = json_array_get_object_element (expected, 0);
  list = import_file (path, rp_json_get_string (first, "@base"));
  g_assert_cmpuint (list->articles->len, ==, json_array_get_length (expected));
  for (guint i = 0; i < list->articles->len; i++)
    compare_article (g_ptr_array_index (list->articles, i),
                     json_array_get_object_element (expected, i));
}

/* The page that this project starts from, where its notes lie beside the checkout. */
static void
test_reference_page (void)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "seed", "betanews-page.txt", NULL);
  g_autoptr (RpImportList) list = NULL;
  g_autofree char *body = NULL;
  RpArticle *article;
  RpStatement *statement;

  if (!g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_test_skip ("The reference page is not beside this checkout.");
    return;
  }
  list = import_file (path, NULL);
  g_assert_cmpuint (list->articles->len, ==, 1);
  article = g_ptr_array_index (list->articles, 0);
  statement = rp_article_get_statement (article);
  g_assert_cmpstr (rp_article_get (article, RP_ARTICLE_HEADLINE), ==,
                   "China bans Kaspersky and Symantec antivirus");
  g_assert_cmpstr (rp_statement_get (statement, RP_STATEMENT_KIND), ==, "licensed");
  g_assert_cmpstr (rp_statement_get (statement, RP_STATEMENT_LICENSOR), ==, "ITProPortal.com");
  g_assert_cmpstr (rp_statement_get (statement, RP_STATEMENT_RIGHTS_HOLDER), ==,
                   "Net Communities Ltd");
  g_assert_true (rp_statement_get_reserved (statement));
  g_assert_nonnull (rp_statement_get (statement, RP_STATEMENT_SITE_FOOTER));
  body = g_strdup (rp_article_get (article, RP_ARTICLE_BODY_HTML));
  g_assert_null (strstr (body, "contentfullwidth"));
  g_assert_null (strstr (body, "Published under"));
  g_assert_null (strstr (body, "Responses to"));
  g_assert_null (strstr (body, "1998"));
  g_assert_nonnull (strstr (body, "The statement continued:"));
}

static void
add_folder (const char *format)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "import", format, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *test = NULL;

    if (g_str_has_suffix (name, ".json.json") ||
        (g_str_has_suffix (name, ".json") && strcmp (format, "json-feed") != 0 &&
         strcmp (format, "ninjs") != 0))
      continue;
    test = g_strdup_printf ("/import/%s/%s", format, name);
    g_test_add_data_func_full (test, g_build_filename (folder, name, NULL), test_fixture, g_free);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; rp_importers[i] != NULL; i++)
    add_folder (rp_importers[i]->id);
  g_test_add_func ("/import/text/reference-page", test_reference_page);

  return g_test_run ();
}
