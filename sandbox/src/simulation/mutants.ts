// One file: a list.

import type { Action } from "msc-clerk/domain/model/action.js";
import type { Rules } from "msc-clerk/domain/model/rules.js";
import type { Snapshot } from "msc-clerk/domain/model/snapshot.js";
import { DAY } from "msc-clerk/domain/text/time.js";
import type { Connection } from "msc-clerk/github/connect.js";
import type { WriteOutcome, Writer } from "msc-clerk/github/ports.js";
import type { KeptRegister, Store } from "msc-clerk/store/port.js";
import type { Mutation } from "./machine.js";
import { MUTANTS_OF_SEATS } from "./mutantsOfSeats.js";

/** A clerk with one fault, put over its parts from outside. `caughtBy`: a seed of the default size that shows it. */
export interface Mutant {
  readonly name: string;
  readonly caughtBy: number;
  /** Anew for each story, as some of them remember. */
  readonly make: () => Mutation;
}

/** What it reads is changed on its way to what decides. */
const seeing = (change: (shown: Snapshot) => Snapshot): Mutation => ({
  connection: (real) => ({
    ...real,
    reader: over(real.reader, {
      proposal: async (ref, config, lags) => {
        const read = await real.reader.proposal(ref, config, lags);
        return read.kind === "read" ? { ...read, snapshot: change(read.snapshot) } : read;
      },
    }),
  }),
});

const byRules = (change: (rules: Rules) => Rules): Mutation => ({
  evaluate: (real) => (snapshot, rules, now) => real(snapshot, change(rules), now),
});

const keeping = (change: (real: Store) => Partial<Store>): Mutation => ({
  store: (real) => over(real, change(real)),
});

/** Each action goes through here, also those that go together. */
const writing = (
  change: (action: Action, real: () => Promise<WriteOutcome>) => Promise<WriteOutcome>,
  as: (action: Action) => Action = (one) => one,
): Mutation => ({
  connection: (real: Connection) => {
    const apply: Writer["apply"] = (ref, action) => change(action, () => real.writer.apply(ref, as(action)));
    return {
      ...real,
      writer: over(real.writer, { apply, applyTogether: async (ref, [first]) => [await apply(ref, first)] }),
    };
  },
});

const withMembers = (rules: Rules, ...logins: readonly string[]): Rules => ({
  ...rules,
  teams: rules.teams.map((team) => ({
    ...team,
    members: [
      ...team.members,
      ...logins.map((login) => ({ login, id: null, since: null, domains: [], away: null })),
    ],
  })),
});

/** The methods of the one, where the other has none of its own. */
function over<T extends object>(real: T, own: Partial<T>): T {
  return new Proxy(real, {
    get: (_, name) => {
      const value: unknown = Reflect.get(own, name) ?? Reflect.get(real, name, real);
      return typeof value === "function" && !Reflect.has(own, name) ? value.bind(real) : value;
    },
  });
}

const STORED = { kind: "stored", kept: null } as const;

