#include "rp-saver.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-journal.h"
#include "rp-library.h"

#define WAIT (2 * G_TIME_SPAN_SECOND)    /* after the last change */
#define AGAIN (10 * G_TIME_SPAN_SECOND)  /* after it could not be saved */
#define AT_MOST (5 * G_TIME_SPAN_SECOND) /* after the first one that is not saved yet */

struct _RpSaver {
  GObject parent_instance;

  RpWorkspace *workspace; /* owned */
  RpDraft *pending;       /* owned, NULL = nothing to save */
  RpDraft *draft;         /* owned: what is being saved, or has clashed; NULL = nothing */
  RpArticle *typed;       /* owned: what `draft` makes of its base, NULL = not yet */
  RpClash *clash;         /* owned, NULL = none */
  GPtrArray *flushes;     /* owned, of GTask */
  const char *words;
  gint64 since;       /* monotonic: when `pending` began */
  RpJournal *journal; /* owned: everything that is not saved yet */
  GPtrArray *left;    /* owned, of RpDraft: what an earlier run left behind; NULL = nothing */
  guint timer;
};

G_DEFINE_FINAL_TYPE (RpSaver, rp_saver, G_TYPE_OBJECT)

enum {
  PROP_WORDS = 1,
  N_PROPS
};
enum {
  SAVED,
  RESTORED,
  CLASHED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static gboolean timer_cb (gpointer user_data);
static void read_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void written_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
clash_free (RpClash *clash)
{
  g_object_unref (clash->mine);
  g_object_unref (clash->theirs);
  g_strfreev (clash->fields);
  g_free (clash);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpClash, clash_free)

static void
set_words (RpSaver *self, const char *words)
{
  if (self->words == words)
    return;
  self->words = words;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORDS]);
}

static void
answer_flushes (RpSaver *self, const GError *error)
{
  g_autoptr (GPtrArray) flushes = g_steal_pointer (&self->flushes);

  self->flushes = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < flushes->len; i++) {
    if (error != NULL)
      g_task_return_error (g_ptr_array_index (flushes, i), g_error_copy (error));
    else
      g_task_return_boolean (g_ptr_array_index (flushes, i), TRUE);
  }
}

/* What was typed, in the article as it was when the typing began. */
static void
save_typed (RpSaver *self, GAsyncReadyCallback written)
{
  self->typed = rp_article_copy (self->draft->base);
  rp_draft_apply (self->draft, self->typed);
  rp_workspace_save_article_async (self->workspace, self->typed, self->draft->base, NULL, written,
                                   g_object_ref (self));
}

static void
start_save (RpSaver *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->draft != NULL || self->pending == NULL)
    return;
  self->draft = g_steal_pointer (&self->pending);
  if (self->draft->base != NULL)
    save_typed (self, written_cb);
  else
    rp_workspace_get_article_async (self->workspace, self->draft->article_id, NULL, read_cb,
                                    g_object_ref (self));
}

/* It stays to be saved, with what is newer. */
static void
keep_for_later (RpSaver *self, const GError *error)
{
  if (self->pending != NULL)
    rp_draft_merge (self->draft, self->pending);
  g_clear_pointer (&self->pending, rp_draft_free);
  self->pending = g_steal_pointer (&self->draft);
  g_message ("An article could not be saved: %s", error->message);
  set_words (self, _ ("Could not be saved"));
  answer_flushes (self, error);
  if (self->timer == 0)
    self->timer = g_timeout_add (AGAIN / G_TIME_SPAN_MILLISECOND, timer_cb, self);
}

/* What is typed from now on began from what is saved now. */
static void
go_on (RpSaver *self, RpArticle *typed)
{
  g_autoptr (RpDraft) saved = g_steal_pointer (&self->draft);

  if (self->pending != NULL) {
    g_set_object (&self->pending->base, typed);
    start_save (self); /* typed while it was being saved */
    return;
  }
  rp_journal_forget (self->journal, saved->article_id);
  set_words (self, _ ("Saved"));
  answer_flushes (self, NULL);
}

static void
refuse_flushes (RpSaver *self)
{
  g_autoptr (GError) error =
    g_error_new_literal (RP_ERROR, RP_ERROR_CONFLICT,
                         _ ("Somebody else has changed the same part of the article. Choose what "
                            "is to stay; until then what you typed is kept on this computer."));

  answer_flushes (self, error);
}

