#include "rp-publisher.h"

#include <glib/gi18n-lib.h>

#include "rp-ask.h"
#include "rp-delivery-words.h"
#include "rp-time.h"
#include "rp-toast.h"

struct _RpPublisher {
  GObject parent_instance;

  RpWorkspace *workspace;    /* owned */
  GtkWidget *widget;         /* not owned: owns us */
  GCancellable *cancellable; /* owned */
  char *article_id;          /* owned, NULL = none */
  GHashTable *started; /* owned: ids of deliveries that were started here and are not settled */
  GPtrArray *done;     /* owned, of RpDelivery: those of `started` that are settled */
  GPtrArray *shown_by; /* owned, of char *: ids of the partners that have it */
  GPtrArray *held;     /* owned, of char *: ids of its deliveries that can be undone */
  guint held_timer;    /* until the first of them leaves; 0 = none */
  gint64 scheduled;    /* when the batch is to leave; 0 = at once */
  gboolean busy;
  gboolean live;
};

G_DEFINE_FINAL_TYPE (RpPublisher, rp_publisher, G_TYPE_OBJECT)

enum {
  PROP_BUSY = 1,
  PROP_LIVE,
  PROP_HELD,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void look (RpPublisher *self);

static GtkWindow *
get_window (RpPublisher *self)
{
  GtkRoot *root = gtk_widget_get_root (self->widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/* ---- what became of it ---- */

static void
open_cb (GObject *owner, const char *url)
{
  gtk_show_uri (get_window (RP_PUBLISHER (owner)), url, GDK_CURRENT_TIME);
}

static char *
dup_problem (RpPublisher *self, RpDelivery *delivery)
{
  return g_strdup_printf (_ ("%s did not take the article: %s"),
                          rp_workspace_get_partner_name (self->workspace, delivery->partner_id),
                          delivery->message != NULL ? delivery->message
                                                    : _ ("the outbox says more"));
}

static char *
dup_success (guint published, guint withdrawn)
{
  if (published > 0)
    return g_strdup_printf (
      ngettext ("Published to %u partner", "Published to %u partners", published), published);

  return g_strdup_printf (
    ngettext ("Withdrawn from %u partner", "Withdrawn from %u partners", withdrawn), withdrawn);
}

/* One note for the batch: what went wrong comes before what went well. */
static void
report (RpPublisher *self)
{
  g_autofree char *words = NULL;
  const char *url = NULL;
  guint published = 0, withdrawn = 0;

  for (guint i = 0; i < self->done->len; i++) {
    RpDelivery *delivery = g_ptr_array_index (self->done, i);

    if (delivery->state == RP_DELIVERY_FAILED || delivery->state == RP_DELIVERY_PARKED) {
      g_free (words);
      words = dup_problem (self, delivery);
    } else if (delivery->state == RP_DELIVERY_DELIVERED) {
      published += !rp_delivery_is_removal (delivery);
      withdrawn += delivery->action == RP_ACTION_WITHDRAW;
      url = !rp_delivery_is_removal (delivery) && delivery->public_url != NULL
              ? delivery->public_url
              : url;
    }
  }
  if (words == NULL && published + withdrawn > 0)
    words = dup_success (published, withdrawn);
  if (words != NULL) {
    const RpToastButton open = {_ ("Open"), open_cb, G_OBJECT (self), url};

    rp_toast_show (self->widget, words, url != NULL ? &open : NULL);
  }
  g_ptr_array_set_size (self->done, 0);
}

static void
note_delivery (RpPublisher *self, RpDelivery *delivery)
{
  if (!rp_delivery_state_is_settled (delivery->state) && delivery->state != RP_DELIVERY_PARKED)
    return;
  if (g_hash_table_remove (self->started, delivery->id))
    g_ptr_array_add (self->done, g_object_ref (delivery));
}

static gboolean
is_on_its_way (RpDelivery *delivery)
{
  return !rp_delivery_state_is_settled (delivery->state) && delivery->state != RP_DELIVERY_PARKED &&
         delivery->publish_at <= rp_time_now ();
}

static void
set_state (RpPublisher *self, gboolean busy, gboolean live)
{
  if (self->busy != busy) {
    self->busy = busy;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
  }
  if (self->live != live) {
    self->live = live;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIVE]);
  }
}

static gboolean
held_over_cb (gpointer user_data)
{
  RpPublisher *self = user_data;

  self->held_timer = 0;
  look (self);

  return G_SOURCE_REMOVE;
}

/* What leaves is told by its sender, but a partner may have to be waited for. */
static void
read_held (RpPublisher *self, GPtrArray *deliveries)
{
  guint before = self->held->len;
  gint64 now = rp_time_now (), first = G_MAXINT64;

  g_ptr_array_set_size (self->held, 0);
  for (guint i = 0; i < deliveries->len; i++) {
    RpDelivery *delivery = g_ptr_array_index (deliveries, i);

    if (g_strcmp0 (delivery->article_id, self->article_id) != 0 ||
        !rp_delivery_is_held (delivery, now))
      continue;
    g_ptr_array_add (self->held, g_strdup (delivery->id));
    first = MIN (first, delivery->next_due);
  }
  g_clear_handle_id (&self->held_timer, g_source_remove);
  if (self->held->len > 0)
    self->held_timer =
      g_timeout_add ((guint) ((first - now) / G_TIME_SPAN_MILLISECOND) + 1, held_over_cb, self);
  if (self->held->len != before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HELD]);
}

