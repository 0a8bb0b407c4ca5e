/* Words looked up in dictionaries that the test has made. */
#include <glib/gstdio.h>

#include "rp-speller.h"

static char *folder; /* owned */

static void
write_file (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, "hunspell", name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
make_dictionaries (void)
{
  g_autofree char *words = NULL;

  folder = g_dir_make_tmp ("reprint-XXXXXX", NULL);
  words = g_build_filename (folder, "hunspell", NULL);
  g_assert_cmpint (g_mkdir (words, 0700), ==, 0);
  g_setenv ("ENCHANT_CONFIG_DIR", folder, TRUE);
  write_file ("de_DE.aff", "SET UTF-8\nTRY en\n");
  write_file ("de_DE.dic", "3\nHafen\nFähre\ngeht's\n");
  write_file ("de_AT.aff", "SET UTF-8\nTRY en\n");
  write_file ("de_AT.dic", "1\nJänner\n");
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);

    remove_all (inner);
  }
  g_remove (path);
}

static RpSpeller *
make (const char *first, const char *second)
{
  const char *const names[] = {first, second, NULL};

  return rp_speller_new (names);
}

static void
test_check (void)
{
  g_autoptr (RpSpeller) speller = make ("de_DE", NULL);

  g_assert_true (rp_speller_has_dictionary (speller));
  g_assert_true (rp_speller_is_right (speller, "Hafen"));
  g_assert_true (rp_speller_is_right (speller, "Fähre"));
  g_assert_true (rp_speller_is_right (speller, "geht's"));
  g_assert_true (rp_speller_is_right (speller, "geht’s"));
  g_assert_true (rp_speller_is_right (speller, ""));
  g_assert_false (rp_speller_is_right (speller, "Hafn"));
  g_assert_false (rp_speller_is_right (speller, "Jänner"));
}

static void
test_any_knows (void)
{
  g_autoptr (RpSpeller) speller = make ("de_AT", "de_DE");

  g_assert_true (rp_speller_is_right (speller, "Jänner"));
  g_assert_true (rp_speller_is_right (speller, "Hafen"));
  g_assert_false (rp_speller_is_right (speller, "Hafn"));
}

static void
test_suggest (void)
{
  g_autoptr (RpSpeller) speller = make ("de_DE", NULL);
  g_auto (GStrv) plain = rp_speller_suggest (speller, "Hafn");
  g_auto (GStrv) curly = rp_speller_suggest (speller, "gett’s");
  g_auto (GStrv) straight = rp_speller_suggest (speller, "gett's");

  g_assert_true (g_strv_contains ((const char *const *) plain, "Hafen"));
  g_assert_true (g_strv_contains ((const char *const *) curly, "geht’s"));
  g_assert_true (g_strv_contains ((const char *const *) straight, "geht's"));
}

static void
test_learn (void)
{
  g_autoptr (RpSpeller) speller = make ("de_AT", "de_DE");
  g_autoptr (RpSpeller) later = NULL;

  g_assert_false (rp_speller_is_right (speller, "Köhm"));
  rp_speller_learn (speller, "Köhm");
  g_assert_true (rp_speller_is_right (speller, "Köhm"));
  later = make ("de_DE", NULL);
  g_assert_true (rp_speller_is_right (later, "Köhm"));
}

static void
test_none (void)
{
  g_autoptr (RpSpeller) speller = make ("tlh", NULL);
  g_auto (GStrv) found = rp_speller_suggest (speller, "Hafn");

  g_assert_false (rp_speller_has_dictionary (speller));
  g_assert_true (rp_speller_is_right (speller, "Hafn"));
  g_assert_cmpuint (g_strv_length (found), ==, 0);
  rp_speller_learn (speller, "Hafn");
}

int
main (int argc, char **argv)
{
  int failed;

  g_test_init (&argc, &argv, NULL);
  make_dictionaries ();
  g_test_add_func ("/ui/speller/check", test_check);
  g_test_add_func ("/ui/speller/any-knows", test_any_knows);
  g_test_add_func ("/ui/speller/suggest", test_suggest);
  g_test_add_func ("/ui/speller/learn", test_learn);
  g_test_add_func ("/ui/speller/none", test_none);
  failed = g_test_run ();
  remove_all (folder);
  g_free (folder);

  return failed;
}
