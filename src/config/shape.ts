import { z } from "zod";
import { byKey } from "../domain/model/byKey.js";
import { DUTIES } from "../domain/model/duties.js";
import { LABELS } from "../domain/model/labels.js";
import { AMENDMENTS } from "../domain/model/rules.js";
import { DAY_PATTERN, LENGTH_PATTERN, readDay, readLength } from "./calendar.js";
import type { ValueKind } from "./faultText.js";
import {
  MAX_DECISIONS,
  MAX_DOMAINS,
  MAX_GLOBS,
  MAX_LABELS,
  MAX_MEMBERS,
  MAX_NAMES,
  MAX_ROUTES,
  MAX_STARS,
  MAX_TEAMS,
} from "./limits.js";
import { readThreshold, THRESHOLD_PATTERN } from "./threshold.js";

/*
 * Second stage: the shape of the file, its defaults, and what editors show about each key. The one source of the JSON
 * Schema. The error of each value names its kind; what is said about a wrong one is in `faultText.ts`.
 */

/** Wide enough for old logins (which may end in a hyphen) and for managed users (`name_company`). */
const LOGIN = /^[A-Za-z0-9_-]{1,39}$/;
const ACCOUNT = /^[A-Za-z0-9_-]{1,39}(?:\[bot\])?$/;
const ONE_LINE = /^\S(?:.{0,98}\S)?$/;
const LABEL_NAME = /^\S(?:.{0,48}\S)?$/;
/** Brackets and braces are literal in the clerk's globs: whoever writes them means something else. */
const GLOB = /^(?![/!])(?!(?:.*\/)?\.{0,2}\/)(?!.*\/\.{0,2}$)[^\\[\]{}]{1,200}$/;
const FEW_STARS = `(?!(?:[^*]*\\*){${MAX_STARS + 1}})`;
const SLUG = /^[a-z][a-z0-9-]{0,38}$/;

// Editors may compile a pattern without the u flag, which \p needs: so that part is not in the pattern.
const text = (kind: ValueKind, pattern: RegExp) =>
  z
    .string({ error: kind })
    .regex(pattern, { error: kind })
    .refine((value) => !/\p{Cc}/u.test(value), { error: kind });
/** Checked by `read`; the pattern is for editors, which cannot call it. */
const readable = (kind: ValueKind, pattern: RegExp, read: (text: string) => unknown) =>
  z
    .string({ error: kind })
    .refine((value) => read(value) !== null, { error: kind })
    .meta({ pattern: pattern.source });

const login = text("login", LOGIN);
const day = readable("date", DAY_PATTERN, readDay);
const glob = text("glob", GLOB)
  .refine((value) => value.split("*").length - 1 <= MAX_STARS, { error: "many_stars" })
  .meta({ pattern: GLOB.source.replace("^", `^${FEW_STARS}`) });
const globs = z.array(glob, { error: "list" }).meta({ maxItems: MAX_GLOBS });
const names = (pattern: RegExp) =>
  z.array(text("account", pattern), { error: "list" }).max(MAX_NAMES, { error: "many_names" });
const slug = text("slug", SLUG);
const threshold = readable("threshold", THRESHOLD_PATTERN, readThreshold).meta({
  description:
    "Share of the whole team that must say yes: a whole percentage such as 75%, or a fraction such as 2/3.",
  examples: ["75%", "2/3", "100%"],
});
const mapping = <Shape extends z.ZodRawShape>(shape: Shape, kind: ValueKind = "mapping") =>
  z.strictObject(shape, { error: kind });
const choice = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, { error: "choice" });

const needs = (kind: "approval" | "route") =>
  z
    .record(slug, threshold, { error: kind })
    .refine((teams) => Object.keys(teams).length > 0, { error: "no_approval" })
    .meta({ minProperties: 1 });

