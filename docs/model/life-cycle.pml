/*
 * Rules R1 to R7 of the keyless protocol (docs/keyless-protocol.md, section 9) for one account: a vault, an issuer,
 * the realms as one, two devices of the owner and a thief. Checked by `npm run model`; see README.md beside this file.
 *
 * One process takes any step that is possible, in any order. A message that was sent stays in the network: it may
 * arrive late, again, or never. What a device asks for directly may happen and its answer be lost. The issuer acts on
 * any prefix of the vault's feed (it lags), and may once be restored from a copy. At any moment the world may come to
 * rest: orders are undone, reservations end, tokens expire, the issuer reads the feed and deletes. Then nothing
 * superseded may be left, and the owner makes one more generation.
 *
 * A mutant breaks one rule: -DMUTANT_<name>. A goal is a state that must be reachable, or the model proves nothing:
 * -DGOAL_<name> asserts that it is not.
 */

#ifndef SLOTS
#define SLOTS 2 /* attempts before the world comes to rest, at most 3; one more is made then */
#endif
#define ALL_SLOTS 4
#define FEED 16

/* Who attempts. A and B share the owner's key. */
#define A 0
#define B 1
#define THIEF 2
#define OWNER 1
#define STRANGER 2
#define ownerOf(s) (by[s] == THIEF -> STRANGER : OWNER)

/* What the issuer knows of a slot. Gone: retired, and every realm has confirmed. */
#define UNKNOWN 0
#define RESERVED 1
#define GRANTED 2
#define KEPT 3
#define CURRENT 4
#define RETIRED 5
#define GONE 6

/* Facts of the feed. */
#define reserved 1
#define voided 2
#define activated 3
#define erased 4

/* How far an attempt is: reserved; register tokens, row sent; read back; kept, S sent. */
#define IDLE 0
#define HELD 1
#define SENT 2
#define READ_BACK 3
#define SIGNED 4

/* Slots are numbered from 1; 0 is none. Contents are 1 or 2; 0 is none. */
byte by[5], from[5];
byte slots;

/* Vault */
byte last, live, open, row[5];
bool order;
byte fact[FEED], about[FEED], head;

/* Issuer: its document, and a copy of it */
byte state[5], number, pin, place;
byte oldState[5], oldNumber, oldPin, oldPlace;
bool copied, restored;

/* Realms, and the register tokens that they still accept */
byte realm[5];
bool token[5];

/* Actors */
byte step[3], at[3], content[3];
bool resumed;

/* Network: rows to the vault and to the realms, by content; S with the issuer's kept */
bool putting[5], puttingOther[5], registering[5], registeringOther[5], activating[5];

/* The issuer's signature that it keeps a slot; what only the properties look at */
bool kept[5], acknowledged, ordered;
byte used;

inline publish(kind, slot) {
  fact[head] = kind;
  about[head] = slot;
  head++
}

/* What holds after every step. */
inline check() {
  /* Nothing lost: the live row opens, and both halves are of one attempt. */
  assert(live == 0 || ownerOf(live) != OWNER || (row[live] != 0 && row[live] == realm[live]));
  /* One active row: at the vault, beside the one that is being made; at the issuer. */
  assert((row[1] == 0 || live == 1 || open == 1) && (row[2] == 0 || live == 2 || open == 2) &&
         (row[3] == 0 || live == 3 || open == 3));
  assert((state[1] == CURRENT) + (state[2] == CURRENT) + (state[3] == CURRENT) + (state[4] == CURRENT) <= 1)
#ifdef GOAL_ROTATED
  assert(!(live != 0 && ownerOf(live) == OWNER && last == 2 && !ordered))
#endif
#ifdef GOAL_ERASED_AND_MADE_AGAIN
  assert(!(live != 0 && ownerOf(live) == OWNER && last == 3 && ordered))
#endif
#ifdef GOAL_HELD_BY_THE_THIEF
  assert(!(live != 0 && ownerOf(live) == STRANGER))
#endif
#ifdef GOAL_RESTORED_BEHIND
  assert(!(restored && place < head && live != 0 && state[live] != CURRENT))
#endif
#ifdef GOAL_DELETED_EVERYWHERE
  assert(!(state[1] == GONE && live == 2))
#endif
#ifdef GOAL_SECOND_KEY
  assert(!(live != 0 && row[live] == 2))
#endif
}

