import { z } from "zod";
import { GATE_MOMENTS, GATE_STATES } from "../../domain/model/gates.js";
import { REMINDER_KINDS, type Register } from "../../domain/model/register.js";
import { DISPOSITIONS } from "../../domain/model/rules.js";

/**
 * The shape a register must have to be believed, even with a good signature: an older or newer clerk may have signed another
 * one. The checks at the end keep this file equal to the domain's types: what differs is an error of the compiler there.
 */
const list = <T extends z.ZodType>(of: T) => z.array(of).readonly();
const instant = z.number();
const whole = z.number().int();
const person = z.object({ login: z.string(), id: z.number().nullable() });
const disposition = z.enum(DISPOSITIONS);
const share = z.object({ numerator: whole.positive(), denominator: whole.positive() });
const need = z.object({
  team: z.string(),
  threshold: share,
  quorum: share.optional(),
  whole: share.optional(),
});
const via = z.enum(["command", "review", "tick", "label", "motion", "takeover", "override"]);
const provenance = z.object({
  via,
  url: z.string(),
  at: instant,
});
const appliesTo = list(z.string()).optional();
const choice = z.enum(["yes", "abstain"]);
const ballot = z.object({
  member: person,
  team: z.string(),
  choice: choice.nullable(),
  from: provenance,
  head: z.string(),
  unsure: z.literal(true).optional(),
  source: z.string(),
  appliesTo,
});
const votes = list(
  z.object({
    member: person,
    choice: choice.nullable(),
    url: z.string().nullable(),
    cast: z.object({ via, at: instant, head: z.string() }).nullable(),
    voided: choice.optional(),
  }),
);
const seconded = z.object({
  reason: z.string(),
  by: person,
  at: instant,
  url: z.string(),
  source: z.string(),
  seconds: list(z.object({ member: person, teams: list(z.string()), at: instant, url: z.string() })),
});
const waiver = seconded.extend({ gate: z.string(), motion: whole.positive(), granted: instant.nullable() });
const decisionRecord = z.object({
  head: z.string(),
  rosterCommit: z.string().nullable(),
  tallies: list(z.object({ team: z.string(), title: z.string(), need, size: whole, votes })),
  gates: list(
    z.object({
      gate: z.string(),
      before: z.enum(GATE_MOMENTS),
      state: z.enum(GATE_STATES),
      waiver: waiver.nullable(),
    }),
  ).optional(),
});
const fcp = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("decided"),
    at: instant,
    head: z.string(),
    decided: decisionRecord.nullable(),
  }),
  z.object({
    state: z.literal("running"),
    startedAt: instant,
    endsAt: instant,
    head: z.string(),
    passed: list(need),
    decided: decisionRecord.nullable(),
    appliesTo,
  }),
]);
const override = seconded.extend({
  outcome: z.enum(["finished", "cancelled"]),
  head: z.string().nullable(),
});
const correction = seconded.extend({ record: whole.positive() });
const end = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("cancelled"),
    by: person.nullable(),
    at: instant,
    url: z.string(),
    how: z.enum(["command", "closed", "lost"]),
  }),
  z.object({
    kind: z.literal("concluded"),
    at: instant,
    record: decisionRecord.nullable(),
    since: list(z.object({ need, size: whole, votes, left: list(person) })),
  }),
  z.object({ kind: z.literal("merged_undecided"), at: instant }),
  z.object({
    kind: z.literal("overridden"),
    at: instant,
    override,
    rosterCommit: z.string().nullable(),
  }),
  z.object({ kind: z.literal("void"), at: instant }),
]);
const motion = z.object({
  number: whole.positive(),
  disposition,
  mover: person,
  from: provenance,
  head: z.string(),
  needs: list(need),
  decision: z.string(),
  fitted: list(z.string()).optional(),
  labels: list(z.string()).optional(),
  ballots: list(ballot),
  fcp: fcp.nullable(),
  end: end.nullable(),
  corrected: correction.optional(),
});
const concern = z.object({
  number: whole.positive(),
  text: z.string(),
  by: person,
  at: instant,
  url: z.string(),
  source: z.string(),
  kind: z.enum(["spoken", "changes_requested"]),
  motion: whole,
  resolved: z.object({ by: person, at: instant, url: z.string() }).nullable(),
});
const concernLine = z.object({ number: whole, text: z.string() });
const said = z.string();
const reply = z.discriminatedUnion("code", [
  z.object({
    code: z.enum([
      "not_a_member",
      "needs_text",
      "draft",
      "ended",
      "no_motion",
      "concluded",
      "not_the_lead",
      "nothing_to_second",
      "second_yourself",
      "second_too_early",
      "not_the_author",
      "withdrawn_in_fcp",
    ]),
    said,
  }),
  // Two lists, as the compiler tells apart no more than twenty-five of one.
  z.object({
    code: z.enum([
      "for_authors",
      "moved_already",
      "superseded_by_what",
      "names_nobody",
      "not_named",
      "no_amendment",
      "amendment_only_merges",
      "amendment_unseen",
      "too_many_concerns",
      "nothing_to_confirm",
      "confirm_too_early",
      "in_description",
      "link_by_author",
      "links_not_kept",
    ]),
    said,
  }),
  z.object({ code: z.literal("unknown_command"), said, nearest: z.string().nullable() }),
  z.object({ code: z.literal("wrong_base"), said, base: z.string(), wanted: z.string() }),
  z.object({ code: z.literal("motion_open"), said, disposition, fcp: z.boolean() }),
  z.object({ code: z.literal("unknown_team"), said, team: z.string(), teams: list(z.string()) }),
  z.object({ code: z.literal("not_in_team"), said, team: z.string() }),
  z.object({ code: z.enum(["no_such_concern", "several_concerns"]), said, open: list(concernLine) }),
  z.object({
    code: z.literal("already_resolved"),
    said,
    concerns: list(z.object({ number: z.number(), by: person })),
  }),
  z.object({ code: z.literal("motion_joined"), said, disposition, mover: person }),
  z.object({ code: z.literal("no_proposal"), said, placeholder: z.boolean() }),
  z.object({
    code: z.literal("override_recorded"),
    said,
    outcome: z.enum(["finished", "cancelled"]),
    head: z.string().nullable(),
    teams: list(z.string()),
  }),
  z.object({ code: z.literal("correction_recorded"), said, record: whole, teams: list(z.string()) }),
  z.object({ code: z.literal("second_recorded"), said, teams: list(z.string()) }),
  z.object({ code: z.literal("second_which"), said, waiting: list(z.string()) }),
  z.object({ code: z.literal("waiver_recorded"), said, gate: z.string() }),
  z.object({ code: z.literal("no_such_gate"), said, gates: list(z.string()) }),
  z.object({ code: z.literal("no_such_record"), said, records: list(whole) }),
  z.object({ code: z.literal("no_implementation"), said, linked: whole, needed: whole }),
  z.object({
    code: z.literal("obsolete_noted"),
    supersededBy: whole.nullable(),
    label: z.string(),
  }),
  z.object({ code: z.literal("no_more_authors"), said, because: z.enum(["disowned", "too_many"]) }),
  z.object({ code: z.literal("label_by_outsider"), label: z.string() }),
  z.object({ code: z.literal("box_of_another"), boxes: list(z.string()) }),
  z.object({ code: z.literal("may_not_confirm"), said, because: z.enum(["author", "took_away"]) }),
  z.object({ code: z.enum(["help", "mine", "and_more", "checklist_by_outsider"]) }),
]);
const pendingReply = z.object({
  key: z.string(),
  at: instant.optional(),
  utterance: z.string().nullable(),
  url: z.string(),
  to: person,
  reactions: list(z.enum(["thumbsUp", "confused", "eyes"])),
  replies: list(reply),
});