/* `merged` lends; the draft stays. */
static void
take_clash (RpSaver *self, RpMerged *merged)
{
  self->clash = g_new0 (RpClash, 1);
  self->clash->mine = g_steal_pointer (&self->typed);
  self->clash->theirs = g_object_ref (merged->article);
  self->clash->fields = g_strdupv (merged->both);
  set_words (self, _ ("Waits for your choice"));
  refuse_flushes (self);
  g_signal_emit (self, signals[CLASHED], 0);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpSaver) self = user_data;
  g_autoptr (GError) error = NULL;

  self->draft->base = rp_workspace_get_article_finish (RP_WORKSPACE (source), result, &error);
  if (self->draft->base == NULL)
    keep_for_later (self, error);
  else
    save_typed (self, written_cb);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpSaver) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RpArticle) typed = NULL;
  g_autoptr (RpMerged) merged =
    rp_workspace_merge_article_finish (RP_WORKSPACE (source), result, &error);

  if (merged != NULL && merged->both != NULL) {
    take_clash (self, merged);
    return;
  }
  typed = g_steal_pointer (&self->typed);
  if (merged == NULL) {
    keep_for_later (self, error);
    return;
  }
  go_on (self, typed);
  g_signal_emit (self, signals[SAVED], 0, merged->article, typed);
}

static gboolean
timer_cb (gpointer user_data)
{
  RpSaver *self = user_data;

  self->timer = 0;
  start_save (self);

  return G_SOURCE_REMOVE;
}

static void
rp_saver_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_static_string (value, RP_SAVER (object)->words);
}

static void
rp_saver_finalize (GObject *object)
{
  RpSaver *self = RP_SAVER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->journal, rp_journal_free);
  g_clear_pointer (&self->left, g_ptr_array_unref);
  g_clear_object (&self->workspace);
  g_clear_object (&self->typed);
  g_clear_pointer (&self->clash, clash_free);
  g_clear_pointer (&self->pending, rp_draft_free);
  g_clear_pointer (&self->draft, rp_draft_free);
  g_ptr_array_unref (self->flushes);
  G_OBJECT_CLASS (rp_saver_parent_class)->finalize (object);
}

