#include "rp-rejudge.h"

#include "rp-article-row.h"
#include "rp-article-state.h"
#include "rp-shelf.h"
#include "rp-store-articles.h"
#include "rp-store-facts.h"
#include "rp-time.h"
#include "rp-work.h"

#define THREADS 2
#define BATCH 500 /* rows that are written in one transaction */

/* What all threads share; read only while they run, but for the counts. */
typedef struct {
  char *uri;           /* owned */
  RpLicenceBook *book; /* owned copy */
  GPtrArray *partners; /* owned */
  gboolean book_changed;
  gint64 due; /* RP_TIME_NONE = all */
  gint64 now;
  guint n_threads;
  GMutex lock;       /* the book makes national editions when asked for */
  RpRejudged counts; /* under the lock */
} Job;

typedef struct {
  Job *job;
  RpStore *store;        /* owned */
  GPtrArray *endpoints;  /* owned, of RpCaseEndpoint */
  GHashTable *histories; /* owned: licence id -> History */
  guint part;
  RpRejudged counts;
} Worker;

typedef struct {
  gint64 recent, total;
} History;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->uri);
  g_clear_object (&job->book);
  g_clear_pointer (&job->partners, g_ptr_array_unref);
  g_mutex_clear (&job->lock);
  g_free (job);
}

/* ---- one article ---- */

static RpLicence *
dup_licence (Job *job, const char *id)
{
  RpLicence *licence;

  g_mutex_lock (&job->lock);
  licence = id != NULL ? rp_licence_book_lookup (job->book, id) : NULL;
  if (licence != NULL)
    g_object_ref (licence);
  g_mutex_unlock (&job->lock);

  return licence;
}

static GPtrArray *
list_licences (Job *job, const char *ids)
{
  g_auto (GStrv) names = ids != NULL ? g_strsplit (ids, " ", -1) : NULL;
  GPtrArray *licences;

  if (names == NULL || names[0] == NULL)
    return NULL;
  licences = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; names[i] != NULL; i++) {
    RpLicence *licence = dup_licence (job, names[i]);

    if (licence != NULL)
      g_ptr_array_add (licences, licence);
  }

  return licences;
}

static const History *
get_history (Worker *self, RpLicence *licence, GError **error)
{
  const char *id = rp_licence_get_id (licence);
  History *history = g_hash_table_lookup (self->histories, id);

  if (history != NULL)
    return history;
  history = g_new0 (History, 1);
  g_hash_table_insert (self->histories, g_strdup (id), history);

  return rp_article_state_read_uses (self->store, licence, self->job->now, &history->recent,
                                     &history->total, error)
           ? history
           : NULL;
}

static gboolean
is_worn (const Job *job, const RpFactsRow *row, RpLicence *licence, const RpRightsCase *kept)
{
  gint64 version = licence != NULL ? rp_licence_get_version (licence) : 0;

  return kept == NULL || g_strcmp0 (row->licence_id, row->judged_by) != 0 ||
         version != row->judged_version ||
         (job->book_changed && row->licence_id != NULL &&
          g_strcmp0 (kept->article.confidence, "confirmed") != 0);
}

static RpRightsCase *
read_facts (Worker *self, const RpFactsRow *row, RpLicence *licence, GError **error)
{
  g_autoptr (GPtrArray) others = list_licences (self->job, row->others);
  g_autoptr (RpRightsCase) kept =
    row->facts != NULL ? rp_rights_case_new_from_facts (row->facts, licence, others, self->job->now)
                       : NULL;
  const History *history;

  if (is_worn (self->job, row, licence, kept))
    return NULL;
  if (row->approvals != NULL)
    kept->approvals = g_strsplit (row->approvals, " ", -1);
  if (licence != NULL && rp_rights_case_asks_for_uses (kept)) {
    history = get_history (self, licence, error);
    if (history == NULL)
      return NULL;
    kept->items_from_source_30d = history->recent;
    kept->uses_total = history->total;
  }

  return g_steal_pointer (&kept);
}

