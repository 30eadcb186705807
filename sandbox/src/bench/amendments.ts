import { HOUR, MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import { matrixConfig, withoutForm } from "../roster.js";
import { costRows, Meter } from "./cost.js";
import { NO_ROUNDS, PLENTY } from "./events.js";
import type { Row, Scope } from "./row.js";
import { BenchStage, CONFIG } from "./stage.js";

/** The config with another threshold: valid, and a change of the rules. */
export const threshold = (percent: number): string => {
  const text = withoutForm(matrixConfig());
  const before = "- name: spec change\n    approval: { spec-core-team: 75% }";
  if (!text.includes(before)) throw new Error("the example config has no threshold of 75%");
  return text.replace(before, before.replace("75%", `${percent}%`));
};

async function stageOf(motions: number) {
  const stage = new BenchStage(PLENTY);
  const meter = new Meter(stage);
  const vote = stage.propose("MSC1772: Matrix spaces", "proposals/1772-spaces.md");
  const others = stage.proposeMany(motions);
  await stage.start(NO_ROUNDS);
  await stage.settle();
  await stage.moveAll([vote, ...others]);
  await stage.clock.advance(10 * MINUTE);
  await stage.settle();
  return { stage, meter, vote };
}

const amend = (stage: BenchStage, at: number) =>
  stage.as("passer-by").openPull({
    title: "A better config",
    branch: `amendment-${at}`,
    files: { [CONFIG]: threshold(40 + at) },
  });

/** Who votes while there are no amendments, one, two, three. */
const VOTERS = ["dbkr", "erikjohnston", "uhoreg", "anoadragon453"];

/** A vote on a proposal while amendments show what they would change in every open motion. */
export async function votesBesideAmendments(scope: Scope): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const motions of scope === "few" ? [10] : [10, 50]) {
    const { stage, meter, vote } = await stageOf(motions - 1);
    for (const [open, voter] of VOTERS.entries()) {
      if (open > 0) amend(stage, open);
      await stage.settle();
      await stage.clock.advance(10 * MINUTE);
      await stage.settle();
      const cost = await meter.cost(() => stage.as(voter).comment(vote, "@mscbot reviewed"));
      // What amendments show of it follows by itself.
      const after = await meter.cost(() => stage.clock.advance(2 * MINUTE));
      const name = `a vote, ${open} amendments open`;
      rows.push(...costRows(name, motions, cost, { reads: { most: 1 } }));
      rows.push(...costRows(`${name}: two minutes after it`, motions, after, { reads: { most: 0 } }));
    }
    await stage.close();
  }
  return rows;
}

/** The config changes, while so many motions are open. */
export async function configPush(scope: Scope): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const motions of scope === "few" ? [5] : [5, 50]) {
    const { stage, meter } = await stageOf(motions - 1);
    const push = (text: string) => () => stage.as("ara4n").pushTo(null, { [CONFIG]: text });
    const pushed = async (name: string, text: string) =>
      rows.push(...costRows(name, motions, await meter.cost(push(text), 6 * HOUR)));
    await pushed("a valid change", threshold(60));
    await stage.clock.advance(10 * MINUTE);
    await stage.settle();
    await pushed("an invalid one", "version: [");
    await stage.clock.advance(10 * MINUTE);
    await stage.settle();
    await pushed("put right", threshold(60));
    await stage.close();
  }
  return rows;
}

/** A stranger opens so many amendments, one a second: what the hour after it takes. */
export async function manyAmendments(scope: Scope): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const open of scope === "few" ? [5] : [5, 25]) {
    const { stage, meter } = await stageOf(11);
    const cost = await meter.cost(async () => {
      for (let at = 0; at < open; at += 1) {
        amend(stage, at);
        // Else whether a webhook has come before the clock moves is up to the machine.
        await stage.quiet();
        await stage.clock.advance(SECOND);
      }
      await stage.settle();
      await stage.clock.advance(HOUR);
    });
    rows.push(...costRows("opened, twelve motions open", open, cost));
    await stage.close();
  }
  return rows;
}
