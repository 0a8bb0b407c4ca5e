/* The steps back, and the journal of what is not saved yet. */
#include <glib/gstdio.h>

#include "rp-journal.h"
#include "rp-undo.h"

static RpDraft *
make (const char *headline, const char *body)
{
  RpDraft *draft = g_new0 (RpDraft, 1);

  draft->article_id = g_strdup ("a1");
  draft->headline = g_strdup (headline);
  draft->body_html = g_strdup (body);

  return draft;
}

static void
note (RpUndo *undo, const char *headline, const char *body, guint run)
{
  g_autoptr (RpDraft) draft = make (headline, body);

  rp_undo_note (undo, draft, run);
}

static void
check (const RpDraft *state, const char *headline, const char *body)
{
  g_assert_nonnull (state);
  g_assert_cmpstr (state->headline, ==, headline);
  g_assert_cmpstr (state->body_html, ==, body);
}

static RpUndo *
begin (void)
{
  g_autoptr (RpDraft) first = make ("H", "t");
  RpUndo *undo = rp_undo_new ();

  rp_undo_begin (undo, first);

  return undo;
}

static void
test_fields (void)
{
  g_autoptr (RpUndo) undo = begin ();

  note (undo, NULL, "t1", 1);
  note (undo, "H1", NULL, 2);
  check (rp_undo_go_back (undo), "H", "t1");
  check (rp_undo_go_back (undo), "H", "t");
  g_assert_null (rp_undo_go_back (undo));
  check (rp_undo_go_on (undo), "H", "t1");
  check (rp_undo_go_on (undo), "H1", "t1");
  g_assert_null (rp_undo_go_on (undo));
}

static void
test_runs (void)
{
  g_autoptr (RpUndo) undo = begin ();

  note (undo, NULL, "ta", 1);
  note (undo, NULL, "tab", 1);
  note (undo, NULL, "tab ", 2);
  note (undo, NULL, "tab ", 3); /* nothing new */
  check (rp_undo_go_back (undo), "H", "tab");
  check (rp_undo_go_back (undo), "H", "t");
}

static void
test_branch (void)
{
  g_autoptr (RpUndo) undo = begin ();

  note (undo, NULL, "ta", 1);
  note (undo, NULL, "tb", 2);
  check (rp_undo_go_back (undo), "H", "ta");
  note (undo, NULL, "tc", 1); /* the number of before: a step of its own all the same */
  g_assert_false (rp_undo_can_go_on (undo));
  check (rp_undo_go_back (undo), "H", "ta");
  check (rp_undo_go_back (undo), "H", "t");
}

static void
test_bounded (void)
{
  g_autoptr (RpUndo) undo = begin ();
  g_autofree char *large = g_strnfill (4 * 1024 * 1024, 'x');
  guint steps = 0;

  for (guint i = 0; i < 20; i++) {
    g_autofree char *body = g_strdup_printf ("%u%s", i, large);

    note (undo, NULL, body, 0);
  }
  while (rp_undo_go_back (undo) != NULL)
    steps++;
  g_assert_cmpuint (steps, >, 2);
  g_assert_cmpuint (steps, <, 10);
}

/* ---- what goes round the text: its language, and the order of its pictures ---- */

static RpArticle *
make_article (void)
{
  RpArticle *article = rp_article_new ();
  const char *const urls[] = {"cid:a", "cid:b"};

  rp_article_set (article, RP_ARTICLE_ID, "a1");
  rp_article_set (article, RP_ARTICLE_LANGUAGE, "de");
  rp_article_set (article, RP_ARTICLE_BODY_HTML, "<p>t</p>");
  rp_article_add_author (article, "Runa Teal", NULL, NULL);
  rp_article_add_author (article, "Joris Halm", NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (urls); i++) {
    g_autoptr (RpMedia) media = rp_media_new (urls[i]);

    rp_article_add_media (article, media);
  }

  return article;
}

static void
check_article (RpArticle *article, const char *language, const char *byline, const char *first)
{
  g_autofree char *authors = rp_article_dup_byline (article);

  g_assert_cmpstr (rp_article_get (article, RP_ARTICLE_LANGUAGE), ==, language);
  g_assert_cmpstr (authors, ==, byline);
  g_assert_cmpstr (rp_media_get (rp_article_get_media (article)->pdata[0], RP_MEDIA_URL), ==,
                   first);
}

