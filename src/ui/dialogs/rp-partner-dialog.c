#include "rp-partner-dialog.h"

#include <glib/gi18n-lib.h>

#include "rp-ask.h"
#include "rp-dispatch.h"
#include "rp-help.h"
#include "rp-json.h"
#include "rp-names.h"
#include "rp-partner-about.h"
#include "rp-partner-finder.h"
#include "rp-setting-row.h"
#include "rp-text.h"

struct _RpPartnerDialog {
  AdwWindow parent_instance;

  GtkWidget *save;
  RpPartnerFinder *finder;
  AdwComboRow *kind;
  AdwExpanderRow *notes;
  GtkWidget *notes_group;
  GtkEditable *name;
  AdwPreferencesGroup *settings;
  AdwActionRow *result;
  GtkImage *result_sign;
  GtkSpinner *spinner;
  GtkWidget *test;
  AdwComboRow *ads;
  GtkEditable *territories;
  GtkSwitch *truths[RP_PARTNER_N_TRUTHS];
  GtkSwitch *channels[RP_PARTNER_N_CHANNELS];
  GtkWidget *can_canonical_row;
  GtkWidget *can_unpublish_row;
  GtkWidget *remove_group;

  RpWorkspace *workspace;    /* owned */
  RpPartner *before;         /* owned: as it is kept, NULL = a new one */
  RpPartner *partner;        /* owned: being tested or saved */
  GPtrArray *kinds;          /* owned, of RpPartnerKind */
  GPtrArray *rows;           /* owned, of GtkWidget: one per setting */
  GPtrArray *note_rows;      /* owned, of GtkWidget: one per note */
  JsonObject *found;         /* owned: settings that were found out, NULL = none */
  JsonObject *learned;       /* owned: by a test, NULL = nothing */
  GCancellable *cancellable; /* owned */
  char *id;                  /* owned, NULL until it is needed */
  guint next_secret;         /* the row whose secret is stored next */
  gboolean plain_agreed;     /* sending in the clear was agreed to */
  void (*then) (RpPartnerDialog *self);
};

G_DEFINE_FINAL_TYPE (RpPartnerDialog, rp_partner_dialog, ADW_TYPE_WINDOW)

static void store_next_secret (RpPartnerDialog *self);
static void prepare (RpPartnerDialog *self, void (*then) (RpPartnerDialog *self));
static void draw_settings (RpPartnerDialog *self);

/* ---- what the form says ---- */

static const RpPartnerKind *
get_kind (RpPartnerDialog *self)
{
  return g_ptr_array_index (self->kinds, adw_combo_row_get_selected (self->kind));
}

/* The first address names the site when nobody has named it. */
static char *
dup_name (RpPartnerDialog *self)
{
  g_autofree char *name = rp_text_clean (gtk_editable_get_text (self->name));

  for (guint i = 0; name == NULL && i < self->rows->len; i++) {
    GtkWidget *row = g_ptr_array_index (self->rows, i);
    g_autofree char *value = rp_setting_row_dup_value (row);

    if (rp_setting_row_get_setting (row)->address && value != NULL)
      name = rp_text_host (value);
  }

  return g_steal_pointer (&name);
}

/* An id that no other partner has. It stays when the name changes: receipts refer to it. */
static void
make_id (RpPartnerDialog *self, const char *name)
{
  g_autofree char *slug = rp_text_slug (name, 40);

  if (self->id != NULL)
    return;
  self->id = g_strdup (slug);
  for (guint i = 2; rp_workspace_find_partner (self->workspace, self->id) != NULL; i++) {
    g_free (self->id);
    self->id = g_strdup_printf ("%s-%u", slug, i);
  }
}

static void
read_settings (RpPartnerDialog *self, RpPartner *partner)
{
  for (guint i = 0; i < self->rows->len; i++) {
    GtkWidget *row = g_ptr_array_index (self->rows, i);
    const RpPartnerSetting *setting = rp_setting_row_get_setting (row);
    g_autofree char *value = rp_setting_row_dup_value (row);

    if (!setting->secret)
      rp_partner_set_setting (partner, setting->key, value);
    else if (value != NULL)
      rp_secrets_remember (rp_workspace_get_secrets (self->workspace), self->id, setting->key,
                           value);
  }
}

static void
read_about (RpPartnerDialog *self, RpPartner *partner)
{
  g_auto (RpPartnerAbout) about = {0};

  for (guint i = 0; i < RP_PARTNER_N_TRUTHS; i++)
    about.truths[i] = gtk_switch_get_active (self->truths[i]);
  for (guint i = 0; i < RP_PARTNER_N_CHANNELS; i++)
    about.channels[i] = gtk_switch_get_active (self->channels[i]);
  about.ads = adw_combo_row_get_selected (self->ads);
  about.territories = g_strdup (gtk_editable_get_text (self->territories));
  rp_partner_about_write (&about, partner);
}