static void
forget_held (RpPublisher *self)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  read_held (self, none);
}

/* Newest first: the newest settled delivery of a partner says whether it has the article. */
static void
read_state (RpPublisher *self, GPtrArray *deliveries)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean busy = FALSE;

  g_ptr_array_set_size (self->shown_by, 0);
  for (guint i = 0; i < deliveries->len; i++) {
    RpDelivery *delivery = g_ptr_array_index (deliveries, i);

    if (g_strcmp0 (delivery->article_id, self->article_id) != 0)
      continue;
    busy |= is_on_its_way (delivery);
    if (delivery->state == RP_DELIVERY_DELIVERED && delivery->action != RP_ACTION_REMOVE_COPY &&
        g_hash_table_add (seen, delivery->partner_id) && delivery->action != RP_ACTION_WITHDRAW)
      g_ptr_array_add (self->shown_by, g_strdup (delivery->partner_id));
  }
  set_state (self, busy, self->shown_by->len > 0);
  read_held (self, deliveries);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpPublisher) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) deliveries =
    rp_dispatch_list_finish (RP_WORKSPACE (source), result, &error);
  gboolean waiting = g_hash_table_size (self->started) > 0;

  if (deliveries == NULL || self->widget == NULL)
    return;
  for (guint i = 0; i < deliveries->len; i++)
    note_delivery (self, g_ptr_array_index (deliveries, i));
  read_state (self, deliveries);
  if (waiting && g_hash_table_size (self->started) == 0)
    report (self);
}

static void
look (RpPublisher *self)
{
  const char *only = g_hash_table_size (self->started) > 0 ? NULL : self->article_id;

  if (only != NULL || g_hash_table_size (self->started) > 0)
    rp_dispatch_list_async (self->workspace, only, FALSE, self->cancellable, listed_cb,
                            g_object_ref (self));
  else
    set_state (self, FALSE, FALSE);
}

/* ---- starting it ---- */

static void
tell_scheduled (RpPublisher *self)
{
  g_autofree char *when = rp_time_format_long (self->scheduled);
  g_autofree char *words = g_strdup_printf (_ ("Will be published on %s"), when);

  rp_toast_show (self->widget, words, NULL);
}

static void
tell_left_out (RpPublisher *self, GPtrArray *queued)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < queued->len; i++) {
    const RpQueued *row = g_ptr_array_index (queued, i);

    if (row->delivery == NULL)
      g_string_append_printf (names, "%s%s: %s", names->len > 0 ? "\n" : "",
                              rp_workspace_get_partner_name (self->workspace, row->partner_id),
                              row->message);
  }
  if (names->len > 0)
    rp_tell (get_window (self), _ ("Some partners were left out."), names->str);
}

