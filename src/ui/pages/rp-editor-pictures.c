/* What a draft says of the pictures in the text. */
#include <string.h>

#include "rp-editor-private.h"
#include "rp-picture-order.h"

void
rp_editor_note_pictures (RpEditor *self, RpDraft *draft)
{
  GHashTableIter iter;
  gpointer url, media;

  g_hash_table_iter_init (&iter, self->pictures);
  while (g_hash_table_iter_next (&iter, &url, &media)) {
    const char *sha256 = rp_media_get (media, RP_MEDIA_SHA256);
    gboolean shown =
      sha256 != NULL && draft->body_html != NULL && strstr (draft->body_html, sha256) != NULL;

    if ((shown && rp_article_find_media (self->article, url) == NULL) ||
        g_object_steal_data (media, "new-words") != NULL)
      rp_draft_take_picture (draft, g_object_ref (media));
  }
}

static GPtrArray *
list_media (RpEditor *self, RpDraft *draft)
{
  GPtrArray *known = rp_article_get_media (self->article);
  GPtrArray *media = g_ptr_array_new ();

  for (guint i = 0; i < known->len; i++)
    g_ptr_array_add (media, known->pdata[i]);
  for (guint i = 0; draft->pictures != NULL && i < draft->pictures->len; i++)
    if (rp_article_find_media (self->article,
                               rp_media_get (draft->pictures->pdata[i], RP_MEDIA_URL)) == NULL)
      g_ptr_array_add (media, draft->pictures->pdata[i]);

  return media;
}

void
rp_editor_sort_pictures (RpEditor *self, RpDraft *draft)
{
  const RpDraft *now = rp_undo_get_now (self->undo);
  g_autoptr (GPtrArray) media = list_media (self, draft);
  g_auto (GStrv) before = NULL, after = NULL, all = NULL, list = NULL;

  if (now == NULL || draft->body_html == NULL || media->len < 2)
    return;
  before = rp_picture_order_read (now->body_html, media);
  after = rp_picture_order_read (draft->body_html, media);
  if (g_strv_equal ((const char *const *) before, (const char *const *) after))
    return;
  all = rp_picture_order_list (media);
  list = rp_picture_order_follow ((const char *const *) all, (const char *const *) now->order);
  draft->order = rp_picture_order_follow ((const char *const *) list, (const char *const *) after);
}
