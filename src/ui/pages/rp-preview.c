#include "rp-preview.h"

#include <glib/gi18n-lib.h>

#include "rp-clearance.h"
#include "rp-web-addresses.h"
#include "rp-web.h"

#define PHONE 390

struct _RpPreview {
  AdwBin parent_instance;

  GtkDropDown *partners;
  GtkToggleButton *phone;
  GtkStack *views;
  AdwClamp *slot;
  AdwStatusPage *problem;

  RpWorkspace *workspace;    /* not owned: outlives the window */
  RpArticle *article;        /* owned, NULL = none */
  GtkWidget *view;           /* owned by the slot, NULL until it is looked at */
  GCancellable *cancellable; /* owned */
};

G_DEFINE_FINAL_TYPE (RpPreview, rp_preview, ADW_TYPE_BIN)

static void
width_changed_cb (RpPreview *self)
{
  int width = gtk_toggle_button_get_active (self->phone) ? PHONE : 4000;

  adw_clamp_set_tightening_threshold (self->slot, width);
  adw_clamp_set_maximum_size (self->slot, width);
}

static void
ensure_view (RpPreview *self)
{
  if (self->view != NULL)
    return;
  self->view = rp_web_view_new (self->workspace, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Preview of the article"), -1);
  adw_clamp_set_child (self->slot, self->view);
}

static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpPreview) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = rp_clearance_render_finish (RP_WORKSPACE (source), result, &error);
  g_autofree char *text = NULL, *page = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->article == NULL)
    return;
  if (bytes == NULL) {
    adw_status_page_set_description (self->problem, error->message);
    gtk_stack_set_visible_child_name (self->views, "problem");
    return;
  }
  ensure_view (self);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  page = rp_web_localise (text, self->article);
  rp_web_view_show (self->view, page);
  gtk_stack_set_visible_child_name (self->views, "page");
}

static void
show_soon_cb (RpPreview *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->article == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  rp_clearance_render_async (self->workspace, self->article, "page", rp_preview_get_partner (self),
                             self->cancellable, rendered_cb, g_object_ref (self));
}

static void
rp_preview_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rp_preview_parent_class)->map (widget);
  show_soon_cb (RP_PREVIEW (widget));
}

static void
rp_preview_dispose (GObject *object)
{
  RpPreview *self = RP_PREVIEW (object);

  g_cancellable_cancel (self->cancellable);
  self->view = NULL;
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RP_TYPE_PREVIEW);
  g_clear_object (&self->article);
  G_OBJECT_CLASS (rp_preview_parent_class)->dispose (object);
}

static void
rp_preview_finalize (GObject *object)
{
  g_object_unref (RP_PREVIEW (object)->cancellable);
  G_OBJECT_CLASS (rp_preview_parent_class)->finalize (object);
}

static void
rp_preview_class_init (RpPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_preview_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_preview_finalize;
  widget_class->map = rp_preview_map;
  g_type_ensure (RP_TYPE_PARTNER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/pages/rp-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, RpPreview, partners);
  gtk_widget_class_bind_template_child (widget_class, RpPreview, phone);
  gtk_widget_class_bind_template_child (widget_class, RpPreview, views);
  gtk_widget_class_bind_template_child (widget_class, RpPreview, slot);
  gtk_widget_class_bind_template_child (widget_class, RpPreview, problem);
  gtk_widget_class_bind_template_callback (widget_class, show_soon_cb);
  gtk_widget_class_bind_template_callback (widget_class, width_changed_cb);
}

static void
rp_preview_init (RpPreview *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rp_preview_set_workspace (RpPreview *self, RpWorkspace *workspace)
{
  g_return_if_fail (RP_IS_PREVIEW (self));

  self->workspace = workspace;
  gtk_drop_down_set_model (self->partners, rp_workspace_get_partners (workspace));
  g_object_bind_property (rp_workspace_get_partners (workspace), "n-items", self->partners,
                          "visible", G_BINDING_SYNC_CREATE);
}

void
rp_preview_set_article (RpPreview *self, RpArticle *article)
{
  g_return_if_fail (RP_IS_PREVIEW (self));

  g_set_object (&self->article, article);
  show_soon_cb (self);
}

RpPartner *
rp_preview_get_partner (RpPreview *self)
{
  g_return_val_if_fail (RP_IS_PREVIEW (self), NULL);

  return gtk_drop_down_get_selected_item (self->partners);
}
