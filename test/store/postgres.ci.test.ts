import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { migrate } from "../../src/store/migrate.js";
import type { Store } from "../../src/store/port.js";
import { openPostgresStore, Postgres } from "../../src/store/postgres.js";
import { beforeContract } from "./before.js";
import { line, OF, put, register, storeContract, stored } from "./contract.js";
import { crashContract } from "./crash.js";
import { asked, cutOff, noSession, withPostgres } from "./database.js";
import { migrationContract } from "./migrations.js";
import { opened, refused } from "./opened.js";

await withPostgres("on PostgreSQL", ({ fresh }) => {
  storeContract("in PostgreSQL", async () => opened(await openPostgresStore(await fresh())));
  beforeContract("in PostgreSQL", async (text) => {
    const url = await fresh();
    await asked(text, url);
    return opened(await openPostgresStore(url));
  });
  migrationContract("in PostgreSQL", async () => {
    const url = await fresh();
    return async () => new Postgres(url);
  });
  crashContract(
    "in PostgreSQL",
    async () => ({ dataDirectory: "nowhere", databaseUrl: await fresh() }),
    ({ databaseUrl }) => noSession(databaseUrl ?? ""),
  );

  describe("the database", () => {
    test("is found again, by several instances at once", async () => {
      const url = await fresh();
      const all = (await Promise.all(Array.from({ length: 4 }, () => openPostgresStore(url)))).map(opened);
      const answers = await Promise.all(all.map((store) => put(store, 1, null)));
      expect(answers.filter(({ kind }) => kind === "stored")).toHaveLength(1);
      for (const store of all) {
        expect(await store.register(OF)).toEqual(stored(register(1)));
        await store.close();
      }
    });

    test("loses every connection: what was asked then is unavailable or done whole, and the next is done", async () => {
      const url = await fresh();
      const store = opened(await openPostgresStore(url));
      let sequence = 0;
      await put(store, sequence, null);
      for (let cut = 0; cut < 10; cut += 1) {
        const ended = wait(Math.random() * 20).then(() => cutOff(url));
        let over = false;
        const cutting = ended.then(() => {
          over = true;
        });
        while (!over) {
          const answer = await put(store, sequence + 1, sequence);
          const kept = await patient(store);
          expect([sequence, sequence + 1]).toContain(kept);
          if (answer.kind === "stored") expect(kept).toBe(sequence + 1);
          else expect(answer).toMatchObject({ kind: "unavailable" });
          sequence = kept;
        }
        await cutting;
      }
      expect(await store.transitions(OF)).toEqual(
        stored(Array.from({ length: sequence + 1 }, (_, n) => line(n))),
      );
      await store.close();
    });

    test("loses its idle connections: the clerk goes on, and the next call is answered", async () => {
      const url = await fresh();
      const store = opened(await openPostgresStore(url));
      await put(store, 1, null);
      await cutOff(url);
      await wait(100);
      expect(await patient(store)).toBe(1);
      await store.close();
    });

    test("is out of reach: unavailable within seconds; it answers again by itself once it is back", async () => {
      const url = new URL(await fresh());
      const door = await Door.open(Number(url.port));
      url.port = String(door.port);
      const store = opened(await openPostgresStore(url.href));
      await put(store, 1, null);
      await door.shut();
      const why = expect.stringMatching(
        /^The database at DATABASE_URL (cannot be reached.*|refuses connections.*)\.$/,
      );
      expect(await put(store, 2, 1)).toEqual({ kind: "unavailable", why });
      expect(await store.register(OF)).toEqual({ kind: "unavailable", why });
      await door.reopen();
      expect(await put(store, 2, 1)).toEqual(stored(null));
      await store.close();
      await door.shut();
    });

    test("says nothing any more: unavailable within seconds, and again available by itself", async () => {
      const url = new URL(await fresh());
      const door = await Door.open(Number(url.port));
      url.port = String(door.port);
      const store = opened(await openPostgresStore(url.href));
      await put(store, 1, null);
      door.silent = true;
      const began = Date.now();
      expect(await put(store, 2, 1)).toMatchObject({ kind: "unavailable" });
      expect(await store.register(OF)).toMatchObject({ kind: "unavailable" });
      expect(Date.now() - began).toBeLessThan(15_000);
      door.silent = false;
      const kept = await patient(store);
      expect([1, 2]).toContain(kept);
      expect(await put(store, 3, kept)).toEqual(stored(null));
      await store.close();
      await door.shut();
    });

    test("holds a lock of somebody else's: unavailable within seconds, nothing is changed", async () => {
      const url = await fresh();
      const store = opened(await openPostgresStore(url));
      await put(store, 1, null);
      const other = new Postgres(url);
      await other.transaction(async (statements) => {
        await statements.change("LOCK TABLE clerk_registers IN SHARE MODE");
        expect(await put(store, 2, 1)).toEqual({
          kind: "unavailable",
          why: expect.stringMatching(/is held by another program|did not answer in time/),
        });
      });
      expect(await store.register(OF)).toEqual(stored(register(1)));
      expect(await put(store, 2, 1)).toEqual(stored(null));
      await Promise.all([store.close(), other.close()]);
    });

    test.each(["-c synchronous_commit=off", "-c default_transaction_isolation=serializable"])(
      "set up otherwise (%s): an acknowledged write is on the disk all the same, and writers are told of each other",
      async (setting) => {
        const url = await fresh(setting);
        const postgres = new Postgres(url);
        const show = (name: string) =>
          postgres.transaction((statements) => statements.rows(`SELECT current_setting('${name}') AS is`));
        expect(await show("synchronous_commit")).toEqual([{ is: "on" }]);
        expect(await show("transaction_isolation")).toEqual([{ is: "read committed" }]);
        await postgres.close();
      },
    );

    test("interrupted in a migration is as it was before", async () => {
      const url = await fresh();
      const postgres = new Postgres(url);
      const long = {
        number: 1,
        name: "long",
        statements: ["CREATE TABLE big (n INTEGER)", "SELECT pg_sleep(3)"],
      };
      const migrating = migrate(postgres, [long]).then(
        () => "done",
        () => "broken off",
      );
      await wait(500);
      await cutOff(url);
      expect(await migrating).toBe("broken off");
      await postgres.close();
      expect(
        await asked("SELECT to_regclass('big') AS big, to_regclass('clerk_migrations') AS number", url),
      ).toEqual([{ big: null, number: null }]);
      await opened(await openPostgresStore(url)).close();
    });
  });

  describe("a database that cannot be used is refused in words, without its address", () => {
    const why = async (url: string, change: (url: URL) => void): Promise<string> => {
      const changed = new URL(url);
      changed.password = "hunter2";
      change(changed);
      const said = refused(await openPostgresStore(changed.href));
      for (const part of ["hunter2", "127.0.0.1", "clerk_test", "nobody"]) expect(said).not.toContain(part);
      return said;
    };

    test("of a newer program", async () => {
      const url = await fresh();
      await opened(await openPostgresStore(url)).close();
      await asked("INSERT INTO clerk_migrations (number, name) VALUES (99, 'of later')", url);
      expect(await why(url, () => undefined)).toMatch(
        /^The database at DATABASE_URL was written by a newer msc-clerk \(its tables are number 99, and this one knows them up to \d+\): start the newer one\.$/,
      );
    });

    test.each<[string, (url: URL) => void, RegExp]>([
      [
        "that is not there",
        (url) => Object.assign(url, { pathname: "/nobody_knows" }),
        /does not exist: create it\.$/,
      ],
      [
        "of a user that is not there",
        (url) => Object.assign(url, { username: "nobody" }),
        /refuses the user\.$/,
      ],
      [
        "on a port where nobody listens",
        (url) => Object.assign(url, { port: "9" }),
        /refuses connections: .*\.$/,
      ],
      [
        "on a host that is not there",
        (url) => Object.assign(url, { hostname: "nobody.invalid" }),
        /cannot be found.*\.$/,
      ],
      [
        "without a schema",
        (url) => url.searchParams.set("options", "-c search_path=nobody"),
        /has no schema for the clerk: .*\.$/,
      ],
    ])("%s", async (_what, change, sentence) => {
      expect(await why(await fresh(), change)).toMatch(sentence);
    });

    test("whose user may make no tables", async () => {
      const url = await fresh();
      const role = `${new URL(url).searchParams.get("application_name")}_role`;
      await asked(`CREATE ROLE ${role} LOGIN`);
      await asked(`GRANT USAGE ON SCHEMA ${role.replace("_role", "")} TO ${role}`);
      try {
        expect(await why(url, (changed) => Object.assign(changed, { username: role }))).toMatch(
          /does not let its user do what the clerk needs: grant CREATE on the schema/,
        );
      } finally {
        await asked(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
      }
    });

    test("that keeps its texts in another encoding", async () => {
      const url = await fresh();
      const database = `${new URL(url).searchParams.get("application_name")}_latin`;
      await asked(
        `CREATE DATABASE ${database} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`,
      );
      try {
        expect(await why(url, (changed) => Object.assign(changed, { pathname: `/${database}` }))).toMatch(
          /does not keep its texts in UTF-8/,
        );
      } finally {
        await asked(`DROP DATABASE ${database} WITH (FORCE)`);
      }
    });
  });
});

/** The number kept, once it can be read. */
async function patient(store: Store): Promise<number> {
  for (;;) {
    const read = await store.register(OF);
    if (read.kind === "stored") return read.kept?.sequence ?? -1;
  }
}

/** A way to the database that can be shut, or fall silent. */
class Door {
  silent = false;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(to: number) {
    this.#server = createServer((near) => {
      const far = connect(to, "127.0.0.1");
      for (const [from, into] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(from);
        from.on("data", (data) => {
          if (!this.silent) into.write(data);
        });
        from.on("error", () => into.destroy());
        from.on("close", () => into.destroy());
      }
    });
  }

  static async open(to: number): Promise<Door> {
    const door = new Door(to);
    await new Promise<void>((resolve) => door.#server.listen(0, "127.0.0.1", resolve));
    door.port = (door.#server.address() as { port: number }).port;
    return door;
  }

  port = 0;

  async shut(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async reopen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.port, "127.0.0.1", resolve));
  }
}
