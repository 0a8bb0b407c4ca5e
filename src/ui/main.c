/* reprint: the window. */
#include "rp-application.h"
#include "rp-locale.h"

#include <glib/gi18n-lib.h>

int
main (int argc, char **argv)
{
  g_autoptr (RpApplication) application = NULL;

  rp_locale_set_up ();
  g_set_application_name (_ ("Reprint"));

  application = rp_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
