import { decide } from "msc-clerk/domain/decide.js";
import { desired } from "msc-clerk/domain/desired/desired.js";
import { plan } from "msc-clerk/domain/desired/plan.js";
import type { Action } from "msc-clerk/domain/model/action.js";
import type { Account } from "msc-clerk/domain/model/people.js";
import type { Register } from "msc-clerk/domain/model/register.js";
import type { Rules } from "msc-clerk/domain/model/rules.js";
import type {
  OwnComment,
  OwnRevision,
  Snapshot,
  TimelineEvent,
  Utterance,
} from "msc-clerk/domain/model/snapshot.js";
import { DAY, HOUR, type Instant, SECOND } from "msc-clerk/domain/text/time.js";
import { FILES, PULL, RULES, RULES_OF_MANY } from "./facts.js";

/*
 * Pull requests on which a great deal of one kind was done, as snapshots: what the core is measured by. The acts lie seconds apart, as what is
 * older than a day is cheap: it is known by its time.
 */

const START: Instant = Date.UTC(2026, 2, 2, 12);
export const NOW: Instant = START + 2 * DAY;
const CLERK: Account = { type: "Bot", login: "msc-clerk", id: 900 };
const STEP = 5 * SECOND;
const commit = (n: number): string => String(n % 30).padStart(40, "c");

export interface Case {
  readonly snapshot: Snapshot;
  readonly rules: Rules;
}

export interface Mix {
  readonly name: string;
  readonly make: (acts: number) => Case;
}

/** A pull request with a motion to merge, on which things are done, each some seconds after the one before. */
class Thread {
  readonly utterances: Utterance[] = [];
  readonly events: TimelineEvent[] = [];
  readonly labels: string[] = ["proposal"];
  ownComments: OwnComment[] = [];
  gates: Snapshot["gates"];
  register: Register | null = null;
  #at = START;
  #serial = 1_000_000;

  constructor(readonly rules: Rules = RULES) {
    this.event({ kind: "labeled", label: "proposal" }, outsider(0));
    this.say(member(2, rules), "@mscbot fcp merge");
  }

  next(): Instant {
    this.#at += STEP;
    return this.#at;
  }

