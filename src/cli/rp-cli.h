/* reprintctl: the same use cases as the window, for scripts, servers and tests. A command is a
 * const descriptor; one file each. Text for people by default; with --json one object a line on
 * standard output and nothing else there. Messages go to standard error. */
#pragma once

#include "rp-decision.h"
#include "rp-delivery.h"
#include "rp-intake.h"
#include "rp-workspace.h"

G_BEGIN_DECLS

typedef enum {
  RP_EXIT_DONE = 0,
  RP_EXIT_FAILED = 1,
  RP_EXIT_USAGE = 2,   /* unusable arguments or unreadable input */
  RP_EXIT_DENIED = 3,  /* the licence does not allow it */
  RP_EXIT_PARTLY = 4,  /* some partners or files failed */
  RP_EXIT_QUEUED = 75, /* accepted, not delivered yet */
} RpExit;

typedef struct {
  gboolean json;
  char *library;          /* owned, NULL = default */
  RpWorkspace *workspace; /* owned, NULL until it is needed */
} RpCli;

typedef struct {
  const char *name;
  const char *usage;   /* what follows the name, several forms on lines of their own */
  const char *summary; /* N_() one sentence */
  int (*run) (RpCli *cli, int argc, char **argv); /* argv[0] is the command's name */
} RpCommand;

extern const RpCommand *const rp_commands[]; /* NULL-terminated, made by meson.build */

/* Reads the command's own options; what is left stays in argc/argv. FALSE: the message is printed,
 * return RP_EXIT_USAGE. `entries` may be NULL. */
gboolean rp_cli_parse (RpCli *cli,
                       const RpCommand *command,
                       const GOptionEntry *entries,
                       int *argc,
                       char ***argv);
/* Prints how the command is called. Returns RP_EXIT_USAGE. */
int rp_cli_usage (const RpCommand *command);
/* The open library; NULL: the message is printed. Lends. */
RpWorkspace *rp_cli_open (RpCli *cli);
/* Prints an error and gives the exit status that fits its code. */
int rp_cli_fail (const GError *error);
/* The worse of two exit statuses for a list: all the same stays, mixed is "partly". */
int rp_cli_join (int so_far, int next, gboolean first);
RpPartner *
rp_cli_find_partner (RpCli *cli, const char *name);     /* lends; NULL: the message is printed */
char *rp_cli_find_article (RpCli *cli, const char *id); /* gives; NULL: the message is printed */
RpArticle *rp_cli_get_article (RpCli *cli, const char *id); /* by whole id; gives */

/* Waiting for an asynchronous call: pass rp_cli_ready_cb and the address of a NULL GAsyncResult *.
 */
void rp_cli_ready_cb (GObject *source, GAsyncResult *result, gpointer user_data);
GAsyncResult *rp_cli_wait (GAsyncResult **result); /* gives */

/* A file, a folder's file, an address or "-" as bytes. Gives. */
GBytes *rp_cli_read_input (const char *name, GError **error);
void rp_cli_print_json (JsonObject *object);
/* One thing that was taken in; `source_id` is NULL when it was not read from a source. */
void rp_cli_print_intake (RpCli *cli,
                          const char *source_id,
                          const char *from,
                          const RpIntakeResult *row);
void rp_cli_print_delivery (RpCli *cli, RpDelivery *delivery);
void rp_cli_print_decision (RpCli *cli,
                            const char *article_id,
                            const char *partner_id,
                            RpDecision *decision,
                            const char *words);
const char *rp_cli_or_dash (const char *text);

G_END_DECLS