static void
test_around (void)
{
  g_autoptr (RpArticle) article = make_article ();
  g_autoptr (RpDraft) first = rp_draft_new_from_article (article);
  g_autoptr (RpDraft) french = g_new0 (RpDraft, 1), sorted = g_new0 (RpDraft, 1);
  RpUndo *undo = rp_undo_new ();
  const char *const order[] = {"cid:b", "cid:a", NULL};

  french->language = g_strdup ("fr");
  french->byline = g_strdup ("Runa Teal et Joris Halm");
  sorted->order = g_strdupv ((char **) order);
  rp_undo_begin (undo, first);
  rp_undo_note (undo, french, 0);
  rp_undo_note (undo, sorted, 0);
  rp_undo_note (undo, sorted, 0); /* nothing new */
  g_assert_true (rp_draft_apply (rp_undo_get_now (undo), article));
  check_article (article, "fr", "Runa Teal et Joris Halm", "cid:b");
  g_assert_true (rp_draft_apply (rp_undo_go_back (undo), article));
  check_article (article, "fr", "Runa Teal et Joris Halm", "cid:a");
  g_assert_true (rp_draft_apply (rp_undo_go_back (undo), article));
  check_article (article, "de", "Runa Teal und Joris Halm", "cid:a");
  g_assert_false (rp_draft_apply (rp_undo_get_now (undo), article));
  g_assert_false (rp_undo_can_go_back (undo));
  rp_undo_free (undo);
}

/* ---- the journal ---- */

typedef struct {
  char *folder;
  char *journal;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  place->folder = g_dir_make_tmp ("reprint-typing.XXXXXX", NULL);
  place->journal = g_build_filename (place->folder, "library.db.typing", NULL);
}

static void
tear_down (Place *place, gconstpointer data)
{
  g_autofree char *file = g_build_filename (place->journal, "a1.typed", NULL);

  g_unlink (file);
  g_rmdir (place->journal);
  g_assert_cmpint (g_rmdir (place->folder), ==, 0);
  g_free (place->folder);
  g_free (place->journal);
}

static GPtrArray *
read_again (Place *place)
{
  g_autoptr (RpJournal) journal = rp_journal_new (place->journal);

  return rp_journal_read (journal);
}

static void
test_newest (Place *place, gconstpointer data)
{
  RpJournal *journal = rp_journal_new (place->journal);
  g_autoptr (GPtrArray) drafts = NULL;

  for (guint i = 0; i < 100; i++) {
    g_autofree char *body = g_strdup_printf ("<p>Grüße „%u“</p>", i);
    g_autoptr (RpDraft) draft = make ("H", body);
    g_autoptr (RpMedia) media = rp_media_new ("cid:abc");

    rp_media_set (media, RP_MEDIA_CREDIT, "Photo: Joris Halm");
    rp_draft_take_picture (draft, g_object_ref (media));
    draft->language = g_strdup ("de-AT");
    draft->order = g_strsplit ("cid:abc cid:def", " ", -1);
    rp_journal_note (journal, draft);
  }
  rp_journal_free (journal);
  drafts = read_again (place);
  g_assert_cmpuint (drafts->len, ==, 1);
  check (drafts->pdata[0], "H", "<p>Grüße „99“</p>");
  g_assert_cmpstr (
    rp_media_get (((RpDraft *) drafts->pdata[0])->pictures->pdata[0], RP_MEDIA_CREDIT), ==,
    "Photo: Joris Halm");
  g_assert_cmpstr (((RpDraft *) drafts->pdata[0])->language, ==, "de-AT");
  g_assert_cmpstr (((RpDraft *) drafts->pdata[0])->order[1], ==, "cid:def");
}

static void
test_forgotten (Place *place, gconstpointer data)
{
  RpJournal *journal = rp_journal_new (place->journal);
  g_autoptr (RpDraft) draft = make ("H", "t");
  g_autoptr (GPtrArray) drafts = NULL;

  rp_journal_note (journal, draft);
  rp_journal_forget (journal, "a1");
  rp_journal_free (journal);
  drafts = read_again (place);
  g_assert_cmpuint (drafts->len, ==, 0);
}

static void
test_torn (Place *place, gconstpointer data)
{
  RpJournal *journal = rp_journal_new (place->journal);
  g_autofree char *file = g_build_filename (place->journal, "a1.typed", NULL);
  g_autofree char *whole = NULL;
  g_autoptr (RpDraft) draft = make ("H", "t");
  g_autoptr (GPtrArray) drafts = NULL;
  gsize size;

  rp_journal_note (journal, draft);
  rp_journal_free (journal);
  g_assert_true (g_file_get_contents (file, &whole, &size, NULL));
  g_assert_true (g_file_set_contents (file, whole, (gssize) size - 3, NULL));
  drafts = read_again (place);
  g_assert_cmpuint (drafts->len, ==, 0);
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS)); /* left alone */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/undo/fields", test_fields);
  g_test_add_func ("/ui/undo/runs", test_runs);
  g_test_add_func ("/ui/undo/branch", test_branch);
  g_test_add_func ("/ui/undo/bounded", test_bounded);
  g_test_add_func ("/ui/undo/around-the-text", test_around);
  g_test_add ("/ui/journal/newest", Place, NULL, set_up, test_newest, tear_down);
  g_test_add ("/ui/journal/forgotten", Place, NULL, set_up, test_forgotten, tear_down);
  g_test_add ("/ui/journal/torn", Place, NULL, set_up, test_torn, tear_down);

  return g_test_run ();
}
