/* What is dropped on the window, and what becomes of it: an import, and more when it was dropped on
 * a partner or a licence. */
#include <glib/gi18n-lib.h>

#include "rp-drop.h"
#include "rp-picture-transfer.h"
#include "rp-toast.h"
#include "rp-transfer.h"
#include "rp-window-private.h"

void
rp_window_transferred_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RpIntake) intake = rp_transfer_read_finish (result, &error);

  if (GDK_IS_DROP (source))
    gdk_drop_finish (GDK_DROP (source), intake != NULL ? GDK_ACTION_COPY : 0);
  if (intake != NULL)
    g_object_set_data_full (G_OBJECT (intake), "rp-target",
                            g_strdup (g_object_get_data (source, "rp-target")), g_free);
  if (intake != NULL && self->import_bar != NULL)
    rp_import_bar_run (self->import_bar, intake);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rp_toast_show (GTK_WIDGET (self->import_bar), _ ("There is nothing that could be imported."),
                   NULL);
}

/* What was dropped on a partner goes there, what was dropped on a licence is put under it: after
 * the same checks as by hand. */
static void
do_with (RpWindow *self, const char *target, const char *const *ids)
{
  gboolean partner = g_str_has_prefix (target, "partner:");
  const char *id = strchr (target, ':') + 1;
  const char *const partners[] = {id, NULL};
  GPtrArray *all;

  if (ids[0] == NULL)
    return;
  all = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; ids[i] != NULL; i++)
    g_ptr_array_add (all, g_strdup (ids[i]));
  rp_bulk_bar_run (self->bulk_bar,
                   rp_bulk_new (self->workspace, partner ? RP_BULK_PUBLISH : RP_BULK_LICENCE, all,
                                partner ? NULL : id, partner ? partners : NULL));
}

typedef struct {
  RpWindow *window; /* owned */
  char *target;     /* owned */
  GStrv ids;        /* owned */
} Errand;

static void
errand_flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = user_data;
  RpWindow *self = errand->window;
  g_autoptr (GError) error = NULL;

  if (self->list != NULL && rp_article_page_flush_finish (self->page, result, &error))
    do_with (self, errand->target, (const char *const *) errand->ids);
  else if (self->list != NULL)
    rp_toast_show_error (GTK_WIDGET (self->list), error);
  g_free (errand->target);
  g_strfreev (errand->ids);
  g_object_unref (errand->window);
  g_free (errand);
}

/* What was typed last is part of it. */
void
rp_window_dropped_on_row_cb (RpWindow *self, const char *target, GStrv ids)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->window = g_object_ref (self);
  errand->target = g_strdup (target);
  errand->ids = g_strdupv (ids);
  rp_article_page_flush_async (self->page, errand_flushed_cb, errand);
}

void
rp_window_brought_cb (RpWindow *self, RpIntake *intake, GStrv ids)
{
  const char *target = g_object_get_data (G_OBJECT (intake), "rp-target");

  if (target != NULL)
    do_with (self, target, (const char *const *) ids);
}

static const char *
find_target (RpWindow *self, double x, double y, const char **out_name)
{
  double at_x, at_y;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self->sidebar)) ||
      !gtk_widget_translate_coordinates (self->drop_area, GTK_WIDGET (self->sidebar), x, y, &at_x,
                                         &at_y))
    return NULL;

  return rp_sidebar_find_target (self->sidebar, at_x, at_y, out_name);
}

/* The sidebar stays in sight: its rows can be aimed at. */
static void
held_cb (double x, double y, gpointer user_data)
{
  RpWindow *self = user_data;
  gboolean beside =
    gtk_widget_get_mapped (GTK_WIDGET (self->sidebar)) && !adw_leaflet_get_folded (self->inner);
  const char *name = NULL;
  const char *target = find_target (self, x, y, &name);
  g_autofree char *words = NULL;

  if (target == NULL)
    words = g_strdup (_ ("Drop to import"));
  else if (g_str_has_prefix (target, "partner:"))
    words = g_strdup_printf (_ ("Drop to publish to %s"), name);
  else
    words = g_strdup_printf (_ ("Drop to import under %s"), name);
  adw_status_page_set_title (self->drop_words, words);
  gtk_widget_set_margin_start (GTK_WIDGET (self->drop_overlay),
                               beside ? gtk_widget_get_width (GTK_WIDGET (self->sidebar)) : 0);
}

static void
import_drop (RpWindow *self, GdkDrop *drop)
{
  rp_transfer_read_drop_async (drop, self->workspace, self->cancellable, rp_window_transferred_cb,
                               g_object_ref (self));
}

typedef struct {
  RpWindow *window; /* owned */
  double x, y;
} Place;

/* Pictures alone become part of the text that they were dropped on. */
static void
pictures_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Place *place = user_data;
  g_autoptr (RpWindow) self = place->window;
  g_autoptr (GPtrArray) pictures = rp_picture_transfer_read_finish (result, NULL);

  if (self->list == NULL || pictures == NULL || pictures->len == 0) {
    import_drop (self, GDK_DROP (source));
    return;
  }
  rp_editor_put_pictures (rp_article_page_get_editor (self->page), pictures, self->drop_area,
                          place->x, place->y);
  gdk_drop_finish (GDK_DROP (source), GDK_ACTION_COPY);
}

static void
dropped_cb (GdkDrop *drop, double x, double y, gpointer user_data)
{
  RpWindow *self = user_data;
  Place *place;

  g_object_set_data_full (G_OBJECT (drop), "rp-target", g_strdup (find_target (self, x, y, NULL)),
                          g_free);
  if (!rp_picture_transfer_is_likely (gdk_drop_get_formats (drop)) ||
      !rp_editor_takes_pictures (rp_article_page_get_editor (self->page), self->drop_area, x, y)) {
    import_drop (self, drop);
    return;
  }
  place = g_new0 (Place, 1);
  place->window = g_object_ref (self);
  place->x = x;
  place->y = y;
  rp_picture_transfer_read_drop_async (drop, self->cancellable, pictures_cb, place);
}

void
rp_window_take_drops (RpWindow *self)
{
  const RpDropCallbacks callbacks = {.dropped = dropped_cb, .held = held_cb};

  rp_drop_attach (self->drop_area, self->drop_overlay, &callbacks, self);
}
