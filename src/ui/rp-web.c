#include "rp-web.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "rp-text.h"
#include "rp-web-addresses.h"

#define POLICY "default-src 'none'; img-src " RP_WEB_SCHEME ": data:; style-src 'unsafe-inline'"

/* ---- pictures ---- */

static void
blob_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WebKitURISchemeRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = rp_workspace_get_blob_finish (RP_WORKSPACE (source), result, &error);
  g_autoptr (GInputStream) stream = NULL;
  g_autofree char *type = NULL;
  gsize size;
  const guint8 *data;

  if (bytes == NULL) {
    rp_webkit.webkit_uri_scheme_request_finish_error (request, error);
    return;
  }
  data = g_bytes_get_data (bytes, &size);
  type = g_content_type_guess (NULL, data, size, NULL);
  stream = g_memory_input_stream_new_from_bytes (bytes);
  rp_webkit.webkit_uri_scheme_request_finish (
    request, stream, (gint64) size, g_str_has_prefix (type, "image/") ? type : "image/svg+xml");
}

static void
media_asked_cb (WebKitURISchemeRequest *request, gpointer user_data)
{
  const char *sha256 = rp_webkit.webkit_uri_scheme_request_get_path (request);

  rp_workspace_get_blob_async (user_data, sha256, NULL, blob_read_cb, g_object_ref (request));
}

static WebKitWebContext *
get_context (RpWorkspace *workspace)
{
  WebKitWebContext *context = g_object_get_data (G_OBJECT (workspace), "web-context");

  if (context != NULL)
    return context;
  context = rp_webkit.webkit_web_context_new ();
  rp_webkit.webkit_web_context_register_uri_scheme (context, RP_WEB_SCHEME, media_asked_cb,
                                                    workspace, NULL);
  g_object_set_data_full (G_OBJECT (workspace), "web-context", context, g_object_unref);

  return context;
}

static WebKitNetworkSession *
get_session (RpWorkspace *workspace)
{
  WebKitNetworkSession *session = g_object_get_data (G_OBJECT (workspace), "web-session");

  if (session != NULL)
    return session;
  session = rp_webkit.webkit_network_session_new_ephemeral ();
  g_object_set_data_full (G_OBJECT (workspace), "web-session", session, g_object_unref);

  return session;
}

/* ---- the view ---- */

static void
open_outside (WebKitWebView *view, const char *uri)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (view));

  if (rp_text_is_web_url (uri) || g_str_has_prefix (uri, "mailto:"))
    gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, uri, GDK_CURRENT_TIME);
}

static gboolean
decide_policy_cb (WebKitWebView *view,
                  WebKitPolicyDecision *decision,
                  WebKitPolicyDecisionType type)
{
  WebKitNavigationAction *action;
  const char *uri;

  if (type == WEBKIT_POLICY_DECISION_TYPE_RESPONSE)
    return FALSE;
  action = rp_webkit.webkit_navigation_policy_decision_get_navigation_action (
    (WebKitNavigationPolicyDecision *) decision);
  uri =
    rp_webkit.webkit_uri_request_get_uri (rp_webkit.webkit_navigation_action_get_request (action));
  if (type == WEBKIT_POLICY_DECISION_TYPE_NAVIGATION_ACTION && g_str_has_prefix (uri, "about:"))
    return FALSE;
  if (rp_webkit.webkit_navigation_action_is_user_gesture (action))
    open_outside (view, uri);
  rp_webkit.webkit_policy_decision_ignore (decision);

  return TRUE;
}

static void
theme_changed_cb (AdwStyleManager *manager, GParamSpec *pspec, WebKitWebView *view)
{
  GdkRGBA paper;

  gdk_rgba_parse (&paper, adw_style_manager_get_dark (manager) ? "#1e1e1e" : "#ffffff");
  rp_webkit.webkit_web_view_set_background_color (view, &paper);
}

static WebKitSettings *
make_settings (gboolean scripts)
{
  return rp_webkit.webkit_settings_new_with_settings (
    "enable-javascript", scripts, "enable-javascript-markup", FALSE, "enable-html5-local-storage",
    FALSE, "enable-html5-database", FALSE, "enable-webaudio", FALSE, "enable-webgl", FALSE,
    "enable-media", FALSE, "enable-page-cache", FALSE, "enable-back-forward-navigation-gestures",
    FALSE, "enable-dns-prefetching", FALSE, "hardware-acceleration-policy",
    WEBKIT_HARDWARE_ACCELERATION_POLICY_NEVER, "default-charset", "utf-8", NULL);
}

static GtkWidget *
make_excuse (void)
{
  return g_object_new (
    ADW_TYPE_STATUS_PAGE, "icon-name", "dialog-warning-symbolic", "title",
    _ ("Articles Cannot Be Shown"), "description",
    _ ("WebKitGTK 6.0 is missing on this computer. Install it and open Reprint again."), "hexpand",
    TRUE, "vexpand", TRUE, NULL);
}

static GtkWidget *
make_view (RpWorkspace *workspace, WebKitUserContentManager *manager)
{
  g_autoptr (WebKitSettings) settings = make_settings (manager != NULL);
  g_autoptr (WebKitUserContentManager) none =
    manager == NULL ? rp_webkit.webkit_user_content_manager_new () : NULL;
  GtkWidget *view = g_object_new (
    rp_webkit.webkit_web_view_get_type (), "web-context", get_context (workspace),
    "network-session", get_session (workspace), "user-content-manager",
    manager != NULL ? manager : none, "settings", settings, "default-content-security-policy",
    POLICY, "hexpand", TRUE, "vexpand", TRUE, NULL);
  AdwStyleManager *style = adw_style_manager_get_default ();

  g_signal_connect (view, "decide-policy", G_CALLBACK (decide_policy_cb), NULL);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (theme_changed_cb), view, 0);
  theme_changed_cb (style, NULL, (WebKitWebView *) view);

  return view;
}

GtkWidget *
rp_web_view_new (RpWorkspace *workspace, WebKitUserContentManager *manager)
{
  return rp_webkit_load () ? make_view (workspace, manager) : make_excuse ();
}

void
rp_web_view_show (GtkWidget *view, const char *page)
{
  if (rp_webkit_load ())
    rp_webkit.webkit_web_view_load_html ((WebKitWebView *) view, page, "about:blank");
}

void
rp_web_view_run (GtkWidget *view, const char *script)
{
  if (rp_webkit_load ())
    rp_webkit.webkit_web_view_evaluate_javascript ((WebKitWebView *) view, script, -1, RP_WEB_WORLD,
                                                   NULL, NULL, NULL, NULL);
}
