#include "rp-polite.h"

#include "rp-text.h"

#define AT_ONCE 2
#define PAUSE 2000 /* milliseconds */

struct _RpPolite {
  GObject parent_instance;

  RpHttp *http;      /* owned */
  GQueue waiting;    /* of GTask, owned */
  GHashTable *busy;  /* owned, a set of hosts that are being asked */
  GHashTable *rests; /* owned: host -> source id of the end of its pause */
  guint pause;
  guint running;
};

G_DEFINE_FINAL_TYPE (RpPolite, rp_polite, G_TYPE_OBJECT)

typedef struct {
  RpRequest *request; /* owned */
  char *host;         /* owned */
  gsize limit;
} Call;

static void answered_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
call_free (gpointer data)
{
  Call *call = data;

  rp_request_free (call->request);
  g_free (call->host);
  g_free (call);
}

static void
remove_source (gpointer id)
{
  g_source_remove (GPOINTER_TO_UINT (id));
}

static void
rp_polite_dispose (GObject *object)
{
  RpPolite *self = RP_POLITE (object);

  g_hash_table_remove_all (self->rests);
  g_clear_object (&self->http);
  G_OBJECT_CLASS (rp_polite_parent_class)->dispose (object);
}

static void
rp_polite_finalize (GObject *object)
{
  RpPolite *self = RP_POLITE (object);

  g_hash_table_unref (self->busy);
  g_hash_table_unref (self->rests);
  G_OBJECT_CLASS (rp_polite_parent_class)->finalize (object);
}

static void
rp_polite_class_init (RpPoliteClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rp_polite_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_polite_finalize;
}

static void
rp_polite_init (RpPolite *self)
{
  g_queue_init (&self->waiting);
  self->busy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->rests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, remove_source);
  self->pause = PAUSE;
}

RpPolite *
rp_polite_new (RpHttp *http)
{
  RpPolite *self = g_object_new (RP_TYPE_POLITE, NULL);

  self->http = g_object_ref (http);

  return self;
}

void
rp_polite_set_pause (RpPolite *self, guint milliseconds)
{
  self->pause = milliseconds;
}

/* ---- turns ---- */

static gboolean
is_free (RpPolite *self, const char *host)
{
  return !g_hash_table_contains (self->busy, host) && !g_hash_table_contains (self->rests, host);
}

static void
start (RpPolite *self, GTask *task)
{
  Call *call = g_task_get_task_data (task);

  self->running++;
  g_hash_table_add (self->busy, g_strdup (call->host));
  rp_http_send_async (self->http, call->request, call->limit, g_task_get_cancellable (task),
                      answered_cb, task);
}

static void
go_on (RpPolite *self)
{
  GList *next;

  for (GList *link = self->waiting.head; link != NULL && self->running < AT_ONCE; link = next) {
    GTask *task = link->data;
    Call *call = g_task_get_task_data (task);

    next = link->next;
    if (!is_free (self, call->host))
      continue;
    g_queue_delete_link (&self->waiting, link);
    start (self, task);
  }
}

typedef struct {
  RpPolite *polite; /* lent: it ends the pause when it goes */
  char *host;       /* owned */
} Rest;

static void
rest_free (gpointer data)
{
  Rest *rest = data;

  g_free (rest->host);
  g_free (rest);
}

static gboolean
rested_cb (gpointer user_data)
{
  Rest *rest = user_data;
  g_autofree gpointer host = NULL; /* the table's own copy; its source ends by itself */

  g_hash_table_steal_extended (rest->polite->rests, rest->host, &host, NULL);
  go_on (rest->polite);

  return G_SOURCE_REMOVE;
}

static void
let_rest (RpPolite *self, const char *host)
{
  Rest *rest = g_new0 (Rest, 1);

  rest->polite = self;
  rest->host = g_strdup (host);
  g_hash_table_insert (self->rests, g_strdup (host),
                       GUINT_TO_POINTER (g_timeout_add_full (G_PRIORITY_DEFAULT, self->pause,
                                                             rested_cb, rest, rest_free)));
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RpPolite *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;
  RpResponse *response = rp_http_send_finish (RP_HTTP (source), result, &error);

  self->running--;
  g_hash_table_remove (self->busy, call->host);
  let_rest (self, call->host);
  if (response != NULL)
    g_task_return_pointer (task, response, (GDestroyNotify) rp_response_free);
  else
    g_task_return_error (task, error);
  go_on (self);
}

void
rp_polite_send_async (RpPolite *self,
                      RpRequest *request,
                      gsize limit,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  g_task_set_source_tag (task, rp_polite_send_async);
  call->request = request;
  call->host = rp_text_host (request->url);
  if (call->host == NULL)
    call->host = g_strdup ("");
  call->limit = limit;
  g_task_set_task_data (task, call, call_free);
  g_queue_push_tail (&self->waiting, task);
  go_on (self);
}

RpResponse *
rp_polite_send_finish (RpPolite *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rp_polite_stop (RpPolite *self)
{
  GTask *task;

  while ((task = g_queue_pop_head (&self->waiting)) != NULL) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped");
    g_object_unref (task);
  }
}
