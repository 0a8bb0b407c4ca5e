#include "rp-partner-dialog-private.h"

#include <glib/gi18n-lib.h>

#include "rp-ask.h"
#include "rp-help.h"
#include "rp-json.h"
#include "rp-names.h"
#include "rp-setting-row.h"

G_DEFINE_FINAL_TYPE (RpPartnerDialog, rp_partner_dialog, ADW_TYPE_WINDOW)

static void store_next_secret (RpPartnerDialog *self);
static void prepare (RpPartnerDialog *self, void (*then) (RpPartnerDialog *self));

/* ---- saying how it went ---- */

void
rp_partner_dialog_show_result (RpPartnerDialog *self,
                               const char *title,
                               const char *words,
                               const char *style)
{
  g_autofree char *escaped = g_markup_escape_text (words, -1);
  gboolean good = g_str_equal (style, "success");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->result), title);
  adw_action_row_set_subtitle (self->result, escaped);
  gtk_widget_remove_css_class (GTK_WIDGET (self->result_sign), good ? "error" : "success");
  gtk_widget_add_css_class (GTK_WIDGET (self->result_sign), style);
  gtk_image_set_from_icon_name (self->result_sign,
                                good ? "object-select-symbolic" : "dialog-warning-symbolic");
}

static void
set_busy (RpPartnerDialog *self, gboolean busy)
{
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_sensitive (self->test, !busy);
  gtk_widget_set_sensitive (self->save, !busy);
}

/* FALSE when it was cancelled: then the dialog is gone. */
static gboolean
show_failure (RpPartnerDialog *self, const char *title, GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  set_busy (self, FALSE);
  rp_partner_dialog_show_result (self, title, error->message, "error");
  gtk_widget_grab_focus (self->test);

  return TRUE;
}

/* ---- before anything is sent: is it complete, is it safe ---- */

static void
plain_agreed_cb (gpointer owner)
{
  RpPartnerDialog *self = owner;

  self->plain_agreed = TRUE;
  prepare (self, self->then);
}

static void
ask_plain (RpPartnerDialog *self)
{
  const RpQuestion question = {
    .heading = _ ("Send without encryption?"),
    .body = _ ("The address begins with http://, so passwords and articles can be read by anybody "
               "on the way. Use https:// if the site has it."),
    .accept = _ ("_Send Anyway"),
    .destructive = TRUE,
  };

  rp_ask (GTK_WINDOW (self), &question, plain_agreed_cb, G_OBJECT (self));
}

static void
prepare (RpPartnerDialog *self, void (*then) (RpPartnerDialog *self))
{
  g_autoptr (RpPartner) partner = NULL;
  g_autoptr (GError) error = NULL;

  self->then = then;
  if (rp_partner_dialog_is_in_the_clear (self) && !self->plain_agreed) {
    ask_plain (self);
    return;
  }
  partner = rp_partner_dialog_make_partner (self);
  if (!rp_dispatch_check_partner (partner, &error)) {
    show_failure (self, _ ("Something Is Missing"), error);
    return;
  }
  g_set_object (&self->partner, partner);
  then (self);
}

/* ---- testing ---- */

/* What the site has can be chosen now; what was typed stays. */
static void
learn (RpPartnerDialog *self)
{
  JsonObject *learned = rp_partner_get_learned (self->partner);

  if (learned == NULL)
    return;
  g_clear_pointer (&self->learned, json_object_unref);
  self->learned = rp_json_object_copy (learned);
  rp_partner_dialog_draw_settings (self);
}

static void
tested_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpPartnerDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = rp_dispatch_test_finish (self->workspace, result, &error);

  if (words == NULL) {
    show_failure (self, _ ("The Test Has Failed"), error);
    return;
  }
  set_busy (self, FALSE);
  rp_partner_dialog_show_result (self, _ ("The Connection Works"),
                                 *words != '\0' ? words : _ ("The partner answers as it should."),
                                 "success");
  learn (self);
}

static void
start_test (RpPartnerDialog *self)
{
  set_busy (self, TRUE);
  rp_dispatch_test_async (self->workspace, self->partner, self->cancellable, tested_cb,
                          g_object_ref (self));
}

