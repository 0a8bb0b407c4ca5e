/* The sample desk: a handful of articles and a practice partner that runs on this computer, so that
 * everything can be tried without sending anything to anybody. Main thread. */
#pragma once

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_SAMPLE_PARTNER_ID "practice"

/* Starts reprint-partner (it ends with this program), adds it as a partner, imports the sample
 * articles with their agreement. Doing it twice changes nothing. Gives the practice partner's
 * address by finish. */
void rp_sample_set_up_async (RpWorkspace *workspace,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
char *rp_sample_set_up_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);
/* Starts the practice partner again when the library has one; does nothing otherwise. */
void rp_sample_resume (RpWorkspace *workspace);
/* Puts the sample articles into the trash and removes agreement and partner. */
void rp_sample_remove_async (RpWorkspace *workspace,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean rp_sample_remove_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);

G_END_DECLS