/* What is to be written of one article; nothing that is as it was. */
typedef struct {
  RpFactsRow *row; /* owned: facts NULL = they stay */
  gboolean turned; /* next turn or the number of partners is another one */
  char *before;    /* owned: the state that it had, when that is another one; else NULL */
} Outcome;

static void
outcome_free (gpointer data)
{
  Outcome *outcome = data;

  rp_facts_row_free (outcome->row);
  g_free (outcome->before);
  g_free (outcome);
}

static RpFactsRow *
judge_afresh (Worker *self, const RpFactsRow *row, RpLicence *licence, GError **error)
{
  Job *job = self->job;
  g_autoptr (RpArticle) article = rp_store_get_article (self->store, row->article_id, error);
  g_autoptr (GPtrArray) others = NULL;
  RpJudgement judgement = {.article = article, .licence = licence, .now = job->now};

  if (article == NULL)
    return NULL;
  g_mutex_lock (&job->lock);
  judgement.others = others = rp_article_state_list_others (job->book, article);
  g_mutex_unlock (&job->lock);

  return rp_article_state_new_facts (self->store, &judgement, self->endpoints, error);
}

static RpFactsRow *
judge_again (Worker *self, const RpFactsRow *row, RpRightsCase *kept)
{
  RpFactsRow *again = g_new0 (RpFactsRow, 1);

  again->article_id = g_strdup (row->article_id);
  again->next_turn = rp_rights_get_next_turn (kept);
  again->state = g_strdup (rp_article_state_work_out (kept, self->endpoints, &again->allowed));

  return again;
}

/* Whatever else is true of it. */
static RpFactsRow *
judge_unlicensed (const RpFactsRow *row)
{
  RpFactsRow *again = g_new0 (RpFactsRow, 1);

  again->article_id = g_strdup (row->article_id);
  again->next_turn = row->next_turn;
  again->allowed = row->allowed;
  again->state = g_strdup (RP_STATE_NEEDS_LICENCE);

  return again;
}

static Outcome *
judge_row (Worker *self, const RpFactsRow *row, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (RpLicence) licence = dup_licence (self->job, row->licence_id);
  g_autoptr (RpRightsCase) kept = licence != NULL ? read_facts (self, row, licence, &local) : NULL;
  RpFactsRow *fresh;
  Outcome *outcome;

  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }
  if (licence == NULL)
    fresh = judge_unlicensed (row);
  else
    fresh = kept != NULL ? judge_again (self, row, kept) : judge_afresh (self, row, licence, error);
  if (fresh == NULL)
    return NULL;
  outcome = g_new0 (Outcome, 1);
  outcome->row = fresh;
  outcome->turned = fresh->next_turn != row->next_turn || fresh->allowed != row->allowed;
  outcome->before = g_strcmp0 (fresh->state, row->state) != 0 ? g_strdup (row->state) : NULL;
  fresh->changed = row->changed;
  self->counts.judged++;
  self->counts.changed += outcome->before != NULL;

  return outcome;
}

/* ---- the threads ---- */

static gboolean
write_outcome (RpStore *store, const Outcome *outcome, GError **error)
{
  const RpFactsRow *row = outcome->row;

  if (row->facts != NULL && !rp_store_save_facts (store, row, error))
    return FALSE;
  if (row->facts == NULL && outcome->turned && !rp_store_note_turn (store, row, error))
    return FALSE;

  return outcome->before == NULL || rp_store_move_judged (store, row, outcome->before, error);
}

static gboolean
write_batch (RpStore *store, gpointer data, GError **error)
{
  GPtrArray *outcomes = data;

  for (guint i = 0; i < outcomes->len; i++)
    if (!write_outcome (store, g_ptr_array_index (outcomes, i), error))
      return FALSE;

  return TRUE;
}