static void
take_queued (RpPublisher *self, GPtrArray *queued)
{
  guint sent = 0;

  for (guint i = 0; i < queued->len; i++) {
    const RpQueued *row = g_ptr_array_index (queued, i);

    if (row->delivery == NULL)
      continue;
    sent++;
    if (row->delivery->publish_at <= rp_time_now ())
      g_hash_table_add (self->started, g_strdup (row->delivery->id));
  }
  tell_left_out (self, queued);
  if (sent > 0 && self->scheduled > 0)
    tell_scheduled (self);
  look (self);
}

static void
published_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpPublisher) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) queued = rp_dispatch_publish_finish (RP_WORKSPACE (source), result, &error);

  if (self->widget == NULL)
    return;
  if (queued != NULL)
    take_queued (self, queued);
  else
    rp_tell (get_window (self), _ ("The article could not be published."), error->message);
}

static void
withdrawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpPublisher) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) queued =
    rp_dispatch_withdraw_finish (RP_WORKSPACE (source), result, &error);

  if (self->widget == NULL)
    return;
  if (queued != NULL)
    take_queued (self, queued);
  else
    rp_tell (get_window (self), _ ("The article could not be withdrawn."), error->message);
}

static void
withdraw_cb (const char *words, gpointer user_data)
{
  RpPublisher *self = user_data;

  if (self->article_id == NULL)
    return;
  self->scheduled = 0;
  rp_dispatch_withdraw_async (self->workspace, self->article_id, NULL, words, NULL, withdrawn_cb,
                              g_object_ref (self));
}

/* What could not be called back has left meanwhile; the row says so. */
static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpPublisher) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!rp_dispatch_cancel_finish (RP_WORKSPACE (source), result, &error) && self->widget != NULL)
    rp_toast_show_error (self->widget, error);
}

/* ---- taking it back ---- */

/* That it is as before can be seen; what was too late has to be said. */
static void
tell_late (RpPublisher *self, guint n)
{
  g_autofree char *words = g_strdup_printf (
    ngettext ("%u partner was sent it already", "%u partners were sent it already", n), n);

  if (n > 0)
    rp_toast_show (self->widget, words, NULL);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpPublisher) self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) left = rp_dispatch_undo_finish (RP_WORKSPACE (source), result, &error);

  if (self->widget == NULL)
    return;
  if (left != NULL)
    tell_late (self, g_strv_length (left));
  else
    rp_toast_show_error (self->widget, error);
}

static void
to_stop_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpPublisher) self = user_data;
  g_autoptr (GPtrArray) open = rp_dispatch_list_finish (RP_WORKSPACE (source), result, NULL);

  for (guint i = 0; open != NULL && i < open->len; i++) {
    RpDelivery *delivery = g_ptr_array_index (open, i);

    if (delivery->state != RP_DELIVERY_SENDING && is_on_its_way (delivery) &&
        !rp_delivery_is_held (delivery, rp_time_now ()))
      rp_dispatch_cancel_async (self->workspace, delivery->id, NULL, stopped_cb,
                                g_object_ref (self));
  }
}

/* ---- the object ---- */

static void
rp_publisher_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RpPublisher *self = RP_PUBLISHER (object);

  if (id == PROP_HELD)
    g_value_set_uint (value, self->held->len);
  else
    g_value_set_boolean (value, id == PROP_BUSY ? self->busy : self->live);
}

static void
rp_publisher_dispose (GObject *object)
{
  RpPublisher *self = RP_PUBLISHER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->held_timer, g_source_remove);
  self->widget = NULL;
  G_OBJECT_CLASS (rp_publisher_parent_class)->dispose (object);
}

static void
rp_publisher_finalize (GObject *object)
{
  RpPublisher *self = RP_PUBLISHER (object);

  g_clear_object (&self->workspace);
  g_object_unref (self->cancellable);
  g_hash_table_unref (self->started);
  g_ptr_array_unref (self->done);
  g_free (self->article_id);
  g_ptr_array_unref (self->shown_by);
  g_ptr_array_unref (self->held);
  G_OBJECT_CLASS (rp_publisher_parent_class)->finalize (object);
}

