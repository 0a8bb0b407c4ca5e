/* Without libFuzzer: the fixtures of a folder, and fixed damage to each of them (cut short, bytes
 * turned, pieces repeated), through the target's one function. */
#include <string.h>

#include "fuzz.h"

static void
turn_bytes (GByteArray *bytes, guint step)
{
  for (guint i = step; i < bytes->len; i += step * 7 + 3)
    bytes->data[i] = (guint8) (bytes->data[i] * 31 + step);
}

static void
run_damaged (const char *data, gsize size)
{
  for (guint step = 1; step <= 24; step++) {
    g_autoptr (GByteArray) bytes = g_byte_array_new ();

    g_byte_array_append (bytes, (const guint8 *) data, (guint) (size * step / 24));
    LLVMFuzzerTestOneInput (bytes->data, bytes->len);
    g_byte_array_append (bytes, (const guint8 *) data, (guint) size);
    turn_bytes (bytes, step);
    LLVMFuzzerTestOneInput (bytes->data, bytes->len);
  }
}

static void
test_folder (gconstpointer folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;
  guint count = 0;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *data = NULL;
    gsize size;

    g_assert_true (g_file_get_contents (path, &data, &size, NULL));
    LLVMFuzzerTestOneInput ((const guint8 *) data, size);
    run_damaged (data, size);
    count++;
  }
  g_assert_cmpuint (count, >, 0);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  folder = g_test_build_filename (G_TEST_DIST, argv[1], NULL);
  name = g_strdup_printf ("/fuzz/%s/corpus", argv[1]);
  g_test_add_data_func (name, folder, test_folder);

  return g_test_run ();
}