/* R1 and R7: what an open reservation leaves behind. */
inline voidOpen() {
  if
  :: open != 0 ->
    row[open] = 0;
    publish(voided, open);
    open = 0
  :: else
  fi
}

/* R1. A takes over B's reservation and the other way round: 15 minutes have passed. */
inline reserve(who) {
  slots++;
  by[slots] = who;
  from[slots] = last;
  voidOpen();
  open = slots;
  publish(reserved, slots)
}

#ifdef MUTANT_UNSIGNED
#define mayReserve(who) (!order)
#define mayKeep(s) true
#else
#define mayReserve(who) (!order && (live == 0 || (who == THIEF) == (ownerOf(live) == STRANGER)))
#define mayKeep(s) (pin == 0 || pin == ownerOf(s))
#endif

#ifdef MUTANT_RESTARTING_NUMBERS
#define numberAfterErasure 0
#else
#define numberAfterErasure (last + 1)
#endif

/* R6, R7 */
inline erase() {
  assert(!acknowledged); /* an undo that was taken in time wins */
  voidOpen();
  last = numberAfterErasure;
  row[live] = 0;
  live = 0;
  order = false;
  publish(erased, last)
}

/* R2 */
inline activate(s) {
#ifdef MUTANT_ERASING_FIRST
  row[live] = 0;
#endif
  if
#ifdef MUTANT_WITNESS_AFTER
  :: open == s && row[s] != 0 && from[s] == last && !order ->
#else
  :: open == s && row[s] != 0 && from[s] == last && !order && kept[s] ->
#endif
    assert(kept[s]);                                       /* kept before active */
    assert(live == 0 || ownerOf(live) == ownerOf(s));  /* nobody but the owner replaces */
    last = from[s] + 1;
    assert((used & (1 << last)) == 0);                     /* a number is used once */
    used = used | (1 << last);
    if
    :: live != 0 -> row[live] = 0
    :: else
    fi;
    live = s;
    open = 0;
    publish(activated, s)
  :: else
  fi
}

/* R5: one way */
inline retire(s) {
  if
  :: state[s] == UNKNOWN || state[s] == RESERVED || state[s] == GRANTED || state[s] == KEPT || state[s] == CURRENT ->
    state[s] = RETIRED
  :: else
  fi
}

/* R4 */
inline readNext() {
  if
  :: fact[place] == reserved ->
    if
    :: state[about[place]] == UNKNOWN -> state[about[place]] = RESERVED
    :: else
    fi
  :: fact[place] == voided -> retire(about[place])
  :: fact[place] == activated ->
    for (i : 1 .. ALL_SLOTS) {
      if
      :: i != about[place] && (state[i] == CURRENT || (state[i] == KEPT && from[i] <= from[about[place]])) -> retire(i)
      :: else
      fi
    }
    state[about[place]] = CURRENT;
    number = from[about[place]] + 1;
    pin = ownerOf(about[place])
  :: fact[place] == erased ->
    for (i : 1 .. ALL_SLOTS) {
      if
      :: state[i] == CURRENT || state[i] == KEPT -> retire(i)
      :: else
      fi
    }
    number = about[place];
    pin = 0
  :: else
  fi;
  place++
}

/* Grants: for a reservation that was read */
#define mayGrant(s) ((state[s] == RESERVED || state[s] == GRANTED) && from[s] == number)

inline grant(s) {
  state[s] = GRANTED;
  token[s] = true
}

/* R3 */
inline keep(s) {
  if
  :: state[s] == GRANTED && from[s] == number && mayKeep(s) ->
#ifdef MUTANT_OVERWRITTEN
    for (i : 1 .. ALL_SLOTS) {
      if
      :: i != s && (state[i] == KEPT || state[i] == CURRENT) -> retire(i)
      :: else
      fi
    }
#endif
#ifdef MUTANT_PINNED_AT_KEPT
    pin = ownerOf(s);
#endif
    state[s] = KEPT;
    kept[s] = true
  :: else
  fi
}

