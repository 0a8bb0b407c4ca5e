#include "rp-search-help.h"

#include <glib/gi18n-lib.h>

#include "rp-licence-book.h"
#include "rp-search-words.h"
#include "rp-searches.h"
#include "rp-time.h"

#define OFFERED 8 /* more is a list to read, not a help */

typedef struct {
  GtkWidget *entry;       /* not owned: owns this */
  RpWorkspace *workspace; /* not owned */
  GtkPopover *popover;    /* weak; its parent is the entry */
  GtkListBox *list;       /* owned by the popover */
  GPtrArray *sources;     /* owned, of char *; NULL = not known yet */
  gboolean taking;        /* we change the text */
} Help;

static void offer (Help *help);

/* ---- what is offered ---- */

static void
add_row (Help *help, const char *title, const char *detail, char *replacement)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  if (detail != NULL) {
    GtkWidget *note = gtk_label_new (detail);

    gtk_widget_add_css_class (note, "dim-label");
    gtk_widget_add_css_class (note, "caption");
    gtk_box_append (GTK_BOX (box), note);
  }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "rp-replacement", replacement, g_free);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_append (help->list, row);
}

static guint
count_rows (Help *help)
{
  guint count = 0;

  while (gtk_list_box_get_row_at_index (help->list, (int) count) != NULL)
    count++;

  return count;
}

static void
offer_words (Help *help, const char *typed)
{
  for (const RpSearchWord *word = rp_search_words_list (); word->word != NULL; word++) {
    g_autofree char *detail = g_strdup_printf ("%s:", word->word);

    if (rp_search_words_fits (word->word, typed) || rp_search_words_fits (_ (word->title), typed))
      add_row (help, _ (word->title), detail, g_strdup (detail));
  }
}

static void
offer_places (Help *help, const char *typed)
{
  for (const RpSearchWord *word = rp_search_words_list_places (); word->word != NULL; word++)
    if (rp_search_words_fits (word->word, typed) || rp_search_words_fits (_ (word->title), typed))
      add_row (help, _ (word->title), NULL, g_strdup_printf ("state:%s ", word->word));
}

static void
offer_name (Help *help, const char *filter, const char *name, const char *value, const char *typed)
{
  g_autofree char *quoted = NULL;

  if (count_rows (help) >= OFFERED ||
      (!rp_search_words_fits (name, typed) && !rp_search_words_fits (value, typed)))
    return;
  quoted = rp_searches_quote (filter, name);
  add_row (help, name, NULL, g_strconcat (quoted, " ", NULL));
}

static void
offer_licences (Help *help, const char *typed)
{
  GListModel *book = G_LIST_MODEL (rp_workspace_get_book (help->workspace));
  guint count = g_list_model_get_n_items (book);

  if (rp_search_words_fits (_ ("No licence"), typed))
    add_row (help, _ ("No licence"), NULL, g_strdup ("licence:none "));
  for (guint i = 0; i < count; i++) {
    g_autoptr (RpLicence) licence = g_list_model_get_item (book, i);

    offer_name (help, "licence", rp_licence_get_name (licence), rp_licence_get_id (licence), typed);
  }
}

static void
offer_partners (Help *help, const char *typed)
{
  GListModel *partners = rp_workspace_get_partners (help->workspace);
  guint count = g_list_model_get_n_items (partners);

  for (guint i = 0; i < count; i++) {
    g_autoptr (RpPartner) partner = g_list_model_get_item (partners, i);

    offer_name (help, "partner", rp_partner_get_name (partner), rp_partner_get_id (partner), typed);
  }
}

static void
offer_sources (Help *help, const char *typed)
{
  for (guint i = 0; help->sources != NULL && i < help->sources->len; i++)
    offer_name (help, "source", help->sources->pdata[i], help->sources->pdata[i], typed);
}

