/* What comes into the text from elsewhere: pastes, cleaned like an import, and pictures. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-adopt.h"
#include "rp-editor-private.h"
#include "rp-figure-dialog.h"
#include "rp-html.h"
#include "rp-json.h"
#include "rp-pick.h"
#include "rp-picture-transfer.h"
#include "rp-text.h"
#include "rp-toast.h"

#define SCHEME "reprint-media:"

/* ---- text ---- */

/* Plain text: a blank line is a new paragraph. */
static char *
dup_paragraphs (const char *text)
{
  g_autofree char *escaped = rp_text_escape (text);
  g_auto (GStrv) parts = g_regex_split_simple ("\\r?\\n\\s*\\n", escaped, 0, 0);
  g_autofree char *joined = g_strjoinv ("</p><p>", parts);

  return parts[0] != NULL && parts[1] != NULL ? g_strdup_printf ("<p>%s</p>", joined)
                                              : g_strdup (joined);
}

void
rp_editor_insert_paste (RpEditor *self, JsonObject *message)
{
  const char *html = rp_json_get_string (message, "html");
  const char *text = rp_json_get_string (message, "text");
  g_autofree char *cleaned = !rp_text_is_empty (html) ? rp_html_clean (html, NULL)
                             : text != NULL           ? dup_paragraphs (text)
                                                      : NULL;

  if (!rp_text_is_empty (cleaned))
    rp_editor_run_command (self, "InsertHTML", cleaned);
}

static void
text_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpEditor) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autofree char *cleaned = text != NULL ? dup_paragraphs (text) : NULL;

  if (self->view == NULL || rp_text_is_empty (cleaned))
    return;
  if (self->in_text)
    rp_editor_run_command (self, "InsertHTML", cleaned);
  else
    rp_editor_run_command (self, "InsertText", text);
}

void
rp_editor_paste_plain (RpEditor *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));

  gdk_clipboard_read_text_async (clipboard, self->cancellable, text_read_cb, g_object_ref (self));
}

/* ---- pictures ---- */

typedef struct {
  RpEditor *editor;    /* owned */
  char *article_id;    /* owned: the article that it was dropped on */
  GPtrArray *pictures; /* owned, of RpPictureIn: still to be put in; the last one is next */
  gboolean edit;       /* there is but one: ask for its words at once */
  gboolean at_point;   /* the first one goes there, the others after it */
  double x, y;
} Order;

static void
order_free (Order *order)
{
  g_object_unref (order->editor);
  g_free (order->article_id);
  g_ptr_array_unref (order->pictures);
  g_free (order);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Order, order_free)

static void put_next (Order *order);

static void
set_words (JsonObject *to, const char *name, const char *words)
{
  json_object_set_string_member (to, name, words != NULL ? words : "");
}

static void
put_in (RpEditor *self, Order *order, RpMedia *media)
{
  JsonObject *what = json_object_new ();
  g_autofree char *src = g_strconcat (SCHEME, rp_media_get (media, RP_MEDIA_SHA256), NULL);

  g_hash_table_replace (self->pictures, g_strdup (rp_media_get (media, RP_MEDIA_URL)),
                        g_object_ref (media));
  json_object_set_string_member (what, "src", src);
  set_words (what, "alt", rp_media_get (media, RP_MEDIA_ALT));
  set_words (what, "caption", rp_media_get (media, RP_MEDIA_CAPTION));
  if (order->at_point) {
    JsonObject *point = json_object_new ();

    json_object_set_double_member (point, "x", order->x);
    json_object_set_double_member (point, "y", order->y);
    json_object_set_object_member (what, "point", point);
    order->at_point = FALSE;
  }
  json_object_set_boolean_member (what, "edit", order->edit);
  rp_editor_ask (self, "insertPicture", what);
}

/* Meanwhile another article may be on the screen, or this one have been locked. */
static gboolean
is_still_meant (RpEditor *self, Order *order)
{
  return self->view != NULL && self->article != NULL && self->can_edit &&
         !rp_editor_get_show_source (self) &&
         g_strcmp0 (rp_article_get (self->article, RP_ARTICLE_ID), order->article_id) == 0;
}

static void
adopted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Order) order = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RpMedia) media = rp_adopt_picture_finish (RP_WORKSPACE (source), result, &error);
  RpEditor *self = order->editor;

  if (media == NULL) {
    if (self->view != NULL)
      rp_toast_show_error (GTK_WIDGET (self), error);
    return;
  }
  if (!is_still_meant (self, order))
    return;
  put_in (self, order, media);
  put_next (g_steal_pointer (&order));
}

static void
put_next (Order *order)
{
  g_autoptr (RpPictureIn) picture = NULL;

  if (order->pictures->len == 0) {
    order_free (order);
    return;
  }
  picture = g_ptr_array_steal_index (order->pictures, order->pictures->len - 1);
  rp_adopt_picture_async (order->editor->workspace, picture->bytes, picture->name, NULL, adopted_cb,
                          order);
}

static Order *
make_order (RpEditor *self, GPtrArray *pictures)
{
  Order *order = g_new0 (Order, 1);

  order->editor = g_object_ref (self);
  order->article_id = g_strdup (rp_article_get (self->article, RP_ARTICLE_ID));
  order->pictures = g_ptr_array_ref (pictures);
  order->edit = pictures->len == 1;

  return order;
}

