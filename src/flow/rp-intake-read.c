#include "rp-intake-read.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-error.h"
#include "rp-import-document.h"
#include "rp-import-picture.h"
#include "rp-intake.h"
#include "rp-text.h"
#include "rp-thread.h"

#define BATCH_ARTICLES 128
#define BATCH_BYTES (4 * 1024 * 1024)
#define BATCH_TIME (60 * G_TIME_SPAN_MILLISECOND)
#define MAX_WAITING 2 /* batches that were read ahead */
#define PICTURE_LIMIT (24 * 1024 * 1024)
#define SNIFF 64
#define CID_ROOT "cid:/" /* addresses of files that came together */

struct _RpIntakeReader {
  GPtrArray *items;          /* owned, of RpIntakeItem */
  GCancellable *cancellable; /* owned, may be NULL */
  GThread *thread;
  GMutex mutex;
  GCond room;
  /* under the mutex */
  GQueue ready;    /* of GPtrArray, owned */
  GTask *waiting;  /* owned: who asked and has nothing yet */
  gboolean ended;  /* nothing more will come */
  gboolean closed; /* nobody will ask any more */
  gint done;       /* atomic */
  /* the thread's own */
  GPtrArray *batch; /* owned, of RpIntakeEntry */
  gsize batch_bytes;
  gint64 batch_began;
  GHashTable *companions; /* owned: path -> RpIntakeItem (lent) that is a picture */
  GHashTable *shown;      /* owned: of those, the ones that an article shows */
  const RpIntakeItem *item;
  GBytes *snapshot;     /* lent: of the item */
  char *snapshot_hash;  /* owned */
  RpIntakeEntry *first; /* lent: of this item, for its remark */
  GString *remarks;     /* owned, NULL = none yet */
  RpIntakeEntry *held;  /* owned: a single article that waits for its pictures */
  gboolean hold;
};

/* ---- items and entries ---- */

RpIntakeItem *
rp_intake_item_new (GFile *file, const char *url, RpSource *source)
{
  RpIntakeItem *item = g_new0 (RpIntakeItem, 1);

  item->file = file != NULL ? g_object_ref (file) : NULL;
  item->url = g_strdup (url);
  item->source = source;

  return item;
}

void
rp_intake_item_free (RpIntakeItem *item)
{
  g_clear_object (&item->file);
  g_clear_pointer (&item->source, rp_source_free);
  g_free (item->path);
  g_free (item->url);
  g_free (item->problem);
  g_free (item);
}

char *
rp_intake_item_dup_name (const RpIntakeItem *item)
{
  if (item->source != NULL && item->source->name != NULL)
    return g_strdup (item->source->name);

  return item->file != NULL ? g_file_get_basename (item->file) : g_strdup (item->url);
}

void
rp_intake_entry_free (RpIntakeEntry *entry)
{
  g_clear_object (&entry->article);
  g_clear_pointer (&entry->snapshot, g_bytes_unref);
  g_free (entry->name);
  g_free (entry->failure);
  g_free (entry->remark);
  g_free (entry);
}

/* ---- handing over ---- */

static GPtrArray *
batch_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) rp_intake_entry_free);
}

/* Waits while enough is ready. Takes the batch. */
static void
hand_over (RpIntakeReader *self, GPtrArray *batch)
{
  g_mutex_lock (&self->mutex);
  while (self->waiting == NULL && self->ready.length >= MAX_WAITING && !self->closed)
    g_cond_wait (&self->room, &self->mutex);
  if (self->closed) {
    g_ptr_array_unref (batch);
  } else if (self->waiting != NULL) {
    g_autoptr (GTask) task = g_steal_pointer (&self->waiting);

    g_task_return_pointer (task, batch, (GDestroyNotify) g_ptr_array_unref);
  } else {
    g_queue_push_tail (&self->ready, batch);
  }
  g_mutex_unlock (&self->mutex);
}

static void
flush (RpIntakeReader *self)
{
  if (self->batch->len == 0)
    return;
  hand_over (self, g_steal_pointer (&self->batch));
  self->batch = batch_new ();
  self->batch_bytes = 0;
}

static gboolean
is_stopped (RpIntakeReader *self)
{
  gboolean closed;

  g_mutex_lock (&self->mutex);
  closed = self->closed;
  g_mutex_unlock (&self->mutex);

  return closed || g_cancellable_is_cancelled (self->cancellable);
}

/* Takes the entry. */
static void
add_entry (RpIntakeReader *self, RpIntakeEntry *entry)
{
  gint64 now = g_get_monotonic_time ();
  const char *body =
    entry->article != NULL ? rp_article_get (entry->article, RP_ARTICLE_BODY_HTML) : NULL;

  if (self->batch->len == 0)
    self->batch_began = now;
  g_ptr_array_add (self->batch, entry);
  self->batch_bytes += body != NULL ? strlen (body) : 0;
  if (self->batch->len >= BATCH_ARTICLES || self->batch_bytes > BATCH_BYTES ||
      now - self->batch_began > BATCH_TIME)
    flush (self);
}