static void
offer_dates (Help *help, const char *filter, const char *typed)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (rp_time_now () / G_USEC_PER_SEC);
  const struct {
    const char *title;
    const char *format;
  } dates[] = {
    {_ ("Today"), "%Y-%m-%d"},
    {_ ("This month"), "%Y-%m"},
    {_ ("This year"), "%Y"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++) {
    g_autofree char *date = g_date_time_format (now, dates[i].format);

    if (rp_search_words_fits (date, typed) && g_strcmp0 (date, typed) != 0)
      add_row (help, dates[i].title, date, g_strdup_printf ("%s:%s ", filter, date));
  }
}

static void
offer_values (Help *help, const char *filter, const char *typed)
{
  if (g_str_equal (filter, "licence") || g_str_equal (filter, "license"))
    offer_licences (help, typed);
  else if (g_str_equal (filter, "partner"))
    offer_partners (help, typed);
  else if (g_str_equal (filter, "source"))
    offer_sources (help, typed);
  else if (g_str_equal (filter, "state"))
    offer_places (help, typed);
  else if (g_str_equal (filter, "before") || g_str_equal (filter, "after"))
    offer_dates (help, filter, typed);
}

/* ---- the popover ---- */

/* The field keeps the caret; for a screen reader the row is what is active in it. */
static void
select_row (Help *help, GtkListBoxRow *row)
{
  gtk_list_box_select_row (help->list, row);
  if (row != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (help->entry),
                                    GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, row, -1);
  else
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (help->entry),
                                   GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT);
}

static void
close_help (Help *help)
{
  if (help->popover == NULL)
    return;
  gtk_popover_popdown (help->popover);
  select_row (help, NULL);
}

static gsize
get_caret (Help *help, const char *text)
{
  int position = gtk_editable_get_position (GTK_EDITABLE (help->entry));

  return (gsize) (g_utf8_offset_to_pointer (text, position) - text);
}

static void
clear_rows (Help *help)
{
  GtkListBoxRow *row;

  select_row (help, NULL);
  while ((row = gtk_list_box_get_row_at_index (help->list, 0)) != NULL)
    gtk_list_box_remove (help->list, GTK_WIDGET (row));
}

static gboolean
has_focus (Help *help)
{
  GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (help->entry)));

  return text != NULL && gtk_widget_has_focus (text);
}

static void
offer (Help *help)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (help->entry));
  g_auto (RpSearchSpot) spot = {0};

  clear_rows (help);
  if (!has_focus (help))
    return;
  rp_search_words_find (text, get_caret (help, text), &spot);
  if (spot.filter != NULL)
    offer_values (help, spot.filter, spot.typed);
  else if (*spot.typed != '\0' || *text == '\0')
    offer_words (help, spot.typed);
  if (count_rows (help) == 0) {
    close_help (help);
    return;
  }
  gtk_widget_set_size_request (GTK_WIDGET (help->popover),
                               MAX (240, gtk_widget_get_width (help->entry)), -1);
  gtk_popover_popup (help->popover);
}

static void
take (Help *help, GtkListBoxRow *row)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (help->entry));
  const char *replacement = g_object_get_data (G_OBJECT (row), "rp-replacement");
  g_auto (RpSearchSpot) spot = {0};
  g_autofree char *fresh = NULL;
  gsize caret;

  rp_search_words_find (text, get_caret (help, text), &spot);
  fresh = rp_search_words_put (text, &spot, replacement, &caret);
  help->taking = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (help->entry), fresh);
  gtk_editable_set_position (GTK_EDITABLE (help->entry),
                             (int) g_utf8_pointer_to_offset (fresh, fresh + caret));
  help->taking = FALSE;
  if (g_str_has_suffix (fresh, ":"))
    offer (help);
  else
    close_help (help);
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, Help *help)
{
  take (help, row);
}

/* ---- the keyboard ---- */

