import { EventEmitter } from "node:events";
import type { IncomingMessage } from "node:http";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type LogFacts, silentLog } from "../../src/platform/log.js";
import { SparingLog } from "../../src/platform/sparingLog.js";
import { Bodies, type Body } from "../../src/runtime/server/bodies.js";
import { Connections, networkOf } from "../../src/runtime/server/connections.js";

const KB = 1024;

class Sent extends EventEmitter {
  pause() {
    return this;
  }
  piece(bytes: number): this {
    this.emit("data", Buffer.alloc(bytes, "x"));
    return this;
  }
}

describe("bodies under way", () => {
  let bodies: Bodies;
  beforeEach(() => {
    vi.useFakeTimers();
    bodies = new Bodies(1024 * KB);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function begin(length: number): { sent: Sent; came: Promise<Body>; now: () => Body | null } {
    const sent = new Sent();
    let ended: Body | null = null;
    const came = bodies.read(sent as unknown as IncomingMessage, length, () => {});
    void came.then((body) => {
      ended = body;
    });
    return { sent, came, now: () => ended };
  }
  const settle = () => vi.advanceTimersByTimeAsync(0);

  test("what was announced takes no room, what has come does, until it is released", async () => {
    const { sent, came } = begin(300 * KB);
    expect(bodies.held).toBe(0);
    sent.piece(1);
    expect(bodies.held).toBe(64 * KB);
    for (let at = 1; at < 300 * KB; at += KB) sent.piece(Math.min(KB, 300 * KB - at));
    expect(bodies.held).toBe(300 * KB);
    sent.emit("end");
    sent.emit("close");
    const body = await came;
    expect(body.kind === "whole" && body.bytes.length).toBe(300 * KB);
    expect(bodies.held).toBe(300 * KB);
    if (body.kind === "whole") body.release();
    expect(bodies.held).toBe(0);
  });

  test("a thousand pieces of a byte take no more room than one of a thousand", () => {
    const { sent } = begin(2000);
    for (let count = 0; count < 1000; count += 1) sent.piece(1);
    expect(bodies.held).toBe(2000);
  });

  test("exactly the room there is may be filled; a byte more, and the largest goes for a smaller one", async () => {
    const large = begin(600 * KB);
    large.sent.piece(600 * KB);
    const second = begin(424 * KB);
    second.sent.piece(424 * KB);
    await settle();
    expect([large.now(), second.now(), bodies.held]).toEqual([null, null, 1024 * KB]);
    begin(1).sent.piece(1);
    await settle();
    expect(large.now()).toMatchObject({ kind: "refused", status: 503 });
    expect(second.now()).toBe(null);
    expect(bodies.held).toBe(424 * KB + 1);
  });

  test("the largest is not let in at the cost of smaller ones", async () => {
    const small = begin(500 * KB);
    small.sent.piece(500 * KB);
    const large = begin(525 * KB);
    large.sent.piece(525 * KB);
    await settle();
    expect(large.now()).toMatchObject({ kind: "refused", status: 503 });
    expect(small.now()).toBe(null);
    const same = begin(500 * KB);
    same.sent.piece(500 * KB);
    await settle();
    expect(same.now()).toBe(null);
  });

  test("who goes away leaves no room taken", async () => {
    const { sent, came } = begin(10 * KB);
    sent.piece(5 * KB).emit("close");
    expect(await came).toEqual({ kind: "gone" });
    expect(bodies.held).toBe(0);
  });

  test("a body must be half there when half the time after its head start is over, and whole after ten seconds", async () => {
    const half = begin(1000);
    const less = begin(1000);
    half.sent.piece(500);
    less.sent.piece(499);
    await vi.advanceTimersByTimeAsync(6000);
    expect(half.now()).toBe(null);
    expect(less.now()).toMatchObject({ kind: "refused", status: 408 });
    half.sent.piece(499);
    await vi.advanceTimersByTimeAsync(3500);
    expect(half.now()).toBe(null);
    await vi.advanceTimersByTimeAsync(500);
    expect(half.now()).toMatchObject({ kind: "refused", status: 408 });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("connections", () => {
  class Line extends EventEmitter {
    cut = false;
    constructor(readonly remoteAddress: string) {
      super();
    }
    destroy() {
      this.cut = true;
      this.emit("close");
    }
  }
  const open = (connections: Connections, address: string) => {
    const line = new Line(address);
    connections.opened(line);
    return line;
  };

  test("of one public address there are so many and no more; others are not touched", () => {
    const connections = new Connections({ most: 10, mostOfOneAddress: 3 });
    const other = open(connections, "192.0.2.7");
    const lines = Array.from({ length: 5 }, () => open(connections, "198.51.100.1"));
    expect(lines.map(({ cut }) => cut)).toEqual([true, true, false, false, false]);
    expect(other.cut).toBe(false);
    expect(connections.size).toBe(4);
  });

  test("in all there are so many; the one silent for longest goes, not the one that spoke", () => {
    const connections = new Connections({ most: 3, mostOfOneAddress: 3 });
    const [first, second, third] = ["127.0.0.1", "127.0.0.1", "192.0.2.1"].map((one) =>
      open(connections, one),
    );
    if (first !== undefined) connections.spoke(first);
    open(connections, "192.0.2.2");
    expect([first?.cut, second?.cut, third?.cut]).toEqual([false, true, false]);
    expect(connections.size).toBe(3);
  });

  test("one that has ended takes no place, and speaks no more", () => {
    const connections = new Connections({ most: 2 });
    const line = open(connections, "192.0.2.1");
    line.emit("close");
    connections.spoke(line);
    expect(connections.size).toBe(0);
  });

  test.each([
    "127.0.0.1",
    "::1",
    "::ffff:10.1.2.3",
    "172.31.255.255",
    "192.168.1.1",
    "fe80::1%eth0",
    "fd00::5",
    "",
  ])("“%s” is no network of a stranger's", (address) => {
    expect(networkOf(address)).toBeNull();
  });

  test.each([
    ["172.32.0.0", "172.32.0.0"],
    ["140.82.115.1", "140.82.115.1"],
    ["::ffff:140.82.115.1", "140.82.115.1"],
    ["2a0a:a440:1:2:3:4:5:6", "2a0a:a440:1:2"],
    ["2a0a:a440::1", "2a0a:a440:0:0"],
    ["2a0a:a440:1::5:6:7:8", "2a0a:a440:1:0"],
  ])("%s counts as %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe("the log of what strangers can cause", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test("has ten lines a minute, then one with the count of the rest, then begins anew", () => {
    vi.useFakeTimers();
    const lines: [string, LogFacts | undefined][] = [];
    const log = new SparingLog({ ...silentLog, warn: (...line) => void lines.push([line[0], line[1]]) });
    for (let count = 0; count < 1000; count += 1) log.warn("Refused.", { count });
    expect(lines).toHaveLength(10);
    vi.advanceTimersByTime(59_999);
    expect(lines).toHaveLength(10);
    vi.advanceTimersByTime(1);
    expect(lines.slice(10)).toEqual([[expect.stringMatching(/^Further requests/), { further: 990 }]]);
    for (let count = 0; count < 10; count += 1) log.warn("Refused.", { count });
    vi.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(21);
  });
});
