import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClerk, WEBHOOK_PATH } from "msc-clerk/app.js";
import { HOUR, MINUTE } from "msc-clerk/domain/text/time.js";
import { MovableClock } from "msc-clerk/platform/movableClock.js";
import { pinoLog } from "msc-clerk/platform/pinoLog.js";
import { inMemoryStore } from "msc-clerk/store/inMemory.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { RecordedGitHub, readRecording, sendWebhook } from "../../../test/support/recording.js";
import { Rehearsal } from "../support/rehearsal.js";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "recording-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const files = () => readdirSync(directory).map((name) => join(directory, name));

/** A motion, two votes and a comment with what nobody should write into one. */
async function story(record: string) {
  const told = new Set<string>();
  const real = globalThis.fetch;
  // What went over the line, to be searched for: tokens are made by the sandbox and known to nobody else.
  globalThis.fetch = async (input, init) => {
    const { authorization } = Object.fromEntries(new Headers(init?.headers));
    if (authorization !== undefined) told.add(authorization.replace(/^\S+ /, ""));
    return real(input, init);
  };
  const rehearsal = new Rehearsal(undefined, { record });
  try {
    await rehearsal.start();
    const number = rehearsal.propose();
    await rehearsal.act(
      () => rehearsal.as("turt2live").comment(number, "@mscbot fcp merge"),
      () =>
        rehearsal
          .as("ShadowJonathan")
          .comment(
            number,
            "Write to jonathan.doe+msc@example.org; my token is ghp_abcdefghijklmnopqrstuvwxyz0123456789.",
          ),
      () => rehearsal.as("uhoreg").approve(number),
      () => rehearsal.as("dbkr").comment(number, "@mscbot reviewed"),
    );
    await rehearsal.advance(HOUR);
    return { number, secrets: [...told], rehearsal };
  } finally {
    globalThis.fetch = real;
    await rehearsal.close();
  }
}

test("RECORD: what is asked, answered and heard is written down, and none of the secrets of the run", async () => {
  const { rehearsal, secrets } = await story(directory);
  const [file, ...more] = files();
  if (file === undefined) throw new Error("nothing was recorded");
  expect(more).toEqual([]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const text = readFileSync(file, "utf8");
  const { privateKey, webhookSecret, recordKeys } = rehearsal.secrets;
  expect(secrets.some((secret) => secret.startsWith("ghs_"))).toBe(true);
  expect(secrets.some((secret) => secret.startsWith("ey"))).toBe(true);
  for (const secret of [...secrets, privateKey.split("\n")[1] ?? "?", webhookSecret, recordKeys])
    expect(text.includes(secret)).toBe(false);
  expect(text).not.toMatch(/ghp_|jonathan\.doe|x-hub-signature|"authorization"|set-cookie/i);
  const recording = readRecording(file);
  const asked = recording.exchanges.map(
    ({ request }) => `${request.method} ${request.url.slice(recording.api.length)}`,
  );
  expect(asked).toContain("GET /app");
  expect(asked.some((one) => /^POST \/app\/installations\/\d+\/access_tokens$/.test(one))).toBe(true);
  expect(asked).toHaveLength(rehearsal.sandbox.requests.begun);
  expect(recording.webhooks.map(({ event }) => event)).toEqual(
    expect.arrayContaining(["pull_request", "issue_comment", "pull_request_review"]),
  );
  // What the clerk signed is public, and needed for a test.
  expect(text).toContain("msc-clerk:status");
  expect(rehearsal.logged.filter((line) => line.includes("Recording"))).toHaveLength(1);
  expect(rehearsal.logged.join()).toContain(file);
});

test("RECORD: a clerk that runs on the recording asks and writes the same", async () => {
  const { rehearsal } = await story(directory);
  const recording = readRecording(files()[0] ?? "");
  const github = new RecordedGitHub(recording);
  const clock = new MovableClock(recording.at, async () => {
    await clerk.settled();
  });
  const clerk = createClerk({
    ...rehearsal.credentials,
    baseUrl: await github.listen(),
    webhookSecret: "another secret",
    clock,
    logger: pinoLog("fatal", false),
    timing: { resyncEvery: 6 * HOUR },
    store: inMemoryStore(),
    dryRun: false,
  });
  const settle = async (until: number) => {
    for (;;) {
      await clerk.settled();
      const wake = clock.nextWake();
      if (clerk.idle() || wake === null || wake > until) return;
      await clock.setTo(wake);
    }
  };
  try {
    const url = await clerk.start({ port: 0, host: "127.0.0.1" });
    for (const heard of recording.webhooks) {
      await settle(heard.at);
      if (heard.at > clock.now()) await clock.setTo(heard.at);
      expect(await sendWebhook(`${url}${WEBHOOK_PATH}`, "another secret", heard)).toBe(200);
    }
    await settle(clock.now() + 10 * MINUTE);
    expect(github.unknown).toEqual([]);
    expect(github.left).toEqual([]);
  } finally {
    await clerk.stop();
    github.close();
  }
});

test("RECORD: a disk that is full is told once, and the clerk goes on", async () => {
  writeFileSync(join(directory, "recording-of-before.jsonl"), "x".repeat(900));
  const rehearsal = new Rehearsal();
  await rehearsal.open();
  const recorder = rehearsal.recorder(directory, 4000);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => recorder.fetching(fetch)(`${rehearsal.sandbox.url}/rate_limit`)),
  );
  expect(await Promise.all(answers.map((answer) => answer.json()))).toHaveLength(20);
  await recorder.close();
  await rehearsal.close();
  expect(rehearsal.logged.filter((line) => line.includes("Recording has ended"))).toHaveLength(1);
  const sizes = files().map((file) => statSync(file).size);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(4000);
});

test("RECORD: where nothing can be written the clerk works all the same", async () => {
  const notADirectory = join(directory, "file");
  writeFileSync(notADirectory, "");
  const { rehearsal, number } = await story(notADirectory);
  expect(rehearsal.logged.filter((line) => line.includes("ENOTDIR") || line.includes("EEXIST"))).toHaveLength(
    1,
  );
  expect(rehearsal.status(number).body).toContain("msc-clerk:status");
});