static gboolean
move (Help *help, int by)
{
  GtkListBoxRow *now = gtk_list_box_get_selected_row (help->list);
  int count = (int) count_rows (help);
  int at = now != NULL ? gtk_list_box_row_get_index (now) + by : by > 0 ? 0 : count - 1;

  if (count == 0)
    return FALSE;
  select_row (help, gtk_list_box_get_row_at_index (help->list, (at + count) % count));

  return TRUE;
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType modifiers,
        Help *help)
{
  gboolean open = gtk_widget_get_visible (GTK_WIDGET (help->popover));
  GtkListBoxRow *row = gtk_list_box_get_selected_row (help->list);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (help->entry));

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return FALSE;
  if (!open && key == GDK_KEY_Down && *text == '\0') {
    offer (help);
    return TRUE;
  }
  if (!open)
    return FALSE;
  switch (key) {
  case GDK_KEY_Down:
  case GDK_KEY_KP_Down:
    return move (help, 1);
  case GDK_KEY_Up:
  case GDK_KEY_KP_Up:
    return move (help, -1);
  case GDK_KEY_Tab: /* the first one, when none was chosen; an empty field is just passed by */
    row = row != NULL || *text == '\0' ? row : gtk_list_box_get_row_at_index (help->list, 0);
    if (row != NULL)
      take (help, row);
    else
      close_help (help);
    return row != NULL;
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
    if (row != NULL)
      take (help, row);
    else
      close_help (help);
    return row != NULL;
  case GDK_KEY_Escape:
    close_help (help);
    return TRUE;
  default:
    return FALSE;
  }
}

/* ---- following the field ---- */

static void
changed_cb (Help *help)
{
  if (!help->taking && help->popover != NULL)
    offer (help);
}

static void
sources_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) entry = user_data;
  g_autoptr (RpRubrics) rubrics = rp_rubrics_load_finish (RP_WORKSPACE (source), result, NULL);
  Help *help = g_object_get_data (G_OBJECT (entry), "rp-search-help");

  if (rubrics == NULL || help == NULL)
    return;
  g_clear_pointer (&help->sources, g_ptr_array_unref);
  help->sources = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < rubrics->sources->len; i++)
    g_ptr_array_add (help->sources, g_strdup (((RpRubric *) rubrics->sources->pdata[i])->name));
}

static void
entered_cb (Help *help)
{
  rp_rubrics_load_async (help->workspace, NULL, sources_loaded_cb, g_object_ref (help->entry));
}

static void
unmapped_cb (GtkWidget *entry, Help *help)
{
  if (help->popover != NULL)
    gtk_popover_popdown (help->popover);
}

/* The field does not know of its popover. */
static void
destroyed_cb (GtkWidget *entry, Help *help)
{
  GtkWidget *popover = GTK_WIDGET (help->popover);

  g_clear_weak_pointer (&help->popover);
  if (popover != NULL)
    gtk_widget_unparent (popover);
}

static void
help_free (gpointer data)
{
  Help *help = data;

  g_clear_pointer (&help->sources, g_ptr_array_unref);
  g_free (help);
}

static void
add_controllers (Help *help)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), help);
  gtk_widget_add_controller (help->entry, keys);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (entered_cb), help);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (close_help), help);
  gtk_widget_add_controller (help->entry, focus);
}

void
rp_search_help_attach (GtkWidget *entry, RpWorkspace *workspace)
{
  Help *help = g_new0 (Help, 1);

  g_return_if_fail (GTK_IS_EDITABLE (entry));

  help->entry = entry;
  help->workspace = workspace;
  help->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (help->list), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (help->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Words for searching"), -1);
  g_set_weak_pointer (&help->popover, GTK_POPOVER (gtk_popover_new ()));
  gtk_popover_set_autohide (help->popover, FALSE);
  gtk_popover_set_has_arrow (help->popover, FALSE);
  gtk_popover_set_position (help->popover, GTK_POS_BOTTOM);
  gtk_widget_add_css_class (GTK_WIDGET (help->popover), "menu");
  gtk_popover_set_child (help->popover, GTK_WIDGET (help->list));
  gtk_widget_set_parent (GTK_WIDGET (help->popover), entry);
  gtk_widget_set_can_focus (GTK_WIDGET (help->popover), FALSE);
  g_object_set_data_full (G_OBJECT (entry), "rp-search-help", help, help_free);
  g_signal_connect (help->list, "row-activated", G_CALLBACK (activated_cb), help);
  g_signal_connect (entry, "unmap", G_CALLBACK (unmapped_cb), help);
  g_signal_connect (entry, "destroy", G_CALLBACK (destroyed_cb), help);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), help);
  add_controllers (help);
}
