import { type Loss, takenAwayFrom } from "../acts/loss.js";
import { missingReactions, missingReply } from "../acts/pendingReplies.js";
import type { LawfulNote, PendingReply, Register } from "../model/register.js";
import type { Snapshot } from "../model/snapshot.js";
import { equal } from "../text/equal.js";
import { DAY, type Instant } from "../text/time.js";

/**
 * Raises the sequence number when anything changed; with that change, answers that GitHub shows already are crossed off. They
 * alone are no reason to write.
 */
function sequenced(before: Register, snapshot: Snapshot, after: Register): Register {
  if (equal(before, after)) return before;
  const given = after.pendingReplies.filter(
    (one) =>
      before.pendingReplies.includes(one) &&
      missingReactions(one, snapshot).length === 0 &&
      !missingReply(one, snapshot),
  );
  const told = rememberedReplies(given, after.judgedUpTo);
  const pending = after.pendingReplies.filter((one) => !given.includes(one) || told.includes(one));
  return { ...after, pendingReplies: pending, seq: before.seq + 1 };
}

/** How many replies are remembered after they were given, and how many characters of what they say. */
const TOLD = 20;
const TOLD_LENGTH = 4000;

/** memory.kept: a reply is remembered for a day, the newest ones first, so that it can be posted again if somebody deletes it. */
function rememberedReplies(given: readonly PendingReply[], judgedUpTo: Instant): readonly PendingReply[] {
  let room = TOLD_LENGTH;
  return given
    .filter(({ replies: says, at }) => says.length > 0 && at !== undefined && at > judgedUpTo - DAY)
    .sort((a, b) => (b.at ?? 0) - (a.at ?? 0))
    .slice(0, TOLD)
    .filter(({ replies: says }) => {
      room -= JSON.stringify(says).length;
      return room >= 0;
    });
}

/**
 * The register as it leaves a reconcile: with what others have taken away counted, and its sequence raised where it changed. One
 * that was rebuilt has its number already.
 */
export function nextRegister(
  after: Register,
  before: Register,
  snapshot: Snapshot,
  loss: Loss | null,
): Register {
  if (snapshot.unkept) return after;
  if (loss !== null) return withLawfulNote(after, snapshot);
  const takenAway = Math.max(after.takenAway, snapshot.register === null ? 0 : takenAwayFrom(snapshot));
  const counted = takenAway === after.takenAway ? after : { ...after, takenAway };
  // Alone it is no reason to write, but where the next lawful config may follow from what is written.
  const amends = counted.lastSeen !== undefined && snapshot.pull.state === "open";
  return sequenced(
    before,
    snapshot,
    amends || !equal(before, counted) ? withLawfulNote(counted, snapshot) : counted,
  );
}

/** config.lawful: which config is lawful is written down with every register. */
function withLawfulNote(register: Register, { lawful, lawfulLost }: Snapshot): Register {
  if (lawful) return { ...register, lawful };
  return lawfulLost && register.lawful === null ? { ...register, lawful: NOT_KNOWN } : register;
}

/** Different from null, which stands for a record of an older clerk that kept no such note and went by the history. */
const NOT_KNOWN: LawfulNote = { number: 0, fingerprint: "", commit: "", adoptedAt: 0 };
