import type { Rules } from "msc-clerk/domain/model/rules.js";
import type { Snapshot } from "msc-clerk/domain/model/snapshot.js";
import { GATES } from "./config.js";
import type { Mutation } from "./machine.js";
import type { Mutant } from "./mutants.js";

/** What it decides by. */
const by = (change: (rules: Rules, snapshot: Snapshot) => Rules): Mutation => ({
  evaluate: (real) => (snapshot, rules, now) => real(snapshot, change(rules, snapshot), now),
});

const isGate = (label: string | null): boolean => Object.values<string | null>(GATES).includes(label);

/** Clerks with one fault in what is about the roster through time, gates, or whose an installation is. */
export const MUTANTS_OF_SEATS: readonly Mutant[] = [
  {
    name: "goes by the roster that it read first",
    caughtBy: 10,
    make: () => {
      let first: Rules | null = null;
      return by((rules) => {
        first ??= rules;
        return first;
      });
    },
  },
  {
    name: "judges an amendment by the roster it would make",
    caughtBy: 7,
    make: () =>
      by((rules, { amendment, pull }) =>
        amendment?.head.kind === "valid" && pull.state === "open" ? amendment.head.rules : rules,
      ),
  },
  {
    name: "does not hear who takes back what they said",
    caughtBy: 1,
    make: () => ({
      evaluate: (real) => (snapshot, rules, now) => {
        const utterances = snapshot.utterances.filter((one) => !JSON.stringify(one).includes("retract"));
        return real({ ...snapshot, utterances }, rules, now);
      },
    }),
  },
  {
    name: "does not wait for gates",
    caughtBy: 22,
    make: () => by((rules, { amendment }) => (amendment === null ? { ...rules, gates: [] } : rules)),
  },
  {
    name: "lets anybody open a gate",
    caughtBy: 17,
    make: () => ({
      evaluate: (real) => (snapshot, rules, now) => {
        const stand = new Set(snapshot.labels);
        // As if what was taken off by whomever had never been on.
        const events = snapshot.events.filter(
          (event) =>
            !(
              (event.kind === "labeled" || event.kind === "unlabeled") &&
              isGate(event.label) &&
              !stand.has(event.label ?? "")
            ),
        );
        return real({ ...snapshot, events }, rules, now);
      },
    }),
  },
  {
    name: "takes every installation for its own, whoever else has it",
    caughtBy: 35,
    make: () => ({
      ownership: (real) => ({
        ...real,
        holds: () => true,
        heldSince: () => Number.NEGATIVE_INFINITY,
        among: async (installations) => {
          await real.among(installations);
          return new Set(installations);
        },
      }),
    }),
  },
];
