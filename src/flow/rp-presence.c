#include "rp-presence.h"

#include <glib/gi18n-lib.h>

#include "rp-store-claims.h"
#include "rp-store-presence.h"
#include "rp-work.h"

#define SETTLE_MILLISECONDS 250 /* whoever goes through a list opens nothing on the way */
/* Where leases are long, whether the program of somebody else still runs is looked at. */
#define LOOK_IN_FILE (10 * G_TIME_SPAN_SECOND)
/* Three times before the lease lapses. */
#define RENEW_SECONDS ((guint) (RP_STORE_PRESENCE_LEASE / G_TIME_SPAN_SECOND / 3))
#define RENEW_SECONDS_IN_FILE ((guint) (RP_STORE_PRESENCE_LEASE_IN_FILE / G_TIME_SPAN_SECOND / 3))

struct _RpPresence {
  GObject parent_instance;

  RpWorkspace *workspace; /* not owned: owns this */
  char *holder;           /* owned: this program */
  char *article_id;       /* owned: what is shown, NULL = none */
  GPtrArray *mates;       /* owned, of RpDeskmate, as last heard; NULL = not yet */
  gboolean entered;       /* others have been told of it */
  gboolean wants;         /* the person edits, or wants to */
  gboolean edits;         /* this window has it */
  gboolean lost;          /* had it */
  gboolean returning;     /* others have forgotten it, and are being told again */
  gboolean stopped;
  guint settling; /* source id */
  guint renewing; /* source id */
  guint lapsing;  /* source id: when the next lease may lapse */
};

