#include "rp-list-pane.h"

#include <glib/gi18n-lib.h>

#include "rp-article-item.h"
#include "rp-article-row.h"
#include "rp-text.h"

struct _RpListPane {
  AdwBin parent_instance;

  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkWidget *back;
  GtkEditable *search;
  GtkLabel *problem;
  GtkStack *views;
  GtkListView *articles;
  AdwStatusPage *empty;

  RpWorkspace *workspace;        /* not owned: outlives the window */
  GtkSingleSelection *selection; /* owned */
  char *state;                   /* owned: the place on the desk */
  char *chosen;                  /* owned: the article that is shown, NULL = none */
  gboolean filling;              /* we change the selection, not the person */
  guint settling;                /* source id */
  gboolean take_first;           /* the first row is to be shown when it is there */
};

G_DEFINE_FINAL_TYPE (RpListPane, rp_list_pane, ADW_TYPE_BIN)

enum {
  ARTICLE_CHOSEN,
  BACK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What an empty place says, and how something gets there. */
static const struct {
  const char *state;
  const char *icon;
  const char *title;
  const char *words;
} lessons[] = {
  {"inbox", "mail-unread-symbolic", N_ ("The Inbox Is Empty"),
   N_ ("Drop an article onto the window, paste a link, or open a file.")},
  {RP_STATE_NEEDS_LICENCE, "application-certificate-symbolic", N_ ("Every Licence Is Known"),
   N_ ("Articles without a licence wait here until you choose one.")},
  {RP_STATE_REVIEW, "emblem-ok-symbolic", N_ ("No Licence to Confirm"),
   N_ ("Licences that are only guessed, or on which sources disagree, wait here for a person's "
       "word.")},
  {RP_STATE_READY, "emblem-ok-symbolic", N_ ("Nothing Is Ready"),
   N_ ("Articles that at least one partner may have are listed here.")},
  {RP_STATE_SCHEDULED, "alarm-symbolic", N_ ("Nothing Is Scheduled"),
   N_ ("Choose Schedule beside Publish to send an article later.")},
  {RP_STATE_PUBLISHED, "emblem-shared-symbolic", N_ ("Nothing Is Published Yet"),
   N_ ("Articles that partners have are listed here.")},
  {RP_STATE_ATTENTION, "dialog-warning-symbolic", N_ ("Nothing Needs You"),
   N_ ("Deliveries that failed are listed here with the reason.")},
  {RP_STATE_ARCHIVE, "folder-symbolic", N_ ("The Archive Is Empty"),
   N_ ("Articles that are done with can be kept here.")},
  {RP_STATE_TRASH, "user-trash-symbolic", N_ ("The Trash Is Empty"),
   N_ ("Articles in the trash can be taken back at any time.")},
};

/* ---- rows ---- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, rp_article_item_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  rp_article_item_set_row (RP_ARTICLE_ITEM (gtk_list_item_get_child (item)),
                           gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  rp_article_item_set_row (RP_ARTICLE_ITEM (gtk_list_item_get_child (item)), NULL);
}

/* ---- the selection follows the article, not the position ---- */

static guint
find_position (RpListPane *self, const char *id)
{
  GListModel *model = gtk_single_selection_get_model (self->selection);
  guint count = MIN (g_list_model_get_n_items (model), 200); /* looking is loading */

  for (guint i = 0; id != NULL && i < count; i++) {
    g_autoptr (RpArticleRow) row = g_list_model_get_item (model, i);

    if (g_strcmp0 (rp_article_row_get_id (row), id) == 0)
      return i;
  }

  return GTK_INVALID_LIST_POSITION;
}

static void
follow (RpListPane *self)
{
  RpArticleRow *row = gtk_single_selection_get_selected_item (self->selection);

  if (row != NULL && g_strcmp0 (rp_article_row_get_id (row), self->chosen) == 0)
    return;
  self->filling = TRUE;
  gtk_single_selection_set_selected (self->selection, find_position (self, self->chosen));
  self->filling = FALSE;
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
selected_cb (RpListPane *self)
{
  RpArticleRow *row = gtk_single_selection_get_selected_item (self->selection);

  if (row == NULL)
    return;
  if (!self->filling)
    choose (self, rp_article_row_get_id (row));
  if (self->chosen != NULL && g_strcmp0 (rp_article_row_get_id (row), self->chosen) == 0)
    mark_read (row);
}

static void
activated_cb (RpListPane *self, guint position)
{
  g_autoptr (RpArticleRow) row =
    g_list_model_get_item (gtk_single_selection_get_model (self->selection), position);
  const char *id = rp_article_row_get_id (row);

  if (id == NULL)
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (id);
  g_signal_emit (self, signals[ARTICLE_CHOSEN], 0, self->chosen);
}

static gboolean
settle_cb (gpointer user_data)
{
  RpListPane *self = user_data;
  GListModel *model = gtk_single_selection_get_model (self->selection);
  g_autoptr (RpArticleRow) first = model != NULL ? g_list_model_get_item (model, 0) : NULL;

  self->settling = 0;
  if (first == NULL || rp_article_row_get_id (first) == NULL)
    return G_SOURCE_REMOVE;
  if (self->take_first) {
    self->take_first = FALSE;
    choose (self, rp_article_row_get_id (first));
  }
  follow (self);

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

/* ---- what is listed ---- */

static void
show_lesson (RpListPane *self, gboolean searching)
{
  if (searching) {
    adw_status_page_set_icon_name (self->empty, "edit-find-symbolic");
    adw_status_page_set_title (self->empty, _ ("Nothing Found"));
    adw_status_page_set_description (self->empty,
                                     _ ("Try fewer words, or another place on the desk."));
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (lessons); i++) {
    if (g_strcmp0 (lessons[i].state, self->state) != 0)
      continue;
    adw_status_page_set_icon_name (self->empty, lessons[i].icon);
    adw_status_page_set_title (self->empty, _ (lessons[i].title));
    adw_status_page_set_description (self->empty, _ (lessons[i].words));
  }
}

/* Rows that come or go move the selection; that is nobody's choice. The selection hears of it
 * between these two. */
static void
shift_begun_cb (RpListPane *self)
{
  self->filling = TRUE;
}

static void
items_changed_cb (RpListPane *self)
{
  GListModel *model = gtk_single_selection_get_model (self->selection);
  guint count = g_list_model_get_n_items (model);
  g_autofree char *words = g_strdup_printf (ngettext ("%u article", "%u articles", count), count);
  g_autoptr (RpArticleRow) first = count > 0 ? g_list_model_get_item (model, 0) : NULL;

  self->filling = FALSE;
  adw_window_title_set_subtitle (self->title, count > 0 ? words : "");
  show_lesson (self, !rp_text_is_empty (gtk_editable_get_text (self->search)));
  gtk_stack_set_visible_child_name (self->views, count > 0 ? "list" : "empty");
  if (first != NULL && g_object_get_data (G_OBJECT (first), "rp-followed") != self) {
    g_object_set_data (G_OBJECT (first), "rp-followed", self);
    g_signal_connect_object (first, "notify::loaded", G_CALLBACK (settle_soon), self,
                             G_CONNECT_SWAPPED);
  }
  settle_soon (self);
}

static void
refill (RpListPane *self)
{
  const char *text = gtk_editable_get_text (self->search);
  g_autofree char *query = strstr (text, "state:") != NULL
                             ? g_strdup (text)
                             : g_strdup_printf ("state:%s %s", self->state, text);
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GError) error = NULL;

  rp_workspace_check_query (self->workspace, query, &error);
  gtk_label_set_label (self->problem, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), error != NULL);
  list = rp_workspace_list_articles (self->workspace, query);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (shift_begun_cb), self,
                           G_CONNECT_SWAPPED);
  self->filling = TRUE;
  gtk_single_selection_set_model (self->selection, list);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  items_changed_cb (self);
}

