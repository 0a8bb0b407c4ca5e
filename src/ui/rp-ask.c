#include "rp-ask.h"

#include "rp-names.h"

#include <glib/gi18n-lib.h>

typedef struct {
  GObject *owner; /* owned */
  GtkEditable *entry;
  RpAskCallback callback;
  RpAskWordsCallback words_callback;
} Answer;

static void
answer_free (gpointer data, GClosure *closure)
{
  Answer *answer = data;

  g_clear_object (&answer->owner);
  g_free (answer);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Answer *answer = user_data;

  if (!g_str_equal (response, "accept"))
    return;
  if (answer->words_callback != NULL)
    answer->words_callback (gtk_editable_get_text (answer->entry), answer->owner);
  else
    answer->callback (answer->owner);
}

static AdwMessageDialog *
make_dialog (GtkWindow *parent, const RpQuestion *question, Answer *answer)
{
  AdwMessageDialog *dialog =
    ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, question->heading, question->body));

  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "accept", question->accept,
                                    NULL);
  adw_message_dialog_set_response_appearance (
    dialog, "accept", question->destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, question->destructive ? "cancel" : "accept");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), answer, answer_free, 0);
  rp_names_adopt (GTK_WIDGET (dialog));

  return dialog;
}

void
rp_ask (GtkWindow *parent, const RpQuestion *question, RpAskCallback callback, GObject *owner)
{
  Answer *answer = g_new0 (Answer, 1);

  g_return_if_fail (question != NULL && callback != NULL);

  answer->owner = g_object_ref (owner);
  answer->callback = callback;
  gtk_window_present (GTK_WINDOW (make_dialog (parent, question, answer)));
}

void
rp_ask_words (GtkWindow *parent,
              const RpQuestion *question,
              RpAskWordsCallback callback,
              GObject *owner)
{
  Answer *answer = g_new0 (Answer, 1);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *entry = adw_entry_row_new ();
  AdwMessageDialog *dialog;

  g_return_if_fail (question != NULL && callback != NULL);

  answer->owner = g_object_ref (owner);
  answer->words_callback = callback;
  answer->entry = GTK_EDITABLE (entry);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), question->field);
  gtk_editable_set_text (GTK_EDITABLE (entry), question->words != NULL ? question->words : "");
  g_object_set (entry, "activates-default", TRUE, NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), entry);
  dialog = make_dialog (parent, question, answer);
  adw_message_dialog_set_default_response (dialog, "accept");
  adw_message_dialog_set_extra_child (dialog, group);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

void
rp_tell (GtkWindow *parent, const char *heading, const char *body)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));

  adw_message_dialog_add_response (dialog, "close", _ ("_Close"));
  adw_message_dialog_set_default_response (dialog, "close");
  adw_message_dialog_set_close_response (dialog, "close");
  rp_names_adopt (GTK_WIDGET (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}
