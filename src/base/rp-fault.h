/* Fault points: places where tests kill the program, to prove that a restart loses and doubles
 * nothing. With REPRINT_FAULT=N in the environment the N-th point that is passed kills the process
 * (SIGKILL, no clean-up). Without it a point costs one comparison. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void rp_fault_point (const char *name);

G_END_DECLS
