import { DAY } from "msc-clerk/domain/text/time.js";
import type { Person } from "../person.js";
import { Refusal } from "../refusal.js";
import type { Sandbox } from "../sandbox.js";
import type { Comment } from "../state.js";
import { GATES } from "./config.js";
import { CLERK, type Fact, openMotion, type Reckoned } from "./model.js";
import { type DrawnAct, PLAYERS } from "./story.js";

export const STATUS = /^<!-- msc-clerk:status (\d+)(:ended)? -->/;

/** A proposal as the story knows it. */
export interface Proposal {
  readonly number: number;
  readonly facts: Fact[];
  /** What its text may be for all that anybody can know, the present one last: those since the last calm. */
  texts: readonly string[];
  nextText: number;
  /** Labels that were moved by hand: the clerk puts each right three times a day at most (label.state). */
  readonly moved: { readonly label: string; readonly at: number }[];
  deleted: number;
  /** Somebody has ticked since the last calm. */
  ticked: boolean;
}

/** Lets somebody do it. Gives what the rules make of it, if they make anything of it; null: nothing that counts. */
export function does(
  sandbox: Sandbox,
  proposal: Proposal,
  act: DrawnAct,
  now: readonly Reckoned[],
): Fact | null {
  try {
    return done(sandbox, proposal, act, now);
  } catch (thrown) {
    if (thrown instanceof Refusal) return null; // GitHub does not let them
    throw thrown;
  }
}

function done(sandbox: Sandbox, proposal: Proposal, act: DrawnAct, now: readonly Reckoned[]): Fact | null {
  const { number: n, texts } = proposal;
  const who = sandbox.as(act.by);
  const { pull, ...thread } = sandbox.pull(n);
  const isOpen = thread.state === "open";
  const said = { at: sandbox.store.stamp(), by: act.by };
  const say = (words: string) => who.comment(n, `@mscbot ${words}`);
  const every = (is: (standing: Reckoned) => boolean) => now.every(is);
  switch (act.kind) {
    case "move":
      if (act.way === "command") say(`fcp ${act.disposition}`);
      else if (!put(sandbox, who, n, `disposition-${act.disposition}`)) return null;
      return { ...said, kind: "move", disposition: act.disposition, texts, byLabel: act.way === "label" };
    case "vote":
      return voted(sandbox, proposal, act, now);
    case "concern":
      say(`concern number ${proposal.facts.length} of ${act.by}`);
      return { ...said, kind: "concern" };
    case "resolve":
      say(`resolve ${act.which === "all" ? "all" : `C${act.which}`}`);
      return { ...said, kind: "resolve", which: act.which };
    case "request changes": {
      // One each is enough: whether another is the same concern is a matter of words. To close or postpone it is none.
      const once = every((standing) =>
        standing.concerns.every(({ by, review }) => by !== act.by || review === null),
      );
      if (
        !isOpen ||
        !once ||
        !every((standing) => (openMotion(standing)?.disposition ?? "merge") === "merge")
      )
        return null;
      return { ...said, kind: "request changes", review: who.requestChanges(n, "This is unclear.").id };
    }
    case "dismiss": {
      const mine = pull.reviews.findLast(
        ({ authorId, state }) =>
          (authorId === who.id) === (act.whose === "own") &&
          (state === "APPROVED" || state === "CHANGES_REQUESTED"),
      );
      if (mine === undefined || !isOpen) return null;
      // What takes back an approval that a later vote of the same member has taken the place of is not asked here.
      const isLast = (standing: Reckoned) =>
        (openMotion(standing)?.votes.get(act.by)?.review ?? mine.id) === mine.id;
      if (
        act.whose === "own" &&
        mine.state === "APPROVED" &&
        !every((one) => isLast(one) && one.motions.at(-1)?.end !== "concluded")
      )
        return null;
      who.dismiss(mine.id);
      return { ...said, kind: "dismiss", review: mine.id };
    }
    case "cancel":
      say("fcp cancel");
      return { ...said, kind: "cancel" };
    case "withdraw":
      say("withdraw");
      return { ...said, kind: "withdraw" };
    case "draft":
      if (pull.draft || !isOpen) return null;
      who.toDraft(n);
      return { ...said, kind: "draft" };
    case "ready":
      if (!pull.draft || !isOpen) return null;
      who.ready(n);
      return { ...said, kind: "ready" };
    case "close":
      if (!isOpen) return null;
      who.close(n);
      return { ...said, kind: "close" };
    case "reopen":
      // What the clerk has closed stays closed.
      if (
        isOpen ||
        pull.mergedAt !== null ||
        !every(({ closedBy }) => closedBy !== null && closedBy !== CLERK)
      )
        return null;
      who.reopen(n);
      return { ...said, kind: "reopen" };
    case "merge":
      if (!isOpen || pull.draft) return null;
      who.merge(n);
      return { ...said, kind: "merge" };
    case "push": {
      if (pull.mergedAt !== null || !isOpen) return null;
      if (act.text === "other") proposal.nextText += 1;
      const text = `text ${proposal.nextText}`;
      const files = { [pathOf(n)]: `# Proposal\n\n${text}\n` };
      if (act.forced) who.forcePush(n, files, { message: `Again, ${said.at}` });
      else who.push(n, files, { message: `More, ${said.at}` });
      proposal.texts = [...texts.filter((one) => one !== text), text];
      return { ...said, kind: "push", text };
    }
    case "put label":
    case "take label": {
      const lately = proposal.moved.filter(({ label, at }) => label === act.label && said.at - at < DAY);
      if (lately.length > 1 || !isOpen) return null;
      proposal.moved.push({ label: act.label, at: said.at });
      if (act.kind === "put label") put(sandbox, who, n, act.label);
      else if (sandbox.labelsOn(n).includes(act.label)) who.unlabel(n, act.label);
      return null;
    }
    case "gate": {
      const label = GATES[act.gate];
      if (act.on) {
        if (!put(sandbox, who, n, label)) return null;
      } else if (sandbox.labelsOn(n).includes(label)) who.unlabel(n, label);
      else return null;
      return { ...said, kind: "gate", gate: act.gate, on: act.on };
    }
    case "delete comment of the clerk": {
      const own = ownComments(sandbox, n).at(-1);
      // With its edits go the ticks that the clerk has not seen: of those nobody can know.
      if (own === undefined || proposal.deleted > 2 || (proposal.ticked && STATUS.test(own.body)))
        return null;
      proposal.deleted += 1;
      who.deleteComment(own.id);
      return null;
    }
    case "spoil comment of the clerk": {
      const own = ownComments(sandbox, n).at(-1);
      if (own !== undefined) who.editComment(own.id, `${own.body}\n\nHa!`);
      return null;
    }
    case "paste an old copy of the status": {
      const status = statusOf(sandbox, n);
      const old = status?.revisions.find(
        ({ body, editorId }) => editorId === sandbox.app.botId && body !== null,
      )?.body;
      if (status !== undefined && old != null) who.editComment(status.id, old);
      return null;
    }
    case "put words into a member's comment": {
      // Of people on no team only the present text is read (act.durable).
      const members = PLAYERS.map((login) => sandbox.as(login).id);
      const theirs = thread.comments.findLast(
        ({ authorId }) => authorId !== null && members.includes(authorId),
      );
      if (theirs !== undefined) who.editComment(theirs.id, "@mscbot retract\n\n@mscbot fcp cancel");
      return null;
    }
    case "lock":
      who.lock(n);
      return null;
    case "unlock":
      who.unlock(n);
      return null;
    case "rerun the check": {
      const run = sandbox.checkOn(n);
      if (run !== null) who.rerunCheck(run.id);
      return null;
    }
    case "talk":
      who.comment(n, "I have read it.");
      return null;
  }
}

