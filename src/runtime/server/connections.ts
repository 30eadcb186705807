import { BlockList } from "node:net";

/** The little of a socket that is used. */
export interface SocketRecord {
  readonly remoteAddress?: string | undefined;
  destroy(): unknown;
  once(event: "close", listener: () => void): unknown;
}

/** `bodies.ts` relies on this: 64 MB by 256 connections leave each at least 256 KB. */
export const MOST_CONNECTIONS = 256;
/** GitHub sends from a few addresses, and dozens of webhooks at once when a label is put on dozens of proposals. */
const MOST_OF_ONE_ADDRESS = 64;

/**
 * How many connections are open, in all and from one public address. A new one is always let in: when there is no room, the one
 * goes that has been silent for longest. So somebody who holds connections open loses them to others who send a request, and
 * GitHub is not locked out: its webhook is whole within a moment, long before 256 others have come.
 *
 * Connections from loopback and private addresses are those of a reverse proxy, all GitHub's among them: only the sum counts.
 */
export class Connections {
  readonly #most: number;
  readonly #mostOfOne: number;
  /** Longest silent first. */
  readonly #open = new Map<SocketRecord, string | null>();

  constructor({ most = MOST_CONNECTIONS, mostOfOneAddress = MOST_OF_ONE_ADDRESS } = {}) {
    this.#most = most;
    this.#mostOfOne = mostOfOneAddress;
  }

  get size(): number {
    return this.#open.size;
  }

  opened(connection: SocketRecord): void {
    const network = networkOf(connection.remoteAddress ?? "");
    if (network !== null) {
      const same = [...this.#open].filter(([, other]) => other === network).map(([other]) => other);
      if (same.length >= this.#mostOfOne) this.#cut(same[0]);
    }
    if (this.#open.size >= this.#most) this.#cut(this.#open.keys().next().value);
    this.#open.set(connection, network);
    connection.once("close", () => this.#open.delete(connection));
  }

  /** The head of a request has come over it. */
  spoke(connection: SocketRecord): void {
    const network = this.#open.get(connection);
    if (network === undefined) return;
    this.#open.delete(connection);
    this.#open.set(connection, network);
  }

  #cut(connection: SocketRecord | undefined): void {
    if (connection === undefined) return;
    this.#open.delete(connection);
    connection.destroy();
  }
}

const OWN = new BlockList();
for (const [network, bits] of [
  ["127.0.0.0", 8],
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["169.254.0.0", 16],
  ["100.64.0.0", 10],
] as const) {
  OWN.addSubnet(network, bits, "ipv4");
}
OWN.addAddress("::1", "ipv6");
OWN.addSubnet("fc00::", 7, "ipv6");
OWN.addSubnet("fe80::", 10, "ipv6");

/**
 * What counts as one address: an IPv4 address, or the /64 of an IPv6 one, as that much is given to every household. null: it is
 * loopback or private.
 */
export function networkOf(address: string): string | null {
  const [bare = ""] = address.replace(/^::ffff:(?=\d+\.)/i, "").split("%");
  if (bare === "" || OWN.check(bare, bare.includes(":") ? "ipv6" : "ipv4")) return null;
  if (!bare.includes(":")) return bare;
  const [head = "", tail] = bare.split("::");
  const groups = (part: string) => part.split(":").filter((group) => group !== "");
  const [before, after] = [groups(head), groups(tail ?? "")];
  const gap = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array<string>(Math.max(0, gap)).fill("0"), ...after].slice(0, 4).join(":");
}
