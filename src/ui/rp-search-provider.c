#include "rp-search-provider.h"

#include <glib/gi18n-lib.h>

#include "rp-article-row.h"
#include "rp-lookup.h"

#define MOST_RESULTS 20
#define LINGER_SECONDS 30 /* a person who types asks several times */

struct _RpSearchProvider {
  GApplication *application;
  char *library;               /* owned, NULL = the default one */
  RpWorkspace *workspace;      /* owned, NULL = not open */
  GPtrArray *waiting;          /* owned, of Question: until it is open */
  GCancellable *cancellable;   /* owned */
  GDBusConnection *connection; /* owned, NULL = not exported */
  guint registration;
  guint lingering; /* source id; holds the application */
  gboolean opening;
};

/* One call of the desktop. */
typedef struct {
  RpSearchProvider *provider;
  GDBusMethodInvocation *invocation; /* owned until it is answered */
  char **words;                      /* owned: terms, or ids */
  gboolean metas;
} Question;

static const char interface[] =
  "<node><interface name='org.gnome.Shell.SearchProvider2'>"
  "<method name='GetInitialResultSet'>"
  "<arg type='as' name='terms' direction='in'/><arg type='as' name='results' direction='out'/>"
  "</method>"
  "<method name='GetSubsearchResultSet'>"
  "<arg type='as' name='previous_results' direction='in'/>"
  "<arg type='as' name='terms' direction='in'/><arg type='as' name='results' direction='out'/>"
  "</method>"
  "<method name='GetResultMetas'>"
  "<arg type='as' name='identifiers' direction='in'/>"
  "<arg type='aa{sv}' name='metas' direction='out'/>"
  "</method>"
  "<method name='ActivateResult'>"
  "<arg type='s' name='identifier' direction='in'/><arg type='as' name='terms' direction='in'/>"
  "<arg type='u' name='timestamp' direction='in'/>"
  "</method>"
  "<method name='LaunchSearch'>"
  "<arg type='as' name='terms' direction='in'/><arg type='u' name='timestamp' direction='in'/>"
  "</method>"
  "</interface></node>";

static void
question_free (Question *question)
{
  g_strfreev (question->words);
  g_free (question);
}

/* ---- staying for the next question ---- */

static void
close_library (RpSearchProvider *provider)
{
  if (provider->workspace != NULL)
    rp_workspace_close (provider->workspace);
  g_clear_object (&provider->workspace);
}

static gboolean
lingered_cb (gpointer user_data)
{
  RpSearchProvider *provider = user_data;

  if (provider->opening)
    return G_SOURCE_CONTINUE;
  provider->lingering = 0;
  close_library (provider);
  g_application_release (provider->application);

  return G_SOURCE_REMOVE;
}

static void
linger (RpSearchProvider *provider)
{
  if (provider->lingering == 0)
    g_application_hold (provider->application);
  else
    g_source_remove (provider->lingering);
  provider->lingering = g_timeout_add_seconds (LINGER_SECONDS, lingered_cb, provider);
}

/* ---- answering ---- */

static void
answer_ids (Question *question, GPtrArray *rows)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    g_strv_builder_add (builder, rp_article_row_get_id (rows->pdata[i]));
  ids = g_strv_builder_end (builder);
  g_dbus_method_invocation_return_value (question->invocation, g_variant_new ("(^as)", ids));
}

static void
add_meta (GVariantBuilder *metas, RpArticle *article)
{
  const char *headline = rp_article_get (article, RP_ARTICLE_HEADLINE);
  const char *source = rp_article_get (article, RP_ARTICLE_SITE_NAME);
  g_autoptr (GIcon) icon = g_themed_icon_new ("text-x-generic");
  g_autoptr (GVariant) picture = g_icon_serialize (icon);

  if (source == NULL)
    source = rp_article_get (article, RP_ARTICLE_SOURCE_NAME);
  g_variant_builder_open (metas, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (metas, "{sv}", "id",
                         g_variant_new_string (rp_article_get (article, RP_ARTICLE_ID)));
  g_variant_builder_add (
    metas, "{sv}", "name",
    g_variant_new_string (headline != NULL && *headline != '\0' ? headline : _ ("Untitled")));
  if (source != NULL)
    g_variant_builder_add (metas, "{sv}", "description", g_variant_new_string (source));
  g_variant_builder_add (metas, "{sv}", "icon", picture);
  g_variant_builder_close (metas);
}

static void
answer_metas (Question *question, GPtrArray *articles)
{
  GVariantBuilder metas;

  g_variant_builder_init (&metas, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; articles != NULL && i < articles->len; i++)
    add_meta (&metas, articles->pdata[i]);
  g_dbus_method_invocation_return_value (question->invocation, g_variant_new ("(aa{sv})", &metas));
}

/* What cannot be searched for (a filter that is still being typed) finds nothing. */
static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = rp_lookup_finish (RP_WORKSPACE (source), result, &error);

  if (found == NULL)
    g_debug ("Nothing is found for the desktop: %s", error->message);
  if (question->metas)
    answer_metas (question, found);
  else
    answer_ids (question, found);
  question_free (question);
}

static void
look_up (Question *question) /* taken */
{
  RpSearchProvider *provider = question->provider;
  g_autofree char *query = g_strjoinv (" ", question->words);

  if (question->metas)
    rp_lookup_articles_async (provider->workspace, (const char *const *) question->words,
                              provider->cancellable, found_cb, question);
  else
    rp_lookup_search_async (provider->workspace, query, MOST_RESULTS, provider->cancellable,
                            found_cb, question);
}

