import { oldestFirst } from "../acts/timelineIndex.js";
import { decidedTeams } from "../decide/decided.js";
import { countOf } from "../decide/tally.js";
import type { Decision } from "../model/decision.js";
import { type LabelKey, labelNameOf } from "../model/labels.js";
import { canAct, isMember, personOf, sameLogin } from "../model/people.js";
import type { Happening, PublicEvent, Turnout } from "../model/publicView.js";
import type { Ballot, Motion, Register } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { Snapshot, TimelineEvent, Utterance } from "../model/snapshot.js";
import { cutTo } from "../text/cut.js";
import { fingerprint } from "../text/fingerprint.js";
import { type Instant, SECOND } from "../text/time.js";
import { hiddenIn } from "./hidden.js";
import { LINE_LENGTH } from "./summary.js";

/** What somebody wrote with a vote is shown up to here; the whole is a click away. */
const WORDS_LENGTH = 1000;

/**
 * What has happened to a proposal, as far as its register and GitHub tell today: what a later act took the place of is told no more. Each
 * has a name of its own, so that whoever keeps them adds only what is new.
 */
export function happenedTo(
  { register, reason }: Pick<Decision, "register" | "reason">,
  snapshot: Snapshot,
  rules: Rules,
): readonly PublicEvent[] {
  const words = wordsIn(snapshot, rules);
  const hidden = hiddenIn(snapshot);
  const { motion, past } = register;
  const motions = motion === null ? past : [...past, motion];
  return [
    event("opened", snapshot.pull.createdAt, snapshot.pull.author?.login ?? null, snapshot.pull.url, {
      kind: "opened",
    }),
    ...motions.flatMap((one) => ofMotion(one, words)),
    ...(motion === null || reason.code !== "fcp_over" ? [] : blocked(motion)),
    ...reviews(register, snapshot, rules, words),
    ...ofConcerns(register),
    ...ofLife(register),
    ...newTexts(register),
    ...ofPull(snapshot),
    ...ofSpec(snapshot, rules),
  ]
    .map((one) => (one.url !== null && hidden.has(one.url) ? { ...one, hidden: true as const } : one))
    .sort((a, b) => a.at - b.at);
}

const event = (
  id: string,
  at: Instant,
  by: string | null,
  url: string | null,
  what: Happening,
): PublicEvent => ({ id, at, by, url, what });

/** What the author of each utterance says in it now, in their own voice, beside their commands: a vote says itself what it is. */
function wordsIn({ utterances, clerk }: Snapshot, { mentions }: Rules): (source: string) => string {
  const by = new Map(utterances.map((one) => [one.id, one]));
  const names = [clerk.login, ...mentions].map((name) => `@${name.toLowerCase()}`);
  const isCommand = (line: string) => {
    const said = line.trim().toLowerCase();
    return names.some((name) => said.startsWith(name) && !/^[a-z0-9-]/.test(said.slice(name.length)));
  };
  return (source) => {
    const lines = linesOf(by.get(source)).filter((line) => !isCommand(line));
    return cutTo(lines.join("\n").trim(), WORDS_LENGTH);
  };
}

/** Nothing where somebody else saved it last, or took a revision away: what an author wrote before is not what they say. */
function linesOf(utterance: Utterance | undefined): readonly string[] {
  const newest = utterance?.revisions.at(-1);
  const own = newest?.editor == null || newest.editor.login === utterance?.author?.login;
  return own ? (newest?.lines ?? []) : [];
}

function ofMotion(motion: Motion, words: (source: string) => string): readonly PublicEvent[] {
  const { number, disposition, mover, from, ballots, fcp, end, corrected } = motion;
  return [
    event(`motion ${number}`, from.at, mover.login, from.url, {
      kind: "motion",
      motion: number,
      disposition,
    }),
    ...ballots
      .filter(({ from: { via } }) => via !== "motion")
      .map((ballot) => ofBallot(number, ballot, words)),
    ...(fcp?.state === "running"
      ? [
          event(`fcp ${number}`, fcp.startedAt, null, null, {
            ...{ kind: "fcp_begun", motion: number, disposition, endsAt: fcp.endsAt },
          }),
        ]
      : []),
    ...(end === null ? [] : ending(motion)),
    ...(corrected === undefined
      ? []
      : [
          event(`corrected ${number} ${corrected.at}`, corrected.at, corrected.by.login, corrected.url, {
            ...{ kind: "corrected", motion: number, reason: cutTo(corrected.reason, LINE_LENGTH) },
          }),
        ]),
  ];
}

