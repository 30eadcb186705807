import { MARK, noticeContent, type RoomMessage } from "./content.js";
import { fieldOf, Homeserver, type HomeserverAnswer, type MatrixSettings } from "./homeserver.js";
import type { RoomTrouble } from "./trouble.js";

/** The room as it was found, and who the clerk is there. */
export interface RoomPlace {
  /** `!…` */
  readonly id: string;
  /** `@…:…` */
  readonly user: string;
}

/** Nothing can be sent now. `wait`: in milliseconds. */
export type Blocked =
  | { readonly kind: "limited"; readonly wait: number }
  | { readonly kind: "trouble"; readonly trouble: RoomTrouble };

export type RoomLook = { readonly kind: "ready"; readonly place: RoomPlace } | Blocked;

/** `unfit`: this message is refused, and others need not be. */
export type SendOutcome =
  | { readonly kind: "sent" }
  | { readonly kind: "unfit"; readonly code: string }
  | Blocked;

/** A homeserver may give few messages a page, or none, where others have written much. */
const MOST_PAGES = 500;
const PAGE = 100;
/** By how much a homeserver's clock may be off. */
const CLOCKS_APART = 24 * 3_600_000;

/** One room, over the client-server API: https://spec.matrix.org/latest/client-server-api/ */
export class MatrixRoom {
  readonly #server: Homeserver;
  readonly #room: string;

  constructor(settings: MatrixSettings) {
    this.#server = new Homeserver(settings);
    this.#room = settings.room;
  }

  get inFlight(): number {
    return this.#server.inFlight;
  }

  close(): void {
    this.#server.close();
  }

