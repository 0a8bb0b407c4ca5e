#include "rp-source-row.h"

#include <glib/gi18n-lib.h>

#include "rp-names.h"
#include "rp-state-chip.h"
#include "rp-time.h"

struct _RpSourceRow {
  GtkListBoxRow parent_instance;

  GtkLabel *title;
  RpStateChip *chip;
  GtkLabel *place;
  GtkLabel *licence;
  GtkLabel *message;
  GtkActionable *read;
  GtkMenuButton *more;

  RpLicenceBook *book;    /* owned */
  RpSubscription *source; /* owned */
};

G_DEFINE_FINAL_TYPE (RpSourceRow, rp_source_row, GTK_TYPE_LIST_BOX_ROW)

/* ---- words ---- */

static RpSign
get_sign (RpSubscription *source, gboolean visiting)
{
  static const struct {
    const char *state;
    RpSign sign;
  } signs[] = {
    {"new", {NC_ ("source", "New"), "document-open-recent-symbolic", NULL}},
    {"ok", {NC_ ("source", "Read"), "object-select-symbolic", "ok"}},
    {"waiting", {NC_ ("source", "Waiting"), "document-open-recent-symbolic", "warn"}},
    {"failed", {NC_ ("source", "Not readable"), "dialog-warning-symbolic", "warn"}},
    {"paused", {NC_ ("source", "Paused"), "media-playback-pause-symbolic", NULL}},
  };
  RpSign sign = {_ ("Reading"), NULL, NULL};

  for (guint i = 0; !visiting && i < G_N_ELEMENTS (signs); i++) {
    if (!g_str_equal (signs[i].state, rp_subscription_get_state (source)))
      continue;
    sign = signs[i].sign;
    sign.words = g_dpgettext2 (GETTEXT_PACKAGE, "source", sign.words);
  }

  return sign;
}

/* When it was asked last, with or without an answer. */
static char *
dup_when (gint64 polled, gint64 now)
{
  gint64 minutes = (now - polled) / G_TIME_SPAN_MINUTE;
  gint64 hours = minutes / 60;
  g_autofree char *day = NULL;

  if (polled == 0)
    return g_strdup (_ ("not asked yet"));
  if (minutes < 1)
    return g_strdup (_ ("asked just now"));
  if (minutes < 60)
    return g_strdup_printf (
      ngettext ("asked %u minute ago", "asked %u minutes ago", (gulong) minutes), (guint) minutes);
  if (hours < 24)
    return g_strdup_printf (ngettext ("asked %u hour ago", "asked %u hours ago", (gulong) hours),
                            (guint) hours);
  day = rp_time_format_date (polled);

  /* Translators: a date. */
  return g_strdup_printf (_ ("asked on %s"), day);
}

static char *
dup_place (RpSubscription *source)
{
  g_autofree char *host = rp_subscription_dup_host (source);
  g_autofree char *when = dup_when (source->polled, rp_time_now ());

  /* Translators: the name of a site, then when it was asked. */
  return g_strdup_printf (_ ("%s · %s"), host, when);
}

static char *
dup_licence (RpSourceRow *self)
{
  const char *id = self->source->licence_id;
  RpLicence *licence = id != NULL ? rp_licence_book_lookup (self->book, id) : NULL;

  if (id == NULL)
    return NULL;
  if (licence == NULL)
    return g_strdup (_ ("Its licence is no longer in the book: choose another."));

  return g_strdup_printf (_ ("Licence: %s"), rp_licence_get_name (licence));
}

/* ---- the menu ---- */

static void
add_item (GMenu *menu, const char *label, const char *action, const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

static GMenuModel *
make_menu (RpSubscription *source)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) reading = g_menu_new ();
  g_autoptr (GMenu) licence = g_menu_new ();
  g_autoptr (GMenu) end = g_menu_new ();

  if (source->paused)
    add_item (reading, _ ("_Go On"), "sources.resume", source->id);
  else
    add_item (reading, _ ("_Pause"), "sources.pause", source->id);
  add_item (reading, _ ("Open in _Browser"), "sources.browse", source->id);
  add_item (licence, _ ("Choose _Licence…"), "sources.licence", source->id);
  if (source->licence_id != NULL)
    add_item (licence, _ ("_Decide for Each Article"), "sources.no-licence", source->id);
  add_item (end, _ ("_Remove"), "sources.remove", source->id);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (reading));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (licence));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (end));

  return G_MENU_MODEL (menu);
}

/* An open menu is not taken away. */
static gboolean
needs_menu (RpSourceRow *self, RpSubscription *source)
{
  return self->source == NULL || self->source->paused != source->paused ||
         (self->source->licence_id == NULL) != (source->licence_id == NULL);
}

/* ---- the row ---- */

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
show_words (RpSourceRow *self)
{
  g_autofree char *place = dup_place (self->source);
  g_autofree char *licence = dup_licence (self);

  show_text (self->title, self->source->title);
  show_text (self->place, place);
  show_text (self->licence, licence);
  show_text (self->message, self->source->message);
}

static void
rp_source_row_dispose (GObject *object)
{
  RpSourceRow *self = RP_SOURCE_ROW (object);

  g_clear_object (&self->source);
  g_clear_object (&self->book);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_SOURCE_ROW);
  G_OBJECT_CLASS (rp_source_row_parent_class)->dispose (object);
}

static void
rp_source_row_class_init (RpSourceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_source_row_dispose;
  g_type_ensure (RP_TYPE_STATE_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/rows/rp-source-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RpSourceRow, title);
  gtk_widget_class_bind_template_child (widget_class, RpSourceRow, chip);
  gtk_widget_class_bind_template_child (widget_class, RpSourceRow, place);
  gtk_widget_class_bind_template_child (widget_class, RpSourceRow, licence);
  gtk_widget_class_bind_template_child (widget_class, RpSourceRow, message);
  gtk_widget_class_bind_template_child (widget_class, RpSourceRow, read);
  gtk_widget_class_bind_template_child (widget_class, RpSourceRow, more);
}

static void
rp_source_row_init (RpSourceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rp_names_adopt (GTK_WIDGET (self));
}

GtkWidget *
rp_source_row_new (RpLicenceBook *book)
{
  RpSourceRow *self = g_object_new (RP_TYPE_SOURCE_ROW, NULL);

  self->book = g_object_ref (book);

  return GTK_WIDGET (self);
}

void
rp_source_row_show (RpSourceRow *self, RpSubscription *source, gboolean visiting)
{
  RpSign sign = get_sign (source, visiting);
  g_autoptr (GMenuModel) menu = needs_menu (self, source) ? make_menu (source) : NULL;
  g_autofree char *summary = NULL;

  g_set_object (&self->source, source);
  show_words (self);
  rp_state_chip_set_sign (self->chip, &sign);
  gtk_actionable_set_action_target (self->read, "s", source->id);
  gtk_actionable_set_action_name (self->read, "sources.read");
  gtk_widget_set_sensitive (GTK_WIDGET (self->read), !visiting);
  if (menu != NULL)
    gtk_menu_button_set_menu_model (self->more, menu);
  summary =
    g_strdup_printf ("%s, %s, %s", source->title, sign.words, gtk_label_get_text (self->place));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, summary,
                                  -1);
}

RpSubscription *
rp_source_row_get_source (RpSourceRow *self)
{
  return self->source;
}