/** As its announcement tells it: from the moment at which it was to end. */
const blocked = ({ number, disposition, fcp, end }: Motion): readonly PublicEvent[] =>
  fcp?.state === "running" && end === null
    ? [
        event(`blocked ${number}`, fcp.endsAt, null, null, {
          ...{ kind: "fcp_blocked", motion: number, disposition },
        }),
      ]
    : [];

function ofBallot(motion: number, ballot: Ballot, words: (source: string) => string): PublicEvent {
  const { member, team, choice, from, source } = ballot;
  // What was taken over from an older bot's comment comes from one source, in one moment, whoever ticked there.
  const whose = from.via === "takeover" ? ` ${member.id ?? member.login}` : "";
  // One comment, edited, can cast a vote and take it back.
  return event(`vote ${motion} ${team} ${source} ${from.at}${whose}`, from.at, member.login, from.url, {
    kind: "vote",
    ...{ motion, team, choice: choice ?? "retracted", via: from.via },
    text: from.via === "tick" || from.via === "label" ? "" : words(source),
  });
}

function ending(motion: Motion): readonly PublicEvent[] {
  const { number, disposition, end } = motion;
  if (end === null) return [];
  const id = `end ${number}`;
  switch (end.kind) {
    case "concluded":
      return [
        event(id, end.at, null, null, {
          ...{ kind: "concluded", motion: number, disposition, turnout: turnoutOf(motion) },
        }),
      ];
    case "cancelled":
      return [
        event(id, end.at, end.by?.login ?? null, end.url === "" ? null : end.url, {
          ...{ kind: "cancelled", motion: number, how: end.how },
        }),
      ];
    case "overridden": {
      const { by, url, outcome, reason } = end.override;
      return [
        event(id, end.at, by.login, url, {
          ...{ kind: "overridden", motion: number, outcome, reason: cutTo(reason, LINE_LENGTH) },
        }),
      ];
    }
    case "merged_undecided":
      return [event(id, end.at, null, null, { kind: "merged_undecided", motion: number })];
    case "void":
      // Its conclusion was told when it came; that a newer one took its place shows by the newer one.
      return [];
  }
}

/** By the votes that decided. */
const turnoutOf = (motion: Motion): readonly Turnout[] =>
  decidedTeams(motion, []).flatMap(({ need, title, votes, standing }) => {
    const tally = votes ?? standing;
    if (tally === null) return [];
    const { yes, abstained } = countOf(tally.votes);
    return [{ team: need.team, title: cutTo(title, LINE_LENGTH), yes, abstained, size: tally.size }];
  });

/** Reviews of people who have, or had, a say here: of a vote that another took the place of they are what is left. */
function reviews(
  { motion }: Register,
  { utterances }: Snapshot,
  { teams }: Rules,
  words: (source: string) => string,
): readonly PublicEvent[] {
  const people = [
    ...teams.flatMap(({ members }) => members),
    ...(motion?.ballots ?? []).map(({ member }) => member),
  ];
  return utterances.flatMap(({ id, author, review, createdAt, url }) => {
    const verdict = review?.submitted;
    if (review === null || (verdict !== "approved" && verdict !== "changes_requested")) return [];
    if (!canAct(author) || !people.some((one) => isMember(one, personOf(author)))) return [];
    const what = { kind: "review", verdict, dismissed: review.dismissed, text: words(id) } as const;
    return [
      event(`${id} ${verdict}${review.dismissed ? " dismissed" : ""}`, createdAt, author.login, url, what),
    ];
  });
}

const ofConcerns = ({ concerns }: Register): readonly PublicEvent[] =>
  concerns.flatMap(({ number, text, by, at, url, kind, resolved }) => [
    event(`concern ${number} ${at}`, at, by.login, url, {
      ...{ kind: "concern", number, text: cutTo(text, LINE_LENGTH), of: kind },
    }),
    ...(resolved === null
      ? []
      : [
          event(`resolved ${number} ${resolved.at}`, resolved.at, resolved.by.login, resolved.url, {
            ...{ kind: "resolved", number },
          }),
        ]),
  ]);

