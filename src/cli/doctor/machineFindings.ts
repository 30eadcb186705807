import { withFullStop } from "../../domain/messages/grammar.js";
import { iso, MINUTE } from "../../domain/text/time.js";
import type { LimitFacts } from "../../github/read/checkup.js";
import type { ReadResult } from "../../github/readResult.js";
import { type ServerVersion, tooOldSentence, unknownVersionSentence } from "../../github/serverVersion.js";
import { clockSentence } from "../../platform/systemClock.js";
import type { StoreLook } from "../../store/look.js";
import { type DoctorFinding, notKnown, ok, unread, warning, wrong } from "./finding.js";

/** What the machine it is asked on brings, and which GitHub it speaks to. */

const PAGE = "docs/operating.md";

export interface EnvironmentFacts {
  /** What `start` would refuse, a sentence each. */
  readonly faults: readonly string[];
  /** How many secrets `WEBHOOK_SECRET` has. */
  readonly webhookSecrets: number;
  /** Nothing signs the records of decisions: `RECORD_KEYS` is not set. */
  readonly unsigned: boolean;
  /** What the start would say of variables that are nearly one of the clerk's, a sentence each. */
  readonly stray: readonly string[];
  /** What is to be said of the rights of `.env`; null: nothing. */
  readonly rights: string | null;
}

export const environmentFindings = ({
  faults,
  webhookSecrets,
  unsigned,
  stray,
  rights,
}: EnvironmentFacts): readonly DoctorFinding[] => [
  ...(faults.length === 0 ? [ok("environment", "The environment has all that the clerk starts with.")] : []),
  ...faults.map((fault) =>
    wrong(
      "environment",
      fault,
      "The clerk is not at work like this.",
      `Set it in the environment or in .env (${PAGE}, Environment), and ask again.`,
    ),
  ),
  ...(webhookSecrets <= 1
    ? []
    : [
        warning(
          "webhook_secrets",
          `WEBHOOK_SECRET has ${webhookSecrets} secrets, and a webhook signed by any of them is taken.`,
          "Several are for the days in which one takes the place of another: whoever has got hold of the old one can still sign.",
          "Once the newest is set in the App's settings, and the log has not told of an older one for three days, leave that one only.",
        ),
      ]),
  ...(unsigned
    ? [
        warning(
          "record_keys",
          "RECORD_KEYS is not set, so the records of decisions are not signed.",
          "Whoever verifies one finds its signature missing, and a new private key of the App has open motions held until members confirm them.",
          "`msc-clerk record-key` makes one, and tells where its two halves go.",
        ),
      ]
    : []),
  ...stray.map((sentence) =>
    warning(
      "variable",
      sentence,
      "What was meant by it is not done.",
      `See which variables there are (${PAGE}, Environment).`,
    ),
  ),
  ...(rights === null
    ? []
    : [
        warning(
          "env_file",
          rights,
          "Who has the App's key can sign in as the App.",
          "Do what the sentence says.",
        ),
      ]),
];

/** Of somebody who asks with a token, there is nothing to look at. */
export const ofTheClerkAlone = (variable: string): readonly DoctorFinding[] => [
  notKnown(
    "as_the_app",
    `You ask with the token in ${variable}: the clerk's environment, its store, the App's settings, its installations and its webhooks cannot be looked at.`,
    "What is wrong there shows to the App alone.",
    "Run this again where the clerk runs, with APP_ID and PRIVATE_KEY (or PRIVATE_KEY_PATH).",
  ),
];

/** A reader's token, where GitHub does not take it. */
export const tokenFinding = (variable: string): DoctorFinding =>
  wrong(
    "credentials",
    `GitHub does not accept the token in ${variable}: it is mistyped, was revoked, or has run out.`,
    "Nothing can be looked at with it.",
    `Set ${variable} to one that is good, and that can read the repository.`,
  );

/** A clock that is further off than this is told in the log and in `/healthz` too. */
const APART = MINUTE / 1000;

