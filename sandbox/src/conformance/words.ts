import type { Verdict } from "./compare.js";
import type { Observation } from "./observation.js";
import type { Probe } from "./probe.js";
import type { Outcome } from "./run.js";

export const USAGE = `npm run conformance -- OWNER/SCRATCH [--no-hands] [--only K1,K3]

Asks a real GitHub what the sandbox only believes, and saves the answers in test/real, where a test holds the sandbox to them.

OWNER/SCRATCH  an empty repository that nobody needs, with the App on it. Its default branch is renamed for a moment.
APP_ID, PRIVATE_KEY or PRIVATE_KEY_PATH, GHE_HOST
               in the environment or in .env, as for the clerk.
KIT_TOKEN      a token of a second account, not the owner's: an admin of OWNER/SCRATCH, which it forks. Make a classic one with the scope
               public_repo (repo, where the scratch repository is private) at /settings/tokens. Never give it as an argument.
--no-hands     leaves out what a person has to do in the browser.
--only         these probes alone.

Everything it makes is named kit-… and is closed or deleted at the end, also after Ctrl-C. It takes some ten minutes and a few hundred requests.
`;

export const beginning = ({ id, asks }: Probe): string => `${id}  ${asks}`;

/** What was seen, in a line. */
function line({ name, status, says, facts, request }: Observation): string {
  const answer = status === null ? "" : ` ${status}${says === null ? "" : ` ${says}`}`;
  const found = facts === null ? "" : ` ${JSON.stringify(facts)}`;
  return `${name}:${request === null ? "" : answer}${found}`;
}

/** What the sandbox believes, what GitHub answered, and what that comes to. */
export function told(probe: Probe, believed: Outcome["seen"], outcome: Outcome, verdict: Verdict): string {
  const both = [
    ...believed.observations.map(({ name }) => name),
    ...outcome.seen.observations.map(({ name }) => name),
  ];
  const lines = [...new Set(both)].flatMap((name) => {
    const here = believed.observations.find((one) => one.name === name);
    const there = outcome.seen.observations.find((one) => one.name === name);
    if (here !== undefined && there !== undefined && line(here) === line(there))
      return [`      both      ${line(here)}`];
    return [
      `      sandbox   ${here === undefined ? `${name}: not seen` : line(here)}`,
      `      GitHub    ${there === undefined ? `${name}: not seen` : line(there)}`,
    ];
  });
  const measured = outcome.measured.map(({ name, value }) => `      measured  ${name}: ${value}`);
  const left = outcome.left.map((what) => `      left      ${what}: close or delete it by hand`);
  return [...lines, ...measured, ...left, `  ${ending(probe, verdict)}`].join("\n");
}

function ending({ id }: Probe, verdict: Verdict): string {
  switch (verdict.kind) {
    case "pass":
      return `${id} PASS`;
    case "differs":
      return [`${id} DIFFERS`, ...verdict.how.map((one) => `      ${one}`)].join("\n");
    case "not settled":
      return `${id} not settled: ${verdict.why}`;
  }
}
