import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { systemClock } from "msc-clerk/platform/systemClock.js";
import { expect, test } from "vitest";
import { built } from "../../../test/runtime/built.js";
import { newSandbox, newSecrets } from "../../src/clerk.js";
import { foundRepository } from "../../src/seed.js";

const at = mkdtempSync(join(tmpdir(), "msc-clerk-full-"));
const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=2m,mode=700", "none", at]).status === 0;

test.skipIf(!mounted)(
  "a clerk whose disk is full is not ready, says why, and is ready again once there is room (skipped where this user may not mount a disk)",
  async () => {
    const secrets = newSecrets();
    const made = built("full");
    const sandbox = newSandbox(secrets, { clock: systemClock });
    await sandbox.listen();
    foundRepository(sandbox);
    const data = join(at, "data");
    mkdirSync(data, { mode: 0o700 });
    const child = spawn(process.execPath, [join(made.directory, "cli/cli.js"), "start"], {
      cwd: at,
      env: {
        PATH: process.env.PATH ?? "",
        HOST: "127.0.0.1",
        PORT: "0",
        PAGES_PORT: "0",
        DATA_DIR: data,
        APP_ID: String(sandbox.app.id),
        PRIVATE_KEY: secrets.privateKey.replace(/\n/g, "\\n"),
        WEBHOOK_SECRET: secrets.webhookSecret,
        GITHUB_API_URL: sandbox.url,
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
    });
    const asked = async (): Promise<{ readonly status: number; readonly text: string } | null> => {
      const url = /Listening on (http:\S+)/.exec(out)?.[1];
      if (url === undefined) return null;
      const response = await fetch(`${url}/readyz`);
      return { status: response.status, text: await response.text() };
    };
    const until = async (status: number): Promise<string> => {
      for (let waited = 0; waited < 40_000; waited += 200) {
        const answer = await asked();
        if (answer?.status === status) return answer.text;
        await wait(200);
      }
      throw new Error(`/readyz never came to ${status}:\n${out}`);
    };
    try {
      await until(200);
      const ballast = join(at, "ballast");
      // As much as fits.
      for (const size of [1_000_000, 500_000, 100_000, 20_000, 4_096, 4_096, 1_024])
        for (let more = 0; more < 20; more += 1)
          try {
            writeFileSync(`${ballast}-${size}-${more}`, Buffer.alloc(size));
          } catch {
            rmSync(`${ballast}-${size}-${more}`, { force: true });
            break;
          }
      expect(await until(503)).toMatch(/The store cannot be read or written.*has no room left on its disk/);
      for (const size of [1_000_000, 500_000, 100_000, 20_000])
        for (let more = 0; more < 20; more += 1) rmSync(`${ballast}-${size}-${more}`, { force: true });
      await until(200);
    } finally {
      child.kill("SIGKILL");
      await sandbox.close();
      made.remove();
      spawnSync("umount", ["-l", at]);
    }
  },
  120_000,
);