export function clockFinding(aheadSeconds: number | null): DoctorFinding {
  if (aheadSeconds === null)
    return notKnown(
      "clock",
      "GitHub has not told its time, so it is not known whether this machine's clock is right.",
      "To sign in at GitHub takes a clock that is about right.",
      "See that GitHub can be reached from here, and ask again.",
    );
  if (Math.abs(aheadSeconds) <= APART)
    return ok(
      "clock",
      `This machine's clock and GitHub's agree to within a minute (${seconds(aheadSeconds)} apart).`,
    );
  return warning(
    "clock",
    clockSentence({ kind: "apart", aheadSeconds }).split(". ")[0]?.concat(".") ?? "",
    "Decisions go by GitHub's time, so none is early or late; but GitHub lets nobody sign in whose clock is much too late or too early.",
    "Set this machine's clock right (NTP).",
  );
}

const seconds = (ahead: number): string => `${Math.abs(ahead)} second${Math.abs(ahead) === 1 ? "" : "s"}`;

export function serverFinding(version: ServerVersion, baseUrl: string): DoctorFinding {
  switch (version.kind) {
    case "none":
      return ok("github", `GitHub is at ${baseUrl}.`);
    case "known":
      return version.tooOld
        ? wrong(
            "github",
            tooOldSentence(version.version),
            "No query of the clerk's works there, so it does not start.",
            "Update the server.",
          )
        : ok("github", `GitHub Enterprise Server ${version.version} is at ${baseUrl}.`);
    case "unknown":
      return notKnown(
        "github",
        unknownVersionSentence(baseUrl, version.why),
        "An older server answers, but not with what the clerk needs.",
        `See that GHE_HOST or GITHUB_API_URL is right (${PAGE}, GitHub Enterprise), and which version your administrators run.`,
      );
  }
}

export function storeFinding(look: StoreLook): DoctorFinding {
  switch (look.kind) {
    case "there":
      return look.toDo === "nothing"
        ? ok("store", `The store can be read and written (${look.where}).`)
        : ok(
            "store",
            `The store is an older clerk's (${look.where}); the next start of this one brings its tables up to date.`,
          );
    case "not_yet":
      return warning(
        "store",
        `There is no store yet (${look.where}).`,
        "Before the first start that is as it should be. If the clerk has run before, it ran on another one, or this one was lost: then it goes by what GitHub holds.",
        `If it has run before, see that DATA_DIR or DATABASE_URL is the one it runs with, and that DATA_DIR outlives a container (${PAGE}, The store).`,
      );
    case "refused":
      return wrong(
        "store",
        look.why,
        "The clerk does not start without its store, and what it remembers alone is not known.",
        `Do what the sentence says (${PAGE}, The store).`,
      );
  }
}

/** A tenth of the hour's requests. */
const FEW = 0.1;

export function limitFindings(
  read: ReadResult<{ core: LimitFacts; graphql: LimitFacts | null }>,
  whose: string,
): readonly DoctorFinding[] {
  if (read.kind === "gone" && /not installed|suspended/.test(read.why))
    return [
      notKnown(
        "limits",
        withFullStop(`${whose}: nothing is known of its requests, as nobody can sign in to it: ${read.why}`),
        "With none left the clerk waits.",
        "See what is said of the installation.",
      ),
    ];
  if (read.kind === "gone")
    return [ok("limits", "This GitHub counts no requests: its administrators have not switched limits on.")];
  if (read.kind === "unreadable")
    return [
      unread("limits", "What is left of this hour's requests", read, "With none left the clerk waits."),
    ];
  const { core, graphql } = read;
  const budgets = [["REST", core] as const, ...(graphql === null ? [] : [["GraphQL", graphql] as const])];
  const low = budgets.filter(([, { limit, remaining }]) => remaining < limit * FEW);
  if (low.length === 0) {
    const told = budgets.map(([name, { remaining, limit }]) => `${name} ${remaining} of ${limit}`);
    return [ok("limits", `${whose} has requests left this hour: ${told.join(", ")}.`)];
  }
  return low.map(([name, { remaining, limit, resetAt }]) =>
    warning(
      "limits",
      `${whose} has ${remaining} of ${limit} requests to ${name} left until ${iso(resetAt)}.`,
      "With none left the clerk waits until then; nothing is lost.",
      `If it happens again and again, see what costs so much (${PAGE}, What a webhook costs), or whether another program uses the same App.`,
    ),
  );
}
