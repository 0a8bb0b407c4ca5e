#include "rp-delivery-words.h"

#include <glib/gi18n-lib.h>

#include "rp-time.h"

static gboolean
is_scheduled (RpDelivery *delivery, gint64 now)
{
  return delivery->state == RP_DELIVERY_QUEUED && delivery->publish_at > now;
}

static RpSign
get_done_sign (RpDelivery *delivery)
{
  if (delivery->action == RP_ACTION_WITHDRAW)
    return (RpSign){_ ("Withdrawn"), "object-select-symbolic", NULL};
  if (delivery->action == RP_ACTION_REMOVE_COPY)
    return (RpSign){_ ("Copy Removed"), "object-select-symbolic", NULL};
  if (g_strcmp0 (delivery->status, "draft") == 0)
    return (RpSign){_ ("Draft"), "object-select-symbolic", NULL};

  return (RpSign){_ ("Published"), "object-select-symbolic", "ok"};
}

RpSign
rp_delivery_get_sign (RpDelivery *delivery, gint64 now)
{
  switch (delivery->state) {
  case RP_DELIVERY_QUEUED:
    if (is_scheduled (delivery, now))
      return (RpSign){_ ("Scheduled"), "alarm-symbolic", NULL};
    return (RpSign){_ ("Queued"), "content-loading-symbolic", NULL};
  case RP_DELIVERY_SENDING:
    return (RpSign){_ ("Sending"), NULL, NULL};
  case RP_DELIVERY_UNKNOWN:
    return (RpSign){_ ("Uncertain"), "dialog-question-symbolic", "warn"};
  case RP_DELIVERY_WAITING:
    return (RpSign){_ ("Waiting"), "alarm-symbolic", "warn"};
  case RP_DELIVERY_PARKED:
    return (RpSign){_ ("Needs You"), "dialog-warning-symbolic", "warn"};
  case RP_DELIVERY_DELIVERED:
    return get_done_sign (delivery);
  case RP_DELIVERY_FAILED:
    return (RpSign){_ ("Failed"), "action-unavailable-symbolic", "bad"};
  case RP_DELIVERY_CANCELLED:
    break;
  }

  return (RpSign){_ ("Cancelled"), "process-stop-symbolic", NULL};
}

static const char *
get_wish (RpDelivery *delivery)
{
  switch (delivery->action) {
  case RP_ACTION_UPDATE:
    return _ ("The new version waits for its turn.");
  case RP_ACTION_WITHDRAW:
    return _ ("The withdrawal waits for its turn.");
  case RP_ACTION_REMOVE_COPY:
    return _ ("The removal of the second copy waits for its turn.");
  case RP_ACTION_CREATE:
    break;
  }

  return _ ("It waits for its turn.");
}

char *
rp_delivery_dup_reason (RpDelivery *delivery, gint64 now)
{
  if (delivery->state == RP_DELIVERY_UNKNOWN)
    return g_strdup (
      _ ("No answer came after it was sent. Reprint will look there before sending again."));
  if (is_scheduled (delivery, now)) {
    g_autofree char *time = rp_time_format_long (delivery->publish_at);

    return g_strdup_printf (rp_delivery_is_planned_removal (delivery)
                              ? _ ("It will be taken down on %s.")
                              : _ ("It will be sent on %s."),
                            time);
  }
  if (delivery->message != NULL && delivery->state != RP_DELIVERY_DELIVERED)
    return g_strdup (delivery->message);
  if (rp_delivery_is_held (delivery, now))
    return g_strdup (_ ("It leaves in a moment."));
  if (delivery->state == RP_DELIVERY_QUEUED)
    return g_strdup (get_wish (delivery));
  if (delivery->state == RP_DELIVERY_SENDING)
    return g_strdup (_ ("It is being sent now."));

  return NULL;
}

static char *
dup_next_try (RpDelivery *delivery, gint64 now)
{
  g_autofree char *time = rp_time_format_long (delivery->next_due);
  int minutes =
    (int) MAX ((delivery->next_due - now + G_TIME_SPAN_MINUTE - 1) / G_TIME_SPAN_MINUTE, 1);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Next try on %s, in %d minute.",
                                       "Next try on %s, in %d minutes.", (gulong) minutes),
                          time, minutes);
}

static char *
dup_stopped (RpDelivery *delivery)
{
  g_autofree char *time = rp_time_format_long (delivery->settled);

  if (delivery->tries == 0)
    return g_strdup_printf (_ ("Stopped on %s."), time);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Stopped on %s after %u try.",
                                       "Stopped on %s after %u tries.", delivery->tries),
                          time, delivery->tries);
}

char *
rp_delivery_dup_when (RpDelivery *delivery, gint64 now)
{
  g_autofree char *time = NULL;

  if (!rp_delivery_state_is_settled (delivery->state))
    return delivery->next_due > now && !is_scheduled (delivery, now) &&
               !rp_delivery_is_held (delivery, now)
             ? dup_next_try (delivery, now)
             : NULL;
  if (delivery->settled == 0)
    return NULL;
  if (delivery->state != RP_DELIVERY_DELIVERED)
    return dup_stopped (delivery);
  time = rp_time_format_long (delivery->settled);

  return g_strdup_printf (_ ("Done on %s."), time);
}

char *
rp_delivery_dup_shown_by (RpWorkspace *workspace, GPtrArray *partner_ids)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < partner_ids->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            rp_workspace_get_partner_name (workspace, partner_ids->pdata[i]));

  return g_strdup_printf (_ ("Shown by: %s"), names->str);
}

void
rp_delivery_show_upload (GtkRevealer *revealer,
                         GtkProgressBar *bar,
                         GtkLabel *words,
                         const RpUpload *upload)
{
  g_autofree char *done = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *text = NULL;

  gtk_revealer_set_reveal_child (revealer, upload != NULL);
  if (upload == NULL) {
    gtk_label_set_text (words, "");
    return;
  }
  done = g_format_size (upload->sent);
  whole = g_format_size (upload->size);
  text = upload->sent < upload->size
           /* Translators: sizes of what is being sent: "1.2 MB of 8.4 MB sent" */
           ? g_strdup_printf (_ ("%s of %s sent"), done, whole)
           : g_strdup_printf (_ ("%s sent, waiting for the answer"), whole);
  gtk_progress_bar_set_fraction (bar, (double) upload->sent / (double) upload->size);
  gtk_label_set_text (words, text);
}
