#include "rp-list-pane.h"

#include <glib/gi18n-lib.h>

#include "rp-article-row.h"
#include "rp-list-lessons.h"
#include "rp-list-rows.h"
#include "rp-may.h"
#include "rp-picks.h"
#include "rp-search-help.h"
#include "rp-text.h"

struct _RpListPane {
  AdwBin parent_instance;

  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkWidget *back;
  GtkToggleButton *gather;
  GtkEditable *search;
  GtkWidget *save;
  GtkWidget *away;
  GtkLabel *problem;
  GtkStack *views;
  GtkListView *articles;
  GtkScrolledWindow *scroller;
  AdwStatusPage *empty;
  GtkRevealer *bar;
  GtkLabel *picked;

  RpWorkspace *workspace; /* not owned: outlives the window */
  RpSelection *selection; /* owned */
  char *state;            /* owned: the place on the desk; NULL = a source, a licence, a search */
  char *base;             /* owned: the search that makes the place */
  char *chosen;           /* owned: the article that is shown, NULL = none */
  guint settling;         /* source id */
  guint scrolling;        /* source id */
  double scroll_to;       /* where it was when the window was closed; 0 = the top, or done */
  gboolean take_first;    /* the first row is to be shown when it is there */
  gboolean several;       /* what is selected is not just opened */
};

G_DEFINE_FINAL_TYPE (RpListPane, rp_list_pane, ADW_TYPE_BIN)

enum {
  ARTICLE_CHOSEN,
  PICKED,
  OPEN_PICKED,
  SAVE_SEARCH,
  BACK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- what is selected ---- */

static void
follow (RpListPane *self)
{
  if (!rp_selection_get_gathering (self->selection) && rp_selection_get_size (self->selection) < 2)
    rp_selection_set_one (self->selection, self->chosen);
}

static void
choose (RpListPane *self, const char *id)
{
  if (id == NULL || g_strcmp0 (id, self->chosen) == 0)
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (id);
  g_signal_emit (self, signals[ARTICLE_CHOSEN], 0, self->chosen);
}

/* Opening an article marks it as read in the library; the row need not wait to be told. */
static void
mark_read (RpArticleRow *row)
{
  g_autofree char *id = g_strdup (rp_article_row_get_id (row));
  g_autofree char *headline = g_strdup (rp_article_row_get_headline (row));
  g_autofree char *source = g_strdup (rp_article_row_get_source (row));
  g_autofree char *licence = g_strdup (rp_article_row_get_licence (row));
  g_autofree char *state = g_strdup (rp_article_row_get_state (row));

  if (rp_article_row_get_unread (row))
    rp_article_row_fill (row, id, headline, source, licence, state,
                         rp_article_row_get_imported (row), FALSE);
}

static void
show_gathering (RpListPane *self)
{
  gboolean gathering = rp_selection_get_gathering (self->selection);
  guint size = rp_selection_get_size (self->selection);
  g_autofree char *words = g_strdup_printf (ngettext ("%'u Selected", "%'u Selected", size), size);

  gtk_toggle_button_set_active (self->gather, gathering);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), gathering || size > 1);
  gtk_revealer_set_reveal_child (self->bar, gathering || size > 1);
  gtk_label_set_label (self->picked, words);
}

static char *
dup_only_id (RpListPane *self)
{
  g_autoptr (GPtrArray) ids = rp_selection_dup_ids (self->selection);

  return ids->len == 1 ? g_strdup (ids->pdata[0]) : NULL;
}

/* One is opened; several are something to do with, and the window shows what. */
static void
selected_cb (RpListPane *self, gboolean by_person)
{
  guint size = rp_selection_get_size (self->selection);
  gboolean several = rp_selection_get_gathering (self->selection) || size > 1;
  gboolean was_several = self->several;
  g_autofree char *id = size == 1 ? dup_only_id (self) : NULL;
  guint at = rp_picks_find (rp_selection_get_list (self->selection), id);

  self->several = several;
  show_gathering (self);
  if (several || was_several) {
    if (was_several && !several) {
      g_free (self->chosen);
      self->chosen = g_strdup (id);
    }
    g_signal_emit (self, signals[PICKED], 0);
    return;
  }
  if (by_person)
    choose (self, id);
  if (at != G_MAXUINT && g_strcmp0 (id, self->chosen) == 0)
    mark_read (rp_picks_peek (rp_selection_get_list (self->selection), at));
}

/* Nothing is selected at the end, and at the beginning only what is more than the one that is open.
 */
