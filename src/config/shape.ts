import { z } from "zod";
import { byKey } from "../domain/model/byKey.js";
import { DUTIES } from "../domain/model/duties.js";
import { FORM_CHECKS } from "../domain/model/form.js";
import { LABELS, LEAVABLE_LABELS } from "../domain/model/labels.js";
import { AMENDMENTS } from "../domain/model/rules.js";
import { LENGTH_PATTERN, readLength, readPeriod, readWait } from "./calendar.js";
import { formChecks, gateShape } from "./gateShape.js";
import {
  MAX_DECISIONS,
  MAX_DOMAINS,
  MAX_GATES,
  MAX_LABELS,
  MAX_MEMBERS,
  MAX_RECORD_KEYS,
  MAX_ROUTES,
  MAX_TEAMS,
  MAX_WORDS,
} from "./limits.js";
import {
  ACCOUNT,
  ADDRESS,
  choice,
  dayValue,
  globs,
  LABEL_NAME,
  LOGIN,
  login,
  mapping,
  measure,
  names,
  ONE_LINE,
  OWN_LABEL,
  PREFIX,
  RECORD_KEY,
  REPOSITORY,
  readValue,
  slug,
  textValue,
} from "./values.js";

/*
 * Second stage: the shape of the file, its defaults, and what editors show about each key, in one list in the order of the file. The one source of the JSON
 * Schema. Single values are in `values.ts`; the error of each names its kind, and what is said about a wrong one is in `faultText.ts`.
 */

const needs = (kind: "approval" | "route") =>
  z
    .record(slug, measure, { error: kind })
    .refine((teams) => Object.keys(teams).length > 0, { error: "no_approval" })
    .meta({ minProperties: 1 });

const memberShape = mapping({
  login: login.meta({ description: "GitHub login. In quotes if it is made of digits." }),
  id: z.int({ error: "id" }).positive({ error: "id" }).optional().meta({
    description:
      "Numeric GitHub id (https://api.github.com/users/LOGIN). With it, only that account is the member, whatever it is called; without, whoever has the login.",
  }),
  since: dayValue
    .optional()
    .meta({ description: "Day of joining, for people to read.", examples: ["2018-10-29"] }),
  domains: z
    .array(textValue("domain", ONE_LINE), { error: "list" })
    .max(MAX_DOMAINS, { error: "many_domains" })
    .default([])
    .meta({
      description: "Fields of expertise, for people to read.",
      examples: [["Servers", "Cryptography"]],
    }),
  away: mapping({
    from: dayValue.meta({ description: "First day away (UTC)." }),
    until: dayValue.meta({ description: "Day of return (UTC)." }),
  })
    .optional()
    .meta({
      description: "An agreed absence, shown beside the member's name. It does not make the team smaller.",
    }),
});

const leadShape = mapping({
  login: login.meta({ description: "GitHub login of a member of this team." }),
  confirmed: dayValue.optional().meta({
    description: "Day on which the team last gave its lead its confidence.",
    examples: ["2026-03-01"],
  }),
});

