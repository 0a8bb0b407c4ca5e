#include "rp-sender-news.h"

struct _RpSenderPost {
  GMainContext *home;    /* owned: where notes go */
  RpSenderNotify notify; /* NULL once nobody listens; used on the home context only */
  gpointer user_data;
};

typedef struct {
  RpSenderPost *post; /* owned, counted: outlives the sender while the note is on its way */
  RpSenderNews news;  /* its strings are owned */
} Note;

RpSenderPost *
rp_sender_post_new (RpSenderNotify notify, gpointer user_data)
{
  RpSenderPost *post = g_atomic_rc_box_new0 (RpSenderPost);

  post->home = g_main_context_ref_thread_default ();
  post->notify = notify;
  post->user_data = user_data;

  return post;
}

RpSenderPost *
rp_sender_post_ref (RpSenderPost *post)
{
  return g_atomic_rc_box_acquire (post);
}

static void
clear_post (gpointer data)
{
  g_main_context_unref (((RpSenderPost *) data)->home);
}

void
rp_sender_post_unref (RpSenderPost *post)
{
  g_atomic_rc_box_release_full (post, clear_post);
}

static gboolean
note_cb (gpointer user_data)
{
  Note *note = user_data;

  if (note->post->notify != NULL)
    note->post->notify (&note->news, note->post->user_data);

  return G_SOURCE_REMOVE;
}

static void
note_free (gpointer data)
{
  Note *note = data;

  rp_sender_post_unref (note->post);
  g_free ((char *) note->news.article_id);
  g_free ((char *) note->news.delivery_id);
  g_free (note);
}

void
rp_sender_post_tell (RpSenderPost *post, const RpSenderNews *news)
{
  Note *note = g_new0 (Note, 1);

  note->post = rp_sender_post_ref (post);
  note->news = *news;
  note->news.article_id = g_strdup (news->article_id);
  note->news.delivery_id = g_strdup (news->delivery_id);
  g_main_context_invoke_full (post->home, G_PRIORITY_DEFAULT, note_cb, note, note_free);
}

void
rp_sender_post_end (RpSenderPost *post)
{
  post->notify = NULL;
}
