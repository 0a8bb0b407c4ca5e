/* A picture that an editor moved stands where it was put in every form that leaves: the first one
 * leads, the others follow as in the text. */
#include "rp-json.h"
#include "rp-picture-order.h"
#include "rp-renderer.h"

#include <string.h>

#define PLACE "https://quay.example/"
#define FIGURE(name)                                                                               \
  "<figure><img src=\"" PLACE name ".jpg\" alt=\"\" /><figcaption>Lamp " name                      \
  "</figcaption></figure>"
#define TEXT "<p>The lamps are lit at dusk.</p>"

static RpArticle *
make (const char *list)
{
  RpArticle *article = rp_article_new ();
  g_auto (GStrv) names = g_strsplit (list, " ", -1);

  rp_article_set (article, RP_ARTICLE_HEADLINE, "Lamps on the quay");
  rp_article_set (article, RP_ARTICLE_BODY_HTML,
                  TEXT FIGURE ("a") TEXT FIGURE ("b") TEXT FIGURE ("c"));
  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *url = g_strconcat (PLACE, names[i], ".jpg", NULL);
    g_autoptr (RpMedia) media = rp_media_new (url);

    rp_media_set (media, RP_MEDIA_ROLE, i == 0 ? "featured" : "inline");
    rp_media_set (media, RP_MEDIA_MIME_TYPE, "image/jpeg");
    rp_article_add_media (article, media);
  }

  return article;
}

static char *
render (RpArticle *article, const char *form)
{
  const RpRenderer *renderer = rp_renderer_find (form, NULL);
  RpRenderJob job = {.article = article, .action = RP_ACTION_CREATE, .now = 1772000000};
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = renderer->render (&job, &error);

  g_assert_no_error (error);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static JsonObject *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  JsonObject *item = rp_json_parse_object (bytes, "The form", &error);

  g_assert_no_error (error);

  return item;
}

static void
add_name (GString *order, const char *address)
{
  g_assert_true (g_str_has_prefix (address, PLACE));
  g_string_append_c (order, address[strlen (PLACE)]);
}

/* The letters of the pictures, in the order in which a form first names them. */
static char *
read_text (const char *text)
{
  GString *order = g_string_new (NULL);

  for (const char *at = strstr (text, PLACE); at != NULL; at = strstr (at + 1, PLACE))
    if (strchr (order->str, at[strlen (PLACE)]) == NULL)
      add_name (order, at);

  return g_string_free (order, FALSE);
}

/* Those of a list of pictures, which stands in a member of its own. */
static char *
read_list (const char *text, const char *member, const char *address)
{
  g_autoptr (JsonObject) item = parse (text);
  JsonNode *node = json_object_get_member (item, member);
  GString *order = g_string_new (NULL);
  g_autoptr (GList) pictures = NULL;

  g_assert_nonnull (node);
  pictures = JSON_NODE_HOLDS_ARRAY (node) ? json_array_get_elements (json_node_get_array (node))
                                          : json_object_get_values (json_node_get_object (node));
  for (GList *link = pictures; link != NULL; link = link->next)
    add_name (order, rp_json_get_string (json_node_get_object (link->data), address));

  return g_string_free (order, FALSE);
}

static const struct {
  const char *form;
  const char *list; /* NULL = none, but the text */
  const char *address;
} forms[] = {
  {"html", NULL, NULL},
  {"page", NULL, NULL},
  {"markdown", NULL, NULL},
  {"rss", NULL, NULL},
  {"atom", NULL, NULL},
  {"jsonfeed", NULL, NULL},
  {"nitf", NULL, NULL},
  {"newsml-g2", NULL, NULL},
  {"jsonld", "image", "url"},
  {"ninjs", "associations", "uri"},
  {"ninjs-2", "associations", "uri"},
  {"ninjs-3", "associations", "uri"},
};

static const struct {
  const char *name;
  const char *url;
  guint to;
  const char *order;
} moves[] = {
  {"as-it-came", PLACE "a.jpg", 0, "abc"},
  {"last-to-the-top", PLACE "c.jpg", 0, "cab"},
  {"first-to-the-end", PLACE "a.jpg", 2, "bca"},
  {"second-to-the-top", PLACE "b.jpg", 0, "bac"},
};

static void
test_order (gconstpointer data)
{
  guint form = GPOINTER_TO_UINT (data) / G_N_ELEMENTS (moves);
  guint move = GPOINTER_TO_UINT (data) % G_N_ELEMENTS (moves);
  g_autoptr (RpArticle) article = make ("a b c");
  g_autofree char *text = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *listed = NULL;

  rp_picture_order_move (article, moves[move].url, moves[move].to);
  text = render (article, forms[form].form);
  shown = read_text (text);
  g_assert_cmpstr (shown, ==, moves[move].order);
  if (forms[form].list == NULL)
    return;
  listed = read_list (text, forms[form].list, forms[form].address);
  g_assert_cmpstr (listed, ==, moves[move].order);
}

/* What news agencies call the leading picture is the first one of the list. */
static void
test_leading (void)
{
  g_autoptr (RpArticle) article = make ("a b c");
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) item = NULL;
  JsonObject *leading;

  rp_picture_order_move (article, PLACE "b.jpg", 0);
  text = render (article, "ninjs");
  item = parse (text);
  leading = rp_json_get_object (rp_json_get_object (item, "associations"), "featuremedia");
  g_assert_cmpstr (rp_json_get_string (leading, "uri"), ==, PLACE "b.jpg");
}

/* A picture that leads and that the text does not show stands before the text. */
static void
test_outside (void)
{
  g_autoptr (RpArticle) article = make ("a b c d");
  g_autofree char *text = NULL;
  g_autofree char *shown = NULL;

  rp_picture_order_move (article, PLACE "d.jpg", 0);
  text = render (article, "html");
  shown = read_text (text);
  g_assert_cmpstr (shown, ==, "dabc");
  g_assert_true (strstr (text, PLACE) < strstr (text, "dusk"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (forms) * G_N_ELEMENTS (moves); i++) {
    g_autofree char *path =
      g_strdup_printf ("/render/picture-order/%s/%s", forms[i / G_N_ELEMENTS (moves)].form,
                       moves[i % G_N_ELEMENTS (moves)].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_order);
  }
  g_test_add_func ("/render/picture-order/leading", test_leading);
  g_test_add_func ("/render/picture-order/outside-of-the-text", test_outside);

  return g_test_run ();
}
