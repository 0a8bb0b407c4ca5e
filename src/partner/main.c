/* reprint-partner: a small real partner site for demonstrations and tests. */
#include "rp-json.h"
#include "rp-locale.h"
#include "rp-site-server.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include <stdio.h>
#include <unistd.h>

static void
set_address (JsonObject *object, RpSite *site, const char *name, const char *path)
{
  g_autofree char *address = g_strconcat (rp_site_get_url (site), path, NULL);

  json_object_set_string_member (object, name, address);
}

static void
announce (RpSite *site)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *text = NULL;

  set_address (object, site, "url", "/");
  set_address (object, site, "push", "/push");
  set_address (object, site, "push_binary", "/push_binary");
  set_address (object, site, "micropub", "/micropub");
  set_address (object, site, "media", "/micropub/media");
  set_address (object, site, "feed", "/feed.xml");
  json_object_set_string_member (object, "secret", rp_site_get_secret (site));
  json_object_set_string_member (object, "token", rp_site_get_token (site));
  json_object_set_int_member (object, "pid", getpid ());
  text = rp_json_object_to_text (object, FALSE);
  printf ("%s\n", text);
  fflush (stdout);
}

static gboolean
stop_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

static gboolean
serve (const char *directory,
       const RpSiteDoor *door,
       const char *secret,
       const char *token,
       GError **error)
{
  g_autoptr (RpSite) site = rp_site_open (directory, secret, token, error);
  g_autoptr (SoupServer) server = site != NULL ? rp_site_serve (site, door, error) : NULL;
  g_autoptr (GMainLoop) loop = NULL;

  if (server == NULL)
    return FALSE;

  loop = g_main_loop_new (NULL, FALSE);
  g_unix_signal_add (SIGINT, stop_cb, loop);
  g_unix_signal_add (SIGTERM, stop_cb, loop);
  announce (site);
  g_main_loop_run (loop);
  soup_server_disconnect (server);

  return TRUE;
}

int
main (int argc, char *argv[])
{
  int port = 0, delay = 0;
  g_autofree char *address = NULL;
  RpSiteDoor door;
  g_autofree char *directory = NULL;
  g_autofree char *secret = NULL;
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  const GOptionEntry entries[] = {
    {"port", 0, 0, G_OPTION_ARG_INT, &port, N_ ("The port to listen on; a free one when left out"),
     "N"},
    {"listen", 0, 0, G_OPTION_ARG_STRING, &address,
     N_ ("The address to listen at; only this computer can reach it when left out"), "IP"},
    {"delay", 0, 0, G_OPTION_ARG_INT, &delay,
     N_ ("How long answers take, in milliseconds, as if they came from far away"), "MS"},
    {"directory", 0, 0, G_OPTION_ARG_FILENAME, &directory, N_ ("Where articles are kept"), "DIR"},
    {"secret", 0, 0, G_OPTION_ARG_STRING, &secret, N_ ("The secret that pushes are signed with"),
     "S"},
    {"token", 0, 0, G_OPTION_ARG_STRING, &token, N_ ("The token that Micropub clients send"), "T"},
    {NULL},
  };

  rp_locale_set_up ();
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc > 1 || port < 0 ||
      port > 65535 || delay < 0) {
    g_printerr ("%s\n", error != NULL ? error->message : _ ("These arguments cannot be used."));
    return 2;
  }
  if (directory == NULL)
    directory = g_build_filename (g_get_user_data_dir (), "reprint-partner", NULL);
  door = (RpSiteDoor){address, (guint) port, (guint) delay};
  if (!serve (directory, &door, secret, token, &error)) {
    g_printerr ("%s\n", error->message);
    return 1;
  }

  return 0;
}
