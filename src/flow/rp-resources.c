#include "rp-resources.h"

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
rp_resources_trust (RpHttp *http, GError **error)
{
  const char *path = g_getenv ("REPRINT_TRUST");

  return path == NULL || *path == '\0' || rp_http_trust (http, path, error);
}
