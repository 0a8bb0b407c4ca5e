#include "fixture.h"

#include <unistd.h>

#include "rp-store-deliveries.h"

/* A database for this test on the server that the environment names. */
static char *
make_database (const char *server)
{
  static guint count = 0;
  g_autofree char *name = g_strdup_printf ("test_%d_%u", (int) getpid (), count++);
  g_autofree char *sql = g_strdup_printf ("CREATE DATABASE %s TEMPLATE template0", name);
  g_autoptr (GError) error = NULL;
  g_autoptr (RpDb) db = rp_db_open (server, &error);
  g_autoptr (GString) uri = g_string_new (server);

  g_assert_no_error (error);
  rp_db_script (db, sql, &error);
  g_assert_no_error (error);
  g_string_replace (uri, "/postgres?", "/@?", 1);
  g_string_replace (uri, "@", name, 1);

  return g_string_free (g_steal_pointer (&uri), FALSE);
}

const char *
fixture_get_server (void)
{
  return g_getenv ("REPRINT_TEST_POSTGRES");
}

void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("reprint-store-XXXXXX", NULL);
  fixture->uri = fixture_get_server () != NULL
                   ? make_database (fixture_get_server ())
                   : g_build_filename (fixture->folder, "new", "library.db", NULL);
  fixture->store = rp_store_open (fixture->uri, &error);
  g_assert_no_error (error);
}

static void
remove_all (GFile *folder)
{
  g_autoptr (GFileEnumerator) files = g_file_enumerate_children (
    folder, "standard::name", G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFile *child;

  while (files != NULL && g_file_enumerator_iterate (files, NULL, &child, NULL, NULL) &&
         child != NULL)
    remove_all (child);
  g_file_delete (folder, NULL, NULL);
}

void
fixture_remove (const char *folder)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);

  remove_all (file);
}

void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);

  g_clear_pointer (&fixture->store, rp_store_close);
  remove_all (folder);
  g_free (fixture->folder);
  g_free (fixture->uri);
}

RpDelivery *
fixture_queue (Fixture *fixture,
               const char *article,
               const char *partner,
               RpDeliveryAction action,
               gint64 publish_at)
{
  RpDelivery *delivery = rp_delivery_new (article, partner, action);
  g_autoptr (GError) error = NULL;

  delivery->created = NOW;
  delivery->publish_at = publish_at;
  delivery->marker = g_strdup ("mark");
  delivery->version = g_strdup ("1");
  delivery->payload = g_strdup ("{}");
  rp_store_queue_delivery (fixture->store, delivery, &error);
  g_assert_no_error (error);

  return delivery;
}
