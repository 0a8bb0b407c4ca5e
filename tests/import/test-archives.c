/* Hostile archives, documents and mails: each a clear result within its limits, never a crash. The
 * archives are built here, in memory. */
#include <gio/gio.h>
#include <string.h>

#include "rp-error.h"
#include "rp-importer.h"

#define MARKDOWN "---\ntitle: A weir\n---\nThe weir holds.\n"

typedef struct {
  GByteArray *bytes;
  GByteArray *directory;
  guint count;
  guint flags; /* of every member: bit 0 says that it is encrypted */
} Zip;

static guint32
crc32 (const guint8 *data, gsize size)
{
  guint32 crc = 0xFFFFFFFF;

  for (gsize i = 0; i < size; i++) {
    crc ^= data[i];
    for (guint k = 0; k < 8; k++)
      crc = (crc >> 1) ^ ((crc & 1) ? 0xEDB88320 : 0);
  }
  return ~crc;
}

static void
put (GByteArray *out, guint64 value, guint n_bytes)
{
  for (guint i = 0; i < n_bytes; i++) {
    guint8 byte = (guint8) (value >> (8 * i));

    g_byte_array_append (out, &byte, 1);
  }
}

static GBytes *
deflate (GBytes *data)
{
  g_autoptr (GConverter) converter =
    G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, 9));
  g_autoptr (GInputStream) memory = g_memory_input_stream_new_from_bytes (data);
  g_autoptr (GInputStream) packed = g_converter_input_stream_new (memory, converter);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();

  g_output_stream_splice (out, packed, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
}

static Zip
zip_new (void)
{
  return (Zip){g_byte_array_new (), g_byte_array_new (), 0, 0};
}

/* What the local header and the directory say alike. */
static void
put_member (GByteArray *out,
            const Zip *zip,
            GBytes *data,
            GBytes *packed,
            const char *name,
            guint32 crc)
{
  put (out, zip->flags, 2);
  put (out, 8, 2);
  put (out, 0x5C220000, 4);
  put (out, crc, 4);
  put (out, g_bytes_get_size (packed), 4);
  put (out, g_bytes_get_size (data), 4);
  put (out, strlen (name), 2);
  put (out, 0, 2);
}

static void
zip_add (Zip *zip, const char *name, GBytes *data, gboolean with_crc)
{
  g_autoptr (GBytes) packed = deflate (data);
  guint32 crc = with_crc ? crc32 (g_bytes_get_data (data, NULL), g_bytes_get_size (data)) : 0;
  guint offset = zip->bytes->len;

  put (zip->bytes, 0x04034B50, 4);
  put (zip->bytes, 20, 2);
  put_member (zip->bytes, zip, data, packed, name, crc);
  g_byte_array_append (zip->bytes, (const guint8 *) name, (guint) strlen (name));
  g_byte_array_append (zip->bytes, g_bytes_get_data (packed, NULL),
                       (guint) g_bytes_get_size (packed));
  put (zip->directory, 0x02014B50, 4);
  put (zip->directory, 20 | (20 << 16), 4);
  put_member (zip->directory, zip, data, packed, name, crc);
  put (zip->directory, 0, 8);
  put (zip->directory, 0, 2);
  put (zip->directory, offset, 4);
  g_byte_array_append (zip->directory, (const guint8 *) name, (guint) strlen (name));
  zip->count++;
}

static void
zip_add_text (Zip *zip, const char *name, const char *text)
{
  g_autoptr (GBytes) data = g_bytes_new (text, strlen (text));

  zip_add (zip, name, data, TRUE);
}

static GBytes *
zip_end (Zip *zip)
{
  guint offset = zip->bytes->len;

  g_byte_array_append (zip->bytes, zip->directory->data, zip->directory->len);
  put (zip->bytes, 0x06054B50, 4);
  put (zip->bytes, 0, 4);
  put (zip->bytes, MIN (zip->count, 0xFFFF), 2);
  put (zip->bytes, MIN (zip->count, 0xFFFF), 2);
  put (zip->bytes, zip->directory->len, 4);
  put (zip->bytes, offset, 4);
  put (zip->bytes, 0, 2);
  g_byte_array_unref (zip->directory);
  return g_byte_array_free_to_bytes (zip->bytes);
}

