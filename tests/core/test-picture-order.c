/* One order for the pictures of an article: its list and its text. */
#include "rp-picture-order.h"

#include "rp-text.h"

#define FIGURE(name)                                                                               \
  "<figure><img src=\"" name "\" alt=\"\" /><figcaption>" name "</figcaption></figure>"
#define ALONE(name) "<p><img src=\"" name "\" alt=\"\" /></p>"

static RpArticle *
make (const char *list, const char *body)
{
  RpArticle *article = rp_article_new ();
  g_auto (GStrv) names = g_strsplit (list, " ", -1);

  for (guint i = 0; names[i] != NULL; i++) {
    g_autoptr (RpMedia) media = rp_media_new (names[i]);

    rp_media_set (media, RP_MEDIA_ROLE, i == 0 ? "featured" : "inline");
    rp_article_add_media (article, media);
  }
  rp_article_set (article, RP_ARTICLE_BODY_HTML, body);

  return article;
}

static char *
join (GStrv order)
{
  char *line = g_strjoinv (" ", order);

  g_strfreev (order);

  return line;
}

static const struct {
  const char *name;
  const char *body;
  const char *url;
  guint to;
  gboolean moved;
  const char *list;
  const char *text;
} moves[] = {
  {"up", "<p>1</p>" FIGURE ("a") "<p>2</p>" FIGURE ("b") "<p>3</p>" FIGURE ("c"), "c", 0, TRUE,
   "c a b", "<p>1</p>" FIGURE ("c") "<p>2</p>" FIGURE ("a") "<p>3</p>" FIGURE ("b")},
  {"down", FIGURE ("a") "<p>2</p>" FIGURE ("b"), "a", 1, TRUE, "b a c",
   FIGURE ("b") "<p>2</p>" FIGURE ("a")},
  {"not-in-the-text", FIGURE ("b") "<p>2</p>" FIGURE ("c"), "a", 2, TRUE, "b c a",
   FIGURE ("b") "<p>2</p>" FIGURE ("c")},
  {"past-one-that-is-not", FIGURE ("a") "<p>2</p>" FIGURE ("c"), "c", 0, TRUE, "c a b",
   FIGURE ("c") "<p>2</p>" FIGURE ("a")},
  {"paragraph-of-its-own", ALONE ("a") "<p>2</p>" FIGURE ("b"), "b", 0, TRUE, "b a c",
   FIGURE ("b") "<p>2</p>" ALONE ("a")},
  {"inside-a-line", "<p>so <img src=\"a\" alt=\"\" /> is</p>" FIGURE ("b") FIGURE ("c"), "c", 0,
   TRUE, "c a b", "<p>so <img src=\"a\" alt=\"\" /> is</p>" FIGURE ("c") FIGURE ("b")},
  {"there-already", FIGURE ("a"), "b", 1, FALSE, "a b c", FIGURE ("a")},
  {"no-such-place", FIGURE ("a"), "b", 3, FALSE, "a b c", FIGURE ("a")},
  {"no-such-picture", FIGURE ("a"), "d", 0, FALSE, "a b c", FIGURE ("a")},
};

static void
test_move (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (RpArticle) article = make ("a b c", moves[i].body);
  GPtrArray *media = rp_article_get_media (article);
  g_autofree char *list = NULL;

  g_assert_cmpint (rp_picture_order_move (article, moves[i].url, moves[i].to), ==, moves[i].moved);
  list = join (rp_picture_order_list (media));
  g_assert_cmpstr (list, ==, moves[i].list);
  g_assert_cmpstr (rp_article_get (article, RP_ARTICLE_BODY_HTML), ==, moves[i].text);
  for (guint k = 0; k < media->len; k++)
    g_assert_cmpstr (rp_media_get (media->pdata[k], RP_MEDIA_ROLE), ==,
                     k == 0 ? "featured" : "inline");
}

static const struct {
  const char *name;
  const char *list;
  const char *order;
  const char *expected;
} orders[] = {
  {"others-stay", "a b c d", "d b", "a d c b"},
  {"unknown-ones", "a b", "x b y a", "b a"},
  {"none", "a b", "", "a b"},
  {"too-short", "a b a", "b a", "b a a"}, /* an article has each once: but it must come to an end */
};

static void
test_follow (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_auto (GStrv) list = g_strsplit (orders[i].list, " ", -1);
  g_auto (GStrv) order = g_strsplit (orders[i].order, " ", -1);
  g_autofree char *line =
    join (rp_picture_order_follow ((const char *const *) list, (const char *const *) order));

  g_assert_cmpstr (line, ==, orders[i].expected);
}

static void
test_read (void)
{
  g_autoptr (RpArticle) article = make ("https://a.example/?x=1&y=2 cid:b c", NULL);
  GPtrArray *media = rp_article_get_media (article);
  g_autofree char *line = NULL;

  rp_media_set (media->pdata[1], RP_MEDIA_SHA256, "0abc");
  line = join (rp_picture_order_read ("<img alt=\"\" src=\"reprint-media:0abc\"><p>c</p>"
                                      "<img><img src=\"https://a.example/?x=1&amp;y=2\">"
                                      "<img src=\"cid:b\"><img src=\"other\"><img src=\"c",
                                      media));
  g_assert_cmpstr (line, ==, "cid:b https://a.example/?x=1&y=2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++) {
    g_autofree char *path = g_strconcat ("/core/picture-order/move/", moves[i].name, NULL);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_move);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++) {
    g_autofree char *path = g_strconcat ("/core/picture-order/follow/", orders[i].name, NULL);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_follow);
  }
  g_test_add_func ("/core/picture-order/read", test_read);

  return g_test_run ();
}