  id(): string {
    this.#serial += 1;
    return String(this.#serial);
  }

  say(
    author: Account,
    text: string,
    kind: Utterance["kind"] = "comment",
    review: Utterance["review"] = null,
  ) {
    const at = this.next();
    const number = this.id();
    const utterance = {
      id: `${kind}:${number}`,
      nodeId: `N_${number}`,
      kind,
      url: `${PULL.url}#issuecomment-${number}`,
      author,
      byClerk: false,
      createdAt: at,
      revisions: [{ editor: author, at, lines: text.split("\n") as readonly string[] }],
      reactions: { thumbsUp: false, confused: false, eyes: false },
      review,
    };
    this.utterances.push(utterance);
    return utterance;
  }

  review(author: Account, submitted: "approved" | "changes_requested", on: string) {
    return this.say(author, "", "review", { submitted, dismissed: false, commit: on });
  }

  event(what: EventOf, actor: Account) {
    this.events.push({ id: `E_${this.id()}`, at: this.next(), actor, byClerk: false, ...what });
  }

  /** A comment of the clerk's with boxes, in all the forms people gave it. */
  ticked(kind: "status" | "checklist", key: string, texts: readonly (readonly [Account, string])[]) {
    const id = this.id();
    const first: OwnRevision = {
      id: `R_${this.id()}`,
      editor: CLERK,
      byClerk: true,
      at: this.next(),
      body: texts[0]?.[1] ?? "",
    };
    const later = texts.slice(1).map(
      ([editor, body]): OwnRevision => ({
        id: `R_${this.id()}`,
        editor,
        byClerk: false,
        at: this.next(),
        body,
      }),
    );
    this.ownComments.push({
      id,
      nodeId: `IC_${id}`,
      url: `${PULL.url}#issuecomment-${id}`,
      createdAt: first.at,
      marker: { kind, key },
      body: texts.at(-1)?.[1] ?? "",
      seq: null,
      revisions: [first, ...later],
    });
  }

  case(): Case {
    const { rules, utterances, events, labels, ownComments, gates, register } = this;
    const snapshot: Snapshot = {
      repository: {
        owner: "matrix-org",
        name: "matrix-spec-proposals",
        id: 1,
        defaultBranch: "main",
        archived: false,
      },
      clerk: { login: CLERK.login, id: 900 },
      adoptedAt: START - 100 * HOUR,
      rosterCommit: commit(1),
      pull: { ...PULL, createdAt: START - HOUR, head: commit(0), author: outsider(0) },
      labels,
      utterances,
      events,
      files: FILES,
      filesCutOff: false,
      ownComments,
      legacyComments: [],
      check: null,
      siblings: [],
      siblingsCutOff: false,
      register,
      registerFrom: "store",
      carriers: { comment: null, check: null, newest: null, newestRun: null, erased: 0 },
      unkept: false,
      texts: [],
      lawfulRules: null,
      lawful: null,
      unlawful: null,
      lawfulLost: null,
      published: [],
      amendment: null,
      ...(gates === undefined ? {} : { gates }),
    };
    return { snapshot, rules };
  }
}

type EventOf = TimelineEvent extends infer E
  ? E extends unknown
    ? Omit<E, "id" | "at" | "actor" | "byClerk">
    : never
  : never;

const member = (n: number, rules = RULES): Account => {
  const all = rules.teams[0]?.members ?? [];
  const one = all[n % all.length];
  if (one === undefined) throw new Error("the bench has a team without members");
  return { type: "User", login: one.login, id: one.id };
};
const outsider = (n: number): Account => ({ type: "User", login: `passer-${n}`, id: 70_000 + n });

const each =
  (act: (thread: Thread, n: number) => void, rules: Rules = RULES) =>
  (acts: number): Case => {
    const thread = new Thread(rules);
    for (let n = 0; n < acts; n++) act(thread, n);
    return thread.case();
  };

const TEXTS = Array.from(
  { length: 100 },
  (_, n) => `the ${n}th thing in this text is not yet quite clear to me`,
);
const textOf = (n: number): string => TEXTS[n % TEXTS.length] ?? "";

const boxes = (ticks: (n: number) => boolean): string =>
  RULES.teams[0]?.members
    .map(({ login }, n) => `- [${ticks(n) ? "x" : " "}] @${login} <!-- box spec-core-team -->`)
    .join("\n") ?? "";
const items = (ticks: (n: number) => boolean): string =>
  Array.from({ length: 12 }, (_, n) => `- [${ticks(n) ? "x" : " "}] Item ${n} <!-- item ${n + 1} -->`).join(
    "\n",
  );
/** Each click changes one box of those many; it is ticked at every other turn. */
const clicks = (acts: number, many: number, of: (ticks: (n: number) => boolean) => string) =>
  Array.from({ length: acts + 1 }, (_, at): readonly [Account, string] => [
    member(at - 1 + many),
    of((n) => at > n && Math.floor((at - 1 - n) / many) % 2 === 0),
  ]);

const withBoxes = (acts: number): Case => {
  const thread = new Thread();
  const { snapshot, rules } = thread.case();
  // The motion comes first, as the register has it: a tick is of a motion that is on record.
  thread.register = decide(snapshot, rules, NOW).register;
  thread.ticked("status", "1", clicks(acts, 8, boxes));
  return thread.case();
};

const withItems = (acts: number): Case => {
  const rules: Rules = {
    ...RULES,
    gates: [{ kind: "checklist", name: "checklist", before: "conclude", file: "list.md" } as const],
  };
  const thread = new Thread(rules);
  const list = Array.from({ length: 12 }, (_, n) => ({ text: `Item ${n}`, depth: 0 }));
  thread.gates = { checklist: { file: "list.md", commit: commit(3), items: list, problem: null } };
  const { snapshot } = thread.case();
  thread.register = decide(snapshot, rules, NOW).register;
  thread.ticked("checklist", `1:${commit(3)}`, clicks(acts, 12, items));
  return thread.case();
};

const GATED: Rules = {
  ...RULES,
  gates: [
    { kind: "label", name: "no blocker", before: "conclude", label: "blocker", wanted: "absent" } as const,
  ],
};

/** One comment, edited again and again by its author. */
const editedOften = (acts: number): Case => {
  const thread = new Thread();
  const one = thread.say(member(3), `@mscbot concern ${textOf(0)}`);
  for (let n = 1; n < acts; n++) {
    const lines = [`@mscbot concern ${textOf(n % 90)}`, ...(n % 5 === 0 ? ["@mscbot reviewed"] : [])];
    one.revisions.push({ editor: one.author, at: thread.next(), lines });
  }
  return thread.case();
};

const LABELS = ["kind:governance", "disposition-merge", "vote-approve", "needs-work", "kind:core"] as const;

const dismissals = (forBase: boolean) =>
  each((thread, n) => {
    if (n % 2 === 0) thread.review(member(n / 2), n % 4 === 0 ? "approved" : "changes_requested", commit(n));
    else {
      const review = thread.utterances.at(-1)?.id ?? null;
      if (forBase && n % 8 === 1) thread.event({ kind: "base_changed", from: "main", to: "main" }, member(1));
      thread.event({ kind: "review_dismissed", review, byPush: false, forBase }, member(n));
    }
  });

export const MIXES: readonly Mix[] = [
  {
    name: "plain comments",
    make: each((thread, n) => thread.say(outsider(n % 50), `Well said, number ${n}.`)),
  },
  {
    name: "votes by command",
    make: each((thread, n) =>
      thread.say(member(n), `@mscbot ${["reviewed", "abstain", "retract"][Math.floor(n / 8) % 3]}`),
    ),
  },
  {
    name: "votes and forced pushes",
    make: each((thread, n) =>
      n % 2 === 0
        ? thread.say(member(n), n % 4 === 0 ? "@mscbot reviewed" : "@mscbot retract")
        : thread.event({ kind: "force_pushed", before: commit(n), after: commit(n + 1) }, outsider(0)),
    ),
  },
  {
    name: "votes of a team of 1,000",
    make: each(
      (thread, n) =>
        thread.say(member(n, RULES_OF_MANY), n % 3 === 2 ? "@mscbot abstain" : "@mscbot reviewed"),
      RULES_OF_MANY,
    ),
  },
  {
    name: "reviews",
    make: each((thread, n) =>
      thread.review(member(n), n % 5 === 4 ? "changes_requested" : "approved", commit(n)),
    ),
  },
  {
    name: "outsiders' reviews",
    make: each((thread, n) => thread.review(outsider(n), "approved", commit(n))),
  },
  {
    name: "concerns and resolves in turn",
    make: each((thread, n) =>
      thread.say(member(n), `@mscbot ${n % 2 === 0 ? "concern" : "resolve"} ${textOf(Math.floor(n / 2))}`),
    ),
  },
  {
    name: "concerns, then resolves",
    make: each((thread, n) =>
      thread.say(
        member(n),
        `@mscbot ${Math.floor(n / 90) % 2 === 0 ? "concern" : "resolve"} ${textOf(n % 90)}`,
      ),
    ),
  },
  {
    name: "concerns beyond the bound",
    make: each((thread, n) => thread.say(member(n), `@mscbot concern ${n}: ${textOf(n)}`)),
  },
  {
    name: "motions and cancels in turn",
    make: each((thread, n) =>
      thread.say(member(n), n % 2 === 0 ? "@mscbot fcp cancel" : "@mscbot fcp merge"),
    ),
  },
  {
    name: "labels on and off",
    make: each((thread, n) =>
      thread.event(
        { kind: Math.floor(n / 5) % 2 === 0 ? "labeled" : "unlabeled", label: LABELS[n % 5] ?? "" },
        n % 2 === 0 ? member(n) : outsider(n % 50),
      ),
    ),
  },
  {
    name: "labels of ever other names",
    make: each((thread, n) =>
      thread.event({ kind: n % 2 === 0 ? "labeled" : "unlabeled", label: `label ${n >> 1}` }, member(n)),
    ),
  },
  {
    name: "gate labels on and off",
    make: each(
      (thread, n) =>
        thread.event({ kind: n % 2 === 0 ? "labeled" : "unlabeled", label: "blocker" }, member(n)),
      GATED,
    ),
  },
  { name: "dismissals", make: dismissals(false) },
  { name: "dismissals beside bases", make: dismissals(true) },
  {
    name: "closed and reopened",
    make: each((thread, n) => {
      const kind = (["closed", "reopened", "to_draft", "ready_for_review"] as const)[n % 4] ?? "closed";
      thread.event({ kind }, outsider(1 + (n % 50)));
    }),
  },
  {
    name: "deleted comments",
    make: each((thread, n) => thread.event({ kind: "comment_deleted", author: outsider(n) }, outsider(n))),
  },
  {
    name: "misspelt by members",
    make: each((thread, n) => thread.say(member(n), `@mscbot revueed ${n % 7 === 0 ? "agian" : ""} ${n}`)),
  },
  {
    name: "misspelt by outsiders",
    make: each((thread, n) => thread.say(outsider(n % 500), `@mscbot concert number ${n}`)),
  },
  {
    name: "commands of ever other outsiders",
    make: each((thread, n) =>
      thread.say(outsider(n), n % 2 === 0 ? "@mscbot reviewed" : "@mscbot fcp merge"),
    ),
  },
  { name: "help and status", make: each((thread, n) => thread.say(outsider(n % 50), "@mscbot help")) },
  { name: "ticks of boxes", make: withBoxes },
  { name: "ticks of a checklist", make: withItems },
  {
    name: "edits, ten a comment",
    make: (acts) => {
      const thread = new Thread();
      for (let n = 0; n < acts / 10; n++) {
        const one = thread.say(member(n), "@mscbot reviewed");
        for (let edit = 1; edit < 10; edit++) {
          const text =
            edit % 2 === 0 ? "@mscbot reviewed" : `@mscbot reviewed\n@mscbot retract\n@mscbot hold ${edit}`;
          one.revisions.push({ editor: one.author, at: thread.next(), lines: text.split("\n") });
        }
      }
      return thread.case();
    },
  },
  { name: "one comment edited often", make: editedOften },
  {
    name: "all of it",
    make: each((thread, n) => {
      const turn = n % 8;
      if (turn === 0) thread.say(member(n >> 3), "@mscbot reviewed");
      else if (turn === 1) thread.review(member(n >> 3), "approved", commit(n));
      else if (turn === 2) thread.say(member(n >> 3), `@mscbot concern ${textOf(n >> 4)}`);
      else if (turn === 3) thread.say(member(n >> 3), `@mscbot resolve ${textOf(n >> 4)}`);
      else if (turn === 4) thread.say(outsider(n % 200), "@mscbot reviewd");
      else if (turn === 5) thread.say(outsider(n % 200), `Number ${n}`);
      else if (turn === 6) thread.event({ kind: "labeled", label: LABELS[n % 5] ?? "" }, outsider(n % 200));
      else thread.event({ kind: "force_pushed", before: commit(n), after: commit(n + 1) }, outsider(0));
    }),
  },
];

/** The pure part of one reconcile. */
export function reconciled({ snapshot, rules }: Case): {
  readonly register: Register;
  readonly actions: readonly Action[];
} {
  const decision = decide(snapshot, rules, NOW);
  return { register: decision.register, actions: plan(desired(decision, snapshot, rules), snapshot) };
}

/**
 * The same pull request at the next look: all that was decided is on record, and what was to be written is written. As the reader makes every
 * snapshot anew, nothing but the lines of texts is the same object.
 */
export function lookedAtAgain({ snapshot, rules }: Case): Case {
  const { register, actions } = reconciled({ snapshot, rules });
  const ownComments = [...snapshot.ownComments];
  const reacted = new Map<string, Utterance["reactions"]>();
  for (const action of actions) {
    if (action.kind === "create_comment") {
      const id = String(2_000_000 + ownComments.length);
      const { marker, body, record } = action;
      ownComments.push({
        ...{ id, nodeId: `IC_${id}`, url: `${PULL.url}#issuecomment-${id}`, createdAt: NOW, marker, body },
        ...{ seq: record?.seq ?? null, revisions: [] },
      });
    }
    if (action.kind === "react") {
      const of = `${action.on.kind}:${action.on.id}`;
      const before = reacted.get(of) ?? { thumbsUp: false, confused: false, eyes: false };
      reacted.set(of, { ...before, [action.reaction]: true });
    }
  }
  const { seq } = register;
  const again: Snapshot = {
    ...snapshot,
    register,
    ownComments,
    utterances: snapshot.utterances.map((one) => ({
      ...one,
      reactions: reacted.get(one.id) ?? one.reactions,
    })),
    events: snapshot.events.map((event) => ({ ...event })),
    carriers: { ...snapshot.carriers, comment: seq, newest: seq },
  };
  return { snapshot: again, rules };
}