const spoken = z.object({ by: person, at: instant, url: z.string() });
const register = z.object({
  seq: whole.nonnegative(),
  judgedUpTo: instant,
  judged: list(
    z.object({
      key: z.string(),
      at: instant,
      by: z.string().optional(),
      except: list(z.string()).optional(),
    }),
  ),
  motion: motion.nullable(),
  past: list(motion),
  concerns: list(concern),
  approvals: list(
    z.object({ member: person, commit: z.string(), at: instant, review: z.string(), url: z.string() }),
  ),
  heads: list(z.object({ commit: z.string(), text: z.string().nullable(), at: instant })),
  pendingReplies: list(pendingReply),
  override: override.nullable(),
  correction: correction.nullable(),
  takenAway: whole.nonnegative(),
  recovery: z
    .object({
      number: whole.positive(),
      at: instant,
      takenBy: list(person),
      confirmed: list(z.object({ member: person, at: instant, url: z.string() })),
    })
    .nullable(),
  posted: list(z.object({ comment: z.string(), at: instant, deletions: whole.positive() })).optional(),
  signedOffPrivately: z.object({ by: person, at: instant, url: z.string() }).optional(),
  lastSeen: z
    .object({
      head: z.string(),
      base: z.string(),
      makes: z.string(),
      fingerprints: list(z.string()),
      since: list(instant),
      own: list(z.string()),
      judgedBy: z.object({ number: whole, fingerprint: z.string() }).nullable(),
      passed: z.boolean(),
      record: decisionRecord.nullable(),
    })
    .optional(),
  reminded: list(
    z.object({ motion: whole.positive(), of: z.enum(REMINDER_KINDS), number: whole.positive(), at: instant }),
  ).optional(),
  gates: z
    .object({
      labels: list(z.object({ label: z.string(), stands: z.boolean(), by: person.nullable(), at: instant })),
      waivers: list(waiver),
      dependencies: list(whole.positive()),
      checklist: z
        .object({
          motion: whole.positive(),
          file: z.string(),
          commit: z.string(),
          at: instant,
          items: list(z.object({ text: z.string(), depth: whole.nonnegative() })),
          ticks: list(z.object({ item: whole.positive(), by: person, at: instant, head: z.string() })),
        })
        .optional(),
      implementation: z
        .object({
          links: list(z.object({ address: z.string(), by: person, at: instant })),
          checked: z.object({ by: person, at: instant, url: z.string() }).nullable(),
        })
        .optional(),
    })
    .optional(),
  scope: z.object({ since: instant, been: z.boolean() }).optional(),
  authors: list(
    z.object({
      person,
      at: instant,
      url: z.string(),
      via: z.enum(["opened", "description", "handover"]),
      left: z.object({ how: z.enum(["handed_over", "disowned"]), at: instant }).nullable(),
    }),
  ).optional(),
  shepherd: spoken.extend({ person }).optional(),
  ready: spoken.optional(),
  obsolete: spoken.extend({ supersededBy: whole.nullable() }).optional(),
  placeholder: z.object({ empty: instant, filled: instant.nullable() }).optional(),
  welcome: instant.optional(),
  lawful: z
    .object({ number: whole, fingerprint: z.string(), commit: z.string(), adoptedAt: instant })
    .nullable(),
});