static void
test_cb (RpPartnerDialog *self)
{
  prepare (self, start_test);
}

/* ---- saving: secrets first, so that a partner is never without them ---- */

static void
partner_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpPartnerDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!rp_workspace_save_partner_finish (RP_WORKSPACE (source), result, &error))
    show_failure (self, _ ("The Partner Was Not Saved"), error);
  else
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
secret_stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpPartnerDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!rp_secrets_store_finish (RP_SECRETS (source), result, &error))
    show_failure (self, _ ("The Password Was Not Saved"), error);
  else
    store_next_secret (self);
}

static void
store_next_secret (RpPartnerDialog *self)
{
  while (self->next_secret < self->rows->len) {
    GtkWidget *row = g_ptr_array_index (self->rows, self->next_secret++);
    const RpPartnerSetting *setting = rp_setting_row_get_setting (row);
    g_autofree char *value = rp_setting_row_dup_value (row);

    if (!setting->secret || value == NULL)
      continue;
    rp_secrets_store_async (rp_workspace_get_secrets (self->workspace), self->id,
                            rp_partner_get_name (self->partner), setting->key, value,
                            self->cancellable, secret_stored_cb, g_object_ref (self));
    return;
  }
  rp_workspace_save_partner_async (self->workspace, self->partner, self->cancellable,
                                   partner_saved_cb, g_object_ref (self));
}

static void
start_save (RpPartnerDialog *self)
{
  set_busy (self, TRUE);
  self->next_secret = 0;
  store_next_secret (self);
}

static void
save_cb (RpPartnerDialog *self)
{
  prepare (self, start_save);
}

/* ---- removing ---- */

static void
secrets_cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpPartnerDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (!rp_secrets_clear_finish (RP_SECRETS (source), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rp_tell (parent, _ ("A password may remain in the keyring"), error->message);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpPartnerDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!rp_workspace_remove_partner_finish (RP_WORKSPACE (source), result, &error))
    show_failure (self, _ ("The Partner Was Not Removed"), error);
  else
    rp_secrets_clear_async (rp_workspace_get_secrets (self->workspace), self->id, self->cancellable,
                            secrets_cleared_cb, g_object_ref (self));
}

static void
remove_agreed_cb (gpointer owner)
{
  RpPartnerDialog *self = owner;

  set_busy (self, TRUE);
  rp_workspace_remove_partner_async (self->workspace, self->id, self->cancellable, removed_cb,
                                     g_object_ref (self));
}

static void
remove_cb (RpPartnerDialog *self)
{
  g_autofree char *heading = g_strdup_printf (_ ("Remove %s?"), rp_partner_get_name (self->before));
  const RpQuestion question = {
    .heading = heading,
    .body = _ ("What was published there stays there, and in the history. Reprint can then no "
               "longer update or withdraw it. The password is removed from the keyring."),
    .accept = _ ("_Remove"),
    .destructive = TRUE,
  };

  rp_ask (GTK_WINDOW (self), &question, remove_agreed_cb, G_OBJECT (self));
}

static void
kind_cb (RpPartnerDialog *self)
{
  if (self->kinds != NULL && self->rows != NULL &&
      adw_combo_row_get_selected (self->kind) < self->kinds->len)
    rp_partner_dialog_draw_settings (self);
}

static void
fill (RpPartnerDialog *self)
{
  rp_partner_dialog_fill_form (self);
  if (self->before == NULL)
    return;
  self->plain_agreed = rp_partner_get_may_be_plain (self->before);
  gtk_widget_set_visible (GTK_WIDGET (self->finder), FALSE);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Edit Partner"));
  gtk_editable_set_text (self->name, rp_partner_get_name (self->before));
  gtk_widget_set_visible (self->remove_group, TRUE);
  if (rp_partner_get_message (self->before) != NULL)
    rp_partner_dialog_show_result (self, _ ("It Needs You"), rp_partner_get_message (self->before),
                                   "error");
}

/* ---- the object ---- */

static void
rp_partner_dialog_dispose (GObject *object)
{
  RpPartnerDialog *self = RP_PARTNER_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->note_rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_PARTNER_DIALOG);
  G_OBJECT_CLASS (rp_partner_dialog_parent_class)->dispose (object);
}

