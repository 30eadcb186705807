import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export const CLERK = "@clerk:example.org";
export const TOKEN = "syt_Y2xlcms_secret";
export const ROOM = "!decisions:example.org";
export const ALIAS = "#decisions:example.org";

interface Message {
  readonly sender: string;
  readonly content: { readonly body?: string; readonly formatted_body?: string } & Readonly<
    Record<string, unknown>
  >;
  readonly at: number;
}

/** What happens to a request in place of an answer: nobody is there; it is refused; it is done and the answer is lost. */
export type HomeserverFault =
  | { readonly kind: "down" }
  | {
      readonly kind: "status";
      readonly status: number;
      readonly body?: object;
      readonly headers?: Record<string, string>;
    }
  | { readonly kind: "answer_lost" };

/**
 * A homeserver on this machine, as far as the clerk asks one: one room, told apart by the client-server API's own answers.
 * https://spec.matrix.org/latest/client-server-api/
 */
export class StandInHomeserver {
  /** By access token: whose it is, and of which device. */
  readonly tokens = new Map([[TOKEN, { user: CLERK, device: "CLERK1" }]]);
  readonly members = new Map<string, "join" | "invite" | "leave">([[CLERK, "join"]]);
  readonly aliases = new Map([[ALIAS, ROOM]]);
  readonly messages: Message[] = [];
  /** Of requests, with what they were signed by. */
  readonly asked: { readonly method: string; readonly path: string; readonly token: string }[] = [];
  /** By device and path (https://spec.matrix.org/latest/client-server-api/#transaction-identifiers). */
  readonly #transactions = new Map<string, string>();
  encrypted = false;
  /** The room that took this one's place; null: it is in use. */
  replacedBy: string | null = null;
  version = "11";
  levels: object = { users: {}, users_default: 0, events_default: 0 };
  now: () => number = Date.now;
  /** Asked before each request. */
  fault: (method: string, path: string) => HomeserverFault | null = () => null;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      void this.#serve(request, response);
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** What the clerk has said, in order. */
  get said(): readonly string[] {
    return this.messages.filter(({ sender }) => sender === CLERK).map(({ content }) => content.body ?? "");
  }

  /** As after a restart, or a day later. */
  forgetTransactions(): void {
    this.#transactions.clear();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "" } = request;
    const url = new URL(request.url ?? "", "http://homeserver");
    let text = "";
    for await (const piece of request) text += String(piece);
    const token = /^Bearer (.*)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
    this.asked.push({ method, path: url.pathname, token });
    const fault = this.fault(method, url.pathname);
    if (fault?.kind === "down") return void request.socket.destroy();
    if (fault?.kind === "status") {
      const { status, body = { errcode: "M_UNKNOWN", error: "" }, headers = {} } = fault;
      return answer(response, status, body, headers);
    }
    const [status, body] = this.#answer(method, url, token, text === "" ? {} : JSON.parse(text));
    if (fault?.kind === "answer_lost") return void request.socket.destroy();
    answer(response, status, body);
  }

  #answer(method: string, url: URL, token: string, body: Message["content"]): readonly [number, object] {
    if (token === "") return refused(401, "M_MISSING_TOKEN");
    const who = this.tokens.get(token);
    if (who === undefined)
      return [401, { errcode: "M_UNKNOWN_TOKEN", error: "Unrecognised", soft_logout: false }];
    const [, api = "", ...parts] = /^\/_matrix\/client\/v3\/([^/]+)(?:\/(.*))?$/.exec(url.pathname) ?? [];
    const path = [api, ...(parts[0] ?? "").split("/")].map(decodeURIComponent);
    switch (`${method} ${api}`) {
      case "GET account":
        return [200, { user_id: who.user, device_id: who.device, is_guest: false }];
      case "GET directory": {
        const id = this.aliases.get(path[2] ?? "");
        return id === undefined
          ? refused(404, "M_NOT_FOUND")
          : [200, { room_id: id, servers: ["example.org"] }];
      }
      case "POST join": {
        const known = path[1] === ROOM || this.aliases.get(path[1] ?? "") === ROOM;
        if (!known || !["join", "invite"].includes(this.members.get(who.user) ?? ""))
          return refused(403, "M_FORBIDDEN");
        this.members.set(who.user, "join");
        return [200, { room_id: ROOM }];
      }
      case "GET rooms":
        return this.#inRoom(path.slice(1), who.user, url);
      case "PUT rooms":
        return this.#send(url.pathname, path.slice(1), who, body);
      default:
        return refused(404, "M_UNRECOGNIZED");
    }
  }

  #inRoom([room, what, type]: readonly string[], user: string, url: URL): readonly [number, object] {
    const membership = room === ROOM ? this.members.get(user) : undefined;
    if (membership !== "join" && membership !== "leave") return refused(403, "M_FORBIDDEN");
    if (what === "messages") return [200, this.#page(url.searchParams)];
    if (what !== "state") return refused(404, "M_UNRECOGNIZED");
    if (type === "m.room.encryption" && this.encrypted) return [200, { algorithm: "m.megolm.v1.aes-sha2" }];
    if (type === "m.room.tombstone" && this.replacedBy !== null)
      return [200, { body: "This room has been replaced", replacement_room: this.replacedBy }];
    if (type === "m.room.create") return [200, { room_version: this.version }];
    if (type === "m.room.power_levels") return [200, this.levels];
    return refused(404, "M_NOT_FOUND");
  }

  /** Newest first, and never as many as were asked for. */
  #page(asked: URLSearchParams): object {
    const { senders } = JSON.parse(asked.get("filter") ?? "{}") as { readonly senders?: readonly string[] };
    const all = this.messages.toReversed();
    const from = Number(asked.get("from") ?? 0);
    const upTo = from + Math.min(Number(asked.get("limit") ?? 10), 7);
    const chunk = all
      .slice(from, upTo)
      .filter(({ sender }) => senders?.includes(sender) ?? true)
      .map(({ sender, content, at }) => ({ type: "m.room.message", sender, content, origin_server_ts: at }));
    return { start: String(from), chunk, ...(upTo < all.length ? { end: String(upTo) } : {}) };
  }

  #send(
    pathname: string,
    [room, what, type]: readonly string[],
    { user, device }: { readonly user: string; readonly device: string },
    content: Message["content"],
  ): readonly [number, object] {
    if (what !== "send" || type !== "m.room.message") return refused(404, "M_UNRECOGNIZED");
    const key = `${device} ${pathname}`;
    const before = this.#transactions.get(key);
    if (before !== undefined) return [200, { event_id: before }];
    if (room !== ROOM || this.members.get(user) !== "join") return refused(403, "M_FORBIDDEN");
    if ((this.levels as { readonly events_default: number }).events_default > 0)
      return refused(403, "M_FORBIDDEN");
    this.messages.push({ sender: user, content, at: this.now() });
    const event = `$${this.messages.length}`;
    this.#transactions.set(key, event);
    return [200, { event_id: event }];
  }
}

const refused = (status: number, errcode: string): readonly [number, object] => [
  status,
  { errcode, error: "No." },
];

function answer(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}