/* Judging is the long part, and needs no lock on the library. */
static gboolean
judge_batch (Worker *self, GPtrArray *rows, GError **error)
{
  g_autoptr (GPtrArray) outcomes = g_ptr_array_new_with_free_func (outcome_free);

  for (guint i = 0; i < rows->len; i++) {
    Outcome *outcome = judge_row (self, g_ptr_array_index (rows, i), error);

    if (outcome == NULL)
      return FALSE;
    if (outcome->row->facts != NULL || outcome->turned || outcome->before != NULL)
      g_ptr_array_add (outcomes, outcome);
    else
      outcome_free (outcome);
  }

  return outcomes->len == 0 || rp_store_transaction (self->store, write_batch, outcomes, error);
}

static gboolean
judge_state (Worker *self, const char *state, GCancellable *cancellable, GError **error)
{
  const RpFactsScope scope = {
    .state = state,
    .due = self->job->due,
    .part = self->part,
    .n_parts = self->job->n_threads,
  };
  gint64 seq = 0;

  while (!g_cancellable_set_error_if_cancelled (cancellable, error)) {
    g_autoptr (GPtrArray) rows = rp_store_list_facts (self->store, &scope, seq, BATCH, error);

    if (rows == NULL)
      return FALSE;
    if (rows->len == 0)
      return TRUE;
    seq = ((RpFactsRow *) g_ptr_array_index (rows, rows->len - 1))->seq;
    if (!judge_batch (self, rows, error))
      return FALSE;
  }

  return FALSE;
}

/* The states that follow from the verdict. */
static gboolean
judge_part (Worker *self, GCancellable *cancellable, GError **error)
{
  static const char *const states[] = {RP_STATE_READY, RP_STATE_BLOCKED, RP_STATE_NEEDS_LICENCE};

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (!judge_state (self, states[i], cancellable, error))
      return FALSE;

  return TRUE;
}

static void
worker_clear (Worker *self)
{
  g_clear_pointer (&self->endpoints, g_ptr_array_unref);
  g_clear_pointer (&self->histories, g_hash_table_unref);
  g_clear_pointer (&self->store, rp_store_close);
}

static gboolean
run_part (Job *job, guint part, GCancellable *cancellable, GError **error)
{
  Worker self = {.job = job, .part = part};
  gboolean done;

  self.store = rp_store_open (job->uri, error);
  if (self.store == NULL)
    return FALSE;
  self.endpoints = rp_article_state_list_endpoints (job->partners);
  self.histories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  done = judge_part (&self, cancellable, error);
  g_mutex_lock (&job->lock);
  job->counts.judged += self.counts.judged;
  job->counts.changed += self.counts.changed;
  g_mutex_unlock (&job->lock);
  worker_clear (&self);

  return done;
}

typedef struct {
  Job *job;
  guint part;
  GCancellable *cancellable;
  GError *error;
} Share;

static gpointer
run_share (gpointer data)
{
  Share *share = data;

  run_part (share->job, share->part, share->cancellable, &share->error);

  return NULL;
}

/* The models of the main thread may be a change behind the library. */
static gboolean
read_shelf (Job *job, GError **error)
{
  g_autoptr (RpStore) store = rp_store_open (job->uri, error);
  g_autoptr (RpShelf) shelf = store != NULL ? rp_shelf_load (store, error) : NULL;

  if (shelf == NULL)
    return FALSE;
  rp_shelf_fill_book (shelf, job->book);
  job->partners = g_ptr_array_ref (shelf->partners);

  return TRUE;
}

static void
rejudge_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  Share shares[THREADS];
  GThread *threads[THREADS] = {NULL};
  GError *failed = NULL;

  if (!read_shelf (job, &failed)) {
    g_task_return_error (task, failed);
    return;
  }
  for (guint i = 0; i < job->n_threads; i++) {
    shares[i] = (Share){job, i, cancellable, NULL};
    if (i > 0)
      threads[i] = g_thread_new ("rejudge", run_share, &shares[i]);
  }
  run_share (&shares[0]);
  for (guint i = 0; i < job->n_threads; i++) {
    if (threads[i] != NULL)
      g_thread_join (threads[i]);
    if (failed == NULL)
      failed = g_steal_pointer (&shares[i].error);
    g_clear_error (&shares[i].error);
  }
  if (failed != NULL)
    g_task_return_error (task, failed);
  else
    g_task_return_boolean (task, TRUE);
}

