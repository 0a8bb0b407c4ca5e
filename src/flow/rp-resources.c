#include "rp-resources.h"

#include <string.h>

#include "rp-text.h"

char *
rp_resources_dup_path (const char *name)
{
  const char *folder = g_getenv ("REPRINT_DATA_DIR");

  return g_build_filename (folder != NULL && *folder != '\0' ? folder : RP_DATADIR, name, NULL);
}

gboolean
rp_resources_load_licences (RpLicenceBook *book, GError **error)
{
  g_autofree char *folder = rp_resources_dup_path ("licences");

  return rp_licence_book_load_folder (book, folder, error);
}

gboolean
rp_resources_set_up_http (RpHttp *http, GError **error)
{
  const char *path = g_getenv ("REPRINT_TRUST");
  const char *timeout = g_getenv ("REPRINT_TIMEOUT");
  guint64 seconds = 0;

  if (timeout != NULL && g_ascii_string_to_unsigned (timeout, 10, 1, 3600, &seconds, NULL))
    rp_http_set_timeout (http, (guint) seconds);

  return path == NULL || *path == '\0' || rp_http_trust (http, path, error);
}

static char *
dup_named (const char *name)
{
  const char *last = strrchr (name, '-');
  g_autofree char *upper = g_ascii_strup (last != NULL ? last + 1 : name, -1);
  g_autofree char *variable = g_strconcat ("REPRINT_", upper, "_PROGRAM", NULL);
  const char *named = g_getenv (variable);

  return rp_text_is_empty (named) ? NULL : g_strdup (named);
}

/* Installed programs stand side by side, or in the folder for programs that people do not start;
 * those that were just built stand in folders of their own name. */
char *
rp_resources_find_program (const char *name)
{
  static const char *const places[] = {".", "../libexec", "../camera", "../partner", RP_LIBEXECDIR};
  g_autofree char *named = dup_named (name);
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;

  if (named != NULL)
    return g_steal_pointer (&named);
  for (guint i = 0; folder != NULL && i < G_N_ELEMENTS (places); i++) {
    g_autofree char *path = g_path_is_absolute (places[i])
                              ? g_build_filename (places[i], name, NULL)
                              : g_build_filename (folder, places[i], name, NULL);

    if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) && !g_file_test (path, G_FILE_TEST_IS_DIR))
      return g_steal_pointer (&path);
  }

  return g_find_program_in_path (name);
}