static void
search_changed_cb (RpListPane *self)
{
  if (self->state != NULL)
    refill (self);
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
  signals[BACK] =
    g_signal_new ("back", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/rp-list-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, RpListPane, header);
  gtk_widget_class_bind_template_child (widget_class, RpListPane, title);
  gtk_widget_class_bind_template_child (widget_class, RpListPane, back);
  gtk_widget_class_bind_template_child (widget_class, RpListPane, search);
  gtk_widget_class_bind_template_child (widget_class, RpListPane, problem);
  gtk_widget_class_bind_template_child (widget_class, RpListPane, views);
  gtk_widget_class_bind_template_child (widget_class, RpListPane, articles);
  gtk_widget_class_bind_template_child (widget_class, RpListPane, empty);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
}

/* Delete puts the article into the trash, but only here: elsewhere the key belongs to the text. */
static void
add_delete_key (RpListPane *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Delete, 0),
                      gtk_named_action_new ("win.trash")));
  gtk_widget_add_controller (GTK_WIDGET (self->articles), controller);
}

static void
rp_list_pane_init (RpListPane *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->articles, factory);
  gtk_list_view_set_model (self->articles, GTK_SELECTION_MODEL (self->selection));
  add_delete_key (self);
}

void
rp_list_pane_set_workspace (RpListPane *self, RpWorkspace *workspace)
{
  g_return_if_fail (RP_IS_LIST_PANE (self) && self->workspace == NULL);

  self->workspace = workspace;
}

void
rp_list_pane_show_state (RpListPane *self, const char *state, const char *title)
{
  g_return_if_fail (RP_IS_LIST_PANE (self) && state != NULL);

  g_free (self->state);
  self->state = g_strdup (state);
  adw_window_title_set_title (self->title, title);
  refill (self);
}

void
rp_list_pane_select (RpListPane *self, const char *article_id)
{
  g_return_if_fail (RP_IS_LIST_PANE (self));

  if (g_strcmp0 (self->chosen, article_id) != 0) {
    g_free (self->chosen);
    self->chosen = g_strdup (article_id);
  }
  if (gtk_single_selection_get_model (self->selection) != NULL)
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
  GListModel *model = gtk_single_selection_get_model (self->selection);
  guint at = gtk_single_selection_get_selected (self->selection);
  g_autoptr (RpArticleRow) next = NULL;

  g_return_if_fail (RP_IS_LIST_PANE (self));

  if (at == GTK_INVALID_LIST_POSITION || model == NULL)
    return;
  next = g_list_model_get_item (model, at + 1);
  if (next == NULL && at > 0)
    next = g_list_model_get_item (model, at - 1);
  if (next != NULL)
    choose (self, rp_article_row_get_id (next));
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
