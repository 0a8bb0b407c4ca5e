#include "rp-checks-group.h"

#include <glib/gi18n-lib.h>

#include "rp-finding-row.h"
#include "rp-may.h"

struct _RpChecksGroup {
  AdwPreferencesGroup parent_instance;

  GtkLabel *summary;
  GtkListBox *rows;

  GPtrArray *concerns; /* owned, of RpConcern, in the order of the rows */
  char *shown;         /* owned: everything that the rows say */
};

G_DEFINE_FINAL_TYPE (RpChecksGroup, rp_checks_group, ADW_TYPE_PREFERENCES_GROUP)

enum {
  FIX,
  LEAVE_OUT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
emit (RpChecksGroup *self, GtkListBoxRow *row, guint signal)
{
  guint index = (guint) gtk_list_box_row_get_index (row);

  if (index < self->concerns->len)
    g_signal_emit (self, signals[signal], 0, g_ptr_array_index (self->concerns, index));
}

static void
fix_cb (GtkListBoxRow *row, RpChecksGroup *self)
{
  emit (self, row, FIX);
}

static void
leave_out_cb (GtkListBoxRow *row, RpChecksGroup *self)
{
  emit (self, row, LEAVE_OUT);
}

/* ---- showing ---- */

static char *
dup_passed (guint passed)
{
  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u check passed", "%u checks passed", passed), passed);
}

static guint
count_passed (GPtrArray *verdicts)
{
  guint passed = G_MAXUINT;

  for (guint i = 0; i < verdicts->len; i++) {
    const RpVerdictFor *verdict = g_ptr_array_index (verdicts, i);

    passed = MIN (passed, rp_decision_get_passed (verdict->decision));
  }

  return verdicts->len > 0 ? passed : 0;
}

/* What a rebuild would show: rows are left alone, and keep the focus, when it is the same. */
static char *
describe_all (GPtrArray *concerns, guint passed)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < concerns->len; i++) {
    const RpConcern *concern = g_ptr_array_index (concerns, i);
    g_autofree char *words = rp_concern_dup_words (concern);

    g_string_append_printf (all, "%d\t%s\t%s\t%s\n", concern->finding->severity, words,
                            concern->finding->fix_action, concern->finding->fix_args);
  }
  g_string_append_printf (all, "%u", passed);

  return g_strdup (all->str);
}

static void
add_passed_row (RpChecksGroup *self, guint passed)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *image = gtk_image_new_from_icon_name ("object-select-symbolic");
  g_autofree char *words = dup_passed (passed);

  gtk_widget_add_css_class (image, "success");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_append (self->rows, row);
}

static gboolean
may_fix (RpWorkspace *workspace, const RpConcern *concern)
{
  const char *action = concern->finding->fix_action;
  g_autofree char *whole = action != NULL ? g_strconcat ("fix.", action, NULL) : NULL;

  return whole != NULL && rp_may_do (workspace, whole);
}

static void
rebuild (RpChecksGroup *self, RpWorkspace *workspace, guint passed)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_list_box_remove (self->rows, child);
  for (guint i = 0; i < self->concerns->len; i++) {
    const RpConcern *concern = g_ptr_array_index (self->concerns, i);
    GtkWidget *row = rp_finding_row_new (concern, may_fix (workspace, concern));

    g_signal_connect_object (row, "fix", G_CALLBACK (fix_cb), self, 0);
    g_signal_connect_object (row, "leave-out", G_CALLBACK (leave_out_cb), self, 0);
    gtk_list_box_append (self->rows, row);
  }
  if (passed > 0)
    add_passed_row (self, passed);
}

static void
show_summary (RpChecksGroup *self, guint passed)
{
  guint n = rp_checks_group_get_n_to_fix (self);
  g_autofree char *words =
    n > 0
      ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u finding", "%u findings", n), n)
      : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u passed", "%u passed", passed), passed);

  gtk_label_set_text (self->summary, words);
}

static void
rp_checks_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_CHECKS_GROUP);
  G_OBJECT_CLASS (rp_checks_group_parent_class)->dispose (object);
}

static void
rp_checks_group_finalize (GObject *object)
{
  RpChecksGroup *self = RP_CHECKS_GROUP (object);

  g_clear_pointer (&self->concerns, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (rp_checks_group_parent_class)->finalize (object);
}

static void
rp_checks_group_class_init (RpChecksGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_checks_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_checks_group_finalize;
  signals[FIX] = g_signal_new ("fix", RP_TYPE_CHECKS_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[LEAVE_OUT] = g_signal_new ("leave-out", RP_TYPE_CHECKS_GROUP, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/pages/rp-checks-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RpChecksGroup, summary);
  gtk_widget_class_bind_template_child (widget_class, RpChecksGroup, rows);
}

static void
rp_checks_group_init (RpChecksGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->concerns = g_ptr_array_new ();
}

void
rp_checks_group_show (RpChecksGroup *self, RpWorkspace *workspace, GPtrArray *verdicts)
{
  guint passed = count_passed (verdicts);
  g_autofree char *shown = NULL;

  g_ptr_array_unref (self->concerns);
  self->concerns = rp_concern_list (verdicts);
  show_summary (self, passed);
  shown = describe_all (self->concerns, passed);
  if (g_strcmp0 (shown, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&shown);
  rebuild (self, workspace, passed);
}

guint
rp_checks_group_get_n_to_fix (RpChecksGroup *self)
{
  guint n = 0;

  for (guint i = 0; i < self->concerns->len; i++)
    if (rp_concern_is_to_fix (g_ptr_array_index (self->concerns, i)))
      n++;

  return n;
}