static RpImportList *
import (GBytes *bytes, const char *name, guint64 *allowance, GError **error)
{
  g_autoptr (RpSource) source = rp_source_new (bytes, name);
  RpImportList *list = rp_import_list_new ();

  source->allowance = allowance;
  rp_import (source, &list->sink, error);
  return list;
}

static const char *
remark_at (RpImportList *list, guint index)
{
  g_assert_cmpuint (list->remarks->len, >, index);
  return g_ptr_array_index (list->remarks, index);
}

/* A bomb beside an article: the article comes, the bomb stays closed. */
static const struct {
  const char *name;
  gsize size;
  const char *said;
} bombs[] = {
  {"over-the-member-limit", 65 * 1024 * 1024, "64 megabytes"},
  {"over-the-ratio", 20 * 1024 * 1024, "200 times"},
};

static void
test_bomb (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  Zip zip = zip_new ();
  g_autoptr (GBytes) zeros = g_bytes_new_take (g_malloc0 (bombs[i].size), bombs[i].size);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RpImportList) list = NULL;

  zip_add (&zip, "zeros.txt", zeros, FALSE);
  zip_add_text (&zip, "weir.md", MARKDOWN);
  bytes = zip_end (&zip);
  g_assert_cmpuint (g_bytes_get_size (bytes), <, 200000);
  list = import (bytes, "bomb.zip", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->articles->len, ==, 1);
  g_assert_nonnull (strstr (remark_at (list, 0), "zeros.txt"));
  g_assert_nonnull (strstr (remark_at (list, 0), bombs[i].said));
}

static void
test_allowance (void)
{
  Zip zip = zip_new ();
  guint64 allowance = strlen (MARKDOWN) + 10;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RpImportList) list = NULL;
  g_autoptr (GError) error = NULL;

  zip_add_text (&zip, "one.md", MARKDOWN);
  zip_add_text (&zip, "two.md", MARKDOWN);
  bytes = zip_end (&zip);
  list = import (bytes, "two.zip", &allowance, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->articles->len, ==, 1);
  g_assert_cmpuint (allowance, ==, 0);
  g_assert_nonnull (strstr (remark_at (list, 0), "two.md"));
}

static const struct {
  const char *stored;
  const char *shown;
} names[] = {
  {"../../../../etc/weir.md", "x.zip/etc/weir.md"},
  {"/etc/weir.md", "x.zip/etc/weir.md"},
  {"C:\\news\\weir.md", "x.zip/news/weir.md"},
  {"a/./b//weir.md", "x.zip/a/b/weir.md"},
  {"a/../weir.md", "x.zip/a/weir.md"},
  {"M\x81hle/weir.md", "x.zip/Mühle/weir.md"},
};

static void
test_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    Zip zip = zip_new ();
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (RpImportList) list = NULL;
    g_autoptr (GError) error = NULL;

    zip_add_text (&zip, names[i].stored, MARKDOWN);
    bytes = zip_end (&zip);
    list = import (bytes, "x.zip", NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (list->articles->len, ==, 1);
    g_assert_cmpstr (rp_article_get (g_ptr_array_index (list->articles, 0), RP_ARTICLE_SOURCE_NAME),
                     ==, names[i].shown);
  }
}

