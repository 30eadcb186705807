import { checklistOf } from "../gates/checklist.js";
import { changedItems, listRevisionOf } from "../gates/checklistBoxes.js";
import { gateLabels } from "../gates/labels.js";
import type { Command, Verb } from "../model/command.js";
import { canAct, type PersonRef, personOf, sameAccount, sameLogin } from "../model/people.js";
import { DISPOSITIONS, type Rules } from "../model/rules.js";
import type { OwnComment, OwnRevision, Snapshot, TimelineEvent, Utterance } from "../model/snapshot.js";
import { shortFingerprint } from "../text/fingerprint.js";
import { fold } from "../text/fold.js";
import { type Instant, SECOND } from "../text/time.js";
import type { Act } from "./act.js";
import { boxRevisionOf, changedBoxes } from "./boxRevisions.js";
import { contentOf, verbsOff } from "./commands.js";
import { type ActMemory, NO_MEMORY } from "./memory.js";
import { isAskedFor, rosterOf } from "./needs.js";
import { Pages } from "./pages.js";
import { type Hearing, heard, parseCommands } from "./parseCommands.js";
import { baseChanges, between, compareText } from "./timelineIndex.js";

/** Ties in GitHub's whole seconds are broken by kind, then by id (act.once). */
const RANK: Readonly<Record<Act["kind"], number>> = {
  merged: 0,
  closed: 1,
  latch: 2,
  disposition_label: 3,
  ballot_label: 4,
  asking_label: 4,
  gate_label: 4,
  description: 5,
  reword: 5,
  unsaid: 5,
  command: 5,
  review: 5,
  dismissal: 6,
  ticks: 7,
  checklist_ticks: 7,
  concluded: 8,
};

type Keyed = Pick<Act, "key" | "former">;

/** The key of an act, by what it is and what tells it from every other of its kind. */
const keyed = (kind: string, ...parts: readonly (string | number)[]): Keyed => ({
  key: shortFingerprint(kind, ...parts),
  former: parts.join("\n"),
});

interface Fresh {
  readonly command: Command;
  readonly key: Keyed;
}

interface Placed {
  readonly act: Act;
  readonly id: string;
  readonly ordinal: number;
}

/**
 * Every act of a proposal in the order it is to be judged in. Acts before `since` (act.adoption) are left out. The order of
 * the snapshot's arrays and repetitions in them make no difference. What was `judged` is left out where its time and its doer tell, before anybody
 * looks what it was; the rest of it is for the memory to tell by its key.
 */
export function actsOf(
  snapshot: Snapshot,
  rules: Rules,
  since: Instant,
  judged: ActMemory = NO_MEMORY,
): readonly Act[] {
  const mentions = [...rules.mentions, snapshot.clerk.login.toLowerCase()];
  const roster = rosterOf(rules);
  const off = verbsOff(snapshot, rules);
  const events = snapshot.events.filter((event) => !isKnown(event, judged));
  const placed: Placed[] = [
    ...snapshot.utterances
      .filter((one) => !one.byClerk && !judged.holdsAllOf(one.author, lastSaid(one)))
      .flatMap((one) => issuedIn(one, mentions, hearingOf(one, snapshot, roster), off)),
    ...described(snapshot, mentions, off),
    ...events.flatMap((event) => happened(event, snapshot, rules)),
    ...marksOf(events, snapshot, rules),
    ...snapshot.ownComments.flatMap((one) => ticked(one, judged)),
    ...snapshot.ownComments.flatMap((one) => tickedItems(one, judged)),
    ...(snapshot.register === null ? snapshot.ownComments.flatMap(conclusion) : []),
  ].filter(({ act }) => act.at >= since);
  placed.sort(
    (a, b) =>
      a.act.at - b.act.at ||
      RANK[a.act.kind] - RANK[b.act.kind] ||
      compareText(a.id, b.id) ||
      a.ordinal - b.ordinal ||
      compareText(a.act.key, b.act.key),
  );
  const byKey = new Map<string, Act>();
  for (const { act } of placed) if (!byKey.has(act.key)) byKey.set(act.key, act);
  return [...byKey.values()];
}

/** Nothing that this can be is new. */
const isKnown = ({ kind, at, actor, byClerk }: TimelineEvent, judged: ActMemory): boolean =>
  kind === "merged" || byClerk ? judged.holdsAll(at) : judged.holdsAllOf(actor, at);

