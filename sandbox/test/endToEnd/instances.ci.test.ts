import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { built } from "../../../test/runtime/built.js";
import type { Sandbox } from "../../src/sandbox.js";
import { Fleet } from "../support/fleet.js";
import { OwnPostgres } from "../support/ownPostgres.js";

const INSTALLATIONS = 20;
const PROPOSALS = 50;
const EVENTS = 2000;
/** Over which so many events are spread. */
const SECONDS = 100;
const VOTERS = ["erikjohnston", "dbkr", "uhoreg", "anoadragon453"];
const SECOND = 1000;

/** What a proposal is to come to, by what was said on it and nothing else. */
interface Expected {
  readonly sandbox: Sandbox;
  readonly number: number;
  readonly yes: Set<string>;
  readonly concerns: Set<string>;
  misspelt: number;
}

const own = await OwnPostgres.made();

test.skipIf(own === null && process.env.CI === undefined)(
  "several instances: two ended with kill -9 in the middle of their work, one stopped for a minute and woken, PostgreSQL restarted once and away for a minute: nothing is lost, nothing is written twice",
  async () => {
    if (own === null) throw new Error("the programs of PostgreSQL are not here (/usr/lib/postgresql)");
    const made = built("instances");
    const fleet = new Fleet(INSTALLATIONS);
    const api = await fleet.listen();
    const running = new Map<string, { readonly child: ChildProcess; readonly out: () => string }>();
    const begin = async (name: string) => {
      const child = spawn(process.execPath, [join(made.directory, "cli/cli.js"), "start"], {
        cwd: mkdtempSync(join(tmpdir(), "msc-clerk-")),
        env: {
          PATH: process.env.PATH ?? "",
          HOST: "127.0.0.1",
          PORT: "0",
          APP_ID: "1779",
          PRIVATE_KEY: fleet.secrets.privateKey.replace(/\n/g, "\\n"),
          WEBHOOK_SECRET: fleet.secrets.webhookSecret,
          RECORD_KEYS: "the sandbox signs with what everybody knows",
          GITHUB_API_URL: api,
          DATABASE_URL: own.url,
          PAGES_PORT: "0",
          LOG_LEVEL: "info",
        },
        stdio: ["ignore", "pipe", "inherit"],
      });
      let out = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        out += text;
      });
      const listening = () => /Listening on (http:\S+)/.exec(out)?.[1];
      await until(() => listening() !== undefined, 30);
      running.set(name, { child, out: () => out });
      fleet.instances = [...fleet.instances, listening() ?? ""];
      return listening() ?? "";
    };
    const kill = (name: string, address: string) => {
      running.get(name)?.child.kill("SIGKILL");
      fleet.instances = fleet.instances.filter((one) => one !== address);
    };

    const proposals: Expected[] = Array.from({ length: PROPOSALS }, (_, at) => {
      const sandbox = fleet.sandboxes[at % INSTALLATIONS];
      if (sandbox === undefined) throw new Error("no sandbox");
      const path = `proposals/${3000 + at}-x.md`;
      const { number } = sandbox
        .as("sandhose")
        .openPull({ title: `MSC${3000 + at}`, files: { [path]: "# x\n" } });
      sandbox.as("turt2live").label(number, "proposal");
      return { sandbox, number, yes: new Set<string>(), concerns: new Set<string>(), misspelt: 0 };
    });
    try {
      const first = await begin("first");
      const second = await begin("second");
      await begin("third");
      for (const { sandbox, number } of proposals) sandbox.as("richvdh").comment(number, "@mscbot fcp merge");

      const random = seeded(20);
      const began = Date.now();
      const at = (seconds: number, doing: () => unknown) =>
        wait(seconds * SECOND - (Date.now() - began)).then(doing);
      const faults = Promise.all([
        at(5, () => kill("first", first)),
        at(10, () => begin("fourth")),
        at(12, () => running.get("third")?.child.kill("SIGSTOP")),
        at(20, () => own.stop()),
        at(21, () => own.start()),
        at(32, () => own.stop()),
        at(72, () => running.get("third")?.child.kill("SIGCONT")),
        at(92, () => own.start()),
        at(95, () => kill("second", second)),
      ]);
      for (let event = 0; event < EVENTS; event += 1) {
        const proposal = proposals[Math.floor(random() * PROPOSALS)];
        if (proposal !== undefined) happen(proposal, random);
        await wait(Math.max(0, (event / EVENTS) * SECONDS * SECOND - (Date.now() - began)));
      }
      await faults;
      await until(
        () => proposals.every(isAsExpected),
        150,
        () => {
          const left = proposals.filter((one) => !isAsExpected(one));
          return `${left.length} are not as they should be:\n${left.slice(0, 3).map(shown).join("\n")}`;
        },
      );

      // And then a decision each is begun, once.
      for (const { sandbox, number, yes, concerns } of proposals) {
        for (const concern of concerns)
          sandbox.as("KitsuneRal").comment(number, `@mscbot resolve ${concern}`);
        concerns.clear();
        for (const login of [...VOTERS, "KitsuneRal"]) {
          sandbox.as(login).comment(number, "@mscbot reviewed");
          yes.add(login);
        }
      }
      const inFcp = ({ sandbox, number }: Expected) =>
        sandbox.labelsOn(number).includes("final-comment-period");
      await until(
        () => proposals.every((one) => inFcp(one) && isAsExpected(one)),
        120,
        () =>
          proposals
            .filter((one) => !inFcp(one))
            .slice(0, 3)
            .map(shown)
            .join("\n"),
      );
      for (const proposal of proposals) onceEach(proposal);
      for (const sandbox of fleet.sandboxes) {
        const posted = sandbox.requests.all.filter(
          ({ method, path, status }) =>
            method === "POST" && /\/issues\/\d+\/comments$/.test(path) && status === 201,
        );
        expect(posted.length, "no comment was made twice, nor one of two taken away again").toBe(
          proposals
            .filter((one) => one.sandbox === sandbox)
            .reduce((all, one) => all + ownComments(one).length, 0),
        );
      }
    } finally {
      for (const { child } of running.values()) child.kill("SIGKILL");
      await fleet.close();
      own.remove();
      made.remove();
    }
  },
  600_000,
);