static void
gathering_cb (RpListPane *self)
{
  guint size = rp_selection_get_size (self->selection);

  if (size == 1 || (size > 1 && !rp_selection_get_gathering (self->selection)))
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  else
    selected_cb (self, TRUE);
}

static void
gather_toggled_cb (RpListPane *self)
{
  rp_selection_set_gathering (self->selection, gtk_toggle_button_get_active (self->gather));
}

static void
open_picked_cb (RpListPane *self)
{
  g_signal_emit (self, signals[OPEN_PICKED], 0);
}

static void
activated_cb (RpListPane *self, guint position)
{
  g_autoptr (RpArticleRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  const char *id = row != NULL ? rp_article_row_get_id (row) : NULL;

  if (id == NULL || rp_selection_get_gathering (self->selection))
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (id);
  g_signal_emit (self, signals[ARTICLE_CHOSEN], 0, self->chosen);
}

static gboolean
settle_cb (gpointer user_data)
{
  RpListPane *self = user_data;
  g_autoptr (RpArticleRow) first = g_list_model_get_item (G_LIST_MODEL (self->selection), 0);

  self->settling = 0;
  if (first == NULL || rp_article_row_get_id (first) == NULL)
    return G_SOURCE_REMOVE;
  if (self->take_first) {
    self->take_first = FALSE;
    choose (self, rp_article_row_get_id (first));
  }
  follow (self);
  selected_cb (self, FALSE);

  return G_SOURCE_REMOVE;
}

/* The first row has come or is another article now: the rows of its page follow at once, and only
 * then is it clear where the article stands. */
static void
settle_soon (RpListPane *self)
{
  if (self->settling == 0)
    self->settling = g_idle_add (settle_cb, self);
}

/* ---- scrolling back to where it was ---- */

static gboolean
scroll_back_cb (gpointer user_data)
{
  RpListPane *self = user_data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  self->scrolling = 0;
  if (end < self->scroll_to)
    return G_SOURCE_REMOVE;
  gtk_adjustment_set_value (adjustment, self->scroll_to);
  self->scroll_to = 0;

  return G_SOURCE_REMOVE;
}

/* While the list tells how long it is, it does not listen. */
static void
scroll_back (RpListPane *self)
{
  if (self->scroll_to > 0 && self->scrolling == 0)
    self->scrolling = g_idle_add (scroll_back_cb, self);
}

/* ---- what is listed ---- */

/* That there is nothing is said when it is certain; what was there stands until then. */
static void
show_count (RpListPane *self)
{
  guint count = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  gboolean counted = rp_picks_are_counted (rp_selection_get_list (self->selection));
  g_autofree char *words = g_strdup_printf (ngettext ("%'u article", "%'u articles", count), count);

  adw_window_title_set_subtitle (self->title, counted && count > 0 ? words : "");
  if (count == 0 && !counted)
    return;
  rp_list_lessons_show (self->empty, self->state,
                        !rp_text_is_empty (gtk_editable_get_text (self->search)));
  gtk_stack_set_visible_child_name (self->views, count > 0 ? "list" : "empty");
}

static void
items_changed_cb (RpListPane *self)
{
  g_autoptr (RpArticleRow) first = g_list_model_get_item (G_LIST_MODEL (self->selection), 0);

  show_count (self);
  if (first != NULL && g_object_get_data (G_OBJECT (first), "rp-followed") != self) {
    g_object_set_data (G_OBJECT (first), "rp-followed", self);
    g_signal_connect_object (first, "notify::loaded", G_CALLBACK (settle_soon), self,
                             G_CONNECT_SWAPPED);
  }
  settle_soon (self);
}

/* A place that is named in the search itself stands for the one that was chosen. */
static char *
dup_query (RpListPane *self)
{
  const char *text = gtk_editable_get_text (self->search);

  if (self->state != NULL && strstr (text, "state:") != NULL)
    return g_strdup (text);
  if (rp_text_is_empty (text))
    return g_strdup (self->base);

  return g_strjoin (" ", self->base, text, NULL);
}

static void
refill (RpListPane *self)
{
  g_autofree char *query = dup_query (self);
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GError) error = NULL;

  rp_workspace_check_query (self->workspace, query, &error);
  gtk_label_set_label (self->problem, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), error != NULL);
  gtk_widget_set_sensitive (self->save, error == NULL);
  list = rp_workspace_list_articles (self->workspace, query);
  g_signal_connect_object (list, "notify::counted", G_CALLBACK (show_count), self,
                           G_CONNECT_SWAPPED);
  rp_selection_set_list (self->selection, list, query);
}

