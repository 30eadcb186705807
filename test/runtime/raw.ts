import { connect, type Socket } from "node:net";

/** A connection that sends just what it is told, as no decent client would. */
export interface Raw {
  readonly socket: Socket;
  /** What has come back so far. */
  heard(): string;
  /** The status line's number, once there is one. */
  status(): Promise<number>;
  readonly closed: Promise<void>;
  /** Resolves when it was taken by the other side, or the line is gone. */
  send(data: string | Buffer): Promise<void>;
}

export async function raw(url: string, head = ""): Promise<Raw> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let heard = "";
  socket.on("error", () => {});
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  socket.setEncoding("latin1").on("data", (text: string) => {
    heard += text;
  });
  await new Promise<void>((resolve) => socket.once("connect", resolve));
  if (head !== "") socket.write(head);
  return {
    socket,
    heard: () => heard,
    closed,
    status: async () => {
      const found = () => /^HTTP\/1\.1 (\d+)/.exec(heard)?.[1];
      while (found() === undefined && !socket.destroyed) await new Promise((r) => setTimeout(r, 2));
      return Number(found() ?? 0);
    },
    send: (data) =>
      new Promise((resolve) => {
        if (socket.destroyed) return resolve();
        socket.write(data, () => resolve());
        void closed.then(resolve);
      }),
  };
}