const lastSaid = ({ createdAt, revisions }: Utterance): Instant =>
  revisions.reduce((last, { at }) => Math.max(last, at), createdAt);

/**
 * What people on no team say is refused whatever it is (except `help`), and their comments can be long and many, so only this much of
 * each revision is read. A member's is read whole, and so is one whose commands the clerk had accepted before it lost its register.
 */
const OUTSIDERS: Hearing = { commands: 10, lines: 200 };

function hearingOf(
  { author, reactions }: Utterance,
  { register }: Snapshot,
  isOnRoster: (person: PersonRef) => boolean,
): Hearing | null {
  const accepted = register === null && reactions.thumbsUp;
  return accepted || (author !== null && isOnRoster(personOf(author))) ? null : OUTSIDERS;
}

/**
 * What a person said in a comment or review, revision by revision: a command acts at the time of the author's own revision that
 * brought it in. Words that first stood in somebody else's revision are nobody's act, also when the author leaves them standing.
 */
function issuedIn(
  utterance: Utterance,
  mentions: readonly string[],
  hearing: Hearing | null,
  off: ReadonlySet<Verb>,
): Placed[] {
  const placed: Placed[] = [];
  const { author } = utterance;
  if (!canAct(author)) return placed;
  const place = (act: Act) => placed.push({ act, id: utterance.id, ordinal: placed.length });
  const common = (at: Instant) => ({ at, by: author, url: utterance.url, utterance });
  const submitted = utterance.review?.submitted;
  if (submitted === "approved" || submitted === "changes_requested") {
    const key = keyed("review", utterance.id, submitted);
    place({ ...common(utterance.createdAt), ...key, kind: "review", submitted });
  }
  /** How often each command has stood in one revision so far. */
  const known = new Map<string, number>();
  /** What the author wrote themselves, and may go back to. */
  const authored = new Set<string>();
  /** Concern texts of the author's own last revision. */
  let own: readonly string[] = [];
  /** What the author's own last revision said for others to second, by its content. */
  let forSeconds: ReadonlyMap<string, Command> = new Map();
  let hidden = false;
  // Nearly all texts were never edited: what only a later revision would ask for is not noted for them.
  const last = utterance.revisions.length - 1;
  for (const [index, revision] of utterance.revisions.entries()) {
    const byAuthor = index === 0 || (revision.editor !== null && sameAccount(revision.editor, author));
    if (revision.lines === null) {
      // Its content was deleted: the author's words cannot be told any more from what another person may have put there.
      if (!byAuthor) hidden = true;
      continue;
    }
    const { commands: issued, whole, bare } = heard(revision.lines, mentions, hearing, off);
    // reply.scope: a member who says nothing but the clerk's name is helped.
    const commands = bare && issued.length === 0 && hearing === null ? [HELP] : issued;
    // Most of what people write says nothing to the clerk, and never did.
    if (commands.length === 0 && known.size === 0) continue;
    const texts = commands.flatMap((command) => (command.verb === "concern" ? [command.text] : []));
    const before = own.length === 0 ? NO_TEXTS : new Set(own.map(fold));
    const folded = own.length === 0 ? NO_TEXTS : new Set(texts.map(fold));
    const gone = own.filter((text) => !folded.has(fold(text)));
    const counts = new Map<string, number>();
    const fresh: Fresh[] = [];
    for (const command of commands) {
      const content = contentOf(command);
      const count = (counts.get(content) ?? 0) + 1;
      counts.set(content, count);
      if (count > (known.get(content) ?? 0)) {
        fresh.push({ command, key: keyed("command", utterance.id, count, content) });
      } else if (
        command.verb === "concern" &&
        gone.length > 0 &&
        !before.has(fold(command.text)) &&
        authored.has(content)
      ) {
        // A concern was put back to its earlier wording: it was said before, but it is now the author's last version.
        fresh.push({ command, key: keyed("reword", utterance.id, revision.at, content) });
      }
    }
    if (index < last)
      for (const [content, count] of counts) known.set(content, Math.max(count, known.get(content) ?? 0));
    if (!byAuthor) continue;
    for (const [content, command] of forSeconds) {
      const key = keyed("unsaid", utterance.id, revision.at, content);
      if (!counts.has(content)) place({ ...common(revision.at), ...key, kind: "unsaid", command });
    }
    if (index < last)
      forSeconds = new Map(
        commands.filter(isForSeconds).map((command) => [contentOf(command), command] as const),
      );
    if (!hidden && fresh.length > 0) {
      const all = (): Keyed => keyed("revision", utterance.id, revision.at);
      // What was not read counts as judged all the same, together with the last that was: somebody who joins a team later cannot revive it (act.once).
      if (!whole) fresh[fresh.length - 1] = { ...(fresh.at(-1) as Fresh), key: all() };
      for (const { command, key: own } of fresh) {
        const key = { ...own, revision: () => all().key };
        if (index < last) authored.add(contentOf(command));
        const from = command.verb === "concern" ? gone.shift() : undefined;
        if (command.verb === "concern" && from !== undefined) {
          place({ ...common(revision.at), ...key, kind: "reword", from, to: command.text });
        } else place({ ...common(revision.at), ...key, kind: "command", command });
      }
    }
    own = texts;
  }
  return placed;
}

