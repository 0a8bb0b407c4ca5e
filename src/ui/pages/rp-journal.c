#include "rp-journal.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "rp-json.h"

#define SUFFIX ".typed"
/* Without typing, before the disk is waited for. */
#define REST (200 * G_TIME_SPAN_MILLISECOND)

struct _RpJournal {
  char *folder;      /* owned */
  GAsyncQueue *jobs; /* owned, of Job */
  GThread *thread;   /* owned, NULL until something is written */
};

typedef enum {
  JOB_WRITE,
  JOB_REMOVE,
  JOB_END
} JobKind;

typedef struct {
  JobKind kind;
  char *path;     /* owned */
  RpDraft *draft; /* owned, of JOB_WRITE */
} Job;

static void
job_free (Job *job)
{
  g_clear_pointer (&job->draft, rp_draft_free);
  g_free (job->path);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

/* ---- on the thread ---- */

static gboolean
write_all (int file, const char *data, gsize size)
{
  while (size > 0) {
    gssize written = write (file, data, size);

    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return FALSE;
    data += written;
    size -= (gsize) written;
  }

  return TRUE;
}

/* Whole or not at all for whoever reads it next; the name changes before the disk is waited for,
 * because a program that is killed leaves what the system already has. */
static int
replace_file (const char *path, const char *text)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  int file;

  g_mkdir_with_parents (folder, 0700);
  file = g_open (part, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0 || !write_all (file, text, strlen (text)) || g_rename (part, path) != 0) {
    g_warning ("What is typed could not be kept in %s: %s", path, g_strerror (errno));
    if (file >= 0)
      close (file);
    return -1;
  }

  return file;
}

/* The hash comes first: after a power cut half a file must not pass for what was typed. */
static int
write_draft (const char *path, const RpDraft *draft)
{
  g_autoptr (JsonObject) object = rp_draft_to_json (draft);
  g_autofree char *text = rp_json_object_to_text (object, FALSE);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autofree char *whole = g_strconcat (sum, "\n", text, NULL);

  return replace_file (path, whole);
}

static void
sync_file (int *file)
{
  if (*file >= 0) {
    fsync (*file);
    close (*file);
  }
  *file = -1;
}

/* Only the newest state of an article is worth writing. */
static gboolean
is_outdated (RpJournal *self, const Job *job)
{
  g_autoptr (Job) next = g_async_queue_try_pop (self->jobs);
  gboolean outdated = next != NULL && g_strcmp0 (next->path, job->path) == 0;

  if (next != NULL)
    g_async_queue_push_front (self->jobs, g_steal_pointer (&next));

  return outdated;
}

static gpointer
serve (gpointer data)
{
  RpJournal *self = data;
  int unsynced = -1;

  for (;;) {
    g_autoptr (Job) job =
      unsynced >= 0 ? g_async_queue_timeout_pop (self->jobs, REST) : g_async_queue_pop (self->jobs);

    if (job == NULL || job->kind == JOB_END)
      sync_file (&unsynced);
    if (job == NULL || (job->kind != JOB_END && is_outdated (self, job)))
      continue;
    if (job->kind == JOB_END)
      return NULL;
    if (unsynced >= 0)
      close (unsynced);
    unsynced = job->kind == JOB_WRITE ? write_draft (job->path, job->draft) : -1;
    if (job->kind == JOB_REMOVE)
      g_unlink (job->path);
  }
}

/* ---- for the window ---- */

static void
push (RpJournal *self, JobKind kind, const char *article_id, RpDraft *draft)
{
  Job *job = g_new0 (Job, 1);
  g_autofree char *name = g_strconcat (article_id != NULL ? article_id : "", SUFFIX, NULL);

  job->kind = kind;
  job->path = g_build_filename (self->folder, name, NULL);
  job->draft = draft;
  g_async_queue_push (self->jobs, job);
  if (self->thread == NULL)
    self->thread = g_thread_new ("reprint-journal", serve, self);
}

RpJournal *
rp_journal_new (const char *folder)
{
  RpJournal *self = g_new0 (RpJournal, 1);

  self->folder = g_strdup (folder);
  self->jobs = g_async_queue_new_full ((GDestroyNotify) job_free);

  return self;
}

void
rp_journal_free (RpJournal *self)
{
  if (self->thread != NULL) {
    push (self, JOB_END, NULL, NULL);
    g_thread_join (self->thread);
  }
  g_rmdir (self->folder); /* when nothing is left in it */
  g_async_queue_unref (self->jobs);
  g_free (self->folder);
  g_free (self);
}

void
rp_journal_note (RpJournal *self, const RpDraft *unsaved)
{
  g_return_if_fail (self != NULL && unsaved->article_id != NULL);

  push (self, JOB_WRITE, unsaved->article_id, rp_draft_copy (unsaved));
}

void
rp_journal_forget (RpJournal *self, const char *article_id)
{
  g_return_if_fail (self != NULL && article_id != NULL);

  push (self, JOB_REMOVE, article_id, NULL);
}

static RpDraft *
read_draft (const char *path)
{
  g_autofree char *whole = NULL;
  g_autofree char *sum = NULL;
  g_autoptr (JsonNode) node = NULL;
  char *text;

  if (!g_file_get_contents (path, &whole, NULL, NULL) || (text = strchr (whole, '\n')) == NULL)
    return NULL;
  *text++ = '\0';
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  node = g_str_equal (sum, whole) ? rp_json_parse_text (text, NULL) : NULL;
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;

  return rp_draft_new_from_json (json_node_get_object (node));
}

GPtrArray *
rp_journal_read (RpJournal *self)
{
  GPtrArray *drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_draft_free);
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (self->folder, name, NULL);
    RpDraft *draft = g_str_has_suffix (name, SUFFIX) ? read_draft (path) : NULL;

    if (draft != NULL && draft->article_id != NULL)
      g_ptr_array_add (drafts, draft);
    else if (draft != NULL)
      rp_draft_free (draft);
  }

  return drafts;
}
