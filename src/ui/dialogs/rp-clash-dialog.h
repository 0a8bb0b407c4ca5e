/* Two people have changed the same fields of an article: both versions side by side, word by word,
 * and for each field the choice which one stays. Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_CLASH_DIALOG (rp_clash_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RpClashDialog, rp_clash_dialog, RP, CLASH_DIALOG, AdwWindow)

/* `mine` = the fields whose version of this window stays. */
typedef void (*RpClashChosen) (const char *const *mine, GObject *owner);

/* `fields` are names of rp-merge.h. `chosen` is called once, or never when the person cancels;
 * `owner` is kept until then. Gives nothing: the window frees itself. */
void rp_clash_dialog_present (GtkWindow *parent,
                              RpWorkspace *workspace,
                              RpArticle *mine,
                              RpArticle *theirs,
                              const char *const *fields,
                              RpClashChosen chosen,
                              GObject *owner);

G_END_DECLS