static void
test_nested (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new (MARKDOWN, strlen (MARKDOWN));

  for (guint depth = 0; depth <= 10; depth++) {
    Zip zip = zip_new ();
    g_autoptr (RpImportList) list = NULL;
    g_autoptr (GError) error = NULL;
    GBytes *outer;

    zip_add (&zip, depth == 0 ? "weir.md" : "inner.zip", bytes, TRUE);
    outer = zip_end (&zip);
    g_bytes_unref (bytes);
    bytes = outer;
    list = import (bytes, "outer.zip", NULL, &error);
    g_assert_cmpuint (list->articles->len, ==, depth <= RP_SOURCE_DEPTH_LIMIT);
    if (depth > RP_SOURCE_DEPTH_LIMIT) {
      g_assert_error (error, RP_ERROR, RP_ERROR_UNREADABLE);
      g_assert_nonnull (strstr (remark_at (list, 0), "too deep"));
    }
  }
}

static void
test_truncated (void)
{
  static const char *const files[] = {"zip/bundle.zip", "docx/crane.docx", "odt/weir.odt"};

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *path = g_test_build_filename (G_TEST_DIST, "import", files[i], NULL);
    g_autofree char *data = NULL;
    gsize size;

    g_assert_true (g_file_get_contents (path, &data, &size, NULL));
    for (gsize cut = 0; cut < size; cut += 1 + size / 97) {
      g_autoptr (GBytes) bytes = g_bytes_new (data, cut);
      g_autoptr (GError) error = NULL;
      g_autoptr (RpImportList) list = import (bytes, files[i], NULL, &error);

      g_assert_true (list->articles->len > 0 || error != NULL);
    }
  }
}

static void
test_locked (void)
{
  Zip zip = zip_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RpImportList) list = NULL;
  g_autoptr (GError) error = NULL;

  zip.flags = 1;
  zip_add_text (&zip, "weir.md", MARKDOWN);
  bytes = zip_end (&zip);
  list = import (bytes, "locked.zip", NULL, &error);
  g_assert_error (error, RP_ERROR, RP_ERROR_CREDENTIALS);
  g_assert_nonnull (strstr (error->message, "password"));
}

static void
test_many_members (void)
{
  Zip zip = zip_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RpImportList) list = NULL;
  g_autoptr (GError) error = NULL;

  zip_add_text (&zip, "weir.md", MARKDOWN);
  for (guint i = 0; i < 20100; i++) {
    g_autofree char *name = g_strdup_printf ("style-%u.css", i);

    zip_add_text (&zip, name, "p{}");
  }
  bytes = zip_end (&zip);
  list = import (bytes, "many.zip", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->articles->len, ==, 1);
  g_assert_nonnull (strstr (remark_at (list, 0), "20000"));
}

static void
test_other_kinds (void)
{
  Zip zip = zip_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RpImportList) list = NULL;
  g_autoptr (GError) error = NULL;

  zip_add_text (&zip, "[Content_Types].xml", "<Types/>");
  zip_add_text (&zip, "xl/workbook.xml", "<workbook/>");
  bytes = zip_end (&zip);
  list = import (bytes, "sheet.xlsx", NULL, &error);
  g_assert_error (error, RP_ERROR, RP_ERROR_UNSUPPORTED);
}

/* Mails */

#define MAIL_HEAD "From: a@b.example\nSubject: Weir\nMessage-ID: <1@b.example>\nMIME-Version: 1.0\n"

static void
test_deep_mail (void)
{
  static const guint depths[] = {20, 100, 20000};

  for (gsize i = 0; i < G_N_ELEMENTS (depths); i++) {
    g_autoptr (GString) mail = g_string_new (MAIL_HEAD);
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (RpImportList) list = NULL;
    g_autoptr (GError) error = NULL;

    for (guint k = 0; k < depths[i]; k++)
      g_string_append_printf (mail, "Content-Type: multipart/mixed; boundary=b%u\n\n--b%u\n", k, k);
    g_string_append (mail, "Content-Type: text/plain\n\nThe weir holds.\n");
    bytes = g_bytes_new (mail->str, mail->len);
    list = import (bytes, "deep.eml", NULL, &error);
    g_assert_cmpuint (list->articles->len, ==, i == 0);
    g_assert_true ((error == NULL) == (i == 0));
  }
}