static void
rp_saver_class_init (RpSaverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rp_saver_get_property;
  object_class->finalize = rp_saver_finalize;
  properties[PROP_WORDS] =
    g_param_spec_string ("words", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, RP_TYPE_ARTICLE, RP_TYPE_ARTICLE);
  signals[CLASHED] = g_signal_new ("clashed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[RESTORED] = g_signal_new ("restored", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, RP_TYPE_ARTICLE);
}

static void
rp_saver_init (RpSaver *self)
{
  self->words = "";
  self->flushes = g_ptr_array_new_with_free_func (g_object_unref);
}

/* The server with the library is back. */
static void
away_cb (RpSaver *self)
{
  if (!rp_workspace_is_away (self->workspace))
    start_save (self);
}

RpSaver *
rp_saver_new (RpWorkspace *workspace)
{
  RpSaver *self = g_object_new (RP_TYPE_SAVER, NULL);

  g_autofree char *folder = rp_library_dup_companion (rp_workspace_get_uri (workspace), "typing");

  self->workspace = g_object_ref (workspace);
  self->journal = rp_journal_new (folder);
  g_signal_connect_object (workspace, "notify::away", G_CALLBACK (away_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/* ---- typing ---- */

static void
keep_in_journal (RpSaver *self)
{
  g_autoptr (RpDraft) unsaved = rp_draft_copy (self->draft != NULL ? self->draft : self->pending);

  rp_draft_merge (unsaved, self->pending);
  rp_journal_note (self->journal, unsaved);
}

/* Two seconds after the last change, but whoever types without a pause is kept, too. */
static void
start_timer (RpSaver *self)
{
  gint64 wait = CLAMP (self->since + AT_MOST - g_get_monotonic_time (), 0, WAIT);

  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add ((guint) (wait / G_TIME_SPAN_MILLISECOND), timer_cb, self);
}

void
rp_saver_take_draft (RpSaver *self, RpDraft *draft)
{
  g_return_if_fail (RP_IS_SAVER (self) && draft->article_id != NULL);

  if (self->pending == NULL) {
    self->pending = g_new0 (RpDraft, 1);
    self->since = g_get_monotonic_time ();
  }
  rp_draft_merge (self->pending, draft);
  keep_in_journal (self);
  set_words (self, _ ("Not saved yet"));
  start_timer (self);
}

void
rp_saver_save_now (RpSaver *self)
{
  g_return_if_fail (RP_IS_SAVER (self));

  start_save (self);
}

gboolean
rp_saver_is_idle (RpSaver *self)
{
  g_return_val_if_fail (RP_IS_SAVER (self), TRUE);

  return self->pending == NULL && self->draft == NULL;
}

void
rp_saver_flush_async (RpSaver *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, rp_saver_flush_async);
  g_ptr_array_add (self->flushes, task);
  if (rp_saver_is_idle (self))
    answer_flushes (self, NULL);
  else if (self->clash != NULL)
    refuse_flushes (self);
  else
    start_save (self);
}

gboolean
rp_saver_flush_finish (RpSaver *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- when two have changed the same ---- */

const RpClash *
rp_saver_get_clash (RpSaver *self)
{
  g_return_val_if_fail (RP_IS_SAVER (self), NULL);

  return self->clash;
}

void
rp_saver_settle_clash (RpSaver *self, const char *const *mine)
{
  g_autoptr (RpClash) clash = NULL;

  g_return_if_fail (RP_IS_SAVER (self) && self->clash != NULL);

  clash = g_steal_pointer (&self->clash);
  if (self->pending != NULL)
    rp_draft_merge (self->draft, self->pending);
  g_clear_pointer (&self->pending, rp_draft_free);
  self->pending = g_steal_pointer (&self->draft);
  for (guint i = 0; clash->fields[i] != NULL; i++)
    if (!g_strv_contains (mine, clash->fields[i]))
      rp_draft_drop (self->pending, clash->fields[i]);
  g_set_object (&self->pending->base, clash->theirs);
  rp_journal_note (self->journal, self->pending);
  set_words (self, _ ("Not saved yet"));
  g_signal_emit (self, signals[CLASHED], 0);
  start_save (self);
}

/* ---- after a crash ---- */

static void restored_read_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void restored_written_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/* One after the other. What cannot be taken back (the article is gone) stays on the disk, as does
 * what comes after one that waits for a choice. */
static void
restore_next (RpSaver *self)
{
  if (self->left->len == 0) {
    g_clear_pointer (&self->left, g_ptr_array_unref);
    if (self->pending != NULL)
      start_save (self); /* typed meanwhile */
    else
      answer_flushes (self, NULL);
    return;
  }
  self->draft = rp_draft_copy (self->left->pdata[0]);
  if (self->draft->base != NULL)
    save_typed (self, restored_written_cb);
  else
    rp_workspace_get_article_async (self->workspace, self->draft->article_id, NULL,
                                    restored_read_cb, g_object_ref (self));
}

static void
drop_first (RpSaver *self, gboolean forget)
{
  RpDraft *draft = self->left->pdata[0];

  if (forget)
    rp_journal_forget (self->journal, draft->article_id);
  g_ptr_array_remove_index (self->left, 0);
  restore_next (self);
}

static void
restored_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpSaver) self = user_data;

  self->draft->base = rp_workspace_get_article_finish (RP_WORKSPACE (source), result, NULL);
  if (self->draft->base != NULL) {
    save_typed (self, restored_written_cb);
    return;
  }
  g_clear_pointer (&self->draft, rp_draft_free);
  drop_first (self, FALSE);
}

static void
restored_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpSaver) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RpMerged) merged =
    rp_workspace_merge_article_finish (RP_WORKSPACE (source), result, &error);

  if (merged == NULL)
    g_warning ("What was typed could not be taken back: %s", error->message);
  else if (merged->changed || merged->both != NULL)
    g_signal_emit (self, signals[RESTORED], 0, merged->article);
  if (merged != NULL && merged->both != NULL) {
    take_clash (self, merged);
    g_clear_pointer (&self->left, g_ptr_array_unref);
    return;
  }
  g_clear_pointer (&self->draft, rp_draft_free);
  g_clear_object (&self->typed);
  drop_first (self, merged != NULL);
}

void
rp_saver_restore (RpSaver *self)
{
  g_return_if_fail (RP_IS_SAVER (self) && self->left == NULL);

  self->left = rp_journal_read (self->journal);
  restore_next (self);
}
