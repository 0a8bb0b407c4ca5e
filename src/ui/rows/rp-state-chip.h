/* One short fact in a pill: an icon that carries the colour, and words. Main thread. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RP_TYPE_STATE_CHIP (rp_state_chip_get_type ())
G_DECLARE_FINAL_TYPE (RpStateChip, rp_state_chip, RP, STATE_CHIP, AdwBin)

/* What a chip says. Strings are not owned: constants and translations. */
typedef struct {
  const char *words;
  const char *icon;  /* NULL = a spinner */
  const char *style; /* "ok", "warn", "bad", NULL = grey */
} RpSign;

/* Crossfades from what it said before; nothing happens when it is the same. */
void rp_state_chip_set_sign (RpStateChip *self, const RpSign *sign);

G_END_DECLS
