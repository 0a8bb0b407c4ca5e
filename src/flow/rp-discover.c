#include "rp-discover.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-connector.h"
#include "rp-error.h"
#include "rp-json.h"
#include "rp-link.h"
#include "rp-text.h"

#define ANSWER_LIMIT (4 * 1024 * 1024)

typedef struct {
  RpWorkspace *workspace; /* owned */
  char *address;          /* owned: with its scheme */
  gboolean guessed;       /* the scheme is ours */
  GPtrArray *asked;       /* owned, of char *: every address once */
  GPtrArray *found;       /* owned, of RpDiscovery */
  guint open;             /* requests on their way */
  gboolean answered;      /* something is there */
  GError *failure;        /* owned: of the first request */
} Search;

typedef struct {
  GTask *task; /* owned */
  RpRequest *request;
  gboolean first; /* the page itself: it leads to the others */
} Question;

static void ask (GTask *task, const char *method, const char *url, gboolean first);

void
rp_discovery_free (RpDiscovery *discovery)
{
  g_free (discovery->connector);
  g_free (discovery->title);
  g_free (discovery->site);
  json_object_unref (discovery->settings);
  g_ptr_array_unref (discovery->needs);
  g_free (discovery);
}

JsonObject *
rp_discovery_to_json (const RpDiscovery *discovery)
{
  JsonObject *object = json_object_new ();
  JsonArray *needs = json_array_new ();

  for (guint i = 0; i < discovery->needs->len; i++)
    json_array_add_string_element (needs, discovery->needs->pdata[i]);
  rp_json_set_string (object, "url", rp_json_get_string (discovery->settings, "url"));
  rp_json_set_string (object, "connector", discovery->connector);
  rp_json_set_string (object, "title", discovery->title);
  rp_json_set_string (object, "site", discovery->site);
  json_object_set_int_member (object, "certainty", discovery->certainty);
  json_object_set_object_member (object, "settings", json_object_ref (discovery->settings));
  json_object_set_array_member (object, "needs", needs);

  return object;
}

static void
search_free (gpointer data)
{
  Search *search = data;

  g_clear_object (&search->workspace);
  g_free (search->address);
  g_ptr_array_unref (search->asked);
  g_ptr_array_unref (search->found);
  g_clear_error (&search->failure);
  g_free (search);
}

/* ---- what an answer says ---- */

static RpDiscovery *
find_discovery (Search *search, const char *connector)
{
  for (guint i = 0; i < search->found->len; i++) {
    RpDiscovery *discovery = search->found->pdata[i];

    if (g_str_equal (discovery->connector, connector))
      return discovery;
  }

  return NULL;
}

/* The surer sighting wins; what only the other one knows is kept. */
static void
add_sighting (Search *search, const RpConnector *connector, const RpSighting *sighting)
{
  RpDiscovery *discovery = find_discovery (search, connector->id);
  g_autoptr (GList) names = json_object_get_members (sighting->settings);

  if (discovery == NULL) {
    discovery = g_new0 (RpDiscovery, 1);
    discovery->connector = g_strdup (connector->id);
    discovery->title = g_strdup (_ (connector->title));
    discovery->settings = json_object_new ();
    discovery->needs = g_ptr_array_new_with_free_func (g_free);
    g_ptr_array_add (search->found, discovery);
  }
  for (GList *l = names; l != NULL; l = l->next)
    if (sighting->certainty > discovery->certainty || !rp_json_has (discovery->settings, l->data))
      rp_json_set_string (discovery->settings, l->data,
                          rp_json_get_string (sighting->settings, l->data));
  if (discovery->site == NULL)
    discovery->site = g_strdup (sighting->title);
  discovery->certainty = MAX (discovery->certainty, sighting->certainty);
}

static void
recognise (Search *search, const RpResponse *response)
{
  for (guint i = 0; rp_connectors[i] != NULL; i++) {
    RpSighting sighting = {NULL};

    if (rp_connectors[i]->recognise != NULL && rp_connectors[i]->recognise (response, &sighting) &&
        sighting.settings != NULL)
      add_sighting (search, rp_connectors[i], &sighting);
    g_clear_pointer (&sighting.settings, json_object_unref);
    g_free (sighting.title);
  }
}

/* ---- the end ---- */

static void
list_needs (RpDiscovery *discovery)
{
  const RpConnector *connector = rp_connector_find (discovery->connector, NULL);

  for (const RpSetting *setting = connector->settings; setting->key != NULL; setting++)
    if (setting->required && setting->fallback == NULL &&
        !rp_json_has (discovery->settings, setting->key))
      g_ptr_array_add (discovery->needs, g_strdup (setting->key));
}

static int
compare_discoveries (gconstpointer a, gconstpointer b)
{
  const RpDiscovery *first = *(RpDiscovery *const *) a;
  const RpDiscovery *second = *(RpDiscovery *const *) b;

  return (int) second->certainty - (int) first->certainty;
}