static RpPartner *
copy_partner (RpPartner *partner)
{
  g_autoptr (JsonObject) object = rp_partner_to_json (partner);

  return rp_partner_from_json (object, NULL);
}

static RpPartner *
make_partner (RpPartnerDialog *self)
{
  g_autofree char *name = dup_name (self);
  RpPartner *partner;

  make_id (self, name != NULL ? name : get_kind (self)->title);
  partner = self->before != NULL
              ? copy_partner (self->before)
              : rp_partner_new (self->id, name != NULL ? name : "", get_kind (self)->id);
  if (name != NULL)
    rp_partner_set_name (partner, name);
  read_settings (self, partner);
  if (self->plain_agreed)
    rp_partner_set_setting (partner, "plain_http", "allowed");
  read_about (self, partner);

  return partner;
}

/* ---- saying how it went ---- */

static void
show_result (RpPartnerDialog *self, const char *title, const char *words, const char *style)
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
  show_result (self, title, error->message, "error");
  gtk_widget_grab_focus (self->test);

  return TRUE;
}

/* ---- before anything is sent: is it complete, is it safe ---- */

static gboolean
is_in_the_clear (RpPartnerDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++) {
    GtkWidget *row = g_ptr_array_index (self->rows, i);
    g_autofree char *value = rp_setting_row_dup_value (row);

    if (rp_setting_row_get_setting (row)->address && rp_text_is_web_url (value) &&
        g_ascii_strncasecmp (value, "http:", 5) == 0 && !rp_text_is_loopback (value))
      return TRUE;
  }

  return FALSE;
}

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
  if (is_in_the_clear (self) && !self->plain_agreed) {
    ask_plain (self);
    return;
  }
  partner = make_partner (self);
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
  draw_settings (self);
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
  show_result (self, _ ("The Connection Works"),
               *words != '\0' ? words : _ ("The partner answers as it should."), "success");
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

/* ---- drawing the form ---- */

/* By key, as they stand in the form. Gives. */
static GHashTable *
collect_typed (RpPartnerDialog *self)
{
  GHashTable *typed = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; i < self->rows->len; i++) {
    char *value = rp_setting_row_dup_value (self->rows->pdata[i]);

    if (value != NULL)
      g_hash_table_insert (typed, (gpointer) rp_setting_row_get_setting (self->rows->pdata[i])->key,
                           value);
  }

  return typed;
}

static const char *
find_value (RpPartnerDialog *self, GHashTable *typed, const char *key)
{
  const char *value = self->found != NULL ? rp_json_get_string (self->found, key) : NULL;

  if (value == NULL)
    value = g_hash_table_lookup (typed, key);
  if (value == NULL && self->before != NULL)
    value = rp_partner_get_setting (self->before, key);

  return value;
}

/* The page where the password or key is made, at the address that the form names. */
static void
open_cb (GtkButton *button, gpointer user_data)
{
  RpPartnerDialog *self = user_data;
  const RpPartnerSetting *setting = g_object_get_data (G_OBJECT (button), "rp-setting");
  g_autoptr (GHashTable) typed = collect_typed (self);
  const char *base = g_hash_table_lookup (typed, "url");
  g_autofree char *folder =
    base != NULL && !g_str_has_suffix (base, "/") ? g_strconcat (base, "/", NULL) : g_strdup (base);
  g_autofree char *url = folder != NULL ? rp_text_resolve_url (folder, setting->made_at) : NULL;

  if (url != NULL)
    gtk_show_uri (GTK_WINDOW (self), url, GDK_CURRENT_TIME);
  else
    show_result (self, _ ("Something Is Missing"), _ ("The address of the site is not known yet."),
                 "error");
}

static void
add_link (RpPartnerDialog *self, GtkWidget *row, const RpPartnerSetting *setting)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("web-browser-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Open the Page Where It Is Made"));
  g_object_set_data (G_OBJECT (button), "rp-setting", (gpointer) setting);
  g_signal_connect (button, "clicked", G_CALLBACK (open_cb), self);
  rp_setting_row_add_link (row, button);
}