const memberShape = mapping({
  login: login.meta({ description: "GitHub login. In quotes if it is made of digits." }),
  id: z.int({ error: "id" }).positive({ error: "id" }).optional().meta({
    description:
      "Numeric GitHub id (https://api.github.com/users/LOGIN). With it, only that account is the member, whatever it is called; without, whoever has the login.",
  }),
  since: day
    .optional()
    .meta({ description: "Day of joining, for people to read.", examples: ["2018-10-29"] }),
  domains: z
    .array(text("domain", ONE_LINE), { error: "list" })
    .max(MAX_DOMAINS, { error: "many_domains" })
    .default([])
    .meta({
      description: "Fields of expertise, for people to read.",
      examples: [["Servers", "Cryptography"]],
    }),
  away: mapping({
    from: day.meta({ description: "First day away (UTC)." }),
    until: day.meta({ description: "Day of return (UTC)." }),
  })
    .optional()
    .meta({
      description: "An agreed absence, shown beside the member's name. It does not make the team smaller.",
    }),
});

const leadShape = mapping({
  login: login.meta({ description: "GitHub login of a member of this team." }),
  confirmed: day.optional().meta({
    description: "Day on which the team last gave its lead its confidence.",
    examples: ["2026-03-01"],
  }),
});

const teamShape = mapping({
  title: text("title", ONE_LINE).optional().meta({
    description:
      "Name of the team as people read it. Default: made from its key (spec-core-team: Spec Core Team).",
  }),
  lead: z
    .union([login, leadShape], { error: "lead" })
    .optional()
    .meta({ description: "The member who leads the team: a login, or login and day of confirmation." }),
  minimum_members: z
    .int({ error: "count" })
    .min(1, { error: "count" })
    .max(1000, { error: "count" })
    .default(1)
    .meta({
      description:
        "With fewer members than this the team lets no Final Comment Period begin; a running one goes on.",
    }),
  members: z
    .array(z.union([login, memberShape], { error: "member" }), { error: "list" })
    .max(MAX_MEMBERS, { error: "many_members" })
    .meta({
      description:
        "Who sits in the team, in the order in which they are listed on status comments: logins, or mappings.",
    }),
});

const decisionShape = mapping({
  name: text("name", ONE_LINE).meta({
    description: "What this kind of decision is called.",
    examples: ["spec change"],
  }),
  match: mapping({
    labels: z
      .array(text("label", LABEL_NAME), { error: "list" })
      .max(MAX_LABELS, { error: "many_labels" })
      .default([])
      .meta({ description: "Fits a proposal that carries one of these labels." }),
    paths: globs.default([]).meta({
      description: "Fits a proposal that changes a file at one of these paths (*, ** and ?).",
      examples: [["proposals/1779-*.md"]],
    }),
  })
    .optional()
    .meta({
      description:
        "Which proposals it is for: any of the labels, or any of the paths. Left out on the last decision only.",
    }),
  approval: needs("approval").meta({
    description:
      "The teams that must approve and the share of each. Where somebody sits in several, a plain vote counts for the first.",
  }),
});

const routes = z
  .array(needs("route"), { error: "routes" })
  .min(1, { error: "no_routes" })
  .max(MAX_ROUTES, { error: "many_routes" })
  .optional();