gboolean
rp_editor_takes_pictures (RpEditor *self, GtkWidget *from, double x, double y)
{
  double left, top;

  g_return_val_if_fail (RP_IS_EDITOR (self), FALSE);

  return self->article != NULL && self->can_edit && self->ready && self->view != NULL &&
         !rp_editor_get_show_source (self) && gtk_widget_get_mapped (GTK_WIDGET (self->view)) &&
         gtk_widget_translate_coordinates (from, GTK_WIDGET (self->view), x, y, &left, &top) &&
         gtk_widget_contains (GTK_WIDGET (self->view), left, top);
}

void
rp_editor_put_pictures (RpEditor *self, GPtrArray *pictures, GtkWidget *from, double x, double y)
{
  Order *order;

  g_return_if_fail (RP_IS_EDITOR (self));

  if (self->article == NULL || !self->can_edit)
    return;
  order = make_order (self, pictures);
  order->at_point = from != NULL && gtk_widget_translate_coordinates (from, GTK_WIDGET (self->view),
                                                                      x, y, &order->x, &order->y);
  put_next (order);
}

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpEditor) self = user_data;
  g_autoptr (GPtrArray) pictures = rp_picture_transfer_read_finish (result, NULL);

  if (self->view == NULL)
    return;
  if (pictures != NULL && pictures->len > 0 && self->article != NULL && self->can_edit)
    put_next (make_order (self, pictures));
  else
    rp_webkit.webkit_web_view_execute_editing_command (self->view, WEBKIT_EDITING_COMMAND_PASTE);
}

/* A picture in the text, or what the page makes of it. */
void
rp_editor_paste (RpEditor *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));

  if (self->in_text && rp_picture_transfer_is_likely (gdk_clipboard_get_formats (clipboard)))
    rp_picture_transfer_read_clipboard_async (clipboard, self->cancellable, pasted_cb,
                                              g_object_ref (self));
  else
    rp_webkit.webkit_web_view_execute_editing_command (self->view, WEBKIT_EDITING_COMMAND_PASTE);
}

static void
files_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pictures = rp_picture_transfer_read_finish (result, &error);

  if (self->view == NULL || self->article == NULL)
    return;
  if (pictures != NULL && pictures->len > 0)
    put_next (make_order (self, pictures));
  else
    rp_toast_show (GTK_WIDGET (self),
                   error != NULL ? error->message : _ ("There is no picture in what was chosen."),
                   NULL);
}

static void
picked_cb (GListModel *files, gpointer owner)
{
  RpEditor *self = owner;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    g_ptr_array_add (list, g_list_model_get_item (files, i));
  rp_picture_transfer_read_files_async (list, self->cancellable, files_read_cb,
                                        g_object_ref (self));
}

void
rp_editor_choose_picture (RpEditor *self)
{
  rp_pick_files (rp_editor_get_window (self), _ ("Insert Pictures"), picked_cb, G_OBJECT (self));
}

/* ---- the words of a picture ---- */

static RpMedia *
find_by_source (RpEditor *self, const char *src)
{
  GPtrArray *known = rp_article_get_media (self->article);
  const char *sha256 = g_str_has_prefix (src, SCHEME) ? src + strlen (SCHEME) : NULL;
  g_autofree char *url = sha256 != NULL ? g_strconcat ("cid:", sha256, NULL) : NULL;

  for (guint i = 0; i < known->len; i++)
    if (g_strcmp0 (rp_media_get (known->pdata[i], RP_MEDIA_URL), src) == 0 ||
        (sha256 != NULL &&
         g_strcmp0 (rp_media_get (known->pdata[i], RP_MEDIA_SHA256), sha256) == 0))
      return known->pdata[i];

  return url != NULL ? g_hash_table_lookup (self->pictures, url) : NULL;
}

static void
words_given_cb (RpMedia *media, gpointer owner)
{
  RpEditor *self = owner;
  JsonObject *what = json_object_new ();

  g_hash_table_replace (self->pictures, g_strdup (rp_media_get (media, RP_MEDIA_URL)),
                        g_object_ref (media));
  g_object_set_data (G_OBJECT (media), "new-words", GINT_TO_POINTER (TRUE));
  json_object_set_int_member (what, "at",
                              GPOINTER_TO_INT (g_object_get_data (G_OBJECT (media), "at")));
  set_words (what, "alt", rp_media_get (media, RP_MEDIA_ALT));
  set_words (what, "caption", rp_media_get (media, RP_MEDIA_CAPTION));
  rp_editor_ask (self, "setPicture", what);
}

/* What stands in the text counts for caption and description; the credit is the picture's own. */
void
rp_editor_edit_picture (RpEditor *self, JsonObject *message)
{
  const char *src = rp_json_get_string (message, "src");
  RpMedia *known = src != NULL && self->article != NULL ? find_by_source (self, src) : NULL;
  g_autoptr (JsonObject) copy = known != NULL ? rp_media_to_json (known) : NULL;
  g_autoptr (RpMedia) media = NULL;

  if (src == NULL || !self->can_edit)
    return;
  media = copy != NULL ? rp_media_from_json (copy) : rp_media_new (src);
  rp_media_set (media, RP_MEDIA_CAPTION, rp_json_get_string (message, "caption"));
  rp_media_set (media, RP_MEDIA_ALT, rp_json_get_string (message, "alt"));
  g_object_set_data (G_OBJECT (media), "at",
                     GINT_TO_POINTER ((int) rp_json_get_int (message, "at", 0)));
  rp_figure_dialog_present (rp_editor_get_window (self), media, words_given_cb, G_OBJECT (self));
}
