/* The text as HTML source. Its colours are read when it is first looked at: few do, and the grammar
 * costs every start a tenth of its time. */
#include "rp-editor-private.h"
#include "rp-html.h"
#include "rp-source-colours.h"

#define PAUSE G_TIME_SPAN_SECOND
#define SOURCE_RUNS 0x80000000u /* numbers that the page does not give to its own */

static char *
dup_source_text (RpEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->source));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* What is typed without a pause is one step of undo. */
static guint
get_source_run (RpEditor *self)
{
  gint64 now = g_get_monotonic_time ();

  if (now - self->source_at > PAUSE)
    self->source_run++;
  self->source_at = now;

  return SOURCE_RUNS | self->source_run;
}

static void
source_changed_cb (RpEditor *self)
{
  RpDraft *draft;

  if (self->filling || self->article == NULL)
    return;
  draft = g_new0 (RpDraft, 1);
  draft->article_id = g_strdup (rp_article_get (self->article, RP_ARTICLE_ID));
  draft->body_html = dup_source_text (self);
  draft->is_source = TRUE;
  rp_editor_show_words (self, rp_html_count_words (draft->body_html));
  rp_editor_take_draft (self, draft, get_source_run (self));
}

static void
set_source_text (RpEditor *self, const char *body)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->source));

  self->filling = TRUE;
  gtk_text_buffer_set_text (buffer, body != NULL ? body : "", -1);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->source), self->can_edit);
  self->filling = FALSE;
}

static void
prepare (RpEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->source));

  if (!gtk_text_buffer_get_enable_undo (buffer))
    return; /* it is */
  rp_source_colours_apply (self->source, "html");
  gtk_text_buffer_set_enable_undo (buffer, FALSE); /* ours knows the other fields, too */
  g_signal_connect_object (buffer, "changed", G_CALLBACK (source_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

void
rp_editor_fill_source (RpEditor *self)
{
  prepare (self);
  set_source_text (
    self, self->article != NULL ? rp_article_get (self->article, RP_ARTICLE_BODY_HTML) : NULL);
}

/* The caret goes where it differs. */
void
rp_editor_show_source_state (RpEditor *self, const RpDraft *state)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->source));
  g_autofree char *before = dup_source_text (self);
  g_autofree char *after = rp_draft_dup_source (state, self->article);
  const char *a = before, *b = after;
  GtkTextIter place;

  if (g_strcmp0 (before, after) == 0)
    return;
  while (*a != '\0' && *a == *b)
    a++, b++;
  set_source_text (self, after);
  while (b > after && (*b & 0xc0) == 0x80)
    b--;
  gtk_text_buffer_get_iter_at_offset (buffer, &place,
                                      (int) g_utf8_strlen (after, (gssize) (b - after)));
  gtk_text_buffer_place_cursor (buffer, &place);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->source), gtk_text_buffer_get_insert (buffer),
                                0.2, FALSE, 0, 0);
}
