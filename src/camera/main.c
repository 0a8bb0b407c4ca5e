/* reprint-camera: pictures for proofs, in a program of its own, so that reprintctl links neither
 * GTK nor WebKit and a page that makes the web engine fall over takes nothing with it.
 *
 *   reprint-camera page URL FILE.png   what a page looks like, its whole length; needs a display
 *   reprint-camera print FILE.html FILE.pdf   a report as a PDF; needs none
 *
 * Exit status 0 = done; else a sentence on standard error. */
#include <glib/gi18n.h>

#include "rp-camera-page.h"
#include "rp-camera-print.h"
#include "rp-locale.h"

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  rp_locale_set_up ();
  if (argc == 4 && g_str_equal (argv[1], "page"))
    rp_camera_page (argv[2], argv[3], &error);
  else if (argc == 4 && g_str_equal (argv[1], "print"))
    rp_camera_print (argv[2], argv[3], &error);
  else
    g_set_error_literal (&error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                         "reprint-camera page URL FILE.png | print FILE.html FILE.pdf");
  if (error == NULL)
    return 0;
  g_printerr ("%s\n", error->message);

  return 1;
}