static void
search_changed_cb (RpListPane *self)
{
  gtk_widget_set_visible (self->save, !rp_text_is_empty (gtk_editable_get_text (self->search)) &&
                                        rp_may_do (self->workspace, "win.save-search"));
  if (self->base != NULL)
    refill (self);
}

static void
save_cb (RpListPane *self)
{
  g_signal_emit (self, signals[SAVE_SEARCH], 0);
}

static void
search_stopped_cb (RpListPane *self)
{
  gtk_editable_set_text (self->search, "");
  rp_list_pane_focus (self);
}

static void
search_activated_cb (RpListPane *self)
{
  rp_list_pane_select_first (self);
}

static void
back_cb (RpListPane *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

/* ---- the widget ---- */

static void
rp_list_pane_dispose (GObject *object)
{
  RpListPane *self = RP_LIST_PANE (object);

  g_clear_handle_id (&self->settling, g_source_remove);
  g_clear_handle_id (&self->scrolling, g_source_remove);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RP_TYPE_LIST_PANE);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (rp_list_pane_parent_class)->dispose (object);
}

static void
rp_list_pane_finalize (GObject *object)
{
  RpListPane *self = RP_LIST_PANE (object);

  g_free (self->state);
  g_free (self->base);
  g_free (self->chosen);
  G_OBJECT_CLASS (rp_list_pane_parent_class)->finalize (object);
}

static void
rp_list_pane_class_init (RpListPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_list_pane_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_list_pane_finalize;
  signals[ARTICLE_CHOSEN] = g_signal_new ("article-chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[PICKED] =
    g_signal_new ("picked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[OPEN_PICKED] =
    g_signal_new ("open-picked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SAVE_SEARCH] =
    g_signal_new ("save-search", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[BACK] =
    g_signal_new ("back", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/rp-list-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, RpListPane, header);
  gtk_widget_class_bind_template_child (widget_class, RpListPane, title);
  gtk_widget_class_bind_template_child (widget_class, RpListPane, back);
  gtk_widget_class_bind_template_child (widget_class, RpListPane, gather);
  gtk_widget_class_bind_template_child (widget_class, RpListPane, search);
  gtk_widget_class_bind_template_child (widget_class, RpListPane, save);
  gtk_widget_class_bind_template_child (widget_class, RpListPane, away);
  gtk_widget_class_bind_template_child (widget_class, RpListPane, problem);
  gtk_widget_class_bind_template_child (widget_class, RpListPane, views);
  gtk_widget_class_bind_template_child (widget_class, RpListPane, articles);
  gtk_widget_class_bind_template_child (widget_class, RpListPane, scroller);
  gtk_widget_class_bind_template_child (widget_class, RpListPane, empty);
  gtk_widget_class_bind_template_child (widget_class, RpListPane, picked);
  gtk_widget_class_bind_template_child (widget_class, RpListPane, bar);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, gather_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
}

/* Delete puts into the trash what is selected, but only here: elsewhere the key belongs to the
 * text. */
static gboolean
delete_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  RpListPane *self = user_data;

  return gtk_widget_activate_action (widget, self->several ? "bulk.trash" : "win.trash", NULL);
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  RpListPane *self = user_data;

  if (!self->several)
    return FALSE;
  rp_list_pane_drop_selection (self);

  return TRUE;
}

static void
add_key (GtkWidget *widget, guint key, GtkShortcutFunc func, gpointer user_data)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_keyval_trigger_new (key, 0),
                      gtk_callback_action_new (func, user_data, NULL)));
  gtk_widget_add_controller (widget, controller);
}

static void
rp_list_pane_init (RpListPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_key (GTK_WIDGET (self->articles), GDK_KEY_Delete, delete_cb, self);
  add_key (GTK_WIDGET (self->articles), GDK_KEY_Escape, escape_cb, self);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "changed",
                           G_CALLBACK (scroll_back), self, G_CONNECT_SWAPPED);
}

