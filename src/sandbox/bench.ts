import { DAY, HOUR, MINUTE, SECOND } from "../domain/time.js";
import { pinoLog } from "../runtime/pinoLog.js";
import { newSandbox, newSecrets, startClerk } from "./clerk.js";
import { MovableClock } from "./clock.js";
import { MEMBERS, matrixConfig, OTHERS } from "./roster.js";

/**
 * `npm run bench`: what an event costs, counted in requests to the sandbox: the figures of docs/operating.md. Counts, not seconds:
 * they are the same on every machine.
 */
const clock = new MovableClock(Date.UTC(2026, 2, 2, 9), () => quiet());
const secrets = newSecrets();
const github = newSandbox(secrets, {
  clock,
  limits: { perHour: 1_000_000, contentPerMinute: 1_000_000, contentPerHour: 1_000_000 },
});
for (const { login, id, level } of [...MEMBERS, ...OTHERS]) github.addUser(login, { id, level });
const admin = github.as("ara4n");
for (const label of ["proposal", "vote:approve"]) admin.createLabel(label);
admin.pushTo(null, { ".github/msc-clerk.yml": matrixConfig() });
await github.listen();

let clerk: Awaited<ReturnType<typeof startClerk>> | null = null;
async function quiet(): Promise<void> {
  await clerk?.settled();
  await github.idle();
}

async function settle(): Promise<void> {
  const until = clock.now() + 10 * MINUTE;
  for (;;) {
    await quiet();
    const wake = clock.nextWake();
    if (clerk === null || clerk.idle() || wake === null || wake > until) return;
    await clock.setTo(wake);
  }
}

function propose(title: string, path: string): number {
  const { number } = github
    .as("ShadowJonathan")
    .openPull({ title, body: "A proposal.", files: { [path]: `# ${title}\n` } });
  github.as("uhoreg").label(number, "proposal");
  return number;
}

/** Requests since the last count: reads and writes, without those for tokens. */
async function cost(name: string, doing: () => unknown): Promise<void> {
  await clock.advance(30 * SECOND);
  await settle();
  const before = github.requests.all.length;
  doing();
  await settle();
  const made = github.requests.all.slice(before).filter(({ kind }) => kind !== "token");
  const reads = made.filter(({ kind }) => kind === "read").length;
  const writes = made.filter(({ kind }) => kind === "write").length;
  console.log(`| ${name} | ${reads} | ${writes} |`);
}

const n = propose("MSC1772: Matrix spaces", "proposals/1772-spaces.md");
clerk = await startClerk({
  sandbox: github,
  clock,
  secrets,
  logger: pinoLog("error", true),
  timing: { resyncEvery: 60 * DAY, fullResyncEvery: 60 * DAY },
});
await settle();
await clock.advance(HOUR);
await settle();

console.log("| event | reads | writes |\n|---|--:|--:|");
await cost("a comment without a command, no motion", () => github.as("passer-by").comment(n, "Nice."));
await cost("a motion by command", () => github.as("richvdh").comment(n, "@mscbot fcp merge"));
await cost("a comment without a command, motion open", () => github.as("passer-by").comment(n, "Very nice."));
await cost("an approving review that is a vote", () => github.as("erikjohnston").approve(n));
await cost("a vote by command", () => github.as("dbkr").comment(n, "@mscbot reviewed"));
await cost("a vote by ballot label", () => github.as("uhoreg").label(n, "vote:approve"));
await cost("a burst of ten comments", () => {
  for (let at = 0; at < 10; at += 1) github.as("passer-by").comment(n, `And another thing (${at}).`);
});
await cost("a push to the proposal", () =>
  github.as("ShadowJonathan").push(n, { "proposals/1772-spaces.md": "# Spaces\n\nMore.\n" }),
);
await cost("a command of an outsider, refused", () =>
  github.as("passer-by").comment(n, "@mscbot fcp cancel"),
);
await cost(
  "a label that means nothing to the clerk",
  () => github.as("uhoreg").createLabel("client-server") && github.as("uhoreg").label(n, "client-server"),
);
await cost("the deciding vote: the Final Comment Period begins", () => {
  github.as("anoadragon453").comment(n, "@mscbot reviewed");
  github.as("turt2live").comment(n, "@mscbot reviewed");
});
await clerk.stop();

for (let at = 0; at < 300; at += 1) propose(`MSC${5000 + at}: One of many`, `proposals/${5000 + at}-many.md`);
clerk = null;
const again = await startClerk({
  sandbox: github,
  clock,
  secrets,
  logger: pinoLog("error", true),
  timing: { resyncEvery: 10 * MINUTE },
});
clerk = again;
while (!again.idle()) {
  await quiet();
  const wake = clock.nextWake();
  if (wake !== null) await clock.setTo(wake);
}
for (let round = 0; round < 3; round += 1) {
  await clock.advance(11 * MINUTE);
  await settle();
}
await cost(
  "a resync over 301 open proposals when nothing has changed",
  () => void clock.advance(10 * MINUTE),
);
await clerk.stop();
await github.close();
