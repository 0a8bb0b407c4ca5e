#include "rp-intake-pictures.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-import-picture.h"
#include "rp-intake-fetch.h"
#include "rp-text.h"

#define PICTURE_LIMIT (24 * 1024 * 1024)
#define MAX_PICTURES 40               /* of one article */
#define MAX_BYTES (256 * 1024 * 1024) /* of one batch, held in memory until it is saved */
#define MAX_CONNECTIONS 6

typedef struct {
  RpArticle *article; /* lent by the batch */
  RpMedia *picture;   /* owned */
} Wish;

typedef struct {
  RpHttp *http;        /* owned */
  GPtrArray *articles; /* owned */
  GPtrArray *wishes;   /* owned, of Wish */
  guint next;
  guint active;
  gsize bytes;
} Run;

typedef struct {
  GTask *task; /* owned */
  Wish *wish;  /* lent by the run */
} Trip;

static void fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_object_unref (wish->picture);
  g_free (wish);
}

static void
run_free (gpointer data)
{
  Run *run = data;

  g_object_unref (run->http);
  g_ptr_array_unref (run->articles);
  g_ptr_array_unref (run->wishes);
  g_free (run);
}

static void
keep (Run *run, RpArticle *article, RpMedia *picture, GBytes *bytes)
{
  static const char *const taken[] = {"image/jpeg", "image/png",  "image/gif",
                                      "image/webp", "image/avif", NULL};
  const char *type = rp_picture_sniff (bytes);
  g_autofree char *hash = NULL;

  if (type == NULL || !g_strv_contains (taken, type)) {
    rp_media_set_bytes (picture, NULL);
    rp_article_add_warning (
      article, "image.unreadable",
      _ ("%s is not a picture that partners take. Save it as JPEG, PNG or WebP and drop that."),
      rp_media_get (picture, RP_MEDIA_URL));
    return;
  }
  hash = rp_text_sha256 (bytes);
  rp_media_set_bytes (picture, bytes);
  rp_media_set (picture, RP_MEDIA_SHA256, hash);
  rp_media_set (picture, RP_MEDIA_MIME_TYPE, type);
  rp_picture_read (bytes, picture);
  run->bytes += g_bytes_get_size (bytes);
}

/* A picture that came inside the document, as a data: address (RFC 2397, base64 only). */
static GBytes *
dup_inline (const char *url)
{
  const char *data =
    url != NULL && g_str_has_prefix (url, "data:image/") ? strstr (url, ";base64,") : NULL;
  guchar *decoded;
  gsize size;

  if (data == NULL)
    return NULL;
  decoded = g_base64_decode (data + strlen (";base64,"), &size);

  return g_bytes_new_take (decoded, size);
}

static void
look_at (Run *run, RpArticle *article, RpMedia *picture)
{
  const char *url = rp_media_get (picture, RP_MEDIA_URL);
  g_autoptr (GBytes) bytes = rp_media_get_bytes (picture) != NULL
                               ? g_bytes_ref (rp_media_get_bytes (picture))
                               : dup_inline (url);

  if (bytes != NULL) {
    keep (run, article, picture, bytes);
  } else if (rp_text_is_web_url (url)) {
    Wish *wish = g_new0 (Wish, 1);

    wish->article = article;
    wish->picture = g_object_ref (picture);
    g_ptr_array_add (run->wishes, wish);
  }
}

static void
look_at_all (Run *run)
{
  for (guint i = 0; i < run->articles->len; i++) {
    RpArticle *article = g_ptr_array_index (run->articles, i);
    GPtrArray *media = rp_article_get_media (article);

    for (guint k = 0; k < MIN (media->len, MAX_PICTURES); k++)
      look_at (run, article, g_ptr_array_index (media, k));
    if (media->len > MAX_PICTURES)
      rp_article_add_warning (article, "image.many",
                              _ ("The article has %u pictures; the first %d were kept."),
                              media->len, MAX_PICTURES);
  }
}

static void
warn_of_rest (Run *run)
{
  for (guint i = run->next; i < run->wishes->len; i++) {
    const Wish *wish = g_ptr_array_index (run->wishes, i);

    rp_article_add_warning (wish->article, "image.skipped",
                            _ ("%s was not fetched: there were too many large pictures at once. "
                               "Import the article alone."),
                            rp_media_get (wish->picture, RP_MEDIA_URL));
  }
}

static void
fetch_more (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  gboolean stopped = g_cancellable_is_cancelled (g_task_get_cancellable (task));

  while (!stopped && run->active < MAX_CONNECTIONS && run->next < run->wishes->len &&
         run->bytes < MAX_BYTES) {
    Trip *trip = g_new0 (Trip, 1);

    trip->task = g_object_ref (task);
    trip->wish = g_ptr_array_index (run->wishes, run->next++);
    run->active++;
    rp_intake_fetch_async (run->http, rp_media_get (trip->wish->picture, RP_MEDIA_URL),
                           PICTURE_LIMIT, g_task_get_cancellable (task), fetched_cb, trip);
  }
  if (run->active > 0)
    return;
  if (!stopped)
    warn_of_rest (run);
  g_task_return_boolean (task, TRUE);
}

/* A picture that cannot be had is a remark, not a failure: the article is there all the same. */
static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Trip *trip = user_data;
  g_autoptr (GTask) task = trip->task;
  Run *run = g_task_get_task_data (task);
  Wish *wish = trip->wish;
  g_autoptr (GError) error = NULL;
  g_autoptr (RpSource) fetched = rp_intake_fetch_finish (RP_HTTP (source), result, &error);

  g_free (trip);
  run->active--;
  if (fetched != NULL)
    keep (run, wish->article, wish->picture, fetched->bytes);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rp_article_add_warning (wish->article, "image.unreachable", "%s", error->message);
  fetch_more (task);
}

void
rp_intake_pictures_async (RpHttp *http,
                          GPtrArray *articles,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (http, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);

  g_task_set_source_tag (task, rp_intake_pictures_async);
  g_task_set_check_cancellable (task, FALSE);
  run->http = g_object_ref (http);
  run->articles = g_ptr_array_ref (articles);
  run->wishes = g_ptr_array_new_with_free_func (wish_free);
  g_task_set_task_data (task, run, run_free);
  look_at_all (run);
  fetch_more (task);
}

void
rp_intake_pictures_finish (RpHttp *http, GAsyncResult *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}
