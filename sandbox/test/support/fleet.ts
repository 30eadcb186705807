import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { systemClock } from "msc-clerk/platform/systemClock.js";
import { newSandbox, newSecrets } from "../../src/clerk.js";
import { MEMBERS, matrixConfig, OTHERS, withoutForm } from "../../src/roster.js";
import type { Sandbox } from "../../src/sandbox.js";

/**
 * One App on many organizations: a sandbox for each, behind one address that finds the one a request is meant for by its token. And one address
 * for all webhooks, from which each goes to the next of the clerk's instances that answers, as a load balancer has it.
 */
export class Fleet {
  readonly secrets = newSecrets();
  readonly sandboxes: readonly Sandbox[];
  /** Where the clerk's instances listen. */
  instances: readonly string[] = [];
  readonly #tokens = new Map<string, Sandbox>();
  readonly #servers: Server[] = [];
  #turn = 0;

  constructor(size: number) {
    this.sandboxes = Array.from({ length: size }, (_, serial) => {
      const sandbox = newSandbox(this.secrets, {
        clock: systemClock,
        owner: `org-${serial}`,
        repository: { name: "proposals" },
        serial,
      });
      for (const { login, id, level } of [...MEMBERS, ...OTHERS]) sandbox.addUser(login, { id, level });
      sandbox.as("ara4n").createLabel("proposal");
      sandbox.as("ara4n").pushTo(null, { ".github/msc-clerk.yml": withoutForm(matrixConfig()) });
      return sandbox;
    });
  }

  /** Resolves with the address of the API. */
  async listen(): Promise<string> {
    for (const sandbox of this.sandboxes) await sandbox.listen();
    const api = await this.#serve((from, to) => this.#api(from, to));
    const hooks = await this.#serve((from, to) => this.#webhook(from, to));
    for (const sandbox of this.sandboxes) sandbox.webhooksTo(`${hooks}/api/github/webhooks`);
    return api;
  }

  async close(): Promise<void> {
    for (const server of this.#servers) {
      server.close();
      server.closeAllConnections();
    }
    for (const sandbox of this.sandboxes) await sandbox.close();
  }

  async #serve(handle: (from: IncomingMessage, to: ServerResponse) => Promise<void>): Promise<string> {
    const server = createServer((from, to) => {
      void handle(from, to).catch(() => to.destroy());
    });
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async #api(from: IncomingMessage, to: ServerResponse): Promise<void> {
    const body = await bodyOf(from);
    const path = from.url ?? "/";
    if (/^\/app\/installations(\?|$)/.test(path)) {
      const lists = await Promise.all(this.sandboxes.map((sandbox) => sent(sandbox.url, from, body)));
      to.writeHead(200, { "content-type": "application/json", date: new Date().toUTCString() });
      to.end(JSON.stringify(lists.flatMap(({ text }) => JSON.parse(text) as unknown[])));
      return;
    }
    const wanted = /^\/app\/installations\/(\d+)\/access_tokens/.exec(path);
    const token = /^token\s+(\S+)$/i.exec(from.headers.authorization ?? "")?.[1] ?? "";
    const named = wanted === null ? this.#tokens.get(token) : this.sandboxes[Number(wanted[1]) - 52_000_001];
    const sandbox = named ?? this.sandboxes[0];
    if (sandbox === undefined) return;
    const { status, headers, text } = await sent(sandbox.url, from, body);
    if (wanted !== null) this.#tokens.set((JSON.parse(text) as { token: string }).token, sandbox);
    to.writeHead(status, headers).end(text);
  }

  async #webhook(from: IncomingMessage, to: ServerResponse): Promise<void> {
    const body = await bodyOf(from);
    for (let tries = 0; tries < this.instances.length; tries += 1) {
      this.#turn += 1;
      const instance = this.instances[this.#turn % this.instances.length] ?? "";
      try {
        const { status } = await sent(instance, from, body, 1_000);
        to.writeHead(status).end();
        return;
      } catch {
        // It is gone, or hangs: the next.
      }
    }
    to.writeHead(502).end();
  }
}

async function bodyOf(from: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of from) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function sent(base: string, from: IncomingMessage, body: Buffer, patience = 30_000) {
  return new Promise<{ status: number; headers: IncomingMessage["headers"]; text: string }>(
    (resolve, reject) => {
      const { host: _, connection: __, ...headers } = from.headers;
      const out = request(`${base}${from.url}`, { method: from.method ?? "GET", headers, timeout: patience });
      out.once("timeout", () => out.destroy(new Error("no answer")));
      out.once("error", reject);
      out.once("response", (response) => {
        bodyOf(response).then((answer) => {
          const { "transfer-encoding": ___, connection: ____, ...given } = response.headers;
          resolve({ status: response.statusCode ?? 502, headers: given, text: answer.toString("utf8") });
        }, reject);
      });
      out.end(body);
    },
  );
}