function voted(
  sandbox: Sandbox,
  proposal: Proposal,
  { by, choice, way }: DrawnAct & { readonly kind: "vote" },
  now: readonly Reckoned[],
): Fact | null {
  const { number: n, texts, facts } = proposal;
  const who = sandbox.as(by);
  const thread = sandbox.thread(n);
  const said = { at: sandbox.store.stamp(), by };
  const fact: Fact = choice === "yes" ? { ...said, kind: "yes", texts } : { ...said, kind: choice };
  const command = choice === "yes" ? "reviewed" : choice;
  switch (way) {
    case "review": {
      // Of one's own pull request GitHub takes none. One on a closed proposal waits, which is asked elsewhere.
      if (choice !== "yes" || thread.state !== "open") return null;
      const { id, commit } = who.approve(n);
      const text = /text \d+/.exec(
        sandbox.store.state.commits.get(commit)?.files.get(pathOf(n))?.text ?? "",
      )?.[0];
      return { ...said, kind: "yes", review: id, texts: [text ?? "?"] };
    }
    case "label":
      return put(sandbox, who, n, `vote:${choice === "yes" ? "approve" : choice}`) ? fact : null;
    case "tick": {
      const status = statusOf(sandbox, n);
      const [, number, end] = STATUS.exec(status?.body ?? "") ?? [];
      if (status === undefined || end !== undefined || choice === "abstain") return null;
      if (!now.every((standing) => standing.motions.length === Number(number))) return null;
      const box = new RegExp(`^(- \\[)${choice === "yes" ? " " : "x"}(\\] @${by}\\b)`, "m");
      if (!box.test(status.body)) return null;
      proposal.ticked = true;
      who.editComment(status.id, status.body.replace(box, `$1${choice === "yes" ? "x" : " "}$2`));
      return fact;
    }
    case "edit": {
      const talk = thread.comments.findLast(
        ({ authorId, body }) => authorId === who.id && body === "I have read it.",
      );
      if (talk === undefined) who.comment(n, `@mscbot ${command}`);
      else if (talk.createdAt === said.at || facts.at(-1)?.at === said.at) return null;
      else who.editComment(talk.id, `I have read it all.\n\n@mscbot ${command}`);
      return fact;
    }
    case "command":
      who.comment(n, `@mscbot ${command}`);
      return fact;
  }
}

export const pathOf = (number: number): string => `proposals/${number}-thing.md`;

export const ownComments = (sandbox: Sandbox, number: number): readonly Comment[] =>
  sandbox.thread(number).comments.filter(({ authorId }) => authorId === sandbox.app.botId);

/** The status comment of the last motion, by the marker the clerk itself last wrote there: one that was deleted comes again, after those of later motions. */
export const statusOf = (sandbox: Sandbox, number: number): Comment | undefined =>
  ownComments(sandbox, number)
    .flatMap((comment) => {
      const motion = STATUS.exec(comment.body)?.[1];
      return motion === undefined ? [] : [{ comment, motion: Number(motion) }];
    })
    .reduce<{ readonly comment: Comment; readonly motion: number } | undefined>(
      (newest, one) => (newest === undefined || one.motion >= newest.motion ? one : newest),
      undefined,
    )?.comment;

/** false: it is there already. */
function put(sandbox: Sandbox, who: Person, number: number, label: string): boolean {
  if (sandbox.labelsOn(number).includes(label)) return false;
  who.label(number, label);
  return true;
}
