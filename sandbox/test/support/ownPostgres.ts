import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A PostgreSQL of one's own, which can be stopped and started: the one that everybody uses may not be. */
export class OwnPostgres {
  readonly url: string;
  readonly #bin: string;
  readonly #directory: string;
  readonly #port: number;
  readonly #user: { readonly uid?: number; readonly gid?: number };

  private constructor(bin: string, port: number) {
    this.#bin = bin;
    this.#port = port;
    this.#directory = mkdtempSync(join(tmpdir(), "msc-clerk-postgres-"));
    this.#user = unprivileged();
    if (this.#user.uid !== undefined) chownSync(this.#directory, this.#user.uid, this.#user.gid ?? 0);
    this.#run("initdb", ["--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8"]);
    this.url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  }

  /** null: its programs are not on this machine. */
  static async made(): Promise<OwnPostgres | null> {
    const root = "/usr/lib/postgresql";
    const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
    const bin = versions
      .map((version) => join(root, version, "bin"))
      .find((one) => existsSync(join(one, "initdb")));
    if (bin === undefined) return null;
    const own = new OwnPostgres(bin, await freePort());
    own.start();
    return own;
  }

  start(): void {
    const options = `-c listen_addresses=127.0.0.1 -c port=${this.#port} -c unix_socket_directories='' -c fsync=off`;
    this.#run("pg_ctl", ["-w", "-o", options, "-l", join(this.#directory, "log"), "start"]);
  }

  /** Cuts every session. */
  stop(): void {
    this.#run("pg_ctl", ["-w", "-m", "fast", "stop"]);
  }

  remove(): void {
    try {
      this.#run("pg_ctl", ["-w", "-m", "immediate", "stop"]);
    } catch {
      // It does not run.
    }
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #run(program: string, args: readonly string[]): void {
    execFileSync(join(this.#bin, program), ["-D", this.#directory, ...args], {
      ...this.#user,
      cwd: "/",
      stdio: "ignore",
    });
  }
}

/** PostgreSQL does not run as root. */
function unprivileged(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const of = (what: string) => Number(execFileSync("id", [what, "postgres"], { encoding: "utf8" }));
  return { uid: of("-u"), gid: of("-g") };
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