/** One thing that somebody does, and what it changes. */
function happen(proposal: Expected, random: () => number): void {
  const { sandbox, number, yes, concerns } = proposal;
  const login = VOTERS[Math.floor(random() * VOTERS.length)] ?? "dbkr";
  const says = (text: string, who = login) => sandbox.as(who).comment(number, text);
  const what = random();
  if (what < 0.3) {
    says("@mscbot reviewed");
    yes.add(login);
  } else if (what < 0.45) {
    says("@mscbot retract");
    yes.delete(login);
  } else if (what < 0.55) {
    const concern = `thing ${Math.floor(random() * 3)}`;
    says(`@mscbot concern ${concern}`, "KitsuneRal");
    concerns.add(concern);
  } else if (what < 0.65) {
    const [concern] = concerns;
    if (concern === undefined) return;
    says(`@mscbot resolve ${concern}`);
    concerns.delete(concern);
  } else if (what < 0.67) {
    says("@mscbot revieewed");
    proposal.misspelt += 1;
  } else says("Some more words.", "passer-by");
}

const ownComments = ({ sandbox, number }: Expected) =>
  sandbox.thread(number).comments.filter(({ authorId }) => authorId === sandbox.app.botId);

function isAsExpected({ sandbox, number, yes, concerns, misspelt }: Expected): boolean {
  const own = ownComments({ sandbox, number, yes, concerns, misspelt });
  const status = own.filter(({ body }) => body.startsWith("<!-- msc-clerk:status"));
  const [motion] = status;
  if (motion === undefined || status.length !== 1) return false;
  const ticked = new Set([...motion.body.matchAll(/^- \[x\] @(\S+)/gm)].map(([, login]) => login ?? ""));
  const isOpen = sandbox.labelsOn(number).includes("unresolved-concerns");
  const answered = own.filter(({ body }) => /revieewed/.test(body)).length;
  return (
    ticked.size === yes.size + 1 &&
    ticked.has("richvdh") &&
    [...yes].every((login) => ticked.has(login)) &&
    isOpen === concerns.size > 0 &&
    answered === misspelt
  );
}

function onceEach(proposal: Expected): void {
  const markers = ownComments(proposal).map(({ body }) => body.split("\n", 1)[0] ?? "");
  expect(new Set(markers).size, markers.join("\n")).toBe(markers.length);
}

const shown = (proposal: Expected): string =>
  [
    `${proposal.sandbox.app.installationId} #${proposal.number}: yes ${[...proposal.yes]}, concerns ${[...proposal.concerns]}, misspelt ${proposal.misspelt}`,
    proposal.sandbox.labelsOn(proposal.number).join(),
    ...ownComments(proposal).map(({ body }) => body.slice(0, 900)),
  ].join("\n");

async function until(holds: () => boolean, seconds: number, why: () => string = () => ""): Promise<void> {
  for (const began = Date.now(); !holds(); await wait(50))
    if (Date.now() - began > seconds * SECOND) throw new Error(`It never came to be so. ${why()}`);
}

/** Numbers from 0 up to 1, the same ones each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