static void
start (RpWorkspace *workspace,
       Job *job,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);

  g_mutex_init (&job->lock);
  job->uri = g_strdup (rp_workspace_get_uri (workspace));
  job->book = rp_licence_book_copy (rp_workspace_get_book (workspace));
  job->now = rp_time_now ();
  g_task_set_source_tag (task, rp_rejudge_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, rejudge_thread);
}

void
rp_rejudge_async (RpWorkspace *workspace,
                  gboolean book_changed,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->book_changed = book_changed;
  job->n_threads = THREADS;
  start (workspace, job, cancellable, callback, user_data);
}

gboolean
rp_rejudge_finish (RpWorkspace *workspace, GAsyncResult *result, RpRejudged *out, GError **error)
{
  GTask *task = G_TASK (result);
  Job *job = g_task_get_task_data (task);

  if (out != NULL)
    *out = job->counts;
  if (job->counts.changed > 0)
    rp_workspace_note_article (workspace, NULL);

  return g_task_propagate_boolean (task, error);
}

/* ---- in the background ---- */

typedef struct {
  gboolean running;
  gboolean again;        /* all of the desk, since a change came while it ran */
  gboolean book_changed; /* since the run that is going on began */
} Background;

static Background *
get_background (RpWorkspace *workspace)
{
  static const char key[] = "rp-rejudge";
  Background *self = g_object_get_data (G_OBJECT (workspace), key);

  if (self == NULL) {
    self = g_new0 (Background, 1);
    g_object_set_data_full (G_OBJECT (workspace), key, self, g_free);
  }

  return self;
}

static void run_background (RpWorkspace *workspace, Background *self);

static void
background_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RpWorkspace *workspace = RP_WORKSPACE (source);
  Background *self = get_background (workspace);
  g_autoptr (GError) error = NULL;

  if (!rp_rejudge_finish (workspace, result, NULL, &error))
    g_warning ("The desk could not be judged again: %s", error->message);
  self->running = FALSE;
  if (self->again)
    run_background (workspace, self);
}

static void
run_background (RpWorkspace *workspace, Background *self)
{
  gboolean book_changed = self->book_changed;

  *self = (Background){.running = TRUE};
  rp_rejudge_async (workspace, book_changed, NULL, background_done_cb, NULL);
}

void
rp_rejudge_soon (RpWorkspace *workspace, gboolean book_changed)
{
  Background *self = get_background (workspace);

  self->book_changed |= book_changed;
  if (self->running)
    self->again = TRUE;
  else
    run_background (workspace, self);
}

static gpointer
look_for_turns (RpStore *store, gpointer data, GError **error)
{
  gboolean found;

  return rp_store_has_turns (store, rp_time_now (), &found, error) && found ? RP_WORK_DONE : NULL;
}

/* Most of the time there is nothing. */
static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RpWorkspace *workspace = RP_WORKSPACE (source);
  Background *self = get_background (workspace);
  Job *job;

  if (rp_workspace_run_finish (workspace, result, NULL) == NULL) {
    self->running = FALSE;
    if (self->again)
      run_background (workspace, self);
    return;
  }
  job = g_new0 (Job, 1);
  job->due = rp_time_now ();
  job->n_threads = 1;
  start (workspace, job, NULL, background_done_cb, NULL);
}

void
rp_rejudge_due (RpWorkspace *workspace)
{
  Background *self = get_background (workspace);

  if (self->running)
    return;
  self->running = TRUE;
  rp_workspace_run_async (workspace, look_for_turns, NULL, NULL, NULL, NULL, looked_cb, NULL);
}

void
rp_rejudge_wait (RpWorkspace *workspace)
{
  while (get_background (workspace)->running)
    g_main_context_iteration (NULL, TRUE);
}