const labelsShape = mapping(
  byKey(LABELS, ({ name, meaning }) =>
    text("label", LABEL_NAME).default(name).meta({ description: meaning }),
  ),
);
const amendmentsShape = mapping(
  byKey(AMENDMENTS, ({ meaning, byDefault }) =>
    routes.meta({ description: `${meaning} Default: ${byDefault}.` }),
  ),
);
const dutiesShape = mapping(
  byKey(DUTIES, ({ byDefault, meaning }) =>
    z.boolean({ error: "flag" }).default(byDefault).meta({ description: meaning }),
  ),
);
const reviewsShape = mapping({
  before_motion: choice(["head", "any", "none"]).default("head").meta({
    description:
      "Which approving reviews given before a motion to merge count for it: those of the very text (head), all since the motion before (any), or none.",
  }),
  changes_requested: choice(["concern", "ignore"]).default("concern").meta({
    description: 'What a member\'s "Request changes" does: it stands as a concern, or nothing (ignore).',
  }),
});
const concludeShape = mapping({
  merge: choice(["manual", "merge", "squash", "rebase"]).default("manual").meta({
    description:
      "After a decision to merge: people merge (manual), or the clerk does, by this method. The latter needs an App with write access to contents.",
  }),
  close: choice(["close", "nothing"]).default("close").meta({
    description: "After a decision to close: the clerk closes the pull request, or leaves it open.",
  }),
  postpone: choice(["close", "nothing"]).default("close").meta({
    description: "After a decision to postpone: the clerk closes the pull request, or leaves it open.",
  }),
});

export const configShape = z
  .strictObject(
    {
      version: z
        .literal(1, { error: "version" })
        .meta({ description: "Version of this file's format. Always 1." }),
      teams: z
        .record(slug, teamShape, { error: "teams" })
        .refine((teams) => Object.keys(teams).length > 0, { error: "no_teams" })
        .refine((teams) => Object.keys(teams).length <= MAX_TEAMS, { error: "many_teams" })
        .meta({
          description: "The roster: each team by its short name (small letters, digits and hyphens).",
          minProperties: 1,
          maxProperties: MAX_TEAMS,
        }),
      guardians: slug.optional().meta({
        description:
          "The team that is the second board, whose own members change by add_guardian and remove_guardian. Default: the team called guardians, if there is one.",
      }),
      decisions: z
        .array(decisionShape, { error: "list" })
        .min(1, { error: "no_decisions" })
        .max(MAX_DECISIONS, { error: "many_decisions" })
        .meta({
          description:
            "Which teams a proposal needs. The first decision that matches is taken; the last has no match.",
        }),
      final_comment_period: readable("length", LENGTH_PATTERN, readLength)
        .default("5 days")
        .meta({
          description: "Length of the Final Comment Period: whole weeks, days, hours or minutes.",
          examples: ["5 days", "5d", "120 hours", "1 week"],
        }),
      amendments: amendmentsShape.prefault({}).meta({
        description:
          "What each kind of change to this file needs: a list of routes, any one of which will do. A route names teams with their thresholds; all of them must pass.",
      }),
      duties: dutiesShape.prefault({}).meta({
        description: "What the clerk reports in issues of the repository, opened once and closed when met.",
      }),
      reviews: reviewsShape.prefault({}).meta({ description: "How GitHub reviews count." }),
      conclude: concludeShape.prefault({}).meta({
        description: "What the clerk does to the pull request when a Final Comment Period is over.",
      }),
      mentions: names(LOGIN)
        .default(["mscbot"])
        .meta({ description: "Names, without @, the clerk answers to besides its own." }),
      legacy_bots: names(ACCOUNT).default([]).meta({
        description:
          "Accounts of older bots whose running motions and Final Comment Periods are taken over. An App's ends with [bot].",
      }),
      proposal_paths: globs.default(["proposals/*.md"]).meta({
        description:
          "Where the texts of proposals live (*, ** and ?). A pull request that adds a file there is asked for the proposal label.",
      }),
      labels: labelsShape.prefault({}).meta({
        description:
          "What each label is called in this repository. GitHub makes no difference between capitals and small letters.",
      }),
    },
    { error: "config" },
  )
  .meta({
    title: "msc-clerk",
    description:
      "The rules of a body that decides by pull request: .github/msc-clerk.yml of the default branch.",
  });

/** The file after defaults, before its parts are tied together (`rulesOf.ts`). */
export type Config = z.output<typeof configShape>;
/** The same checks for what reads a file that may be faulty elsewhere. */
export const isLogin = (text: string): boolean => LOGIN.test(text);
export const isSlug = (text: string): boolean => SLUG.test(text);
