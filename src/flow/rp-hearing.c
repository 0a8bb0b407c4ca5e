#include "rp-hearing.h"

#include <glib-unix.h>

#define LOOK_MILLISECONDS 500                /* at a file: a change is seen within a second */
#define SEARCH_MILLISECONDS 1000             /* for a server that is away */
#define REST (250 * G_TIME_SPAN_MILLISECOND) /* between two tellings of changes */

typedef struct {
  RpDbNews news;
  gboolean up;
  int socket; /* -1 = none */
} Heard;

struct _RpHearing {
  RpWorkspace *workspace;
  RpHeardFunc func;
  gpointer user_data;
  gboolean is_server;

  GMutex lock;
  Heard heard;   /* guarded: as the store's thread knows it */
  GSource *call; /* owned, guarded: on its way to the main thread, NULL = none */

  RpDbNews told; /* what has been passed on; 0 = nothing yet */
  gboolean away;
  gboolean looking; /* the store's thread has been asked */
  gint64 told_at;   /* monotonic */
  guint watch;      /* source id: of the connection */
  guint timer;      /* source id: until the next look, or the next telling */
};

static void look (RpHearing *self);

/* ---- on the store's thread ---- */

static void
set_heard (RpHearing *self, const RpDbNews *news, RpStore *store)
{
  g_mutex_lock (&self->lock);
  self->heard.up = news != NULL;
  if (news != NULL)
    self->heard.news = *news;
  self->heard.socket = rp_store_get_socket (store);
  g_mutex_unlock (&self->lock);
}

static gpointer
look_at_store (RpStore *store, gpointer data, GError **error)
{
  RpDbNews news = {0};

  set_heard (data, rp_store_get_news (store, &news, NULL) ? &news : NULL, store);

  return RP_WORK_DONE;
}

/* ---- on the main thread ---- */

static gboolean
timer_cb (gpointer user_data)
{
  RpHearing *self = user_data;

  self->timer = 0;
  look (self);

  return G_SOURCE_REMOVE;
}

static void
look_in (RpHearing *self, guint milliseconds)
{
  if (self->timer == 0)
    self->timer = g_timeout_add (milliseconds, timer_cb, self);
}

static gboolean
readable_cb (int socket, GIOCondition condition, gpointer user_data)
{
  RpHearing *self = user_data;

  self->watch = 0;
  look (self);

  return G_SOURCE_REMOVE;
}

/* Until the store's thread has read what is there, it stays readable. */
static void
wait_for_news (RpHearing *self, const Heard *heard)
{
  g_clear_handle_id (&self->watch, g_source_remove);
  if (!self->is_server)
    look_in (self, LOOK_MILLISECONDS);
  else if (!heard->up || heard->socket < 0)
    look_in (self, SEARCH_MILLISECONDS);
  else
    self->watch =
      g_unix_fd_add (heard->socket, G_IO_IN | G_IO_HUP | G_IO_ERR | G_IO_NVAL, readable_cb, self);
}

static RpHeard
compare_changes (RpHearing *self, const RpDbNews *news)
{
  gint64 now = g_get_monotonic_time ();
  gboolean first = self->told.changes == 0;

  if (news->changes == self->told.changes)
    return 0;
  if (!first && now - self->told_at < REST) {
    look_in (self, (guint) ((REST - (now - self->told_at)) / G_TIME_SPAN_MILLISECOND) + 1);
    return 0;
  }
  self->told.changes = news->changes;
  self->told_at = first ? 0 : now;

  return first && !self->is_server ? 0
                                   : RP_HEARD_CHANGES; /* before it listened, it heard nothing */
}

static RpHeard
compare (RpHearing *self, const Heard *heard)
{
  gboolean away = self->is_server && !heard->up;
  RpHeard what = away == self->away ? 0 : away ? RP_HEARD_AWAY : RP_HEARD_BACK;

  self->away = away;
  if (!heard->up)
    return what;
  what |= compare_changes (self, &heard->news);
  if (heard->news.presence != self->told.presence)
    what |= RP_HEARD_PRESENCE;
  self->told.presence = heard->news.presence;

  return what;
}

static void
take (RpHearing *self)
{
  RpHeard what;
  Heard heard;

  g_mutex_lock (&self->lock);
  heard = self->heard;
  g_mutex_unlock (&self->lock);
  what = compare (self, &heard);
  if (!self->looking)
    wait_for_news (self, &heard);
  if (what != 0)
    self->func (what, self->user_data);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RpHearing *self = rp_workspace_get_hearing (RP_WORKSPACE (source));

  if (self == NULL)
    return;
  self->looking = FALSE;
  take (self);
}

static void
look (RpHearing *self)
{
  if (self->looking)
    return;
  self->looking = TRUE;
  rp_workspace_run_async (self->workspace, look_at_store, self, NULL, NULL, NULL, looked_cb, NULL);
}

static gboolean
call_cb (gpointer user_data)
{
  RpHearing *self = user_data;

  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->call, g_source_unref);
  g_mutex_unlock (&self->lock);
  take (self);

  return G_SOURCE_REMOVE;
}

RpHearing *
rp_hearing_new (RpWorkspace *workspace, RpHeardFunc func, gpointer user_data)
{
  RpHearing *self = g_new0 (RpHearing, 1);

  self->workspace = workspace;
  self->func = func;
  self->user_data = user_data;
  self->is_server = rp_db_is_server (rp_workspace_get_uri (workspace));
  self->heard.socket = -1;
  g_mutex_init (&self->lock);
  self->timer = g_idle_add (timer_cb, self);

  return self;
}

void
rp_hearing_stop (RpHearing *self)
{
  g_clear_handle_id (&self->watch, g_source_remove);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_mutex_lock (&self->lock);
  if (self->call != NULL)
    g_source_destroy (self->call);
  g_clear_pointer (&self->call, g_source_unref);
  g_mutex_unlock (&self->lock);
}

void
rp_hearing_free (RpHearing *self)
{
  rp_hearing_stop (self);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
rp_hearing_listen_in (RpHearing *self, RpStore *store)
{
  RpDbNews news = {0};
  gboolean up;

  if (!self->is_server)
    return;
  up = rp_store_hear (store, &news);
  g_mutex_lock (&self->lock);
  if (self->call == NULL && self->heard.socket >= 0 &&
      (up != self->heard.up || memcmp (&news, &self->heard.news, sizeof news) != 0)) {
    self->call = g_idle_source_new ();
    g_source_set_priority (self->call, G_PRIORITY_DEFAULT);
    g_source_set_callback (self->call, call_cb, self, NULL);
    g_source_attach (self->call, NULL);
  }
  g_mutex_unlock (&self->lock);
  set_heard (self, up ? &news : NULL, store);
}
