/* A library of its own for one test: in a temporary folder, or a database on the server that
 * REPRINT_TEST_POSTGRES names. */
#pragma once

#include <gio/gio.h>

#include "rp-delivery.h"
#include "rp-store.h"

#define NOW (G_GINT64_CONSTANT (1780000000) * G_TIME_SPAN_SECOND)

typedef struct {
  char *folder;
  char *uri;
  RpStore *store;
} Fixture;

const char *fixture_get_server (void); /* NULL = the library is a file */
void fixture_set_up (Fixture *fixture, gconstpointer data);
void fixture_tear_down (Fixture *fixture, gconstpointer data);
void fixture_remove (const char *folder); /* and all in it */
/* Gives. */
RpDelivery *fixture_queue (Fixture *fixture,
                           const char *article,
                           const char *partner,
                           RpDeliveryAction action,
                           gint64 publish_at);