const NO_TEXTS: ReadonlySet<string> = new Set();

/** What somebody asks for who only mentions the clerk. */
const HELP: Command = { verb: "help", commandText: "" };

/** The first command in the description, if there is one: it is answered once, whatever the description becomes. */
function described({ pull }: Snapshot, mentions: readonly string[], off: ReadonlySet<Verb>): Placed[] {
  const { description, author: by, url } = pull;
  if (description === null || !canAct(by)) return [];
  const command = parseCommands(description.lines, mentions, off).find(({ verb }) => verb !== "unknown");
  if (command === undefined) return [];
  const { at } = description;
  const act: Act = { ...keyed("description"), at, by, url, kind: "description", said: command.commandText };
  return [{ act, id: "", ordinal: 0 }];
}
const isForSeconds = ({ verb }: Command): boolean =>
  verb === "override" || verb === "correct" || verb === "waive";

function happened(event: TimelineEvent, snapshot: Snapshot, rules: Rules): Placed[] {
  const common = { ...keyed("event", event.id), at: event.at, by: event.actor, url: snapshot.pull.url };
  const one = (act: Act): Placed[] => [{ act, id: event.id, ordinal: 0 }];
  switch (event.kind) {
    case "labeled": {
      const { label } = event;
      if (label === null) return [];
      const asks = isAskedFor(label, snapshot, rules);
      const asking = (): Placed[] =>
        asks ? one({ ...common, kind: "asking_label", label, byClerk: event.byClerk }) : [];
      if (event.byClerk)
        return sameLogin(label, rules.labels.fcp) ? one({ ...common, kind: "latch" }) : asking();
      const disposition = DISPOSITIONS.find((each) => sameLogin(rules.labels[`disposition_${each}`], label));
      if (disposition) return one({ ...common, kind: "disposition_label", disposition, label });
      const choice = BALLOT_LABELS.find(([key]) => sameLogin(rules.labels[key], label))?.[1];
      return choice ? one({ ...common, kind: "ballot_label", choice, label }) : asking();
    }
    case "closed":
      return event.byClerk ? [] : one({ ...common, kind: "closed" });
    case "merged":
      return one({ ...common, kind: "merged" });
    case "review_dismissed":
      return event.review === null
        ? []
        : one({ ...common, kind: "dismissal", review: event.review, byItself: isByGitHub(event, snapshot) });
    case "unlabeled":
    case "reopened":
    case "to_draft":
    case "ready_for_review":
    case "comment_deleted":
    case "force_pushed":
    case "base_changed":
      return [];
  }
}

/** gate.begin, gate.end: a label that a gate hangs on was put on or taken off, whatever else it says. */
function marksOf(events: Snapshot["events"], snapshot: Snapshot, rules: Rules): readonly Placed[] {
  const names = gateLabels(snapshot, rules);
  if (names.size === 0) return [];
  return events.flatMap((event): readonly Placed[] => {
    if (event.kind !== "labeled" && event.kind !== "unlabeled") return [];
    const { id, at, actor: by, label, byClerk } = event;
    if (label === null || !names.has(label.toLowerCase())) return [];
    const common = { ...keyed("gate", id), at, by, url: snapshot.pull.url };
    const act: Act = { ...common, kind: "gate_label", label, stands: event.kind === "labeled", byClerk };
    return [{ act, id, ordinal: 0 }];
  });
}

type Dismissal = Extract<TimelineEvent, { kind: "review_dismissed" }>;