static RpIntakeEntry *
entry_new (RpIntakeReader *self, RpArticle *article, const char *failure)
{
  RpIntakeEntry *entry = g_new0 (RpIntakeEntry, 1);

  entry->name = rp_intake_item_dup_name (self->item);
  entry->article = article != NULL ? g_object_ref (article) : NULL;
  entry->failure = g_strdup (failure);
  entry->snapshot = self->snapshot != NULL ? g_bytes_ref (self->snapshot) : NULL;

  return entry;
}

/* ---- pictures that came along ---- */

static GBytes *
load_limited (GFile *file, gsize limit, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, cancellable, error);

  if (info == NULL)
    return NULL;
  if ((guint64) g_file_info_get_size (info) > limit) {
    g_set_error (error, RP_ERROR, RP_ERROR_TOO_LARGE,
                 _ ("The file is larger than %d megabytes; split it, or give its feed’s address "
                    "instead"),
                 (int) (limit / (1024 * 1024)));
    return NULL;
  }

  return g_file_load_bytes (file, cancellable, NULL, error);
}

/* By the whole path, else by the file's name. */
static GBytes *
find_companion (const char *url, char **out_name, gpointer user_data)
{
  RpIntakeReader *self = user_data;
  g_autofree char *path =
    g_str_has_prefix (url, CID_ROOT) ? g_uri_unescape_string (url + strlen (CID_ROOT), NULL) : NULL;
  g_autofree char *base = path != NULL ? g_path_get_basename (path) : NULL;
  RpIntakeItem *item = path != NULL ? g_hash_table_lookup (self->companions, path) : NULL;
  GBytes *bytes;

  if (item == NULL && base != NULL)
    item = g_hash_table_lookup (self->companions, base);
  bytes = item != NULL ? load_limited (item->file, PICTURE_LIMIT, self->cancellable, NULL) : NULL;
  if (bytes == NULL)
    return NULL;
  g_hash_table_add (self->shown, item);
  *out_name = g_steal_pointer (&base);

  return bytes;
}

/* Pictures that lie beside the document, when they came with it; others are taken out, and said. */
static void
take_companions (RpIntakeReader *self, RpArticle *article)
{
  GPtrArray *media = rp_article_get_media (article);

  rp_document_attach_pictures (article, find_companion, self);
  for (guint i = media->len; i > 0; i--) {
    g_autoptr (RpMedia) picture = g_object_ref (g_ptr_array_index (media, i - 1));
    const char *url = rp_media_get (picture, RP_MEDIA_URL);

    if (url == NULL || !g_str_has_prefix (url, "cid:") || rp_media_get_bytes (picture) != NULL)
      continue;
    rp_article_add_warning (article, "image.missing",
                            _ ("The picture “%s” was not with the file. Drop it together with it."),
                            url + strlen ("cid:"));
    rp_article_take_out_picture (article, picture);
  }
}

/* ---- reading ---- */

static gboolean
reader_article (RpImportSink *sink, RpArticle *article)
{
  RpIntakeReader *self = sink->user_data;
  RpIntakeEntry *entry = entry_new (self, article, NULL);

  rp_article_set (article, RP_ARTICLE_SNAPSHOT, self->snapshot_hash);
  take_companions (self, article);
  if (self->hold && self->held == NULL) {
    self->held = entry;
    return !is_stopped (self);
  }
  self->hold = FALSE;
  if (self->held != NULL)
    add_entry (self, g_steal_pointer (&self->held));
  add_entry (self, entry);

  return !is_stopped (self);
}

static void
reader_remark (RpImportSink *sink, const char *code, const char *words)
{
  RpIntakeReader *self = sink->user_data;

  if (self->remarks == NULL)
    self->remarks = g_string_new (words);
  else
    g_string_append_printf (self->remarks, " %s", words);
}

static void
parse (RpIntakeReader *self, const RpSource *source)
{
  RpImportSink sink = {.article = reader_article, .remark = reader_remark, .user_data = self};
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = rp_text_sha256 (source->bytes);

  self->snapshot = source->bytes;
  self->snapshot_hash = hash;
  if (!rp_import (source, &sink, &error) && !is_stopped (self))
    add_entry (self, entry_new (self, NULL, error->message));
  if (self->remarks != NULL) {
    RpIntakeEntry *entry = entry_new (self, NULL, NULL);

    entry->remark = g_string_free (g_steal_pointer (&self->remarks), FALSE);
    add_entry (self, entry);
  }
  self->snapshot = NULL;
  self->snapshot_hash = NULL;
}

static void
read_file (RpIntakeReader *self, RpIntakeItem *item)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
    load_limited (item->file, RP_INTAKE_FILE_LIMIT, self->cancellable, &error);
  g_autofree char *name = rp_intake_item_dup_name (item);
  g_autoptr (RpSource) source = NULL;

  if (bytes == NULL) {
    if (!is_stopped (self))
      add_entry (self, entry_new (self, NULL, error->message));
    return;
  }
  source = rp_source_new (bytes, name);
  if (item->path != NULL) {
    g_autofree char *rooted = g_strconcat ("/", item->path, NULL);

    source->base_url = rp_document_dup_cid (rooted);
  }
  parse (self, source);
}