const teamShape = mapping({
  title: textValue("title", ONE_LINE).optional().meta({
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
    .array(z.union([login, memberShape], { error: "member" }), { error: "members" })
    .max(MAX_MEMBERS, { error: "many_members" })
    .meta({
      description:
        "Who sits in the team, in the order in which they are listed on status comments: logins, or mappings.",
    }),
});

const decisionShape = mapping({
  name: textValue("name", ONE_LINE).meta({
    description: "What this kind of decision is called.",
    examples: ["spec change"],
  }),
  match: mapping({
    labels: z
      .array(textValue("label", LABEL_NAME), { error: "list" })
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
  final_comment_period: readValue("period", LENGTH_PATTERN, readPeriod)
    .optional()
    .meta({
      description:
        "Length of the Final Comment Period of this decision, 0 days too: then it concludes as soon as it begins. Default: final_comment_period of the file.",
      examples: ["10 days", "0 days"],
    }),
});

const routes = z
  .array(needs("route"), { error: "routes" })
  .min(1, { error: "no_routes" })
  .max(MAX_ROUTES, { error: "many_routes" })
  .optional();

const labelsShape = mapping({
  ...byKey(LABELS, ({ name, meaning }) =>
    textValue("own_label", OWN_LABEL).default(name).meta({ description: meaning }),
  ),
  ...byKey(LEAVABLE_LABELS, ({ name, meaning }) =>
    z
      .union([textValue("own_label", OWN_LABEL), z.literal(false)], { error: "label_or_not" })
      .default(name)
      .meta({ description: `${meaning} Or false: it is left out.` }),
  ),
});
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

const proposalsShape = mapping({
  label: z
    .union([textValue("own_label", OWN_LABEL), z.literal(false)], { error: "label_or_not" })
    .optional()
    .meta({
      description:
        "Name of the label that makes a pull request a proposal (the same as labels.proposal), or false: it takes no label, what it changes makes it one.",
    }),
  paths: globs.optional().meta({
    description: "Where the texts of proposals live (the same as proposal_paths).",
    examples: [["standards/**"]],
  }),
  changed: choice(["added", "any"]).default("added").meta({
    description:
      "Which changes at these paths count: a text that is added, or any change (texts that are edited in place). With a label they are asked for it, without one they are proposals.",
  }),
  prefix: textValue("prefix", PREFIX)
    .optional()
    .meta({
      description:
        "The word before a proposal's number, as it stands in titles and headings. Left out: they need name no number.",
      examples: ["MSC", "RFC", "PEP "],
    }),
  all: z.boolean({ error: "flag" }).default(false).meta({
    description: "Every pull request is a proposal, whatever it changes and without a label.",
  }),
});
const constitutionShape = mapping({
  name: textValue("title", ONE_LINE).meta({ description: "What people call it.", examples: ["MSC1779"] }),
  url: textValue("address", ADDRESS).meta({ description: "Where it can be read." }),
});

const specRepositoryShape = mapping({
  name: textValue("repository", REPOSITORY).meta({
    description: "The repository, OWNER/NAME: of the same owner as this one, with the App installed on it.",
    examples: ["matrix-org/matrix-spec"],
  }),
  words: z
    .array(textValue("word", ONE_LINE), { error: "list" })
    .max(MAX_WORDS, { error: "many_words" })
    .default([])
    .meta({
      description:
        "A pull request there names a proposal where one of these stands right before its name or link. Default: the name or the link alone will do.",
      examples: [["Implements", "Spec for"]],
    }),
});

const filledPlaceholderShape = mapping({
  take_off: z
    .array(textValue("label", LABEL_NAME), { error: "list" })
    .max(MAX_LABELS, { error: "many_labels" })
    .default([])
    .meta({ description: "Further labels to take off with it.", examples: [["action-required"]] }),
});
const welcomeShape = mapping({
  process: textValue("address", ADDRESS).meta({ description: "Where the process can be read." }),
});
const remindersShape = mapping({
  digest: choice(["weekly"]).optional().meta({
    description:
      "One issue that tells what every open motion lacks and whose turn it is elsewhere, brought up to date on Mondays. It mentions nobody.",
  }),
  mention_after: readValue("wait", LENGTH_PATTERN, readWait)
    .optional()
    .meta({
      description:
        "Members whose vote a motion has waited for this long are mentioned in a new comment, and so is who moved an accepted proposal that is not merged: once in that time, three times at most. Whole weeks or days.",
      examples: ["14 days", "2 weeks"],
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
      final_comment_period: readValue("length", LENGTH_PATTERN, readLength)
        .default("5 days")
        .meta({
          description: "Length of the Final Comment Period: whole weeks, days, hours or minutes.",
          examples: ["5 days", "5d", "120 hours", "1 week"],
        }),
      amendments: amendmentsShape.prefault({}).meta({
        description:
          "What each kind of change to this file needs: a list of routes, any one of which will do. A route names teams with their thresholds; all of them must pass.",
      }),
      constitution: constitutionShape.optional().meta({
        description: "The text these rules follow. What the clerk writes about an amendment cites it.",
      }),
      record_keys: z
        .array(textValue("record_key", RECORD_KEY), { error: "list" })
        .max(MAX_RECORD_KEYS, { error: "many_record_keys" })
        .optional()
        .meta({
          description:
            "The public halves of the keys that sign the records of decisions, as msc-clerk record-key prints them. A record is good by a key that was listed here.",
        }),
      duties: dutiesShape.prefault({}).meta({
        description: "What the clerk reports in issues of the repository, opened once and closed when met.",
      }),
      gates: z.array(gateShape, { error: "list" }).max(MAX_GATES, { error: "many_gates" }).optional().meta({
        description:
          "What has to be in place before a proposal goes on to be merged; a member can waive one, seconded by another. Default: nothing.",
      }),
      named_authors: z.boolean({ error: "flag" }).default(false).meta({
        description:
          "Lines Author: @login in the description name further authors, who may say what authors say; an author hands over. Default: who opened the pull request is its author.",
      }),
      ready_label: textValue("own_label", OWN_LABEL)
        .optional()
        .meta({
          description:
            "The label of what its author says is ready: the team's queue. It comes off when somebody moves. Default: there is no queue.",
          examples: ["proposal-ready-for-review"],
        }),
      obsolete_label: textValue("own_label", OWN_LABEL)
        .optional()
        .meta({
          description:
            "The label of what its author says is obsolete, or superseded by another. Default: people put it on.",
          examples: ["obsolete"],
        }),
      filled_placeholder: filledPlaceholderShape.optional().meta({
        description:
          "A placeholder that comes to add a text gets the proposal label and loses that of a placeholder. Default: people do it.",
      }),
      welcome: welcomeShape.optional().meta({
        description:
          "The first proposal of a newcomer gets one comment of five lines. Default: nobody is welcomed.",
      }),
      reminders: remindersShape.optional().meta({
        description: "What the clerk reminds people of. Default: nothing.",
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
      proposals: proposalsShape.prefault({}).meta({
        description: "What makes a pull request a proposal. Default: the proposal label.",
      }),
      form: formChecks.optional().meta({
        description: `Which checks of a proposal's form the second check, msc-clerk: form, shows as advice: all, or some of these. ${FORM_CHECKS.map(({ key, meaning }) => `${key}: ${meaning}`).join(" ")} Left out: it is not looked at.`,
        examples: ["all", ["file-name", "title", "sign-off"]],
      }),
      spec_repository: specRepositoryShape.optional().meta({
        description:
          "Where accepted proposals are written into the specification: its pull requests set the label of the proposals they name. Default: people set it.",
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