/** So long GitHub may take over dismissing what a changed base makes stale. */
const BESIDE = 10 * SECOND;

/**
 * ballot.review.changes: GitHub dismisses approvals for a push, and for a changed base in the name of whoever merged or retargeted
 * (https://github.com/PriorLabs/TabPFN/pull/1228, https://github.com/Mergifyio/mergify/issues/5093). A base change of the same second and
 * actor stands beside those; its words alone prove nothing, as anybody can give them.
 */
function isByGitHub({ byPush, forBase, at, actor }: Dismissal, { events }: Snapshot): boolean {
  if (byPush) return true;
  const bases = baseChanges(events);
  if (forBase) return between(bases, at - BESIDE, at + BESIDE).length > 0;
  return between(bases, at, at).some(
    (other) => actor !== null && other.actor !== null && sameAccount(other.actor, actor),
  );
}

const BALLOT_LABELS = [
  ["vote_approve", "yes"],
  ["vote_abstain", "abstain"],
  ["vote_retract", "retract"],
] as const;

/** The number of the motion a status comment belongs to: its marker's key is `2` or `2:ended`. */
export const motionOf = (comment: OwnComment): number | null =>
  comment.marker.kind === "status" ? Number.parseInt(comment.marker.key, 10) : null;

/** A conclusion is not an act of a person that could be judged again: only the announcement shows it. */
function conclusion(comment: OwnComment): Placed[] {
  const { marker, createdAt: at, id, url } = comment;
  const motion = marker.kind === "announce" ? /^(\d+):concluded$/.exec(marker.key)?.[1] : undefined;
  if (motion === undefined) return [];
  const key = { ...keyed("concluded", id), former: `concluded\n${id}` };
  return [{ act: { ...key, at, by: null, url, kind: "concluded", motion: Number(motion) }, id, ordinal: 0 }];
}

/** ballot.tick: each human edit of a status comment against the revisions before it. */
function ticked(comment: OwnComment, judged: ActMemory): Placed[] {
  const motion = motionOf(comment);
  if (motion === null || Number.isNaN(motion)) return [];
  const keyOf = (id: string) => ({ ...keyed("tick", id), former: `tick\n${id}` });
  return edited(comment, judged, keyOf, boxRevisionOf, (page, earlier, { at, editor: by }, key) => {
    const changes = changedBoxes(page, earlier, by);
    const common = { ...key, at, by, url: comment.url };
    return changes.length === 0 ? null : { ...common, kind: "ticks", motion, changes };
  });
}

/** gate.begin, gate.end: the same of a checklist, which holds no votes. */
function tickedItems(comment: OwnComment, judged: ActMemory): Placed[] {
  const motion = checklistOf(comment);
  if (motion === null || Number.isNaN(motion)) return [];
  const keyOf = (id: string) => keyed("tick", id);
  return edited(comment, judged, keyOf, listRevisionOf, (page, earlier, { at, editor: by }, key) => {
    const changes = changedItems(page, earlier);
    const common = { ...key, at, by, url: comment.url };
    return changes.length === 0 ? null : { ...common, kind: "checklist_ticks", motion, changes };
  });
}

/** Each edit of a comment of the clerk's by somebody else, against the revisions before it; nothing is read where all of them were judged. */
function edited<Page extends { readonly text: string }>(
  { revisions }: OwnComment,
  judged: ActMemory,
  keyOf: (id: string) => Keyed,
  pageOf: (body: string) => Page,
  actOf: (page: Page, earlier: Pages<Page>, revision: OwnRevision, key: Keyed) => Act | null,
): Placed[] {
  const fresh = new Map<OwnRevision, Keyed>();
  for (const revision of revisions) {
    const { id, byClerk, body, editor, at } = revision;
    if (byClerk || body === null || judged.holdsAllOf(editor, at)) continue;
    const key = keyOf(id);
    if (!judged.names(key)) fresh.set(revision, key);
  }
  if (fresh.size === 0) return [];
  const earlier = new Pages<Page>();
  const placed: Placed[] = [];
  for (const revision of revisions) {
    if (revision.body === null) continue;
    const page = pageOf(revision.body);
    const key = fresh.get(revision);
    const act = key !== undefined && earlier.last !== undefined ? actOf(page, earlier, revision, key) : null;
    if (act !== null) placed.push({ act, id: revision.id, ordinal: 0 });
    earlier.add(page);
  }
  return placed;
}
