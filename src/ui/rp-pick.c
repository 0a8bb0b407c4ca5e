#include "rp-pick.h"

#include <glib/gi18n-lib.h>

typedef struct {
  GtkFileChooserNative *chooser; /* owned: it has no other owner */
  GObject *owner;                /* owned */
  RpPickCallback callback;
} Pick;

static void
pick_free (Pick *pick)
{
  g_clear_object (&pick->chooser);
  g_clear_object (&pick->owner);
  g_free (pick);
}

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Pick *pick = user_data;

  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));

    if (g_list_model_get_n_items (files) > 0)
      pick->callback (files, pick->owner);
  }
  pick_free (pick);
}

static void
present (GtkFileChooserNative *chooser, RpPickCallback callback, GObject *owner)
{
  Pick *pick = g_new0 (Pick, 1);

  pick->chooser = chooser;
  pick->owner = g_object_ref (owner);
  pick->callback = callback;
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (response_cb), pick);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
rp_pick_files (GtkWindow *parent, const char *title, RpPickCallback callback, GObject *owner)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
    title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), TRUE);
  present (chooser, callback, owner);
}

void
rp_pick_place (GtkWindow *parent,
               const char *title,
               const char *name,
               RpPickCallback callback,
               GObject *owner)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
    title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  present (chooser, callback, owner);
}

void
rp_pick_folder (GtkWindow *parent, const char *title, RpPickCallback callback, GObject *owner)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
    title, parent, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Choose"), _ ("_Cancel"));

  present (chooser, callback, owner);
}
