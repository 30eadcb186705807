import type { Obsolescence, Register, Said } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";
import type { Instant } from "../text/time.js";
import { isAuthor } from "./authors.js";
import { isDecided } from "./motionOutcome.js";
import { type ActContext, accepted, noMotion, onAmendment, type Ruling, refused } from "./ruling.js";
import { labelEvents } from "./timelineIndex.js";

/*
 * proposal.ready, proposal.superseded: what an author says of a proposal before the vote, and what becomes of it. What a person has done to one
 * of these labels since stands: the clerk puts it on once for what was said, and argues with nobody.
 */

/** Has nobody but the clerk put this label on or taken it off since then? */
export const isLeftAlone = ({ events }: Pick<Snapshot, "events">, label: string, since: Instant): boolean =>
  !labelEvents(events, label).some((event) => !event.byClerk && event.at >= since);

/** proposal.ready: what waits for the team, since when and by whose word; null: it does not. */
export function waiting(
  { ready }: Register,
  { readyLabel }: Pick<Rules, "readyLabel">,
  snapshot: Pick<Snapshot, "events">,
): Said | null {
  if (ready === undefined || readyLabel === undefined) return null;
  return isLeftAlone(snapshot, readyLabel, ready.at) ? ready : null;
}

const said = ({ person: by, act: { at, url } }: ActContext): Said => ({ by, at, url });

/** A motion was made, or its author says otherwise now: what was said of it before is over. */
export function withoutStanding(register: Register): Register {
  const { ready: _, obsolete: __, ...rest } = register;
  return rest;
}

/** proposal.ready: an author asks the team to look at it. While it waits, saying so again changes nothing. */
export function ready(context: ActContext): Ruling {
  const { register, rules, snapshot, phase, commandText } = context;
  if (!isAuthor(context)) return refused(context, { code: "for_authors", said: commandText });
  const elsewhere = onAmendment(context);
  if (elsewhere !== null) return refused(context, elsewhere);
  switch (phase) {
    case "out_of_scope":
    case "draft":
      return refused(context, { code: "draft", said: commandText });
    case "proposed":
    case "fcp":
      return refused(context, { code: "moved_already", said: commandText });
    case "concluded":
      return refused(context, { code: "concluded", said: commandText });
    case "ended":
      return refused(context, { code: "ended", said: commandText });
    case "in_review":
      return waiting(register, rules, snapshot) === null
        ? accepted({ ...withoutStanding(register), ready: said(context) })
        : accepted(register);
  }
}

/** proposal.superseded: it is written down, and takes the place of what was said before. */
export const withObsolete = (context: ActContext, { supersededBy }: Obsolescence): Register =>
  context.rules.obsoleteLabel === undefined || onAmendment(context) !== null
    ? context.register
    : { ...withoutStanding(context.register), obsolete: { ...said(context), supersededBy } };

/** Does this very thing stand already, with its label left alone? Saying so again changes nothing, and is answered with nothing new. */
const stands = ({ register, rules, snapshot }: ActContext, { supersededBy }: Obsolescence): boolean =>
  rules.obsoleteLabel !== undefined &&
  register.obsolete?.supersededBy === supersededBy &&
  isLeftAlone(snapshot, rules.obsoleteLabel, register.obsolete.at);

/** proposal.superseded: an author says that it is. What is proposed is off with it, as by `withdraw`; in FCP it is the teams' to say. */
export function obsolete(context: ActContext, { supersededBy }: Obsolescence): Ruling {
  const { register, rules, snapshot, phase, act, person: by, stage, commandText } = context;
  if (!isAuthor(context)) return refused(context, { code: "for_authors", said: commandText });
  const elsewhere = onAmendment(context);
  if (elsewhere !== null) return refused(context, elsewhere);
  if (phase === "fcp") return refused(context, { code: "withdrawn_in_fcp", said: commandText });
  const over = noMotion(context);
  // Many close it first and say why afterwards. What was merged, or decided, is not obsolete by its author's word.
  const isClosedOnly = phase === "ended" && !stage.merged && !isDecided(register.motion);
  if (over !== null && over.code !== "no_motion" && !isClosedOnly) return refused(context, over);
  if (supersededBy === snapshot.pull.number)
    return refused(context, { code: "superseded_by_what", said: commandText });
  const { motion } = register;
  if (phase === "proposed" && motion !== null) {
    // That it is off is announced, and why with it: said once.
    const end = { kind: "cancelled", by, at: act.at, url: act.url, how: "command" } as const;
    const off: Register = { ...register, motion: { ...motion, end }, override: null };
    return accepted(withObsolete({ ...context, register: off }, { supersededBy }));
  }
  if (stands(context, { supersededBy })) return accepted(register);
  return {
    register: withObsolete(context, { supersededBy }),
    outcome: "accepted",
    why: { code: "obsolete_noted", supersededBy, label: rules.obsoleteLabel ?? "" },
  };
}
