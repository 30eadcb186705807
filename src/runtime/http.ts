import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Log, said } from "./log.js";

/** Returns true when it took the request; what none takes is answered with 404. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;

/** GitHub sends at most 25 MB (https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap). */
export const LARGEST_BODY = 25 * 1024 * 1024;

/** The one HTTP server: asks its handlers one after the other. */
export class HttpRooms {
  readonly #server: Server;

  constructor(handlers: () => readonly Handler[], log: Log) {
    this.#server = createServer((request, response) => {
      void answer(handlers(), request, response).catch((thrown: unknown) => {
        if (request.destroyed && !request.complete) return; // whoever asked is gone
        log.error("A request could not be answered.", { path: pathOf(request), error: said(thrown) });
        if (!response.headersSent) response.writeHead(500, PLAIN);
        response.end("The clerk could not answer this.\n");
      });
    });
    this.#server.requestTimeout = 30_000;
  }

  /** Resolves with the address once it listens; port 0 takes a free one. Rejects with a plain sentence when it cannot. */
  listen(port: number, host: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", (error: NodeJS.ErrnoException) =>
        reject(new Error(whyNot(error, port, host))),
      );
      this.#server.listen({ port, host }, () => {
        const address = this.#server.address();
        resolve(typeof address === "object" && address !== null ? urlOf(address) : `http://${host}:${port}`);
      });
    });
  }

  /** Takes no new connection, lets those under way end for a second, then cuts them. */
  close(): Promise<void> {
    if (!this.#server.listening) return Promise.resolve();
    return new Promise((resolve) => {
      const cut = setTimeout(() => this.#server.closeAllConnections(), 1000);
      this.#server.close(() => {
        clearTimeout(cut);
        resolve();
      });
      this.#server.closeIdleConnections();
    });
  }

  /** Cuts everything at once. */
  kill(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

const PLAIN = { "content-type": "text/plain; charset=utf-8" };

async function answer(
  handlers: readonly Handler[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const handler of handlers) if (await handler(request, response)) return;
  response.writeHead(404, PLAIN).end("There is nothing here.\n");
}

export const pathOf = (request: IncomingMessage): string => (request.url ?? "/").split("?", 1)[0] ?? "/";

/**
 * Reads the body of a webhook within bounds and leaves it where Octokit's middleware looks for one that was read already.
 * Answers 413 and returns false when it is too large.
 */
export async function withBoundedBody(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request) {
    size += piece.length;
    if (size > LARGEST_BODY) {
      response.writeHead(413, { ...PLAIN, connection: "close" }).end("More than GitHub ever sends.\n");
      return false;
    }
    pieces.push(piece);
  }
  Object.assign(request, { body: {}, rawBody: Buffer.concat(pieces) });
  return true;
}

const urlOf = ({ address, family, port }: AddressInfo): string =>
  `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;

function whyNot(error: NodeJS.ErrnoException, port: number, host: string): string {
  switch (error.code) {
    case "EADDRINUSE":
      return `Port ${port} is in use already: set PORT to another one.`;
    case "EACCES":
      return `Port ${port} may not be opened by this user: set PORT to one above 1023.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `HOST is ${host}, which is no address of this machine.`;
    default:
      return `Cannot listen on ${host}:${port} (${error.message}).`;
  }
}
