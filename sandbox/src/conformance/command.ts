import { join } from "node:path";
import type { Variables } from "msc-clerk/environment/variables.js";
import { compare } from "./compare.js";
import { connect } from "./connect.js";
import { PROBES } from "./probes.js";
import { believed, runProbe } from "./run.js";
import { save } from "./saved.js";
import { beginning, told, USAGE } from "./words.js";

interface Call {
  readonly scratch: { readonly owner: string; readonly repo: string };
  readonly hands: boolean;
  readonly only: readonly string[] | null;
}

/** null: called wrongly. */
function called(words: readonly string[]): Call | null {
  let scratch: Call["scratch"] | null = null;
  let only: readonly string[] | null = null;
  let hands = true;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    const [, owner, repo] = /^([\w-]+)\/([\w.-]+)$/.exec(word) ?? [];
    if (word === "--no-hands") hands = false;
    else if (word === "--only") {
      at += 1;
      only = (words[at] ?? "").toUpperCase().split(",");
      if (only.some((id) => !PROBES.some((probe) => probe.id === id))) return null;
    } else if (scratch === null && owner !== undefined && repo !== undefined) scratch = { owner, repo };
    else return null;
  }
  return scratch === null ? null : { scratch, hands, only };
}

export interface Surroundings {
  readonly variables: Variables;
  /** Answers are saved in `test/real` of it. */
  readonly directory: string;
  readonly tell: (text: string) => void;
  readonly complain: (text: string) => void;
  readonly interrupted: () => boolean;
}

/** Resolves with the exit code: 0 where nothing differs, 1 where something does, 2 where it could not begin, 130 where it was interrupted. */
export async function conformance(words: readonly string[], around: Surroundings): Promise<number> {
  const { variables, tell, complain, interrupted } = around;
  const call = called(words);
  if (call === null) {
    complain(USAGE.trimEnd());
    return 2;
  }
  const { scratch, hands, only } = call;
  const connected = await connect({ scratch, variables, hands, tell, interrupted });
  if ("why" in connected) {
    for (const one of connected.why) complain(`conformance: ${one}`);
    return 2;
  }
  const { place } = connected;
  tell(`${place.flavour}, ${scratch.owner}/${scratch.repo}\n`);
  const run = Date.now().toString(36);
  const directory = join(around.directory, "test", "real");
  const counts = { pass: 0, differs: 0, "not settled": 0 };
  for (const probe of PROBES) {
    if (only !== null && !only.includes(probe.id)) continue;
    tell(beginning(probe));
    const here = await believed(probe, hands);
    const outcome = await runProbe(probe, place, run, interrupted);
    const verdict = compare(here, outcome.seen);
    tell(`${told(probe, here, outcome, verdict)}\n`);
    if (outcome.interrupted) return 130;
    counts[verdict.kind] += 1;
    const { flavour } = place;
    const at = new Date().toISOString();
    const { seen, answers } = outcome;
    if (seen.observations.length > 0) save(directory, probe, { flavour, at, hands, ...seen, answers });
  }
  tell(
    `${counts.pass} PASS, ${counts.differs} DIFFERS, ${counts["not settled"]} not settled. The answers are in test/real: commit them, and mend the sandbox where it differs.`,
  );
  return counts.differs > 0 ? 1 : 0;
}