function ofLife({ ready, obsolete, gates }: Register): readonly PublicEvent[] {
  return [
    ...(ready === undefined
      ? []
      : [event(`ready ${ready.at}`, ready.at, ready.by.login, ready.url, { kind: "ready" })]),
    ...(obsolete === undefined
      ? []
      : [
          event(`obsolete ${obsolete.at}`, obsolete.at, obsolete.by.login, obsolete.url, {
            ...{ kind: "obsolete", by: obsolete.supersededBy },
          }),
        ]),
    ...(gates?.waivers ?? []).flatMap(({ gate, granted, by, url, reason, motion }) =>
      granted === null
        ? []
        : [
            event(
              `waived ${motion} ${granted} ${fingerprint("waived", [gate, url]).slice(0, 32)}`,
              granted,
              by.login,
              url,
              {
                ...{ kind: "waived", gate: cutTo(gate, LINE_LENGTH), reason: cutTo(reason, LINE_LENGTH) },
              },
            ),
          ],
    ),
  ];
}

/** text.same: a head of the same text is none. Of a head whose text was never asked for it is not known, and it counts as one. */
const newTexts = ({ heads }: Register): readonly PublicEvent[] =>
  heads.flatMap(({ commit, text, at }, index) => {
    const before = heads[index - 1];
    if (before === undefined || (text !== null && text === before.text)) return [];
    return [event(`text ${commit} ${at}`, at, null, null, { kind: "new_text", commit })];
  });

/** GitHub closes what it merges, in the same moment. */
function ofPull({ events, pull }: Snapshot): readonly PublicEvent[] {
  const withMerge = (at: Instant) => pull.mergedAt !== null && Math.abs(at - pull.mergedAt) <= 5 * SECOND;
  return events.flatMap(({ id, kind, at, actor }) =>
    kind === "merged" || kind === "reopened" || (kind === "closed" && !withMerge(at))
      ? [event(`${kind} ${id}`, at, actor?.login ?? null, null, { kind })]
      : [],
  );
}

const SPEC_STEPS = [
  ["spec_pr_missing", "spec_missing"],
  ["spec_pr_in_review", "spec_in_review"],
  ["merged", "spec_merged"],
] as const satisfies readonly (readonly [LabelKey, Happening["kind"]])[];

/** After its merge the labels tell how far it has come: when each was put on last. */
function ofSpec({ events, pull: { mergedAt } }: Snapshot, rules: Rules): readonly PublicEvent[] {
  if (mergedAt === null) return [];
  return SPEC_STEPS.flatMap(([key, kind]) => {
    const name = labelNameOf(rules.labels, key);
    const put = oldestFirst(events).findLast(
      (one) => name !== null && putsOn(one, name) && one.at >= mergedAt,
    );
    if (put === undefined) return [];
    return [
      event(`${kind} ${put.id}`, put.at, put.byClerk ? null : (put.actor?.login ?? null), null, { kind }),
    ];
  });
}

const putsOn = (one: TimelineEvent, name: string): boolean =>
  one.kind === "labeled" && one.label !== null && sameLogin(one.label, name);

/**
 * What is told twice in what was kept: an approving review that is told as the vote it was, and a review of before it was dismissed. Whatever order
 * they came to be kept in.
 */
export function withoutTwice<Event extends PublicEvent>(events: readonly Event[]): readonly Event[] {
  const voted = new Set(events.flatMap(({ what, by, url }) => (what.kind === "vote" ? `${by} ${url}` : [])));
  const dismissed = new Set(
    events.flatMap(({ what, by, url }) => (what.kind === "review" && what.dismissed ? `${by} ${url}` : [])),
  );
  return events.filter(({ what, by, url }) => {
    if (what.kind !== "review") return true;
    const key = `${by} ${url}`;
    if (!what.dismissed && dismissed.has(key)) return false;
    return what.verdict !== "approved" || what.dismissed || !voted.has(key);
  });
}