G_DEFINE_FINAL_TYPE (RpPresence, rp_presence, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void heard_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/* ---- on the store's thread ---- */

typedef enum {
  DEED_LOOK,
  DEED_ENTER,
  DEED_LEAVE,
  DEED_EDIT,
  DEED_TAKE_OVER,
  DEED_RENEW
} Deed;

typedef struct {
  Deed deed;
  RpDeskmate *mate; /* owned: this window */
  gboolean wants;   /* it is to be edited, too, when it has to be entered again */
} Job;

typedef struct {
  GPtrArray *mates; /* owned, of RpDeskmate */
  gint64 now;       /* by the clock of the library */
} Roll;

static void
job_free (gpointer data)
{
  Job *job = data;

  rp_deskmate_free (job->mate);
  g_free (job);
}

static void
roll_free (gpointer data)
{
  Roll *roll = data;

  g_clear_pointer (&roll->mates, g_ptr_array_unref);
  g_free (roll);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Roll, roll_free)

static gboolean
enter (RpStore *store, const Job *job, gint64 now, GError **error)
{
  return rp_store_enter_article (store, job->mate, now, error) &&
         (!job->wants || rp_store_edit_article (store, job->mate->holder, FALSE, now, error));
}

static gboolean
renew (RpStore *store, const Job *job, gint64 now, GError **error)
{
  gboolean there = FALSE;

  return rp_store_renew_presence (store, job->mate->holder, now, &there, error) &&
         (there || enter (store, job, now, error));
}

static gboolean
do_deed (RpStore *store, const Job *job, gint64 now, GError **error)
{
  switch (job->deed) {
  case DEED_ENTER:
    return enter (store, job, now, error);
  case DEED_LEAVE:
    return rp_store_leave_article (store, job->mate->holder, error);
  case DEED_EDIT:
  case DEED_TAKE_OVER:
    return rp_store_edit_article (store, job->mate->holder, job->deed == DEED_TAKE_OVER, now,
                                  error);
  case DEED_RENEW:
    return renew (store, job, now, error);
  case DEED_LOOK:
  default:
    return TRUE;
  }
}

static gpointer
run_deed (RpStore *store, gpointer data, GError **error)
{
  g_autoptr (Roll) roll = g_new0 (Roll, 1);

  roll->now = rp_store_get_time (store);
  if (!do_deed (store, data, roll->now, error))
    return NULL;
  roll->mates = rp_store_list_presence (store, roll->now, error);

  return roll->mates != NULL ? g_steal_pointer (&roll) : NULL;
}

/* ---- on the main thread ---- */

static RpDeskmate *
describe (RpPresence *self)
{
  const char *name = rp_workspace_get_person (self->workspace);
  const RpDeskmate mate = {
    .holder = self->holder,
    .name = (char *) (name != NULL ? name : ""),
    .article_id = self->article_id,
  };

  return rp_deskmate_copy (&mate);
}

static void
start (RpPresence *self, Deed deed)
{
  Job *job = g_new0 (Job, 1);

  job->deed = deed;
  job->mate = describe (self);
  job->wants = self->wants;
  rp_workspace_run_async (self->workspace, run_deed, job, job_free, roll_free, NULL, heard_cb,
                          g_object_ref (self));
}

static gboolean
is_me (RpPresence *self, const RpDeskmate *mate)
{
  return g_str_equal (mate->holder, self->holder);
}

static const RpDeskmate *
find_me (RpPresence *self)
{
  for (guint i = 0; self->mates != NULL && i < self->mates->len; i++)
    if (is_me (self, self->mates->pdata[i]))
      return self->mates->pdata[i];

  return NULL;
}

static gboolean
lapsed_cb (gpointer user_data)
{
  RpPresence *self = user_data;

  self->lapsing = 0;
  start (self, DEED_LOOK);

  return G_SOURCE_REMOVE;
}

/* Nobody tells that somebody has died: it is looked for when the first lease would be over. Others
 * renew theirs long before, which is not told either. */
static void
wait_for_lapse (RpPresence *self, gint64 now)
{
  gint64 first = G_MAXINT64;

  g_clear_handle_id (&self->lapsing, g_source_remove);
  for (guint i = 0; i < self->mates->len; i++) {
    const RpDeskmate *mate = self->mates->pdata[i];

    if (!is_me (self, mate))
      first = MIN (first, mate->until);
  }
  if (first != G_MAXINT64 && !rp_db_is_server (rp_workspace_get_uri (self->workspace)))
    first = MIN (first, now + LOOK_IN_FILE);
  if (first != G_MAXINT64 && !self->stopped)
    self->lapsing = g_timeout_add ((guint) (MAX (first - now, 0) / G_TIME_SPAN_MILLISECOND) + 500,
                                   lapsed_cb, self);
}

/* What others may have made of this window. */
static void
follow_me (RpPresence *self)
{
  const RpDeskmate *me = find_me (self);
  gboolean edits = me != NULL && me->edits > 0 && g_strcmp0 (me->article_id, self->article_id) == 0;

  if (self->edits && !edits && rp_presence_get_editor (self, self->article_id) != NULL) {
    self->lost = TRUE;
    self->wants = FALSE;
  }
  if (edits)
    self->lost = FALSE;
  self->edits = edits;
}

/* The server was away, or this machine asleep, for longer than the lease. */
static void
come_back (RpPresence *self)
{
  gboolean forgotten = self->entered && find_me (self) == NULL;

  if (forgotten && !self->returning)
    start (self, DEED_RENEW);
  self->returning = forgotten;
}

static void
heard_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpPresence) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Roll) roll = rp_workspace_run_finish (RP_WORKSPACE (source), result, &error);

  if (self->stopped)
    return;
  if (roll == NULL) {
    g_debug ("Nobody knows who is at the desk: %s", error->message);
    return;
  }
  g_clear_pointer (&self->mates, g_ptr_array_unref);
  self->mates = g_steal_pointer (&roll->mates);
  follow_me (self);
  come_back (self);
  wait_for_lapse (self, roll->now);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
renew_cb (gpointer user_data)
{
  start (user_data, DEED_RENEW);

  return G_SOURCE_CONTINUE;
}

static guint
get_pace (RpPresence *self)
{
  return rp_db_is_server (rp_workspace_get_uri (self->workspace)) ? RENEW_SECONDS
                                                                  : RENEW_SECONDS_IN_FILE;
}

static void
tell_entered (RpPresence *self)
{
  g_clear_handle_id (&self->settling, g_source_remove);
  g_clear_handle_id (&self->renewing, g_source_remove);
  if (self->article_id != NULL) {
    start (self, DEED_ENTER);
    self->renewing = g_timeout_add_seconds (get_pace (self), renew_cb, self);
  } else if (self->entered) {
    start (self, DEED_LEAVE);
  }
  self->entered = self->article_id != NULL;
}

static gboolean
settled_cb (gpointer user_data)
{
  RpPresence *self = user_data;

  self->settling = 0;
  tell_entered (self);

  return G_SOURCE_REMOVE;
}

static void
moved_cb (RpPresence *self)
{
  if (!self->stopped)
    start (self, DEED_LOOK);
}

static void
stop_timers (RpPresence *self)
{
  g_clear_handle_id (&self->settling, g_source_remove);
  g_clear_handle_id (&self->renewing, g_source_remove);
  g_clear_handle_id (&self->lapsing, g_source_remove);
}