/* A row once per reservation: a repeat changes nothing */
inline put(s, what) {
  if
#ifdef MUTANT_PUT_TWICE
  :: open == s -> row[s] = what
#else
  :: open == s && row[s] == 0 -> row[s] = what
#endif
  :: else
  fi
}

/* R5: never while a register token lives */
#ifdef MUTANT_LIVE_TOKEN
#define mayDelete(s) (state[s] == RETIRED)
#else
#define mayDelete(s) (state[s] == RETIRED && !token[s])
#endif

inline delete(s) {
  assert(s != live); /* no deletion of a live slot */
  realm[s] = 0;
  state[s] = GONE
}

/* An attempt, one step on; the answer arrives or is lost. The thief reads nothing back. */
inline goOn(who) {
  if
  :: step[who] == IDLE && slots < SLOTS && mayReserve(who) ->
    reserve(who);
    if
    :: step[who] = HELD; at[who] = slots; content[who] = 1
    :: true
    fi
  :: step[who] == HELD && mayGrant(at[who]) ->
    grant(at[who]);
    if
    :: content[who] == 1 -> putting[at[who]] = true; registering[at[who]] = true; step[who] = SENT
    :: content[who] == 2 -> puttingOther[at[who]] = true; registeringOther[at[who]] = true; step[who] = SENT
    :: true
    fi
  :: step[who] == SENT && open == at[who] && row[at[who]] == content[who] && realm[at[who]] == content[who] ->
    step[who] = READ_BACK
  :: step[who] == READ_BACK || (step[who] == SENT && who == THIEF) ->
#ifdef MUTANT_WITNESS_AFTER
    activating[at[who]] = true;
#endif
    keep(at[who]);
    if
    :: kept[at[who]] -> activating[at[who]] = true; step[who] = SIGNED
    :: true
    fi
  /* Killed, or tired of waiting. What was sent is under way all the same. */
  :: step[who] != IDLE ->
#ifdef MUTANT_BY_DEVICE
    realm[at[who]] = 0;
#endif
    step[who] = IDLE; at[who] = 0; content[who] = 0
  /* More than the protocol allows: the same slot with another key, by a device that has forgotten the first. */
  :: !resumed && (step[who] == HELD || step[who] == SENT) && who == A ->
    resumed = true; step[who] = HELD; content[who] = 2
  fi
}

inline arrive(s) {
  if
  :: putting[s] -> put(s, 1)
  :: puttingOther[s] -> put(s, 2)
  :: registering[s] && token[s] && realm[s] == 0 -> realm[s] = 1
  :: registeringOther[s] && token[s] && realm[s] == 0 -> realm[s] = 2
  :: activating[s] -> activate(s)
  :: token[s] -> token[s] = false
  :: mayDelete(s) -> delete(s)
#ifdef MUTANT_BY_CLOCK
  :: state[s] == GRANTED || state[s] == KEPT -> state[s] = RETIRED
#endif
#ifdef MUTANT_WITHOUT_RECEIPT
  :: state[s] == KEPT ->
    for (i : 1 .. ALL_SLOTS) {
      if
      :: i != s && state[i] == CURRENT -> retire(i)
      :: else
      fi
    }
    state[s] = CURRENT
#endif
  fi
}

/* The owner's deletion order. It is used once, and so is its id. */
inline orders() {
  if
  :: live != 0 && ownerOf(live) == OWNER && !ordered && !order -> ordered = true; order = true; voidOpen()
#ifdef MUTANT_ISSUER_FIRST
  :: order && !acknowledged -> acknowledged = true
  :: order && acknowledged -> acknowledged = false; order = false
#else
  :: order -> order = false
#endif
  :: order -> erase()
  fi
}

inline copies() {
  if
  :: !copied ->
    copied = true;
    for (i : 1 .. SLOTS) { oldState[i] = state[i] }
    oldNumber = number; oldPin = pin; oldPlace = place
  :: copied && !restored ->
    restored = true;
    for (i : 1 .. SLOTS) { state[i] = oldState[i]; oldState[i] = 0 }
    number = oldNumber; pin = oldPin; place = oldPlace;
    oldNumber = 0; oldPin = 0; oldPlace = 0
  fi
}