/** Is this JSON value a register? */
export const isRegister = (value: unknown): value is Register => register.safeParse(value).success;

/*
 * For the compiler only: the shape and the domain's type hold the same fields with the same values, and whatever passes the shape
 * is a register. The error of `sameFields` names what differs: `".recovery.at: number"`, `".posted?"`.
 */
type Read = z.output<typeof register>;
/** Every field of a value that JSON can hold, with what it may be. Of a union: those of all its members. */
type Fields<T, Path extends string = ""> = T extends readonly (infer Each)[]
  ? Fields<Each, `${Path}[]`>
  : T extends object
    ? { [K in keyof T & string]-?: FieldsAt<T, K, `${Path}.${K}`> }[keyof T & string]
    : `${Path}: ${string extends T ? "string" : number extends T ? "number" : `${T & (string | number | boolean | null)}`}`;
type FieldsAt<T, K extends keyof T, Path extends string> = undefined extends T[K]
  ? `${Path}?` | Fields<Exclude<T[K], undefined>, `${Path}?`>
  : Fields<T[K], Path>;
/** What of T the shape does not know, and what the shape wants that T has not: never, where they are the same. */
export type Difference<T> = Exclude<Fields<T>, Fields<Read>> | Exclude<Fields<Read>, Fields<T>>;
const sameFields: Record<Difference<Register>, never> = {};
const passes = (whole: Register): z.input<typeof register> => whole;
const isWhole = (read: Whole<Read>): Whole<Register> => read;
/** Without the difference between a field that may be left out and one that may be undefined, which JSON does not know. */
type Whole<T> = T extends readonly (infer Each)[]
  ? readonly Whole<Each>[]
  : T extends object
    ? { readonly [K in keyof T]: Whole<T[K]> | (undefined extends T[K] ? undefined : never) }
    : T;
void sameFields;
void passes;
void isWhole;