static void
rp_presence_dispose (GObject *object)
{
  stop_timers (RP_PRESENCE (object));
  G_OBJECT_CLASS (rp_presence_parent_class)->dispose (object);
}

static void
rp_presence_finalize (GObject *object)
{
  RpPresence *self = RP_PRESENCE (object);

  g_clear_pointer (&self->mates, g_ptr_array_unref);
  g_free (self->article_id);
  g_free (self->holder);
  G_OBJECT_CLASS (rp_presence_parent_class)->finalize (object);
}

static void
rp_presence_class_init (RpPresenceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rp_presence_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_presence_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
rp_presence_init (RpPresence *self)
{
  self->holder = rp_store_dup_owner ();
}

RpPresence *
rp_presence_get (RpWorkspace *workspace)
{
  return rp_workspace_get_presence (workspace);
}

RpPresence *
rp_presence_new (RpWorkspace *workspace)
{
  RpPresence *self = g_object_new (RP_TYPE_PRESENCE, NULL);

  self->workspace = workspace;
  g_signal_connect_object (workspace, "presence-changed", G_CALLBACK (moved_cb), self,
                           G_CONNECT_SWAPPED);
  start (self, DEED_LOOK);

  return self;
}

void
rp_presence_stop (RpPresence *self)
{
  g_return_if_fail (RP_IS_PRESENCE (self));

  stop_timers (self);
  if (self->entered)
    start (self, DEED_LEAVE);
  self->entered = FALSE;
  self->stopped = TRUE;
}

void
rp_presence_enter (RpPresence *self, const char *article_id)
{
  g_return_if_fail (RP_IS_PRESENCE (self));

  if (self->stopped || g_strcmp0 (article_id, self->article_id) == 0)
    return;
  g_free (self->article_id);
  self->article_id = g_strdup (article_id);
  self->wants = self->edits = self->lost = FALSE;
  g_clear_handle_id (&self->settling, g_source_remove);
  self->settling = g_timeout_add (SETTLE_MILLISECONDS, settled_cb, self);
}

void
rp_presence_edit (RpPresence *self)
{
  g_return_if_fail (RP_IS_PRESENCE (self));

  if (self->stopped || self->wants || self->article_id == NULL ||
      rp_presence_get_editor (self, self->article_id) != NULL)
    return;
  self->wants = TRUE;
  if (self->settling != 0)
    tell_entered (self);
  else
    start (self, DEED_EDIT);
}

void
rp_presence_take_over (RpPresence *self)
{
  g_return_if_fail (RP_IS_PRESENCE (self));

  if (self->stopped || self->article_id == NULL)
    return;
  if (self->settling != 0)
    tell_entered (self);
  self->wants = TRUE;
  start (self, DEED_TAKE_OVER);
}

gboolean
rp_presence_has_lost (RpPresence *self)
{
  g_return_val_if_fail (RP_IS_PRESENCE (self), FALSE);

  return self->lost;
}

static const RpDeskmate *
find_other (RpPresence *self, const char *article_id, gboolean edits)
{
  for (guint i = 0; self->mates != NULL && article_id != NULL && i < self->mates->len; i++) {
    const RpDeskmate *mate = self->mates->pdata[i];

    if (!is_me (self, mate) && (mate->edits > 0 || !edits) &&
        g_str_equal (mate->article_id, article_id))
      return mate;
  }

  return NULL;
}

const RpDeskmate *
rp_presence_get_editor (RpPresence *self, const char *article_id)
{
  g_return_val_if_fail (RP_IS_PRESENCE (self), NULL);

  return find_other (self, article_id, TRUE);
}

const RpDeskmate *
rp_presence_get_reader (RpPresence *self, const char *article_id)
{
  g_return_val_if_fail (RP_IS_PRESENCE (self), NULL);

  return find_other (self, article_id, FALSE);
}

const char *
rp_presence_get_name (const RpDeskmate *mate)
{
  return *mate->name != '\0' ? mate->name : _ ("Somebody");
}

char *
rp_presence_dup_words (RpPresence *self, const char *article_id)
{
  const RpDeskmate *editor = rp_presence_get_editor (self, article_id);
  const RpDeskmate *mate = editor != NULL ? editor : rp_presence_get_reader (self, article_id);

  if (mate == NULL)
    return NULL;

  return g_strdup_printf (editor != NULL ? _ ("%s is editing this.") : _ ("%s has this open."),
                          rp_presence_get_name (mate));
}
