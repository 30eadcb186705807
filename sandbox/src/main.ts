#!/usr/bin/env node
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { resolve } from "node:path";
import { systemClock } from "msc-clerk/platform/systemClock.js";
import { type Call, called, DEFAULT_PORT, SANDBOX_USAGE } from "./args.js";
import { type Opening, opened, startingAt } from "./opening.js";
import { OF_A_SANDBOX, OutsideStage } from "./outsideStage.js";
import { ownerFault, peopleOf, readOwnConfig } from "./ownBody.js";
import { Site, type Stage } from "./page/site.js";
import { tellFault } from "./page/wire.js";
import { READER } from "./reader.js";
import { RevolvingStage } from "./revolvingStage.js";
import type { Sandbox } from "./sandbox.js";
import { readState } from "./savedFiles.js";

const HOST = "127.0.0.1";
/** Of saved states. Git does not look at it. */
const STATES = "data/sandbox";

/** `npm run sandbox`: a small GitHub with the clerk in it, or without one, and one address to look at it. */
async function main(): Promise<void> {
  const call = called(process.argv.slice(2));
  if (call.kind === "help") return void process.stdout.write(SANDBOX_USAGE);
  if (call.kind === "misuse") {
    process.stderr.write(`${call.why}\n\n${SANDBOX_USAGE}`);
    process.exitCode = 2;
    return;
  }
  const begins = beginsWith(call);
  if (begins.kind === "faulty") {
    process.stderr.write(`${begins.lines.join("\n")}\n`);
    process.exitCode = 1;
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
  const { stage, told } =
    begins.kind === "outside" ? await outside(address, begins) : await inside(address, begins);
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

interface Faulty {
  readonly kind: "faulty";
  readonly lines: readonly string[];
}

type OwnOpening = Extract<Opening, { kind: "own" }>;

/** For a clerk that somebody else starts. `own`: null: the Matrix rules. */
type Outside = Omit<Extract<Call, { kind: "outside" }>, "own"> & { readonly own: OwnOpening | null };

function beginsWith(call: Exclude<Call, { kind: "help" | "misuse" }>): Opening | Outside | Faulty {
  switch (call.kind) {
    case "outside": {
      const own = call.own === null ? null : ownOpening(call.own);
      return own?.kind === "faulty" ? own : { ...call, own };
    }
    case "matrix":
      return call;
    case "own":
      return ownOpening(call);
    case "saved": {
      const read = readState(call.file);
      if (read.kind === "none") return { kind: "faulty", lines: [`${call.file}: ${read.why}`] };
      return { kind: "saved", state: read.state };
    }
  }
}

function ownOpening({ file, place }: Extract<Call, { kind: "own" }>): OwnOpening | Faulty {
  const read = readOwnConfig(file);
  if (read.kind === "faulty") return read;
  const fault = ownerFault(read.config.rules, place.owner);
  if (fault !== null) return { kind: "faulty", lines: [fault] };
  return { kind: "own", config: read.config, place, start: startingAt(systemClock.now()) };
}

async function inside(address: string, opening: Opening): Promise<Ready> {
  process.stdout.write(`${beginning(opening)} …\n`);
  const where = { links: address, directory: resolve(STATES) };
  const stage = await RevolvingStage.around(await opened(opening, address), where);
  const told = [
    ...(opening.kind === "own" ? whoIsWho(opening, stage.sandbox) : []),
    howToAsk(stage.sandbox, stage.token),
    "",
    "The doctor finds the clocks apart: the sandbox has its own, which stands still until you move it.",
  ];
  return { stage, told: told.join("\n") };
}

function beginning(opening: Opening): string {
  switch (opening.kind) {
    case "matrix":
      return "Setting up a small GitHub with the Matrix roster, and the clerk beside it";
    case "own":
      return `Setting up a small GitHub with the rules of ${opening.config.file}, and the clerk beside it`;
    case "saved":
      return "Setting up the saved state, and the clerk beside it";
  }
}

/** Of a body's own roster: whose id was made here, as the config has none. It is that of nobody on GitHub. */
function whoIsWho({ config }: OwnOpening, sandbox: Sandbox): readonly string[] {
  const made = peopleOf(config.rules)
    .filter(({ id, level }) => id === null && level !== "read")
    .map(({ login }) => `${login} ${sandbox.as(login).id}`);
  return made.length === 0
    ? []
    : [
        "Whom the config gives no id has one of the sandbox’s, and is not looked for on GitHub:",
        `  ${made.join(", ")}`,
        "",
      ];
}

async function outside(address: string, { file, webhooks, own }: Outside): Promise<Ready> {
  const stage = new OutsideStage(own);
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
    ...(own === null ? [] : whoIsWho(own, stage.sandbox)),
    howToAsk(stage.sandbox, stage.sandbox.tokenFor(READER)),
  ];
  return { stage, told: told.join("\n") };
}

/** Anybody may read it from a terminal, as a reader of GitHub: with a token that is worth nothing elsewhere. */
const howToAsk = (sandbox: Sandbox, token: string): string =>
  [
    "Or ask it from another terminal in this checkout, as any reader may:",
    "",
    `  export GITHUB_API_URL=${sandbox.url} GITHUB_TOKEN=${token}`,
    `  npx msc-clerk doctor ${sandbox.ownerLogin}/${sandbox.repository.name}`,
    // A reader knows the clerk by its check on a proposal.
    ...(sandbox.repository.nextNumber > 1
      ? []
      : ["", `Before its first proposal explain, roster and mine need --app ${sandbox.app.slug}.`]),
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