static void
refuse_all (RpSearchProvider *provider, const char *message)
{
  for (guint i = 0; i < provider->waiting->len; i++) {
    Question *question = provider->waiting->pdata[i];

    g_dbus_method_invocation_return_error_literal (question->invocation, G_IO_ERROR,
                                                   G_IO_ERROR_FAILED, message);
    question_free (question);
  }
  g_ptr_array_set_size (provider->waiting, 0);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RpSearchProvider *provider = user_data;
  g_autoptr (GError) error = NULL;
  RpWorkspace *workspace = rp_workspace_open_finish (result, &error);

  if (workspace == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the provider is gone */
  provider->opening = FALSE;
  provider->workspace = workspace;
  if (workspace == NULL) {
    refuse_all (provider, error->message);
    return;
  }
  for (guint i = 0; i < provider->waiting->len; i++)
    look_up (provider->waiting->pdata[i]);
  g_ptr_array_set_size (provider->waiting, 0);
}

static void
ask (RpSearchProvider *provider, GDBusMethodInvocation *invocation, char **words, gboolean metas)
{
  Question *question = g_new0 (Question, 1);

  question->provider = provider;
  question->invocation = invocation;
  question->words = words;
  question->metas = metas;
  linger (provider);
  if (provider->workspace != NULL) {
    look_up (question);
    return;
  }
  g_ptr_array_add (provider->waiting, question);
  if (!provider->opening)
    rp_workspace_open_async (provider->library, 0, provider->cancellable, opened_cb, provider);
  provider->opening = TRUE;
}

/* ---- the bus ---- */

static void
launch_search (RpSearchProvider *provider, GVariant *parameters)
{
  g_autofree const char **terms = NULL;
  g_autofree char *query = NULL;

  g_variant_get (parameters, "(^a&su)", &terms, NULL);
  query = g_strjoinv (" ", (char **) terms);
  g_action_group_activate_action (G_ACTION_GROUP (provider->application), "search-for",
                                  g_variant_new_string (query));
}

static void
activate_result (RpSearchProvider *provider, GVariant *parameters)
{
  const char *id;

  g_variant_get (parameters, "(&sasu)", &id, NULL, NULL);
  g_action_group_activate_action (G_ACTION_GROUP (provider->application), "show-article",
                                  g_variant_new_string (id));
}

static void
called_cb (GDBusConnection *connection,
           const char *sender,
           const char *object_path,
           const char *interface_name,
           const char *method,
           GVariant *parameters,
           GDBusMethodInvocation *invocation,
           gpointer user_data)
{
  RpSearchProvider *provider = user_data;
  char **words = NULL;

  if (g_str_equal (method, "GetInitialResultSet") || g_str_equal (method, "GetResultMetas")) {
    g_variant_get (parameters, "(^as)", &words);
    ask (provider, invocation, words, g_str_equal (method, "GetResultMetas"));
  } else if (g_str_equal (method, "GetSubsearchResultSet")) {
    g_variant_get (parameters, "(as^as)", NULL, &words);
    ask (provider, invocation, words, FALSE);
  } else {
    if (g_str_equal (method, "ActivateResult"))
      activate_result (provider, parameters);
    else
      launch_search (provider, parameters);
    g_dbus_method_invocation_return_value (invocation, NULL);
  }
}

RpSearchProvider *
rp_search_provider_new (GApplication *application, const char *library)
{
  RpSearchProvider *provider = g_new0 (RpSearchProvider, 1);

  provider->application = application;
  provider->library = g_strdup (library);
  provider->waiting = g_ptr_array_new ();
  provider->cancellable = g_cancellable_new ();

  return provider;
}

void
rp_search_provider_rest (RpSearchProvider *provider)
{
  if (provider->lingering == 0 || provider->opening)
    return;
  g_clear_handle_id (&provider->lingering, g_source_remove);
  close_library (provider);
  g_application_release (provider->application);
}

gboolean
rp_search_provider_export (RpSearchProvider *provider,
                           GDBusConnection *connection,
                           const char *object_path,
                           GError **error)
{
  static const GDBusInterfaceVTable vtable = {.method_call = called_cb};
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface, error);

  if (node == NULL)
    return FALSE;
  provider->connection = g_object_ref (connection);
  provider->registration = g_dbus_connection_register_object (
    connection, object_path, node->interfaces[0], &vtable, provider, NULL, error);

  return provider->registration != 0;
}

void
rp_search_provider_free (RpSearchProvider *provider)
{
  if (provider->registration != 0)
    g_dbus_connection_unregister_object (provider->connection, provider->registration);
  g_cancellable_cancel (provider->cancellable);
  g_clear_handle_id (&provider->lingering, g_source_remove);
  refuse_all (provider, "The program ends");
  g_ptr_array_unref (provider->waiting);
  close_library (provider);
  g_clear_object (&provider->connection);
  g_object_unref (provider->cancellable);
  g_free (provider->library);
  g_free (provider);
}

void
rp_search_provider_set_library (RpSearchProvider *provider, const char *library)
{
  rp_search_provider_rest (provider);
  g_free (provider->library);
  provider->library = g_strdup (library);
}
