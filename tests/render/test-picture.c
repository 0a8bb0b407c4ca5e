/* Pictures leave with their rights in the file: read back by the importer, pixels untouched. */
#include "rp-import-picture.h"
#include "rp-json.h"
#include "rp-render-picture.h"

#include <glib/gstdio.h>
#include <string.h>

static GBytes *
load (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "render", "pictures", name, NULL);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (data, size);
}

static guint32
read_number (const guchar *at, gboolean little)
{
  return little
           ? (guint32) at[0] | (guint32) at[1] << 8 | (guint32) at[2] << 16 | (guint32) at[3] << 24
           : (guint32) at[3] | (guint32) at[2] << 8 | (guint32) at[1] << 16 | (guint32) at[0] << 24;
}

/* The chunks that hold pixels: IDAT of PNG, VP8 or VP8L of WebP. */
static void
add_chunks (GByteArray *pixels, const guchar *data, gsize size, gboolean webp)
{
  gsize at = webp ? 12 : 8;

  while (at + 8 <= size) {
    guint32 length = read_number (data + at + (webp ? 4 : 0), webp);
    const guchar *name = data + at + (webp ? 0 : 4);

    if (memcmp (name, webp ? "VP8" : "IDA", 3) == 0 && name[3] != 'X')
      g_byte_array_append (pixels, data + at + 8, length);
    at += 8 + length + (webp ? length % 2 : 4);
  }
}

static GBytes *
dup_pixels (GBytes *bytes)
{
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);
  GByteArray *pixels = g_byte_array_new ();

  if (data[0] == 0xFF) {
    const guchar *scan = memmem (data, size, "\xFF\xDA", 2);

    g_byte_array_append (pixels, scan, (guint) (size - (gsize) (scan - data)));
  } else {
    add_chunks (pixels, data, size, data[0] == 'R');
  }
  g_assert_cmpuint (pixels->len, >, 0);

  return g_byte_array_free_to_bytes (pixels);
}

static RpMedia *
new_media (const char *credit)
{
  RpMedia *media = rp_media_new ("https://quay.example/quay.jpg");

  rp_media_set (media, RP_MEDIA_CREDIT, credit);
  rp_media_set (media, RP_MEDIA_CAPTION, "The quay at dusk – vom Turm gesehen");
  rp_media_set (media, RP_MEDIA_ALT, "A quay with three lamps");
  rp_media_set (media, RP_MEDIA_COPYRIGHT, "© 2026 Lea Voss");
  rp_media_set (media, RP_MEDIA_USAGE_TERMS, "Only with this article");
  rp_media_set (media, RP_MEDIA_LICENCE_URL, "https://creativecommons.org/licenses/by/4.0/");
  rp_media_set (media, RP_MEDIA_LICENSOR, "Harbour Agency");
  rp_media_set (media, RP_MEDIA_TDM, "reserved");

  return media;
}

/* The picture as it leaves; the one given must stay as it is. */
static GBytes *
mark (const RpRenderJob *job, RpMedia *media, GBytes *bytes)
{
  g_autofree char *folder = g_dir_make_tmp ("reprint-picture-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "original", NULL);
  g_autofree char *copy = NULL;
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize size = 0;

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                       NULL);
  g_assert_true (rp_render_picture (job, media, path, folder, &copy, &error));
  g_assert_no_error (error);
  g_file_get_contents (path, &data, &size, NULL);
  g_assert_cmpmem (data, size, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (copy != NULL) {
    g_free (data);
    g_file_get_contents (copy, &data, &size, NULL);
    g_unlink (copy);
  }
  g_unlink (path);
  g_rmdir (folder);

  return g_bytes_new_take (data, size);
}

static GBytes *
render (RpMedia *media, GBytes *bytes, RpArticle *original)
{
  g_autoptr (RpArticle) article = rp_article_new ();
  RpRenderJob job = {.article = article, .original = original};

  return mark (&job, media, bytes);
}

static void
test_written (gconstpointer data)
{
  static const struct {
    RpPictureFact fact;
    const char *value;
  } rows[] = {
    {RP_PICTURE_CREATOR, "Lea Voss"},
    {RP_PICTURE_CREDIT, "Photo: Lea Voss / Harbour Agency"},
    {RP_PICTURE_NOTICE, "© 2026 Lea Voss"},
    {RP_PICTURE_TERMS, "Only with this article"},
    {RP_PICTURE_LICENCE, "https://creativecommons.org/licenses/by/4.0/"},
    {RP_PICTURE_WEB_STATEMENT, "https://creativecommons.org/licenses/by/4.0/"},
    {RP_PICTURE_LICENSOR, "Harbour Agency"},
    {RP_PICTURE_TDM, "reserved"},
    {RP_PICTURE_DESCRIPTION, "The quay at dusk – vom Turm gesehen"},
    {RP_PICTURE_ALT, "A quay with three lamps"},
  };
  g_autoptr (GBytes) bytes = load (data);
  g_autoptr (GBytes) before = dup_pixels (bytes);
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *digest_after = NULL;
  g_autoptr (RpMedia) media = new_media ("Photo: Lea Voss / Harbour Agency");
  g_autoptr (GBytes) marked = render (media, bytes, NULL);
  g_autoptr (GBytes) again = render (media, marked, NULL);
  g_autoptr (GBytes) after = dup_pixels (marked);
  g_autoptr (RpPictureFacts) facts = rp_picture_read_facts (marked);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("fact %u", rows[i].fact);
    g_assert_cmpstr (facts->values[rows[i].fact], ==, rows[i].value);
  }
  g_assert_true (g_bytes_equal (before, after));
  /* The original is the editor's, and a second time adds nothing. */
  digest_after = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_assert_cmpstr (digest_after, ==, digest);
  g_assert_false (g_bytes_equal (bytes, marked));
  g_assert_true (g_bytes_equal (marked, again));
}

