/* What the partner dialog is made of: rp-partner-dialog.c tests, saves and removes;
 * rp-partner-dialog-form.c draws the form and reads it. Main thread; only these two include this.
 */
#pragma once

#include "rp-dispatch.h"
#include "rp-partner-about.h"
#include "rp-partner-dialog.h"
#include "rp-partner-finder.h"

G_BEGIN_DECLS

struct _RpPartnerDialog {
  AdwWindow parent_instance;

  GtkWidget *save;
  RpPartnerFinder *finder;
  AdwComboRow *kind;
  AdwExpanderRow *notes;
  GtkWidget *notes_group;
  GtkEditable *name;
  AdwPreferencesGroup *settings;
  AdwActionRow *result;
  GtkImage *result_sign;
  GtkSpinner *spinner;
  GtkWidget *test;
  AdwComboRow *ads;
  GtkEditable *territories;
  GtkSwitch *truths[RP_PARTNER_N_TRUTHS];
  GtkSwitch *channels[RP_PARTNER_N_CHANNELS];
  GtkWidget *can_canonical_row;
  GtkWidget *can_unpublish_row;
  GtkWidget *remove_group;

  RpWorkspace *workspace;    /* owned */
  RpPartner *before;         /* owned: as it is kept, NULL = a new one */
  RpPartner *partner;        /* owned: being tested or saved */
  GPtrArray *kinds;          /* owned, of RpPartnerKind */
  GPtrArray *rows;           /* owned, of GtkWidget: one per setting */
  GPtrArray *note_rows;      /* owned, of GtkWidget: one per note */
  JsonObject *found;         /* owned: settings that were found out, NULL = none */
  JsonObject *learned;       /* owned: by a test, NULL = nothing */
  GCancellable *cancellable; /* owned */
  char *id;                  /* owned, NULL until it is needed */
  guint next_secret;         /* the row whose secret is stored next */
  gboolean plain_agreed;     /* sending in the clear was agreed to */
  void (*then) (RpPartnerDialog *self);
};

/* Fills it with the partner as it is kept, or with nothing. */
void rp_partner_dialog_fill_form (RpPartnerDialog *self);
/* The rows of the kind that is chosen; what was typed stays. */
void rp_partner_dialog_draw_settings (RpPartnerDialog *self);
void rp_partner_dialog_found_cb (RpPartnerDialog *self, const RpDiscovery *discovery);
/* The partner that the form says; its secrets are remembered, not stored. Gives. */
RpPartner *rp_partner_dialog_make_partner (RpPartnerDialog *self);
/* Whether an address of it is not encrypted on its way. */
gboolean rp_partner_dialog_is_in_the_clear (RpPartnerDialog *self);

/* `style` is "success" or "error". */
void rp_partner_dialog_show_result (RpPartnerDialog *self,
                                    const char *title,
                                    const char *words,
                                    const char *style);

G_END_DECLS
