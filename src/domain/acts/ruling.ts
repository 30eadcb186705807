import type { Phase } from "../model/decision.js";
import { isMember, type PersonRef } from "../model/people.js";
import type { Provenance, Register, Reply } from "../model/register.js";
import { type Need, type Rules, teamOf } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";
import { shortFingerprint } from "../text/fingerprint.js";
import type { Instant } from "../text/time.js";
import type { Act } from "./act.js";
import { isPresentText } from "./heads.js";
import { seatsOf } from "./needs.js";
import type { Stage } from "./stage.js";

/** What a motion needs. */
export interface Needed {
  readonly needs: readonly Need[];
  /** Name of the decision rule, for people. */
  readonly decision: string;
  /** Names of all decision rules that have fitted it, where there is more than that one (fcp.length). */
  readonly fitted?: readonly string[] | undefined;
}

/** What a motion opened at some moment would need. */
export interface OpeningNeeds extends Needed {
  /** The labels that stood at that moment: asked for only where a motion is opened, as there can be many. */
  readonly labels: () => readonly string[];
}

/** Everything an act is judged by: the roster, and the phase and stage of its moment (act.once). */
export interface ActContext {
  readonly snapshot: Snapshot;
  readonly rules: Rules;
  readonly register: Register;
  readonly phase: Phase;
  readonly stage: Stage;
  /** act.adoption: was it, or had it been, a proposal or an amendment at that moment? What was said before is answered, and is no act. */
  readonly adopted: boolean;
  /** What the present motion needs, or what a motion opened now would need: members of these teams have a say. */
  readonly needs: readonly Need[];
  /** What a motion opened at this moment would need. */
  readonly opens: OpeningNeeds;
  /** Who acts. */
  readonly person: PersonRef;
  readonly act: Act;
  /** As understood, for replies. */
  readonly commandText: string;
  /**
   * The clerk's own 👍 already stands on it: it was accepted before the register was lost, whoever sits in the team now.
   */
  readonly acceptedBefore: boolean;
  /** Amendments only: which changes a ballot given now is for. */
  readonly appliesTo: AppliesTo | null;
}

/**
 * A review is for the changes of the text it was given on. Anything else carries no commit: it is for those changes that
 * the clerk had seen by then and that have stood ever since, so that nothing pushed in between is voted for unseen.
 */
export interface AppliesTo {
  readonly onHead: readonly string[];
  /** Changes that have stood since the clerk first saw them, and when that was. */
  readonly standing: readonly { readonly fingerprint: string; readonly since: Instant }[];
  /** Who can end their own part in a team by their own word here, whichever teams are asked otherwise (amend.own-word). */
  readonly leaving: readonly { readonly person: PersonRef; readonly team: string }[];
}

/** The part of a ballot that says which changes it is for; nothing for a proposal's. */
export const appliesToOf = (
  { appliesTo, act, register, snapshot }: Pick<ActContext, "appliesTo" | "act" | "register" | "snapshot">,
  commit: string | null,
): { appliesTo?: readonly string[] } => {
  if (appliesTo === null) return {};
  if (commit === null) return { appliesTo: issuedBy(appliesTo, act.at) };
  return { appliesTo: isPresentText(register, snapshot)(commit) ? appliesTo.onHead : [] };
};

/** The changes that words of that moment can have been about. */
const issuedBy = ({ standing }: AppliesTo, at: Instant): readonly string[] =>
  standing.filter(({ since }) => at >= since).map(({ fingerprint }) => fingerprint);

/** Were these words said before the clerk had seen any of the changes that the amendment makes now? Then they are about another text, or about none. */
export const unseen = ({ appliesTo, act }: ActContext): boolean =>
  appliesTo !== null && appliesTo.onHead.length > 0 && issuedBy(appliesTo, act.at).length === 0;

/** Marker key of the reply to what was said or done then (reply.always). */
export const replyKey = (subject: string, at: Instant): string => shortFingerprint("reply", subject, at);

export interface Ruling {
  readonly register: Register;
  /** `noted`: accepted, and changes nothing about what has begun. `ignored`: nothing to answer. */
  readonly outcome: "accepted" | "noted" | "refused" | "ignored";
  readonly why: Reply | null;
}

export const accepted = (register: Register): Ruling => ({ register, outcome: "accepted", why: null });
export const refused = (context: ActContext, why: Reply): Ruling => ({
  register: context.register,
  outcome: "refused",
  why,
});
export const ignored = (context: ActContext): Ruling => ({
  register: context.register,
  outcome: "ignored",
  why: null,
});

/** The needed teams in which the acting person sits; on an amendment also the team they would leave by their own word (amend.own-word). */
export function seatsHere({ rules, needs, person, appliesTo }: ActContext): readonly string[] {
  const needed = seatsOf(rules, needs, person);
  const left = (appliesTo?.leaving ?? []).flatMap((one) => (isMember(one.person, person) ? [one.team] : []));
  return [...needed, ...left.filter((team) => !needed.includes(team))];
}

/** Any member of a needed team (motion.cancel, concern.raise, concern.resolve). */
export const mayAct = (context: ActContext): boolean =>
  context.acceptedBefore || seatsHere(context).length > 0;

/** Is this person the lead of a needed team (override.second)? */
export const isLead = ({ rules, needs, person }: ActContext): boolean =>
  needs.some(({ team }) => {
    const lead = teamOf(rules, team)?.lead;
    return lead !== undefined && lead !== null && isMember(lead, person);
  });

/** Why nothing can be decided in this phase about a motion; null where a motion is proposed or in FCP. */
export function noMotion(context: ActContext): Reply | null {
  const { commandText } = context;
  switch (context.phase) {
    case "draft":
    case "in_review":
    case "out_of_scope":
      return { code: "no_motion", said: commandText };
    case "concluded":
      return { code: "concluded", said: commandText };
    case "ended":
      return { code: "ended", said: commandText };
    case "proposed":
    case "fcp":
      return null;
  }
}

/** What is said of a proposal has nothing to apply to on an amendment; null: it is none. */
export const onAmendment = ({ appliesTo, commandText: said }: ActContext): Reply | null =>
  appliesTo === null ? null : { code: "no_proposal", said, placeholder: false };

export const provenance = (context: ActContext, via: Provenance["via"]): Provenance => ({
  via,
  url: context.act.url,
  at: context.act.at,
});
