#include "matrix.h"

#include "rp-json.h"
#include "rp-time.h"

static const char *const licences[] = {
  "cc-by-4.0",  "cc-by-sa-3.0",        "cc-by-nc-nd-4.0", "cc0-1.0",
  "ogl-uk-3.0", "all-rights-reserved", "meridian",        "northwind",
};

static JsonNode *
load (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "render", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *node;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  node = rp_json_parse_text (text, &error);
  g_assert_no_error (error);

  return node;
}

static RpLicenceBook *
load_book (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "data", "licences", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = load ("agreements.json");
  JsonArray *agreements = json_node_get_array (node);
  RpLicenceBook *book = rp_licence_book_new ();

  rp_licence_book_load_folder (book, folder, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < json_array_get_length (agreements); i++) {
    g_autoptr (RpLicence) licence =
      rp_licence_new_from_json (json_array_get_object_element (agreements, i), &error);

    g_assert_no_error (error);
    rp_licence_book_add (book, licence);
  }

  return book;
}

static void
walk_article (RpLicenceBook *book, JsonObject *entry, MatrixCheck check)
{
  g_autoptr (RpArticle) article = rp_article_from_json (rp_json_get_object (entry, "article"));

  for (guint i = 0; i < G_N_ELEMENTS (licences); i++) {
    MatrixCell cell = {
      .article_name = rp_json_get_string (entry, "name"),
      .article = article,
      .licence = rp_licence_book_lookup (book, licences[i]),
    };
    RpRenderJob job = {
      .article = article,
      .licence = cell.licence,
      .marker = rp_article_get (article, RP_ARTICLE_ID),
      .version = "2",
      .now = rp_time_instant ("2026-03-05T12:00:00Z"),
    };

    g_assert_nonnull (cell.licence);
    check (&cell, &job);
  }
}

void
matrix_walk (MatrixCheck check)
{
  g_autoptr (RpLicenceBook) book = load_book ();
  g_autoptr (JsonNode) node = load ("articles.json");
  JsonArray *articles = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (articles); i++)
    walk_article (book, json_array_get_object_element (articles, i), check);
}

char *
matrix_render (const RpRenderJob *job, const char *form)
{
  g_autoptr (GError) error = NULL;
  const RpRenderer *renderer = rp_renderer_find (form, &error);
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  const char *data;

  g_assert_no_error (error);
  bytes = renderer->render (job, &error);
  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &size);

  return g_strndup (data, size);
}
