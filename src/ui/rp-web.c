#include "rp-web.h"

#include <adwaita.h>
#include <string.h>

#include "rp-text.h"

#define SCHEME "reprint-media"
#define POLICY "default-src 'none'; img-src " SCHEME ": data:; style-src 'unsafe-inline'"

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
    webkit_uri_scheme_request_finish_error (request, error);
    return;
  }
  data = g_bytes_get_data (bytes, &size);
  type = g_content_type_guess (NULL, data, size, NULL);
  stream = g_memory_input_stream_new_from_bytes (bytes);
  webkit_uri_scheme_request_finish (request, stream, (gint64) size,
                                    g_str_has_prefix (type, "image/") ? type : "image/svg+xml");
}

static void
media_asked_cb (WebKitURISchemeRequest *request, gpointer user_data)
{
  const char *sha256 = webkit_uri_scheme_request_get_path (request);

  rp_workspace_get_blob_async (user_data, sha256, NULL, blob_read_cb, g_object_ref (request));
}

static WebKitWebContext *
get_context (RpWorkspace *workspace)
{
  WebKitWebContext *context = g_object_get_data (G_OBJECT (workspace), "web-context");

  if (context != NULL)
    return context;
  context = webkit_web_context_new ();
  webkit_web_context_register_uri_scheme (context, SCHEME, media_asked_cb, workspace, NULL);
  g_object_set_data_full (G_OBJECT (workspace), "web-context", context, g_object_unref);

  return context;
}

static WebKitNetworkSession *
get_session (RpWorkspace *workspace)
{
  WebKitNetworkSession *session = g_object_get_data (G_OBJECT (workspace), "web-session");

  if (session != NULL)
    return session;
  session = webkit_network_session_new_ephemeral ();
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
  action = webkit_navigation_policy_decision_get_navigation_action (
    WEBKIT_NAVIGATION_POLICY_DECISION (decision));
  uri = webkit_uri_request_get_uri (webkit_navigation_action_get_request (action));
  if (type == WEBKIT_POLICY_DECISION_TYPE_NAVIGATION_ACTION && g_str_has_prefix (uri, "about:"))
    return FALSE;
  if (webkit_navigation_action_is_user_gesture (action))
    open_outside (view, uri);
  webkit_policy_decision_ignore (decision);

  return TRUE;
}

static void
theme_changed_cb (AdwStyleManager *manager, GParamSpec *pspec, WebKitWebView *view)
{
  GdkRGBA paper;

  gdk_rgba_parse (&paper, adw_style_manager_get_dark (manager) ? "#1e1e1e" : "#ffffff");
  webkit_web_view_set_background_color (view, &paper);
}

static WebKitSettings *
make_settings (gboolean scripts)
{
  return webkit_settings_new_with_settings (
    "enable-javascript", scripts, "enable-javascript-markup", FALSE, "enable-html5-local-storage",
    FALSE, "enable-html5-database", FALSE, "enable-webaudio", FALSE, "enable-webgl", FALSE,
    "enable-media", FALSE, "enable-page-cache", FALSE, "enable-back-forward-navigation-gestures",
    FALSE, "enable-dns-prefetching", FALSE, "default-charset", "utf-8", NULL);
}

GtkWidget *
rp_web_view_new (RpWorkspace *workspace, WebKitUserContentManager *manager)
{
  g_autoptr (WebKitSettings) settings = make_settings (manager != NULL);
  g_autoptr (WebKitUserContentManager) none =
    manager == NULL ? webkit_user_content_manager_new () : NULL;
  GtkWidget *view = g_object_new (
    WEBKIT_TYPE_WEB_VIEW, "web-context", get_context (workspace), "network-session",
    get_session (workspace), "user-content-manager", manager != NULL ? manager : none, "settings",
    settings, "default-content-security-policy", POLICY, "hexpand", TRUE, "vexpand", TRUE, NULL);
  AdwStyleManager *style = adw_style_manager_get_default ();

  g_signal_connect (view, "decide-policy", G_CALLBACK (decide_policy_cb), NULL);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (theme_changed_cb), view, 0);
  theme_changed_cb (style, NULL, WEBKIT_WEB_VIEW (view));

  return view;
}

/* ---- addresses of pictures ---- */

typedef enum {
  TO_LIBRARY,
  TO_WEB
} Direction;

static void
replace_address (GString *html, RpMedia *media, Direction direction)
{
  const char *sha256 = rp_media_get (media, RP_MEDIA_SHA256);
  const char *url = rp_media_get (media, RP_MEDIA_URL);
  g_autofree char *escaped = rp_text_escape (url);
  g_autofree char *on_the_web = g_strdup_printf ("src=\"%s\"", escaped);
  g_autofree char *in_the_library = g_strdup_printf ("src=\"" SCHEME ":%s\"", sha256);

  if (sha256 == NULL || url == NULL)
    return;
  if (direction == TO_LIBRARY)
    rp_text_replace (html, on_the_web, in_the_library);
  else
    rp_text_replace (html, in_the_library, on_the_web);
}

static char *
replace_addresses (const char *html, RpArticle *article, Direction direction)
{
  GString *text = g_string_new (html);
  GPtrArray *media = rp_article_get_media (article);

  for (guint i = 0; i < media->len; i++)
    replace_address (text, g_ptr_array_index (media, i), direction);

  return g_string_free (text, FALSE);
}

char *
rp_web_localise (const char *html, RpArticle *article)
{
  return replace_addresses (html, article, TO_LIBRARY);
}

char *
rp_web_globalise (const char *html, RpArticle *article)
{
  return replace_addresses (html, article, TO_WEB);
}