static void
read_item (RpIntakeReader *self, RpIntakeItem *item)
{
  self->item = item;
  g_atomic_int_inc (&self->done);
  if (item->problem != NULL)
    add_entry (self, entry_new (self, NULL, item->problem));
  else if (item->source != NULL)
    parse (self, item->source);
  else
    read_file (self, item);
}

static gboolean
is_picture (const RpIntakeItem *item)
{
  g_autoptr (GFileInputStream) stream =
    item->file != NULL && item->problem == NULL ? g_file_read (item->file, NULL, NULL) : NULL;
  g_autoptr (GBytes) start =
    stream != NULL ? g_input_stream_read_bytes (G_INPUT_STREAM (stream), SNIFF, NULL, NULL) : NULL;

  return start != NULL && rp_picture_sniff (start) != NULL;
}

/* Beside a single article lie its pictures. */
static void
attach (RpIntakeReader *self, RpIntakeItem *item)
{
  g_autofree char *name = rp_intake_item_dup_name (item);
  g_autoptr (GBytes) bytes = load_limited (item->file, PICTURE_LIMIT, self->cancellable, NULL);

  g_atomic_int_inc (&self->done);
  if (bytes != NULL)
    rp_document_add_picture (self->held->article, name, bytes);
}

static void
read_pictures (RpIntakeReader *self, GPtrArray *pictures)
{
  for (guint i = 0; i < pictures->len && !is_stopped (self); i++) {
    RpIntakeItem *item = g_ptr_array_index (pictures, i);

    if (g_hash_table_contains (self->shown, item))
      g_atomic_int_inc (&self->done);
    else if (self->held != NULL)
      attach (self, item);
    else
      read_item (self, item);
  }
}

static void
read_all (RpIntakeReader *self)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new ();
  g_autoptr (GPtrArray) others = g_ptr_array_new ();

  for (guint i = 0; i < self->items->len; i++) {
    RpIntakeItem *item = g_ptr_array_index (self->items, i);
    gboolean picture = self->items->len > 1 && is_picture (item);

    g_ptr_array_add (picture ? pictures : others, item);
    if (picture && item->path != NULL)
      g_hash_table_insert (self->companions, g_strdup (item->path), item);
  }
  self->hold = others->len == 1 && pictures->len > 0;
  for (guint i = 0; i < others->len && !is_stopped (self); i++)
    read_item (self, g_ptr_array_index (others, i));
  read_pictures (self, pictures);
  if (self->held != NULL)
    add_entry (self, g_steal_pointer (&self->held));
  flush (self);
}

static gpointer
run (gpointer data)
{
  RpIntakeReader *self = data;

  rp_thread_give_way ();
  read_all (self);
  g_mutex_lock (&self->mutex);
  self->ended = TRUE;
  if (self->waiting != NULL) {
    g_autoptr (GTask) task = g_steal_pointer (&self->waiting);

    g_task_return_pointer (task, NULL, NULL);
  }
  g_mutex_unlock (&self->mutex);

  return NULL;
}

RpIntakeReader *
rp_intake_reader_new (GPtrArray *items, GCancellable *cancellable)
{
  RpIntakeReader *self = g_new0 (RpIntakeReader, 1);

  self->items = g_ptr_array_ref (items);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->batch = batch_new ();
  self->companions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->shown = g_hash_table_new (NULL, NULL);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->room);
  g_queue_init (&self->ready);
  self->thread = g_thread_new ("intake", run, self);

  return self;
}

void
rp_intake_reader_free (RpIntakeReader *self)
{
  g_mutex_lock (&self->mutex);
  self->closed = TRUE;
  g_cond_signal (&self->room);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_queue_clear_full (&self->ready, (GDestroyNotify) g_ptr_array_unref);
  g_clear_pointer (&self->held, rp_intake_entry_free);
  g_ptr_array_unref (self->batch);
  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->companions);
  g_hash_table_unref (self->shown);
  g_clear_object (&self->cancellable);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->room);
  g_free (self);
}

void
rp_intake_reader_next_async (RpIntakeReader *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, rp_intake_reader_next_async);
  g_mutex_lock (&self->mutex);
  if (self->ready.length > 0) {
    g_task_return_pointer (task, g_queue_pop_head (&self->ready),
                           (GDestroyNotify) g_ptr_array_unref);
    g_cond_signal (&self->room);
  } else if (self->ended) {
    g_task_return_pointer (task, NULL, NULL);
  } else {
    self->waiting = g_steal_pointer (&task);
  }
  g_mutex_unlock (&self->mutex);
}

GPtrArray *
rp_intake_reader_next_finish (RpIntakeReader *self, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

guint
rp_intake_reader_get_done (RpIntakeReader *self)
{
  return (guint) g_atomic_int_get (&self->done);
}
