#!/usr/bin/env node
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { WEBHOOK_PATH } from "msc-clerk/app.js";
import { errorMessage } from "msc-clerk/platform/log.js";
import { pinoLog } from "msc-clerk/platform/pinoLog.js";
import { OF_A_SANDBOX, OutsideStage } from "./outsideStage.js";
import { Site, type Stage } from "./page/site.js";
import { tellFault } from "./page/wire.js";
import type { Sandbox } from "./sandbox.js";
import { SEED_START } from "./seed.js";
import { playSeed } from "./seeding.js";
import { LiveStage } from "./stage.js";

const DEFAULT_PORT = 4100;
const HOST = "127.0.0.1";
const WEBHOOKS = `http://localhost:3000${WEBHOOK_PATH}`;

const USAGE = `npm run sandbox
  A small GitHub on this machine with the clerk at work in it; it prints the address of its page.

npm run sandbox -- --without-clerk FILE [--webhooks URL]
  The same for a clerk that you start yourself (a package, a container, a service), to rehearse a deployment. It writes the
  variables that clerk needs to FILE, as a .env file has them, and sends webhooks to URL: ${WEBHOOKS}
  where none is given. The clock goes on as in life and can be moved on; the clerk hears of that with its next requests.

PORT is where the page is: ${DEFAULT_PORT}, or any free port where that is taken.
`;

type Call =
  | { readonly kind: "help" }
  | { readonly kind: "misuse"; readonly why: string }
  | { readonly kind: "inside" }
  | { readonly kind: "outside"; readonly file: string; readonly webhooks: string };

function called(args: readonly string[]): Call {
  const options = {
    help: { type: "boolean", short: "h" },
    "without-clerk": { type: "string" },
    webhooks: { type: "string" },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    const { help, "without-clerk": file, webhooks } = values;
    if (help) return { kind: "help" };
    if (file === undefined)
      return webhooks === undefined
        ? { kind: "inside" }
        : { kind: "misuse", why: "--webhooks is for --without-clerk." };
    if (webhooks !== undefined && !(/^http:\/\//.test(webhooks) && URL.canParse(webhooks)))
      return { kind: "misuse", why: "--webhooks is no address: give it as http://HOST:PORT/PATH." };
    return { kind: "outside", file, webhooks: webhooks ?? WEBHOOKS };
  } catch (thrown) {
    return { kind: "misuse", why: errorMessage(thrown) };
  }
}

/** `npm run sandbox`: a small GitHub with the clerk in it, or without one, and one address to look at it. */
async function main(): Promise<void> {
  const call = called(process.argv.slice(2));
  if (call.kind === "help") return void process.stdout.write(USAGE);
  if (call.kind === "misuse") {
    process.stderr.write(`${call.why}\n\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  const wanted = process.env.PORT ?? "";
  if (wanted !== "" && !(/^\d{1,5}$/.test(wanted) && Number(wanted) <= 65_535))
    throw new Error("PORT is not a port: give a whole number from 0 (any free port) to 65535.");
  let site: Site | null = null;
  const server = createServer((request, response) => {
    if (site === null) return void response.writeHead(503).end("One moment.\n");
    site.handle(request, response).catch((thrown: unknown) => {
      tellFault(thrown);
      if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain; charset=utf-8" });
      response.end("The sandbox could not answer this; the terminal says why.\n");
    });
  });
  const address = await listen(server, wanted === "" ? DEFAULT_PORT : Number(wanted), wanted === "");
  const { stage, told } = call.kind === "inside" ? await inside(address) : await outside(address, call);
  site = new Site(stage);
  const end = () => {
    process.removeListener("SIGINT", end);
    process.removeListener("SIGTERM", end);
    process.stdout.write("\nStopping.\n");
    site?.close();
    server.close();
    server.closeAllConnections();
    void stage.close().then(() => process.exit(0));
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  process.stdout.write(`\n  Open  ${address}\n\n${told}\n\nNothing leaves this machine. Ctrl-C stops it.\n`);
}

interface Ready {
  readonly stage: Stage & { readonly close: () => Promise<void> };
  /** What there is to say beside the address. */
  readonly told: string;
}

async function inside(address: string): Promise<Ready> {
  process.stdout.write("Setting up a small GitHub with the Matrix roster, and the clerk beside it …\n");
  const stage = new LiveStage({ start: SEED_START, logger: pinoLog("error", true) });
  await stage.open();
  stage.sandbox.linksTo(address);
  await playSeed(stage);
  return { stage, told: `${howToAsk(stage.sandbox)}\n\nIt finds the clocks apart: the sandbox has its own.` };
}

async function outside(
  address: string,
  { file, webhooks }: { readonly file: string; readonly webhooks: string },
): Promise<Ready> {
  const stage = new OutsideStage();
  await stage.open(webhooks);
  stage.sandbox.linksTo(address);
  if (existsSync(file) && !readFileSync(file, "utf8").startsWith(OF_A_SANDBOX))
    throw new Error(`${file} is there already, and is not a sandbox's: name another file.`);
  // It may have stood there with wider rights.
  rmSync(file, { force: true });
  writeFileSync(file, stage.environment(), { mode: 0o600, flag: "wx" });
  const told = [
    `What your clerk is to be started with is in ${resolve(file)}; webhooks go to`,
    `  ${webhooks}`,
    "",
    howToAsk(stage.sandbox),
  ];
  return { stage, told: told.join("\n") };
}

/** Anybody may read it from a terminal, as a reader of GitHub: with a token that is worth nothing elsewhere. */
const howToAsk = (sandbox: Sandbox): string =>
  [
    "Or ask it from another terminal, as any reader may:",
    "",
    `  export GITHUB_API_URL=${sandbox.url} GITHUB_TOKEN=${sandbox.tokenFor("a-reader")}`,
    `  npx msc-clerk doctor ${sandbox.ownerLogin}/${sandbox.repository.name}`,
  ].join("\n");

/** Resolves with the address. When the port is taken and none was asked for, any free one will do. */
function listen(server: Server, port: number, elsewhereToo: boolean): Promise<string> {
  return new Promise((done, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" && elsewhereToo) done(listen(server, 0, false));
      else if (error.code === "EADDRINUSE")
        reject(new Error(`Port ${port} is in use already: set PORT to another one.`));
      else reject(new Error(`Cannot listen on ${HOST}:${port} (${error.message}).`));
    });
    server.listen(port, HOST, () => {
      const bound = server.address();
      done(`http://${HOST}:${typeof bound === "object" && bound !== null ? bound.port : port}`);
    });
  });
}

main().catch((thrown: unknown) => {
  process.stderr.write(
    `The sandbox does not start: ${thrown instanceof Error ? thrown.message : String(thrown)}\n`,
  );
  process.exit(1);
});