static void
rp_partner_dialog_finalize (GObject *object)
{
  RpPartnerDialog *self = RP_PARTNER_DIALOG (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->before);
  g_clear_object (&self->partner);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->found, json_object_unref);
  g_clear_pointer (&self->learned, json_object_unref);
  g_clear_pointer (&self->kinds, g_ptr_array_unref);
  g_free (self->id);
  G_OBJECT_CLASS (rp_partner_dialog_parent_class)->finalize (object);
}

static void
bind_switches (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < RP_PARTNER_N_TRUTHS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, rp_partner_truths[i].name, FALSE,
                                               G_STRUCT_OFFSET (RpPartnerDialog, truths) +
                                                 (gssize) (i * sizeof (gpointer)));
  for (guint i = 0; i < RP_PARTNER_N_CHANNELS; i++) {
    g_autofree char *name = g_strconcat ("channel_", rp_partner_channels[i], NULL);

    gtk_widget_class_bind_template_child_full (widget_class, g_intern_string (name), FALSE,
                                               G_STRUCT_OFFSET (RpPartnerDialog, channels) +
                                                 (gssize) (i * sizeof (gpointer)));
  }
}

static void
rp_partner_dialog_class_init (RpPartnerDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_partner_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_partner_dialog_finalize;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/dialogs/rp-partner-dialog.ui");
  bind_switches (widget_class);
  gtk_widget_class_bind_template_child (widget_class, RpPartnerDialog, save);
  gtk_widget_class_bind_template_child (widget_class, RpPartnerDialog, finder);
  gtk_widget_class_bind_template_child (widget_class, RpPartnerDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, RpPartnerDialog, notes);
  gtk_widget_class_bind_template_child (widget_class, RpPartnerDialog, notes_group);
  gtk_widget_class_bind_template_child (widget_class, RpPartnerDialog, name);
  gtk_widget_class_bind_template_child (widget_class, RpPartnerDialog, settings);
  gtk_widget_class_bind_template_child (widget_class, RpPartnerDialog, result);
  gtk_widget_class_bind_template_child (widget_class, RpPartnerDialog, result_sign);
  gtk_widget_class_bind_template_child (widget_class, RpPartnerDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, RpPartnerDialog, test);
  gtk_widget_class_bind_template_child (widget_class, RpPartnerDialog, ads);
  gtk_widget_class_bind_template_child (widget_class, RpPartnerDialog, territories);
  gtk_widget_class_bind_template_child (widget_class, RpPartnerDialog, can_canonical_row);
  gtk_widget_class_bind_template_child (widget_class, RpPartnerDialog, can_unpublish_row);
  gtk_widget_class_bind_template_child (widget_class, RpPartnerDialog, remove_group);
  gtk_widget_class_bind_template_callback (widget_class, rp_partner_dialog_found_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_cb);
  gtk_widget_class_bind_template_callback (widget_class, test_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
rp_partner_dialog_init (RpPartnerDialog *self)
{
  self->cancellable = g_cancellable_new ();
  g_type_ensure (RP_TYPE_PARTNER_FINDER);
  gtk_widget_init_template (GTK_WIDGET (self));
  rp_help_set_page (GTK_WINDOW (self), "partners");
  rp_names_adopt (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
  self->note_rows = g_ptr_array_new ();
  self->kinds = rp_dispatch_list_kinds ();
}

void
rp_partner_dialog_present (GtkWindow *parent, RpWorkspace *workspace, RpPartner *partner)
{
  RpPartnerDialog *self = g_object_new (RP_TYPE_PARTNER_DIALOG, "transient-for", parent, NULL);

  self->workspace = g_object_ref (workspace);
  g_set_object (&self->before, partner);
  self->id = partner != NULL ? g_strdup (rp_partner_get_id (partner)) : NULL;
  self->learned = partner != NULL && rp_partner_get_learned (partner) != NULL
                    ? rp_json_object_copy (rp_partner_get_learned (partner))
                    : NULL;
  rp_partner_finder_set_workspace (self->finder, workspace);
  fill (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (partner == NULL ? GTK_WIDGET (self->finder) : GTK_WIDGET (self->name));
}