static void
rp_publisher_class_init (RpPublisherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rp_publisher_get_property;
  object_class->dispose = rp_publisher_dispose;
  object_class->finalize = rp_publisher_finalize;
  properties[PROP_BUSY] =
    g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LIVE] =
    g_param_spec_boolean ("live", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HELD] = g_param_spec_uint ("held", NULL, NULL, 0, G_MAXUINT, 0,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rp_publisher_init (RpPublisher *self)
{
  self->cancellable = g_cancellable_new ();
  self->started = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->done = g_ptr_array_new_with_free_func (g_object_unref);
  self->shown_by = g_ptr_array_new_with_free_func (g_free);
  self->held = g_ptr_array_new_with_free_func (g_free);
}

RpPublisher *
rp_publisher_new (RpWorkspace *workspace, GtkWidget *widget)
{
  RpPublisher *self = g_object_new (RP_TYPE_PUBLISHER, NULL);

  self->workspace = g_object_ref (workspace);
  self->widget = widget;
  g_signal_connect_object (workspace, "outbox-changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);

  return self;
}

void
rp_publisher_set_article_id (RpPublisher *self, const char *article_id)
{
  g_return_if_fail (RP_IS_PUBLISHER (self));

  if (g_strcmp0 (article_id, self->article_id) == 0)
    return;
  g_free (self->article_id);
  self->article_id = g_strdup (article_id);
  set_state (self, FALSE, FALSE);
  forget_held (self);
  look (self);
}

gboolean
rp_publisher_is_busy (RpPublisher *self)
{
  g_return_val_if_fail (RP_IS_PUBLISHER (self), FALSE);

  return self->busy;
}

gboolean
rp_publisher_is_live (RpPublisher *self)
{
  g_return_val_if_fail (RP_IS_PUBLISHER (self), FALSE);

  return self->live;
}

guint
rp_publisher_get_held (RpPublisher *self)
{
  g_return_val_if_fail (RP_IS_PUBLISHER (self), 0);

  return self->held->len;
}

void
rp_publisher_publish (RpPublisher *self,
                      const char *const *partner_ids,
                      const RpPublishOptions *options)
{
  g_return_if_fail (RP_IS_PUBLISHER (self));

  if (self->article_id == NULL || partner_ids == NULL || partner_ids[0] == NULL)
    return;
  self->scheduled = options != NULL ? options->publish_at : 0;
  rp_dispatch_publish_async (self->workspace, self->article_id, partner_ids, options, NULL,
                             published_cb, g_object_ref (self));
}

void
rp_publisher_stop (RpPublisher *self)
{
  g_return_if_fail (RP_IS_PUBLISHER (self));

  if (self->article_id == NULL)
    return;
  rp_publisher_undo (self);
  rp_dispatch_list_async (self->workspace, self->article_id, TRUE, self->cancellable, to_stop_cb,
                          g_object_ref (self));
}

void
rp_publisher_undo (RpPublisher *self)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  g_return_if_fail (RP_IS_PUBLISHER (self));

  if (self->held->len == 0)
    return;
  for (guint i = 0; i < self->held->len; i++) {
    g_hash_table_remove (self->started, self->held->pdata[i]);
    g_ptr_array_add (ids, self->held->pdata[i]);
  }
  g_ptr_array_add (ids, NULL);
  rp_dispatch_undo_async (self->workspace, self->article_id, (const char *const *) ids->pdata, NULL,
                          undone_cb, g_object_ref (self));
}

void
rp_publisher_withdraw (RpPublisher *self)
{
  g_autofree char *partners = rp_delivery_dup_shown_by (self->workspace, self->shown_by);
  g_autofree char *body = g_strconcat (
    _ ("Every partner that has it is asked to take it down. The reason is kept in the history."),
    "\n\n", partners, NULL);
  const RpQuestion question = {
    .heading = _ ("Withdraw the article from all partners?"),
    .body = body,
    .accept = _ ("_Withdraw"),
    .field = _ ("Reason"),
    .destructive = TRUE,
  };

  g_return_if_fail (RP_IS_PUBLISHER (self));

  rp_ask_words (get_window (self), &question, withdraw_cb, G_OBJECT (self));
}
