#include "rp-list-lessons.h"

#include <glib/gi18n-lib.h>

#include "rp-article-row.h"

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
  {RP_STATE_REVIEW, "object-select-symbolic", N_ ("No Licence to Confirm"),
   N_ ("Licences that are only guessed, or on which sources disagree, wait here for a person's "
       "word.")},
  {RP_STATE_READY, "object-select-symbolic", N_ ("Nothing Is Ready"),
   N_ ("Articles that at least one partner may have are listed here.")},
  {RP_STATE_SCHEDULED, "alarm-symbolic", N_ ("Nothing Is Scheduled"),
   N_ ("Choose Schedule beside Publish to send an article later.")},
  {RP_STATE_PUBLISHED, "rp-published-symbolic", N_ ("Nothing Is Published Yet"),
   N_ ("Articles that partners have are listed here.")},
  {RP_STATE_ATTENTION, "dialog-warning-symbolic", N_ ("Nothing Needs You"),
   N_ ("Deliveries that failed are listed here with the reason.")},
  {RP_STATE_ARCHIVE, "folder-symbolic", N_ ("The Archive Is Empty"),
   N_ ("Articles that are done with can be kept here.")},
  {RP_STATE_TRASH, "user-trash-symbolic", N_ ("The Trash Is Empty"),
   N_ ("Articles in the trash can be taken back at any time.")},
};

static void
show (AdwStatusPage *page, const char *icon, const char *title, const char *words)
{
  adw_status_page_set_icon_name (page, icon);
  adw_status_page_set_title (page, title);
  adw_status_page_set_description (page, words);
}

void
rp_list_lessons_show (AdwStatusPage *page, const char *state, gboolean searching)
{
  if (searching) {
    show (page, "edit-find-symbolic", _ ("Nothing Found"),
          _ ("Try fewer words, or another place on the desk."));
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (lessons); i++) {
    if (g_strcmp0 (lessons[i].state, state) == 0) {
      show (page, lessons[i].icon, _ (lessons[i].title), _ (lessons[i].words));
      return;
    }
  }
  show (page, "edit-find-symbolic", _ ("Nothing Here"),
        _ ("Articles that fit will be listed here by themselves."));
}
