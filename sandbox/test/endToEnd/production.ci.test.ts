import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WEBHOOK_PATH } from "msc-clerk/app.js";
import { systemClock } from "msc-clerk/platform/systemClock.js";
import { expect, test } from "vitest";
import { built } from "../../../test/runtime/built.js";
import { newSandbox, newSecrets } from "../../src/clerk.js";
import { matrixConfig } from "../../src/roster.js";
import { foundRepository } from "../../src/seed.js";

test("npm start with credentials: every open proposal is looked at, webhooks are heard, and SIGTERM ends it with exit code 0", async () => {
  const secrets = newSecrets();
  const made = built("production");
  const sandbox = newSandbox(secrets, { clock: systemClock });
  await sandbox.listen();
  foundRepository(sandbox);
  sandbox.as("ara4n").pushTo(null, { ".github/msc-clerk.yml": matrixConfig() }, { message: "Roster" });
  sandbox.setNextNumber(3000);
  sandbox.as("sandhose").openPull({ title: "MSC3000", files: { "proposals/3000-x.md": "# x\n" } });
  sandbox.as("turt2live").label(3000, "proposal");
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, [join(made.directory, "cli/cli.js"), "start"], {
    cwd: mkdtempSync(join(tmpdir(), "msc-clerk-")),
    env: {
      PATH,
      HOST: "127.0.0.1",
      PORT: "0",
      PAGES_PORT: "0",
      APP_ID: String(sandbox.app.id),
      PRIVATE_KEY: secrets.privateKey.replace(/\n/g, "\\n"),
      WEBHOOK_SECRET: secrets.webhookSecret,
      GHE_HOST: new URL(sandbox.url).host,
      GHE_PROTOCOL: "http",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const until = async (holds: () => boolean) => {
    for (let waited = 0; !holds(); waited += 20) {
      if (waited > 20_000 || child.exitCode !== null) throw new Error(`It never came to be so.\n${out}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  try {
    await until(() => sandbox.checkOn(3000)?.status === "in_progress");
    const url = /Listening on (http:\S+)/.exec(out)?.[1] ?? "";
    sandbox.webhooksTo(`${url}${WEBHOOK_PATH}`);
    sandbox.as("sandhose").toDraft(3000);
    await until(() => /draft/i.test(sandbox.checkOn(3000)?.title ?? ""));
    const pages = /metrics on (http:\S+)\/metrics/.exec(out)?.[1] ?? "";
    expect((await fetch(`${pages}/readyz`)).status).toBe(200);
    expect(await (await fetch(`${pages}/metrics`)).text()).toMatch(/^process_resident_memory_bytes \d+/m);
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    for (const secret of [secrets.webhookSecret, "PRIVATE KEY", "ghs_"]) expect(out).not.toContain(secret);
  } finally {
    child.kill("SIGKILL");
    made.remove();
    await sandbox.close();
  }
}, 60_000);