export const MUTANTS: readonly Mutant[] = [
  {
    name: "drops the resync",
    caughtBy: 0,
    make: () => ({ timing: { resyncEvery: 1000 * DAY, fullResyncEvery: 1000 * DAY } }),
  },
  {
    name: "forgets what it wrote just now",
    caughtBy: 11,
    make: () => ({
      connection: (real) => ({
        ...real,
        reader: over(real.reader, {
          proposal: (ref, config) => real.reader.proposal(ref, config, () => null),
        }),
      }),
    }),
  },
  {
    name: "trusts the labels of the last webhook",
    caughtBy: 6,
    make: () => {
      const told = new Map<number, readonly string[]>();
      return {
        ...seeing((shown) => ({ ...shown, labels: told.get(shown.pull.number) ?? shown.labels })),
        hear: (clerk, event, payload) => {
          const { pull_request: pull } = payload as {
            readonly pull_request?: {
              readonly number: number;
              readonly labels: readonly { readonly name: string }[];
            };
          };
          if (pull !== undefined)
            told.set(
              pull.number,
              pull.labels.map(({ name }) => name),
            );
          clerk.hear(event, payload, "simulated");
        },
      };
    },
  },
  {
    name: "posts before the store has it",
    caughtBy: 1,
    make: () => {
      let late: (() => Promise<unknown>) | null = null;
      return keeping((real) => ({
        putRegister: async (...args) => {
          late = () => real.putRegister(...args);
          return STORED;
        },
        register: async (of) => {
          await late?.();
          late = null;
          return real.register(of);
        },
      }));
    },
  },
  {
    name: "believes an older record of the store",
    caughtBy: 3,
    make: () => {
      const older = new Map<number, Awaited<ReturnType<Store["register"]>>>();
      return keeping((real) => ({
        register: (of) => {
          const known = older.get(of.pull);
          return known === undefined ? real.register(of) : Promise.resolve(known);
        },
        putRegister: async (of, ...rest) => {
          older.set(of.pull, await real.register(of));
          return real.putRegister(of, ...rest);
        },
      }));
    },
  },
  {
    name: "takes an unclear answer for not done, and does it again at once",
    caughtBy: 8,
    make: () =>
      writing(async (_, real) => {
        const outcome = await real();
        return outcome.kind === "unclear" ? real() : outcome;
      }),
  },
  {
    name: "puts labels on and takes none off",
    caughtBy: 0,
    make: () =>
      writing(async (action, real) => (action.kind === "remove_label" ? { kind: "done", id: null } : real())),
  },
  {
    name: "forgets to announce",
    caughtBy: 2,
    make: () =>
      writing(async (action, real) =>
        action.kind === "create_comment" && action.marker.kind === "announce"
          ? { kind: "done", id: null }
          : real(),
      ),
  },
  {
    name: "leaves the record out of what it writes",
    caughtBy: 0,
    make: () =>
      writing(
        (_, real) => real(),
        (action) => ("record" in action ? { ...action, record: null } : action),
      ),
  },
  {
    name: "is green as soon as the Final Comment Period runs",
    caughtBy: 2,
    make: () =>
      writing(
        (_, real) => real(),
        (action) =>
          action.kind === "put_check" && action.title.startsWith("Final Comment Period")
            ? { ...action, verdict: "success", own: "success", run: null }
            : action,
      ),
  },
  {
    name: "counts a stranger",
    caughtBy: 0,
    make: () => byRules((rules) => withMembers(rules, "xan", "tom", "una")),
  },
  {
    name: "is content with half of the team",
    caughtBy: 2,
    make: () =>
      byRules((rules) => ({
        ...rules,
        decisions: rules.decisions.map((decision) => ({
          ...decision,
          approval: decision.approval.map((need) => ({
            ...need,
            threshold: { numerator: 1, denominator: 2 },
          })),
        })),
      })),
  },
  {
    name: "is a day ahead of GitHub",
    caughtBy: 7,
    make: () => ({ evaluate: (real) => (snapshot, rules, now) => real(snapshot, rules, now + DAY) }),
  },
  { name: "goes by the clock of its machine", caughtBy: 354, make: () => ({ isDeafToTime: true }) },
  {
    name: "sets no alarm for the end of a Final Comment Period",
    caughtBy: 2,
    make: () => ({
      evaluate: (real) => (snapshot, rules, now) => ({ ...real(snapshot, rules, now), nextCheckAt: null }),
    }),
  },
  {
    name: "takes anybody's dismissal of a review for its author's",
    caughtBy: 4,
    make: () =>
      seeing((shown) => ({
        ...shown,
        events: shown.events.map((event) =>
          event.kind === "review_dismissed"
            ? {
                ...event,
                actor: shown.utterances.find(({ id }) => id === event.review)?.author ?? event.actor,
              }
            : event,
        ),
      })),
  },
  {
    name: "takes words that others put into a comment for its author's",
    caughtBy: 1,
    make: () =>
      seeing((shown) => ({
        ...shown,
        utterances: shown.utterances.map((one) => ({
          ...one,
          revisions: one.revisions.map((revision) => ({ ...revision, editor: one.author })),
        })),
      })),
  },
  {
    name: "reads only what a comment says now",
    caughtBy: 1,
    make: () =>
      seeing((shown) => ({
        ...shown,
        utterances: shown.utterances.map((one) => ({ ...one, revisions: one.revisions.slice(-1) })),
      })),
  },
  {
    name: "does not look for ticks",
    caughtBy: 0,
    make: () =>
      seeing((shown) => ({
        ...shown,
        ownComments: shown.ownComments.map((one) => ({ ...one, revisions: [] })),
      })),
  },
  {
    name: "takes anybody's closing for the author's",
    caughtBy: 1,
    make: () =>
      seeing((shown) => ({
        ...shown,
        events: shown.events.map((event) =>
          event.kind === "closed" && !event.byClerk ? { ...event, actor: shown.pull.author } : event,
        ),
      })),
  },
  {
    name: "does not hold a draft",
    caughtBy: 5,
    make: () =>
      seeing((shown) => ({
        ...shown,
        pull: { ...shown.pull, draft: false },
        events: shown.events.filter(({ kind }) => kind !== "to_draft" && kind !== "ready_for_review"),
      })),
  },
  {
    name: "takes every text for the one that was voted on",
    caughtBy: 7,
    make: () =>
      seeing((shown) => ({
        ...shown,
        texts: [
          ...new Set([
            shown.pull.head,
            ...shown.utterances.flatMap(({ review }) => review?.commit ?? []),
            ...(shown.register?.heads ?? []).map(({ commit }) => commit),
          ]),
        ].map((commit) => ({ commit, text: "the same" })),
      })),
  },
  {
    name: "takes any config for lawful",
    caughtBy: 17,
    make: () => seeing((shown) => ({ ...shown, lawfulRules: null, unlawful: null, lawfulLost: null })),
  },
  {
    name: "does not wait for what GitHub may not show yet",
    caughtBy: 49,
    make: () => ({
      timing: { lagWindow: 0 },
      ...keeping(() => ({ intents: async () => ({ kind: "stored", kept: [] }) })),
    }),
  },
  {
    name: "skips the compare-and-swap",
    caughtBy: 29,
    make: () => ({
      disk: (real) => {
        // The store's guard lets nobody say so, so whatever was written over another's is beside it.
        const written = new Map<number, KeptRegister>();
        return over(real, {
          register: async (of) => {
            const kept = written.get(of.pull);
            return kept === undefined ? real.register(of) : { kind: "stored", kept };
          },
          putRegister: async (of, next, ...rest) => {
            const put = written.has(of.pull) ? null : await real.putRegister(of, next, ...rest);
            if (put !== null && put.kind !== "conflict") return put;
            written.set(of.pull, next);
            return { kind: "stored", kept: null };
          },
        });
      },
    }),
  },
  {
    name: "goes on where the store does not take a register",
    caughtBy: 30,
    make: () =>
      keeping((real) => ({
        putRegister: async (...args) => {
          const put = await real.putRegister(...args);
          return put.kind === "unavailable" ? STORED : put;
        },
      })),
  },
  {
    name: "goes on by the last valid config while the present one is broken",
    caughtBy: 24,
    make: () => {
      let last: Awaited<ReturnType<Connection["reader"]["config"]>> | null = null;
      return {
        connection: (real) => ({
          ...real,
          reader: over(real.reader, {
            config: async (...args) => {
              const read = await real.reader.config(...args);
              if (read.kind === "valid") last = read;
              return read.kind === "invalid" && last !== null ? last : read;
            },
          }),
        }),
      };
    },
  },
  ...MUTANTS_OF_SEATS,
];
