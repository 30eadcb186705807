import { connect, createServer, type Server, type Socket } from "node:net";

/** A line to PostgreSQL that can break as lines do. */
export class Line {
  readonly url: string;
  readonly #server: Server;
  readonly #ends: { readonly near: Socket; readonly far: Socket }[] = [];
  readonly #left: Socket[] = [];
  #breakAfter: string | null = null;

  private constructor(server: Server, url: string) {
    this.#server = server;
    this.url = url;
  }

  /** `late`: how many milliseconds each piece takes to the server. */
  static async to(url: string, late = 0): Promise<Line> {
    const { hostname, port } = new URL(url);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const own = new URL(url);
    own.port = String(typeof address === "object" && address !== null ? address.port : 0);
    const line = new Line(server, own.href);
    server.on("connection", (near) => {
      const far = connect(Number(port), hostname);
      for (const end of [near, far]) end.on("error", () => undefined);
      if (late === 0) near.pipe(far);
      else near.on("data", (piece) => setTimeout(() => far.write(piece), late)).on("end", () => far.end());
      far.pipe(near);
      near.on("data", (piece) => {
        if (line.#breakAfter === null || !piece.includes(line.#breakAfter)) return;
        line.#breakAfter = null;
        line.breakUnseen();
      });
      line.#ends.push({ near, far });
    });
    return line;
  }

  /** As soon as this was sent, before it is answered. */
  breakAfter(question: string): void {
    this.#breakAfter = question;
  }

  /** Every connection is gone for whoever made it, and the server is not told. */
  breakUnseen(): void {
    for (const { near, far } of this.#ends.splice(0)) {
      near.unpipe(far);
      far.unpipe(near);
      near.destroy();
      this.#left.push(far);
    }
  }

  close(): void {
    this.#server.close();
    for (const { near, far } of this.#ends) for (const end of [near, far]) end.destroy();
    for (const end of this.#left) end.destroy();
  }
}
