#include "rp-locale.h"

#include <locale.h>

#include <glib/gi18n-lib.h>

void
rp_locale_set_up (void)
{
  const char *folder = g_getenv ("REPRINT_LOCALE_DIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : RP_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