void
rp_list_pane_set_workspace (RpListPane *self, RpWorkspace *workspace)
{
  g_autoptr (GtkListItemFactory) factory = NULL;

  g_return_if_fail (RP_IS_LIST_PANE (self) && self->workspace == NULL);

  self->workspace = workspace;
  self->selection = rp_selection_new (workspace);
  factory = rp_list_rows_new (workspace, self->selection);
  gtk_list_view_set_factory (self->articles, factory);
  gtk_list_view_set_model (self->articles, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "changed", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::gathering", G_CALLBACK (gathering_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  rp_search_help_attach (GTK_WIDGET (self->search), workspace);
  g_object_bind_property (workspace, "away", self->away, "visible", G_BINDING_SYNC_CREATE);
}

static void
show_place (RpListPane *self, const char *state, const char *base, const char *title)
{
  rp_selection_set_gathering (self->selection, FALSE);
  g_free (self->state);
  self->state = g_strdup (state);
  g_free (self->base);
  self->base = g_strdup (base);
  adw_window_title_set_title (self->title, title);
  refill (self);
}

void
rp_list_pane_show_state (RpListPane *self, const char *state, const char *title)
{
  g_autofree char *base = g_strconcat ("state:", state, NULL);

  g_return_if_fail (RP_IS_LIST_PANE (self) && state != NULL);

  show_place (self, state, base, title);
}

void
rp_list_pane_show_search (RpListPane *self, const char *query, const char *title)
{
  g_return_if_fail (RP_IS_LIST_PANE (self) && query != NULL);

  show_place (self, NULL, query, title);
}

char *
rp_list_pane_dup_query (RpListPane *self)
{
  g_return_val_if_fail (RP_IS_LIST_PANE (self), NULL);

  return self->base != NULL ? dup_query (self) : NULL;
}

RpSelection *
rp_list_pane_get_selection (RpListPane *self)
{
  g_return_val_if_fail (RP_IS_LIST_PANE (self), NULL);

  return self->selection;
}

gboolean
rp_list_pane_has_several (RpListPane *self)
{
  g_return_val_if_fail (RP_IS_LIST_PANE (self), FALSE);

  return self->several;
}

void
rp_list_pane_drop_selection (RpListPane *self)
{
  g_return_if_fail (RP_IS_LIST_PANE (self));

  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  rp_selection_set_gathering (self->selection, FALSE);
}

void
rp_list_pane_select (RpListPane *self, const char *article_id)
{
  g_return_if_fail (RP_IS_LIST_PANE (self));

  if (g_strcmp0 (self->chosen, article_id) != 0) {
    g_free (self->chosen);
    self->chosen = g_strdup (article_id);
  }
  follow (self);
}

void
rp_list_pane_select_first (RpListPane *self)
{
  g_return_if_fail (RP_IS_LIST_PANE (self));

  self->take_first = TRUE;
  settle_soon (self);
}

void
rp_list_pane_select_neighbour (RpListPane *self)
{
  GListModel *model = G_LIST_MODEL (self->selection);
  guint at = rp_picks_find (rp_selection_get_list (self->selection), self->chosen);
  g_autoptr (RpArticleRow) next = NULL;

  g_return_if_fail (RP_IS_LIST_PANE (self));

  if (at == G_MAXUINT)
    return;
  next = g_list_model_get_item (model, at + 1);
  if (next == NULL && at > 0)
    next = g_list_model_get_item (model, at - 1);
  if (next != NULL)
    choose (self, rp_article_row_get_id (next));
}

double
rp_list_pane_get_scroll (RpListPane *self)
{
  g_return_val_if_fail (RP_IS_LIST_PANE (self), 0);

  return gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->scroller));
}

void
rp_list_pane_scroll_to (RpListPane *self, double value)
{
  g_return_if_fail (RP_IS_LIST_PANE (self));

  self->scroll_to = value;
  scroll_back (self);
}

void
rp_list_pane_search (RpListPane *self)
{
  g_return_if_fail (RP_IS_LIST_PANE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

void
rp_list_pane_search_for (RpListPane *self, const char *words)
{
  g_return_if_fail (RP_IS_LIST_PANE (self) && words != NULL);

  gtk_editable_set_text (self->search, words);
}

void
rp_list_pane_focus (RpListPane *self)
{
  g_return_if_fail (RP_IS_LIST_PANE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->articles));
}

void
rp_list_pane_set_folded (RpListPane *self, gboolean back, gboolean title_buttons)
{
  g_return_if_fail (RP_IS_LIST_PANE (self));

  gtk_widget_set_visible (self->back, back);
  adw_header_bar_set_show_end_title_buttons (self->header, title_buttons);
}

const char *
rp_list_pane_get_state (RpListPane *self)
{
  g_return_val_if_fail (RP_IS_LIST_PANE (self), NULL);

  return self->state;
}