inline settle() {
  do
  :: place < head -> readNext()
  :: else -> break
  od;
  for (j : 1 .. ALL_SLOTS) {
    token[j] = false;
    if
    :: mayDelete(j) -> delete(j)
    :: else
    fi
  }
}

/* All that time and the servers' own jobs do; then one more generation by the owner. */
inline rest() {
  order = false;
  voidOpen();
  settle();
  check();
  for (j : 1 .. ALL_SLOTS) { assert(realm[j] == 0 || j == live) } /* every superseded slot ends deleted */
  assert(number == last);
  assert(live == 0 || (state[live] == CURRENT && pin == ownerOf(live)));
  if
  :: live == 0 || ownerOf(live) == OWNER ->
    reserve(A);
    settle();
    assert(mayGrant(slots)); /* the owner can always rotate again */
    grant(slots);
    put(slots, 1);
    if
    :: realm[slots] == 0 -> realm[slots] = 1
    :: else
    fi;
    keep(slots);
    activate(slots);
    assert(live == slots);
    settle();
    check();
    for (j : 1 .. ALL_SLOTS) { assert((realm[j] != 0) == (j == live)) }
  :: else
  fi
}

/* All that follows rest is one state. */
inline clear() {
  for (i : 1 .. ALL_SLOTS) {
    by[i] = 0; from[i] = 0; row[i] = 0; state[i] = 0; oldState[i] = 0; realm[i] = 0; kept[i] = false;
    putting[i] = false; puttingOther[i] = false; registering[i] = false; registeringOther[i] = false;
    activating[i] = false
  }
  for (i : 0 .. FEED - 1) { fact[i] = 0; about[i] = 0 }
  for (i : 0 .. 2) { step[i] = 0; at[i] = 0; content[i] = 0 }
  slots = 0; last = 0; live = 0; open = 0; head = 0; number = 0; pin = 0; place = 0; used = 0;
  oldNumber = 0; oldPin = 0; oldPlace = 0; copied = false; restored = false;
  ordered = false; acknowledged = false; resumed = false;
  i = 0; j = 0
}

#define isOver(s) (s <= slots && s != open && s != live)
#define isEnded(x) (x == RETIRED || x == GONE)
#define hasCopy (copied && !restored)

/* What can have no effect any more is forgotten, so that states which differ in nothing else are one. */
inline forget() {
  do
  :: place > 0 && (!hasCopy || oldPlace > 0) ->
    for (i : 1 .. FEED - 1) { fact[i - 1] = fact[i]; about[i - 1] = about[i] }
    fact[FEED - 1] = 0; about[FEED - 1] = 0;
    head--; place--;
    oldPlace = (hasCopy -> oldPlace - 1 : 0)
  :: else -> break
  od;
  for (i : 1 .. SLOTS) {
    if
    :: isOver(i) ->
      putting[i] = false; puttingOther[i] = false; activating[i] = false; kept[i] = false;
      if
      :: isEnded(state[i]) && !token[i] && (!hasCopy || isEnded(oldState[i])) ->
        registering[i] = false; registeringOther[i] = false
      :: else
      fi;
      if
      :: at[A] == i -> step[A] = IDLE; at[A] = 0; content[A] = 0
      :: at[B] == i -> step[B] = IDLE; at[B] = 0; content[B] = 0
      :: at[THIEF] == i -> step[THIEF] = IDLE; at[THIEF] = 0; content[THIEF] = 0
      :: else
      fi;
      if
      :: state[i] == GONE && (!hasCopy || oldState[i] == GONE) -> by[i] = 0; from[i] = 0
      :: else
      fi
    :: else
    fi
  }
  i = 0
}

active proctype world() {
  byte i, j;
  do
  :: atomic {
       if
       :: goOn(A)
       :: goOn(B)
       :: goOn(THIEF)
       :: arrive(1)
       :: arrive(2)
       :: arrive(3)
       :: place < head -> readNext()
       :: orders()
#ifndef WITHOUT_RESTORE
       :: copies()
#endif
       :: open != 0 -> voidOpen() /* 24 hours have passed */
       fi;
       d_step { check(); forget() }
     }
  :: d_step { rest(); clear() }; break
  od
}