  /** Finds the room and who the clerk is, and whether it can be written to. `mayJoin`: takes an invitation that waits. */
  async look(mayJoin: boolean): Promise<RoomLook> {
    const who = await this.#get("/account/whoami");
    if (who.kind !== "ok") return blockedBy(who);
    const user = textIn(who, "user_id");
    if (user === null) return trouble({ kind: "unreachable", why: "it does not say whose the token is" });
    const id = await this.#id();
    if (typeof id !== "string") return id;
    const look = await this.#state({ id, user });
    if (!mayJoin || look.kind !== "trouble" || look.trouble.kind !== "not_in_room") return look;
    const joined = await this.#server.ask({
      method: "POST",
      path: `${API}/join/${part(this.#room)}`,
      body: {},
    });
    if (joined.kind === "ok") return this.#state({ id, user });
    return joined.kind === "error" && joined.status !== 401 ? look : blockedBy(joined);
  }

  /** Whether the room lets the clerk send messages, by its power levels; null: it cannot be told. */
  async lets({ id, user }: RoomPlace): Promise<boolean | null> {
    const levels = await this.#get(`/rooms/${part(id)}/state/m.room.power_levels`);
    if (levels.kind !== "ok") return null;
    const number = (value: unknown, otherwise: number) => (typeof value === "number" ? value : otherwise);
    const { body } = levels;
    const own = number(fieldOf(fieldOf(body, "users"), user), number(fieldOf(body, "users_default"), 0));
    const needed = number(
      fieldOf(fieldOf(body, "events"), "m.room.message"),
      number(fieldOf(body, "events_default"), 0),
    );
    if (own >= needed) return true;
    // Who made a room of these versions may do anything there, and stands in no list of levels: https://spec.matrix.org/latest/rooms/v12/
    const made = await this.#get(`/rooms/${part(id)}/state/m.room.create`);
    const version = made.kind === "ok" ? Number(textIn(made, "room_version")) : 0;
    return version >= 12 && fieldOf(fieldOf(body, "users"), user) === undefined ? null : false;
  }

  /** The same transaction is sent once, however often it is tried. */
  async send({ id, user }: RoomPlace, transaction: string, message: RoomMessage): Promise<SendOutcome> {
    const answer = await this.#server.ask({
      method: "PUT",
      path: `${API}/rooms/${part(id)}/send/m.room.message/${part(transaction)}`,
      body: noticeContent(message, transaction),
    });
    // What answers for a homeserver that is away may say that all is well.
    if (answer.kind === "ok" && textIn(answer, "event_id") === null)
      return trouble({ kind: "unreachable", why: "it does not say that it took the message" });
    if (answer.kind === "ok") return { kind: "sent" };
    if (answer.kind === "error" && answer.code === "M_FORBIDDEN")
      return trouble({ kind: "may_not_send", user });
    if (answer.kind === "error" && (answer.status === 400 || answer.status === 413))
      return { kind: "unfit", code: answer.code };
    return blockedBy(answer);
  }

  /** The transactions of the clerk's notices that stand in the room, back to that moment at least. */
  async told(
    { id, user }: RoomPlace,
    since: number,
  ): Promise<{ readonly kind: "read"; readonly transactions: ReadonlySet<string> } | Blocked> {
    const transactions = new Set<string>();
    const filter = JSON.stringify({ types: ["m.room.message"], senders: [user] });
    let from = "";
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const read = await this.#get(
        `/rooms/${part(id)}/messages?dir=b&limit=${PAGE}&filter=${part(filter)}${from === "" ? "" : `&from=${part(from)}`}`,
      );
      if (read.kind !== "ok") return blockedBy(read);
      const chunk = fieldOf(read.body, "chunk");
      if (!Array.isArray(chunk))
        return trouble({ kind: "unreachable", why: "it does not tell what stands in the room" });
      let oldest = Number.POSITIVE_INFINITY;
      for (const event of chunk as readonly unknown[]) {
        const [mark, at] = [fieldOf(fieldOf(event, "content"), MARK), fieldOf(event, "origin_server_ts")];
        if (typeof mark === "string" && fieldOf(event, "sender") === user) transactions.add(mark);
        if (typeof at === "number") oldest = Math.min(oldest, at);
      }
      from = textIn(read, "end") ?? "";
      // A page can be empty, where others have written much: the end is told by the token that is missing.
      if (from === "" || oldest < since - CLOCKS_APART) return { kind: "read", transactions };
    }
    return trouble({ kind: "unreachable", why: "what stands in the room cannot be read back far enough" });
  }

  async #id(): Promise<string | Blocked> {
    if (this.#room.startsWith("!")) return this.#room;
    const found = await this.#get(`/directory/room/${part(this.#room)}`);
    if (found.kind === "error" && found.status === 404) return trouble({ kind: "no_room" });
    if (found.kind !== "ok") return blockedBy(found);
    return textIn(found, "room_id") ?? trouble({ kind: "no_room" });
  }

  /** Who was removed from a room sees it as it was then; that is told when something is sent. */
  async #state(place: RoomPlace): Promise<RoomLook> {
    const encryption = await this.#get(`/rooms/${part(place.id)}/state/m.room.encryption`);
    if (encryption.kind === "ok") return trouble({ kind: "encrypted" });
    if (encryption.kind === "error" && encryption.code === "M_FORBIDDEN")
      return trouble({ kind: "not_in_room", user: place.user });
    if (!isNone(encryption)) return blockedBy(encryption);
    // An upgraded room takes messages still from who may close it, and nobody reads them.
    const tombstone = await this.#get(`/rooms/${part(place.id)}/state/m.room.tombstone`);
    if (isNone(tombstone)) return { kind: "ready", place };
    if (tombstone.kind !== "ok") return blockedBy(tombstone);
    const by = textIn(tombstone, "replacement_room");
    return trouble({ kind: "replaced", by: by !== null && ROOM_ID.test(by) ? by : null });
  }

  #get(path: string): Promise<HomeserverAnswer> {
    return this.#server.ask({ method: "GET", path: `${API}${path}` });
  }
}

const API = "/_matrix/client/v3";
const part = (text: string): string => encodeURIComponent(text);

/** It goes into a sentence. https://spec.matrix.org/latest/appendices/#room-ids */
const ROOM_ID = /^![!-~]{1,254}$/;

const isNone = (state: HomeserverAnswer): boolean => state.kind === "error" && state.code === "M_NOT_FOUND";

const trouble = (of: RoomTrouble): Blocked => ({ kind: "trouble", trouble: of });

function textIn({ body }: Extract<HomeserverAnswer, { readonly kind: "ok" }>, name: string): string | null {
  const value = fieldOf(body, name);
  return typeof value === "string" && value !== "" ? value : null;
}

function blockedBy(answer: Exclude<HomeserverAnswer, { readonly kind: "ok" }>): Blocked {
  switch (answer.kind) {
    case "limited":
      return answer;
    case "unreachable":
      return trouble(answer);
    case "error":
      return answer.status === 401 || answer.code === "M_UNKNOWN_TOKEN"
        ? trouble({ kind: "unknown_token" })
        : trouble({ kind: "refused", status: answer.status, code: answer.code });
  }
}
