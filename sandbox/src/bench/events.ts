import { DAY, HOUR, MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import { BenchStage } from "./stage.js";

/** What an event costs, counted in requests: the same on every machine. */
export async function events(): Promise<void> {
  const plenty = 1_000_000;
  const stage = new BenchStage({ perHour: plenty, contentPerMinute: plenty, contentPerHour: plenty });
  const as = (login: string) => stage.as(login);

  /** Requests of the clerk's for this: reads and writes. */
  async function cost(name: string, doing: () => unknown): Promise<void> {
    await stage.clock.advance(30 * SECOND);
    await stage.settle();
    const before = stage.requests().length;
    doing();
    await stage.settle();
    const made = stage.requests().slice(before);
    const reads = made.filter(({ kind }) => kind === "read").length;
    console.log(`| ${name} | ${reads} | ${made.length - reads} |`);
  }

  const n = stage.propose("MSC1772: Matrix spaces", "proposals/1772-spaces.md");
  await stage.start({ resyncEvery: 60 * DAY, fullResyncEvery: 60 * DAY });
  await stage.settle();
  await stage.clock.advance(HOUR);
  await stage.settle();

  console.log("| event | reads | writes |\n|---|--:|--:|");
  await cost("a comment without a command, no motion", () => as("passer-by").comment(n, "Nice."));
  await cost("a motion by command", () => as("richvdh").comment(n, "@mscbot fcp merge"));
  await cost("a comment without a command, motion open", () => as("passer-by").comment(n, "Very nice."));
  await cost("an approving review that is a vote", () => as("erikjohnston").approve(n));
  await cost("a vote by command", () => as("dbkr").comment(n, "@mscbot reviewed"));
  await cost("a vote by ballot label", () => as("uhoreg").label(n, "vote:approve"));
  await cost("a burst of ten comments", () => {
    for (let at = 0; at < 10; at += 1) as("passer-by").comment(n, `And another thing (${at}).`);
  });
  await cost("a push to the proposal", () =>
    as("ShadowJonathan").push(n, { "proposals/1772-spaces.md": "# Spaces\n\nMore.\n" }),
  );
  await cost("a command of an outsider, refused", () => as("passer-by").comment(n, "@mscbot fcp cancel"));
  await cost("a label that means nothing to the clerk", () => as("uhoreg").label(n, "client-server"));
  await cost("the deciding vote: the Final Comment Period begins", () => {
    as("anoadragon453").comment(n, "@mscbot reviewed");
    as("turt2live").comment(n, "@mscbot reviewed");
  });
  await stage.clerk?.stop();

  for (let at = 0; at < 300; at += 1)
    stage.propose(`MSC${5000 + at}: One of many`, `proposals/${5000 + at}-many.md`);
  stage.clerk = null;
  await stage.start({ resyncEvery: 10 * MINUTE });
  while (stage.clerk !== null && !(stage.clerk as { idle(): boolean }).idle()) {
    await stage.quiet();
    const wake = stage.clock.nextWake();
    if (wake !== null) await stage.clock.setTo(wake);
  }
  for (let round = 0; round < 3; round += 1) {
    await stage.clock.advance(11 * MINUTE);
    await stage.settle();
  }
  await cost(
    "a resync over 301 open proposals when nothing has changed",
    () => void stage.clock.advance(10 * MINUTE),
  );
  await stage.close();
}
