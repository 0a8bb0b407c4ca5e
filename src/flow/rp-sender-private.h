/* What a sender is made of: rp-sender.c has its thread and whoever talks to it, rp-sender-claim.c
 * takes what is due, rp-sender-send.c sends it and writes down what came of it. Sender's thread;
 * only these three include this. */
#pragma once

#include "rp-courier.h"
#include "rp-group.h"
#include "rp-licence-book.h"
#include "rp-sender-check.h"
#include "rp-sender-news.h"
#include "rp-sender-trip.h"

G_BEGIN_DECLS

struct _RpSender {
  char *uri; /* owned */
  RpSenderDuties duties;
  guint at_once;         /* at most so many deliveries; never changes */
  char *owner;           /* owned */
  RpSecrets *secrets;    /* owned */
  RpSenderPost *post;    /* owned, counted */
  GThread *thread;       /* owned */
  GMainContext *context; /* owned: the sender's own */
  GMainLoop *loop;       /* owned */

  /* only on the sender's thread */
  RpStore *store;      /* owned, NULL while it cannot be opened */
  RpHttp *http;        /* owned */
  RpCourier *courier;  /* owned */
  RpCourier *reader;   /* owned: without a log */
  RpChecker *checker;  /* owned */
  RpLicenceBook *book; /* owned */
  RpSiteFacts *sites;  /* owned */
  RpReadyShelf *shelf; /* owned */
  RpGroup *group;      /* owned */
  GSource *opening;    /* owned, NULL = open, or not tried yet */
  GSource *renewal;    /* owned */
  GPtrArray *waiting;  /* owned, of GTask: told when idle */
  gboolean closing;
  RpSender *helper; /* owned, NULL = none */
  gboolean helped;  /* it has something to do */

  /* what is on its way */
  GPtrArray *trips;    /* owned, of RpTrip */
  GHashTable *moved;   /* owned, of char *: articles whose state the next commit works out */
  GPtrArray *held;     /* owned, of RpTrip in trips: their outcome could not be written yet */
  GSource *held_again; /* owned, NULL = none */
  guint held_rounds;   /* attempts since one of them worked */

  /* what comes next */
  char *book_stamp;     /* owned: which state of the book is in `book` */
  GPtrArray *claimed;   /* owned, of RpDelivery: between a claim and its commit */
  GPtrArray *checks;    /* owned, of RpPlannedCheck: the same */
  gboolean claiming;    /* a claim is waiting for its commit */
  gboolean idle_again;  /* while it waited, the last trip has ended */
  guint idle_rounds;    /* claims since one brought something */
  guint elsewhere;      /* partners that another sender had at the last claim */
  gint64 looked_around; /* rp_time_steady, for what others have left; 0 = never */
  GSource *alarm;       /* owned, NULL = none */
  gint64 asleep_until;  /* rp_time_steady, while it sleeps and somebody may wake it; 0 = awake */
  gboolean listens;     /* is told of changes */
  gint64 changes;       /* of the library, when it fell asleep */
  guint claims;         /* that came to a good end */
  guint bad_claims;     /* since one did */
  gint64 bad_since;     /* rp_time_steady; 0 = all is well */
  GError *bad;          /* owned: what the last one has met */

  gboolean helps; /* is itself a helper; never changes */
  gboolean ended; /* has been told to end; only on its maker's thread */
};

/* Another pair of hands: a sender for deliveries only. Gives. */
RpSender *rp_sender_new_helper (RpSender *sender);

void rp_sender_tell (RpSender *sender, const char *article_id, const char *delivery_id);
/* What is due is claimed together with what is being written anyway. */
void rp_sender_want_claim (RpSender *sender);
/* Whoever waits until nothing is left is told if that is so; a sender that is closing ends. */
void rp_sender_answer_waiting (RpSender *sender);
/* Nothing leaves now, and `error` says why. */
void rp_sender_note_bad (RpSender *sender, const GError *error);
/* Seconds until the next attempt after so many that went wrong. */
guint rp_sender_get_pause (guint rounds);

/* Takes the delivery, which is claimed. */
void rp_sender_start_trip (RpSender *sender, RpDelivery *delivery);
/* The courier's log. */
void rp_sender_record (RpExchange *exchange,
                       RpCourierNote *note,
                       RpCourierGoOn go_on,
                       gpointer courier_data);
/* Writes what is held now, and not in a while. */
void rp_sender_settle_held (RpSender *sender);

G_END_DECLS