static RpArticle *
new_original (const char *credit)
{
  RpArticle *article = rp_article_new ();
  g_autoptr (RpMedia) media = new_media (credit);

  rp_article_add_media (article, media);

  return article;
}

/* The file's own credit stays, until the editor writes another. */
static void
test_embedded (void)
{
  static const struct {
    const char *imported;
    const char *now;
    const char *expected;
  } rows[] = {
    {"Lea Voss / Harbour Agency", "Lea Voss / Harbour Agency", "Harbour Agency"},
    {NULL, "Quay Letter", "Harbour Agency"},
    {"Lea Voss / Harbour Agency", "Photo: Lea Voss", "Photo: Lea Voss"},
  };
  g_autoptr (GBytes) bytes = load ("credited.jpg");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (RpArticle) original =
      rows[i].imported != NULL ? new_original (rows[i].imported) : NULL;
    g_autoptr (RpMedia) media = new_media (rows[i].now);
    g_autoptr (GBytes) marked = render (media, bytes, original);
    g_autoptr (RpPictureFacts) facts = rp_picture_read_facts (marked);

    g_assert_cmpstr (facts->values[RP_PICTURE_CREDIT], ==, rows[i].expected);
    g_assert_cmpstr (facts->values[RP_PICTURE_CREATOR], ==, "Lea Voss");
    g_assert_cmpstr (facts->values[RP_PICTURE_NOTICE], ==, "© 2026 Lea Voss");
  }
}

/* Forms without such fields, and what is no picture, go as they are. */
static void
test_unchanged (void)
{
  g_autoptr (GBytes) gif = load ("quay.gif");
  g_autoptr (GBytes) broken = g_bytes_new_static ("\xFF\xD8\xFF\xE0 and then nothing more", 27);
  g_autoptr (GBytes) plain = load ("quay.png");
  g_autoptr (RpMedia) media = new_media ("Photo: Lea Voss");
  g_autoptr (RpMedia) silent = rp_media_new ("https://quay.example/quay.png");
  g_autoptr (GBytes) gif_marked = render (media, gif, NULL);
  g_autoptr (GBytes) broken_marked = render (media, broken, NULL);
  g_autoptr (GBytes) plain_marked = render (silent, plain, NULL);

  g_assert_true (g_bytes_equal (gif, gif_marked));
  g_assert_true (g_bytes_equal (broken, broken_marked));
  g_assert_true (g_bytes_equal (plain, plain_marked));
}

/* The article's reservation covers its pictures, but not those with a licence of their own. */
static void
test_reserved (void)
{
  g_autoptr (RpArticle) article = rp_article_new ();
  RpRenderJob job = {.article = article};
  g_autoptr (GBytes) bytes = load ("quay.png");

  rp_statement_set (rp_article_get_statement (article), RP_STATEMENT_TDM, "reserved");
  for (guint own = 0; own < 2; own++) {
    g_autoptr (RpMedia) media = new_media ("Photo: Lea Voss");
    g_autoptr (GBytes) marked = NULL;
    g_autoptr (RpPictureFacts) facts = NULL;

    rp_media_set (media, RP_MEDIA_TDM, NULL);
    if (own == 0)
      rp_media_set (media, RP_MEDIA_LICENCE_URL, NULL);
    marked = mark (&job, media, bytes);
    facts = rp_picture_read_facts (marked);
    g_assert_cmpstr (facts->values[RP_PICTURE_TDM], ==, own == 0 ? "reserved" : NULL);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/render/picture/jpeg", "quay.jpg", test_written);
  g_test_add_data_func ("/render/picture/png", "quay.png", test_written);
  g_test_add_data_func ("/render/picture/webp", "quay.webp", test_written);
  g_test_add_func ("/render/picture/embedded", test_embedded);
  g_test_add_func ("/render/picture/unchanged", test_unchanged);
  g_test_add_func ("/render/picture/reserved", test_reserved);

  return g_test_run ();
}
