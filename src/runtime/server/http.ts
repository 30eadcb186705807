import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { errorMessage, type Log } from "../../platform/log.js";
import { SparingLog } from "../../platform/sparingLog.js";
import { Connections } from "./connections.js";

export { LARGEST_BODY } from "./bodies.js";

/** Returns true when it took the request; what none takes is answered with 404. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;

/** How long a client may take to send a request, in milliseconds; Node checks once a second. */
const TIMES = {
  headersTimeout: 5_000,
  /** The body included; a webhook's has a pace to keep besides (`bodies.ts`). */
  requestTimeout: 15_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
} as const;
/** Without a byte in either direction; also for a client that asks and does not read the answer. */
const SILENCE = 15_000;

/** The variables that say where a server listens, for whoever has to change them. */
export interface PlaceNames {
  readonly port: string;
  readonly host: string;
}

export const WEBHOOKS_PORT: PlaceNames = { port: "PORT", host: "HOST" };
export const PAGES_PORT: PlaceNames = { port: "PAGES_PORT", host: "PAGES_HOST" };

/** An HTTP server: asks its handlers one after the other. */
export class HttpServer {
  readonly #server: Server;
  readonly #names: PlaceNames;

  constructor(handlers: () => readonly Handler[], log: Log, names: PlaceNames = WEBHOOKS_PORT) {
    this.#names = names;
    const connections = new Connections();
    const faults = new SparingLog(log);
    const answerTo = (request: IncomingMessage, response: ServerResponse) => {
      connections.spoke(request.socket);
      // A body that was not read would be taken for the next request.
      response.once("finish", () => request.complete || request.socket.destroySoon());
      void answer(handlers(), request, response).catch((thrown: unknown) => {
        if (request.destroyed && !request.complete) return; // the client is gone
        faults.warn("A request could not be answered.", {
          path: pathOf(request).slice(0, 100),
          error: errorMessage(thrown),
        });
        if (!response.headersSent) response.writeHead(500, PLAIN);
        response.end("The clerk could not answer this.\n");
      });
    };
    this.#server = createServer(TIMES, answerTo)
      // No client is told to continue before its head was checked: the handler that takes the body tells it.
      .on("checkContinue", answerTo)
      .on("connection", (socket) => connections.opened(socket))
      .setTimeout(SILENCE);
  }

  /** Resolves with the address once it listens; port 0 takes a free one. Rejects with a plain sentence when it cannot. */
  listen(port: number, host: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", (error: NodeJS.ErrnoException) =>
        reject(new Error(whyNot(error, port, host, this.#names))),
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

/** Answers with one sentence and ends the connection, so that nothing more of the request is read. */
export function refuse(
  response: ServerResponse,
  status: number,
  sentence: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { ...PLAIN, ...headers, connection: "close" }).end(`${sentence}\n`);
}

const urlOf = ({ address, family, port }: AddressInfo): string =>
  `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;

function whyNot(error: NodeJS.ErrnoException, port: number, host: string, names: PlaceNames): string {
  switch (error.code) {
    case "EADDRINUSE":
      return `Port ${port} is in use already: set ${names.port} to another one.`;
    case "EACCES":
      return `Port ${port} may not be opened by this user: set ${names.port} to one above 1023.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${names.host} is ${host}, which is no address of this machine.`;
    default:
      return `Cannot listen on ${host}:${port} (${error.message}).`;
  }
}
