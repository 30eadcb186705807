#!/usr/bin/env node
import { createServer, type Server } from "node:http";
import { pinoLog } from "msc-clerk/platform/pinoLog.js";
import { Site } from "./page/site.js";
import type { Sandbox } from "./sandbox.js";
import { SEED_START } from "./seed.js";
import { playSeed } from "./seeding.js";
import { LiveStage } from "./stage.js";

const DEFAULT_PORT = 4100;
const HOST = "127.0.0.1";

/** `npm run sandbox`: a small GitHub with the clerk in it, and one address to look at it. */
async function main(): Promise<void> {
  const wanted = process.env.PORT ?? "";
  if (wanted !== "" && !(/^\d{1,5}$/.test(wanted) && Number(wanted) <= 65_535))
    throw new Error("PORT is not a port: give a whole number from 0 (any free port) to 65535.");
  process.stdout.write("Setting up a small GitHub with the Matrix roster, and the clerk beside it …\n");
  const stage = new LiveStage({ start: SEED_START, logger: pinoLog("error", true) });
  await stage.open();
  let site: Site | null = null;
  const server = createServer((request, response) => {
    if (site === null) return void response.writeHead(503).end("One moment.\n");
    site.handle(request, response).catch((thrown: unknown) => {
      process.stderr.write(
        `${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`,
      );
      if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain; charset=utf-8" });
      response.end("The sandbox could not answer this; the terminal says why.\n");
    });
  });
  const address = await listen(server, wanted === "" ? DEFAULT_PORT : Number(wanted), wanted === "");
  stage.sandbox.linksTo(address);
  await playSeed(stage);
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
  process.stdout.write(
    `\n  Open  ${address}\n\n${howToAsk(stage.sandbox)}\n\nNothing leaves this machine. Ctrl-C stops it.\n`,
  );
}

/** Anybody may read it from a terminal, as a reader of GitHub: with a token that is worth nothing elsewhere. */
const howToAsk = (sandbox: Sandbox): string =>
  [
    "Or ask it from another terminal, as any reader may:",
    "",
    `  export GITHUB_API_URL=${sandbox.url} GITHUB_TOKEN=${sandbox.tokenFor("a-reader")}`,
    `  npx msc-clerk doctor ${sandbox.ownerLogin}/${sandbox.repository.name}`,
    "",
    "It finds the clocks apart: the sandbox has its own.",
  ].join("\n");

/** Resolves with the address. When the port is taken and none was asked for, any free one will do. */
function listen(server: Server, port: number, elsewhereToo: boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" && elsewhereToo) resolve(listen(server, 0, false));
      else if (error.code === "EADDRINUSE")
        reject(new Error(`Port ${port} is in use already: set PORT to another one.`));
      else reject(new Error(`Cannot listen on ${HOST}:${port} (${error.message}).`));
    });
    server.listen(port, HOST, () => {
      const bound = server.address();
      resolve(`http://${HOST}:${typeof bound === "object" && bound !== null ? bound.port : port}`);
    });
  });
}

main().catch((thrown: unknown) => {
  process.stderr.write(
    `The sandbox does not start: ${thrown instanceof Error ? thrown.message : String(thrown)}\n`,
  );
  process.exit(1);
});
