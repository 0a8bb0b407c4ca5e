/* Finding and replacing: in the page by its script, in the HTML source by the source view. */
#include <glib/gi18n-lib.h>

#include "rp-editor-private.h"
#include "rp-toast.h"

static GtkTextBuffer *
get_buffer (RpEditor *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->source));
}

/* ---- in the source ---- */

static GtkSourceSearchContext *
get_search (RpEditor *self)
{
  GtkSourceSearchSettings *settings;

  if (self->search == NULL) {
    g_autoptr (GtkSourceSearchSettings) fresh = gtk_source_search_settings_new ();

    gtk_source_search_settings_set_wrap_around (fresh, TRUE);
    self->search = gtk_source_search_context_new (GTK_SOURCE_BUFFER (get_buffer (self)), fresh);
  }
  settings = gtk_source_search_context_get_settings (self->search);
  gtk_source_search_settings_set_case_sensitive (settings,
                                                 rp_find_bar_get_match_case (self->find_bar));
  gtk_source_search_settings_set_search_text (settings, rp_find_bar_get_words (self->find_bar));

  return self->search;
}

/* The buffer is read through once before its matches can be counted. */
static void
show_source_count (RpEditor *self)
{
  GtkSourceSearchContext *search = get_search (self);
  GtkTextIter start, end;
  int at, count;

  gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end);
  at = gtk_source_search_context_get_occurrence_position (search, &start, &end);
  count = gtk_source_search_context_get_occurrences_count (search);
  rp_find_bar_show_count (self->find_bar, (guint) MAX (at, 0), (guint) MAX (count, 0));
}

static void
step_in_source (RpEditor *self, int by)
{
  GtkSourceSearchContext *search = get_search (self);
  GtkTextBuffer *buffer = get_buffer (self);
  GtkTextIter start, end, from, to;
  gboolean found;

  gtk_text_buffer_get_selection_bounds (buffer, &start, &end);
  found = by < 0
            ? gtk_source_search_context_backward (search, &start, &from, &to, NULL)
            : gtk_source_search_context_forward (search, by > 0 ? &end : &start, &from, &to, NULL);
  if (found) {
    gtk_text_buffer_select_range (buffer, &from, &to);
    gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->source), gtk_text_buffer_get_insert (buffer),
                                  0.2, FALSE, 0, 0);
  }
  show_source_count (self);
}

/* One step of undo, however many there are. */
static void
replace_in_source (RpEditor *self, gboolean all)
{
  GtkSourceSearchContext *search = get_search (self);
  const char *by = rp_find_bar_get_replacement (self->find_bar);
  GtkTextIter start, end;

  self->source_run++;
  self->source_at = g_get_monotonic_time ();
  gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end);
  if (all)
    gtk_source_search_context_replace_all (search, by, -1, NULL);
  else
    gtk_source_search_context_replace (search, &start, &end, by, -1, NULL);
  self->source_at = 0;
  step_in_source (self, 0);
}

/* ---- the bar ---- */

static void
find_cb (RpEditor *self)
{
  JsonObject *query;

  if (rp_editor_get_show_source (self)) {
    step_in_source (self, 0);
    return;
  }
  query = json_object_new ();
  json_object_set_string_member (query, "text", rp_find_bar_get_words (self->find_bar));
  json_object_set_boolean_member (query, "matchCase", rp_find_bar_get_match_case (self->find_bar));
  rp_editor_ask (self, "find", query);
}

static void
step_cb (RpEditor *self, int by)
{
  JsonObject *step;

  if (rp_editor_get_show_source (self)) {
    step_in_source (self, by);
    return;
  }
  step = json_object_new ();
  json_object_set_int_member (step, "by", by);
  rp_editor_ask (self, "findStep", step);
}

static void
replace_cb (RpEditor *self, gboolean all)
{
  if (!self->can_edit)
    return;
  if (rp_editor_get_show_source (self)) {
    replace_in_source (self, all);
    return;
  }
  rp_editor_ask_with (self, all ? "replaceAll" : "replace", "by",
                      rp_find_bar_get_replacement (self->find_bar));
}

static void
closed_cb (RpEditor *self)
{
  g_clear_object (&self->search);
  rp_editor_ask (self, "findEnd", NULL);
  if (rp_editor_get_show_source (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->source));
  else
    rp_editor_focus (self);
}

void
rp_editor_connect_find (RpEditor *self)
{
  g_signal_connect_object (self->find_bar, "find", G_CALLBACK (find_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->find_bar, "step", G_CALLBACK (step_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->find_bar, "replace", G_CALLBACK (replace_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->find_bar, "closed", G_CALLBACK (closed_cb), self,
                           G_CONNECT_SWAPPED);
}

void
rp_editor_refresh_find (RpEditor *self)
{
  if (rp_find_bar_is_open (self->find_bar))
    find_cb (self);
}