/* What was nothing without encryption may be something with it. */
static gboolean
try_with_encryption (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  char *secured;

  if (!search->guessed || search->found->len > 0 || !g_str_has_prefix (search->address, "http://"))
    return FALSE;
  secured = g_strconcat ("https", search->address + strlen ("http"), NULL);
  g_clear_error (&search->failure);
  g_free (search->address);
  search->address = secured;
  ask (task, "GET", search->address, TRUE);

  return TRUE;
}

static void
finish_question (GTask *task)
{
  Search *search = g_task_get_task_data (task);

  if (--search->open > 0 || try_with_encryption (task))
    return;
  if (!search->answered && search->failure != NULL) {
    g_task_return_error (task, g_steal_pointer (&search->failure));
    return;
  }
  for (guint i = 0; i < search->found->len; i++)
    list_needs (search->found->pdata[i]);
  g_ptr_array_sort (search->found, compare_discoveries);
  g_task_return_pointer (task, g_ptr_array_ref (search->found), (GDestroyNotify) g_ptr_array_unref);
}

/* ---- asking ---- */

static void
ask_links (GTask *task, const RpResponse *response)
{
  static const char *const relations[] = {"EditURI", "https://api.w.org/", "service", "micropub"};

  for (guint i = 0; i < G_N_ELEMENTS (relations); i++) {
    g_autofree char *target = rp_link_find (response, relations[i]);

    if (target != NULL)
      ask (task, "GET", target, FALSE);
  }
}

/* Below the page's own folder and below the root: sites live in folders, too. */
static void
ask_well_known (GTask *task, const char *page)
{
  for (guint i = 0; rp_connectors[i] != NULL; i++) {
    const char *const *paths = rp_connectors[i]->well_known;

    for (guint n = 0; paths != NULL && paths[n] != NULL; n++) {
      g_autofree char *rooted = g_strconcat ("/", paths[n], NULL);
      g_autofree char *below = rp_text_resolve_url (page, paths[n]);
      g_autofree char *root = rp_text_resolve_url (page, rooted);

      if (below != NULL)
        ask (task, "GET", below, FALSE);
      if (root != NULL)
        ask (task, "GET", root, FALSE);
    }
  }
  ask (task, "OPTIONS", page, FALSE);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question *question = user_data;
  GTask *task = question->task;
  Search *search = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RpResponse) response = rp_http_send_finish (RP_HTTP (source), result, &error);

  if (response != NULL) {
    search->answered = TRUE;
    recognise (search, response);
    if (question->first) {
      ask_links (task, response);
      ask_well_known (task, response->url);
    }
  } else if (question->first) {
    search->failure = g_steal_pointer (&error);
  }
  finish_question (task);
  rp_request_free (question->request);
  g_object_unref (task);
  g_free (question);
}

static void
ask (GTask *task, const char *method, const char *url, gboolean first)
{
  Search *search = g_task_get_task_data (task);
  g_autofree char *name = g_strconcat (method, " ", url, NULL);
  Question *question;

  if (g_ptr_array_find_with_equal_func (search->asked, name, g_str_equal, NULL))
    return;
  g_ptr_array_add (search->asked, g_steal_pointer (&name));
  question = g_new0 (Question, 1);
  question->task = g_object_ref (task);
  question->first = first;
  question->request = rp_request_new (method, url, _ ("Looking what the site speaks"));
  search->open++;
  rp_http_send_async (rp_workspace_get_http (search->workspace), question->request, ANSWER_LIMIT,
                      g_task_get_cancellable (task), answered_cb, question);
}

/* An address without a scheme means https. Only this computer may be without, and is asked so
 * first: a server that waits for a request in plain words leaves a greeting in cipher without an
 * answer. */
static void
read_address (Search *search, const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autofree char *plain = g_strconcat ("http://", trimmed, NULL);

  search->guessed = strstr (trimmed, "://") == NULL;
  if (!search->guessed)
    search->address = g_steal_pointer (&trimmed);
  else if (rp_text_is_loopback (plain))
    search->address = g_steal_pointer (&plain);
  else
    search->address = g_strconcat ("https://", trimmed, NULL);
}

void
rp_discover_async (RpWorkspace *workspace,
                   const char *address,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  g_task_set_source_tag (task, rp_discover_async);
  g_task_set_task_data (task, search, search_free);
  search->workspace = g_object_ref (workspace);
  search->asked = g_ptr_array_new_with_free_func (g_free);
  search->found = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_discovery_free);
  read_address (search, address);
  if (rp_text_is_web_url (search->address) && strpbrk (search->address, " \t\n") == NULL)
    ask (task, "GET", search->address, TRUE);
  else
    g_task_return_new_error (task, RP_ERROR, RP_ERROR_INVALID,
                             _ ("“%s” is not the address of a site; it looks like "
                                "https://herald.example"),
                             address);
}

GPtrArray *
rp_discover_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