static void
test_many_parts (void)
{
  g_autoptr (GString) mail =
    g_string_new (MAIL_HEAD "Content-Type: multipart/mixed; boundary=b\n\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RpImportList) list = NULL;
  g_autoptr (GError) error = NULL;

  g_string_append (mail, "--b\nContent-Type: text/plain\n\nThe weir holds the water back.\n");
  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (mail,
                            "--b\nContent-Type: image/gif\nContent-Disposition: attachment; "
                            "filename=p%u.gif\n\nGIF89a000000\n",
                            i);
  g_string_append (mail, "--b--\n");
  bytes = g_bytes_new (mail->str, mail->len);
  list = import (bytes, "parts.eml", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->articles->len, ==, 1);
  g_assert_cmpuint (rp_article_get_media (g_ptr_array_index (list->articles, 0))->len, ==, 2000);
  g_assert_nonnull (strstr (remark_at (list, 0), "mail.cut"));
}

/* A mail in a mail in a mail …, as attachments. */
static void
test_mail_in_mail (void)
{
  g_autofree char *mail =
    g_strdup (MAIL_HEAD "Content-Type: text/plain\n\nThe weir holds the water back.\n");

  for (guint depth = 0; depth <= 6; depth++) {
    g_autoptr (GBytes) bytes = g_bytes_new (mail, strlen (mail));
    g_autoptr (GError) error = NULL;
    g_autoptr (RpImportList) list = import (bytes, "outer.eml", NULL, &error);
    char *outer;

    g_assert_cmpuint (list->articles->len, ==, depth <= RP_SOURCE_DEPTH_LIMIT);
    outer = g_strdup_printf (MAIL_HEAD "Content-Type: multipart/mixed; boundary=d%u\n\n--d%u\n"
                                       "Content-Type: message/rfc822\n\n%s\n--d%u--\n",
                             depth, depth, mail, depth);
    g_free (mail);
    mail = outer;
  }
}

/* Front matter */

static void
test_many_aliases (void)
{
  g_autoptr (GString) text = g_string_new ("---\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RpImportList) list = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i < 30; i++)
    g_string_append_printf (text, "a%u: &a%u [*a%u, *a%u, *a%u, *a%u, *a%u]\n", i, i, i - 1, i - 1,
                            i - 1, i - 1, i - 1);
  g_string_append (text, "tags: *a29\n---\n# A weir\n\nIt holds.\n");
  bytes = g_bytes_new (text->str, text->len);
  list = import (bytes, "weir.md", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->articles->len, ==, 1);
}

static void
test_deep_marks (void)
{
  g_autofree char *quotes = g_strnfill (50000, '>');
  g_autofree char *brackets = g_strnfill (50000, '[');
  g_autofree char *text =
    g_strdup_printf ("---\ntitle: Weir\n---\n%s deep\n\n%s\n\nIt holds.\n", quotes, brackets);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (RpImportList) list = import (bytes, "weir.md", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (list->articles->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (bombs); i++) {
    g_autofree char *name = g_strconcat ("/import/archives/bomb/", bombs[i].name, NULL);

    g_test_add_data_func (name, GSIZE_TO_POINTER (i), test_bomb);
  }
  g_test_add_func ("/import/archives/allowance", test_allowance);
  g_test_add_func ("/import/archives/names", test_names);
  g_test_add_func ("/import/archives/nested", test_nested);
  g_test_add_func ("/import/archives/truncated", test_truncated);
  g_test_add_func ("/import/archives/locked", test_locked);
  g_test_add_func ("/import/archives/many-members", test_many_members);
  g_test_add_func ("/import/archives/other-kinds", test_other_kinds);
  g_test_add_func ("/import/mail/deep", test_deep_mail);
  g_test_add_func ("/import/mail/many-parts", test_many_parts);
  g_test_add_func ("/import/mail/in-mail", test_mail_in_mail);
  g_test_add_func ("/import/markdown/many-aliases", test_many_aliases);
  g_test_add_func ("/import/markdown/deep-marks", test_deep_marks);

  return g_test_run ();
}
