import { generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { Octokit } from "@octokit/rest";
import { ClerkOctokit } from "msc-clerk/github/connect.js";
import { MovableClock } from "msc-clerk/platform/movableClock.js";
import { Sandbox, type SandboxOptions } from "../src/sandbox.js";

export const KEY = generateKeyPairSync("rsa", { modulusLength: 2048 })
  .privateKey.export({ type: "pkcs1", format: "pem" })
  .toString();
export const SECRET = "not a secret";
export const START = Date.parse("2026-03-02T09:00:00.400Z");
export const OWNER = "matrix-org";
export const REPO = "matrix-spec-proposals";
export const AT = { owner: OWNER, repo: REPO };

/** A sandbox with a maintainer `richvdh`, a triager `uhoreg`, and the PR #1 of the outsider `newcomer`. */
export function smallGitHub(options: Partial<SandboxOptions> = {}) {
  const clock = new MovableClock(START);
  // As if its people had done all this a while ago.
  const github = new Sandbox({
    ...{ clock, privateKey: KEY, webhookSecret: SECRET, forkLagSeconds: 0 },
    ...options,
  });
  const admin = github.addUser("ara4n", { level: "admin" });
  const writer = github.addUser("richvdh", { level: "write" });
  const triager = github.addUser("uhoreg", { level: "triage" });
  const outsider = github.addUser("newcomer");
  admin.createLabel("proposal", "2ea44f", "A proposal");
  const { number } = outsider.openPull({
    title: "MSC1: text",
    body: "Please.",
    files: { "proposals/1-text.md": "One.\n" },
  });
  return { clock, github, admin, writer, triager, outsider, number };
}

export const quietLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** The client the clerk itself uses, signed in as the App's installation. */
export const asInstallation = (github: Sandbox) =>
  new ClerkOctokit({
    baseUrl: github.url,
    auth: { appId: github.app.id, privateKey: KEY, installationId: github.app.installationId },
  });

export const asApp = (github: Sandbox) =>
  new ClerkOctokit({ baseUrl: github.url, auth: { appId: github.app.id, privateKey: KEY } });

export const asPerson = (github: Sandbox, login: string): Octokit =>
  new Octokit({ baseUrl: github.url, auth: github.tokenFor(login), log: quietLog });

export interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Somebody who takes webhooks. */
export async function listener(status = 200) {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      heard.push({ headers: request.headers, text: Buffer.concat(chunks).toString() });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url, heard, close };
}
