#include "rp-error.h"

G_DEFINE_QUARK (rp - error - quark, rp_error)
