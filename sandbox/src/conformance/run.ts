import { errorMessage } from "msc-clerk/platform/log.js";
import { compare, type Seen, type Verdict } from "./compare.js";
import { sandboxPlace } from "./inSandbox.js";
import { Interrupted, Kit, Unsettled } from "./kit.js";
import type { Place } from "./place.js";
import type { Probe } from "./probe.js";

/** What a probe saw on one GitHub. */
export interface Outcome {
  readonly seen: Seen;
  readonly answers: Kit["answers"];
  readonly measured: Kit["measured"];
  /** What could not be taken back. */
  readonly left: readonly string[];
  readonly interrupted: boolean;
}

/** Runs a probe, and takes back what it made whatever comes of it. `run` is in the names of all it makes. */
export async function runProbe(
  probe: Probe,
  place: Place,
  run: string,
  interrupted: () => boolean = () => false,
): Promise<Outcome> {
  const kit = new Kit(place, run, interrupted);
  let unsettled: string | null = null;
  let stopped = false;
  try {
    await probe.run(kit);
  } catch (thrown) {
    stopped = thrown instanceof Interrupted;
    // Whatever a probe did not expect of GitHub, it could not find out what it was made for.
    if (stopped) unsettled = "it was interrupted";
    else
      unsettled =
        thrown instanceof Unsettled ? thrown.message : `the probe could not go on (${errorMessage(thrown)})`;
  }
  const left = await kit.close();
  const { observations, answers, measured } = kit;
  return { seen: { observations, unsettled }, answers, measured, left, interrupted: stopped };
}

/** What the sandbox does when it is asked the same; `hands`: also what a person would have to do. */
export async function believed(probe: Probe, hands: boolean): Promise<Seen> {
  const { place, close } = await sandboxPlace(hands);
  try {
    const { seen } = await runProbe(probe, place, "sandbox");
    return seen;
  } finally {
    await close();
  }
}

export async function judge(probe: Probe, answered: Seen, hands: boolean): Promise<Verdict> {
  return compare(await believed(probe, hands), answered);
}