static void
draw_notes (RpPartnerDialog *self, const RpPartnerKind *kind)
{
  for (guint i = 0; i < self->note_rows->len; i++)
    adw_expander_row_remove (self->notes, self->note_rows->pdata[i]);
  g_ptr_array_set_size (self->note_rows, 0);
  for (guint i = 0; kind->notes != NULL && kind->notes[i] != NULL; i++) {
    GtkWidget *row = adw_action_row_new ();

    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (kind->notes[i]));
    adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
    adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
    adw_expander_row_add_row (self->notes, row);
    g_ptr_array_add (self->note_rows, row);
  }
  gtk_widget_set_visible (self->notes_group, self->note_rows->len > 0);
}

static void
draw_settings (RpPartnerDialog *self)
{
  const RpPartnerKind *kind = get_kind (self);
  g_autoptr (GHashTable) typed = collect_typed (self);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->settings, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < kind->settings->len; i++) {
    const RpPartnerSetting *setting = &g_array_index (kind->settings, RpPartnerSetting, i);
    GtkWidget *row = rp_setting_row_new (setting, find_value (self, typed, setting->key),
                                         self->before != NULL, self->learned);

    if (setting->made_at != NULL)
      add_link (self, row, setting);
    adw_preferences_group_add (self->settings, row);
    g_ptr_array_add (self->rows, row);
  }
  draw_notes (self, kind);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->kind), kind->summary);
  gtk_widget_set_visible (self->can_canonical_row, !kind->can_canonical);
  gtk_widget_set_visible (self->can_unpublish_row, kind->can_withdraw);
}

static void
kind_cb (RpPartnerDialog *self)
{
  if (self->kinds != NULL && self->rows != NULL &&
      adw_combo_row_get_selected (self->kind) < self->kinds->len)
    draw_settings (self);
}

/* What was found fills the form; the first thing that is missing is asked for. */
static void
found_cb (RpPartnerDialog *self, const RpDiscovery *discovery)
{
  g_clear_pointer (&self->found, json_object_unref);
  self->found = json_object_ref (discovery->settings);
  for (guint i = 0; i < self->kinds->len; i++)
    if (g_strcmp0 (((RpPartnerKind *) self->kinds->pdata[i])->id, discovery->connector) == 0)
      adw_combo_row_set_selected (self->kind, i);
  draw_settings (self);
  g_clear_pointer (&self->found, json_object_unref);
  if (discovery->site != NULL && *gtk_editable_get_text (self->name) == '\0')
    gtk_editable_set_text (self->name, discovery->site);
  for (guint i = 0; i < self->rows->len; i++)
    if (rp_setting_row_get_setting (self->rows->pdata[i])->required &&
        rp_setting_row_is_empty (self->rows->pdata[i])) {
      gtk_widget_grab_focus (self->rows->pdata[i]);
      return;
    }
}

static void
fill_kinds (RpPartnerDialog *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; i < self->kinds->len; i++) {
    const RpPartnerKind *kind = g_ptr_array_index (self->kinds, i);

    gtk_string_list_append (titles, kind->title);
    if (self->before != NULL && g_strcmp0 (kind->id, rp_partner_get_connector (self->before)) == 0)
      selected = i;
  }
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (titles));
  adw_combo_row_set_selected (self->kind, selected);
  gtk_widget_set_sensitive (GTK_WIDGET (self->kind), self->before == NULL);
}

static void
fill_about (RpPartnerDialog *self)
{
  g_autoptr (RpPartner) empty = rp_partner_new ("", "", "");
  g_auto (RpPartnerAbout) about = {0};

  rp_partner_about_read (&about, self->before != NULL ? self->before : empty);
  for (guint i = 0; i < RP_PARTNER_N_TRUTHS; i++)
    gtk_switch_set_active (self->truths[i], about.truths[i]);
  for (guint i = 0; i < RP_PARTNER_N_CHANNELS; i++)
    gtk_switch_set_active (self->channels[i], about.channels[i]);
  adw_combo_row_set_selected (self->ads, about.ads);
  gtk_editable_set_text (self->territories, about.territories);
}

static void
fill (RpPartnerDialog *self)
{
  fill_kinds (self);
  draw_settings (self);
  fill_about (self);
  if (self->before == NULL)
    return;
  self->plain_agreed = rp_partner_get_may_be_plain (self->before);
  gtk_widget_set_visible (GTK_WIDGET (self->finder), FALSE);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Edit Partner"));
  gtk_editable_set_text (self->name, rp_partner_get_name (self->before));
  gtk_widget_set_visible (self->remove_group, TRUE);
  if (rp_partner_get_message (self->before) != NULL)
    show_result (self, _ ("It Needs You"), rp_partner_get_message (self->before), "error");
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
  gtk_widget_class_bind_template_callback (widget_class, found_cb);
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
