import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";

const SERVER = "postgresql://postgres@127.0.0.1:5432/test";

/** The server's own view, without the clerk's timeouts: to look behind a store's back. */
export async function asked(text: string, url = SERVER): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** What the server's own list calls the sessions of this address. */
const sessionsOf = (url: string): string =>
  `FROM pg_stat_activity WHERE application_name = '${new URL(url).searchParams.get("application_name")}' AND pid <> pg_backend_pid()`;

/** Ends every session of this address, as a restart of the server does. */
export async function cutOff(url: string): Promise<void> {
  await asked(`SELECT pg_terminate_backend(pid) ${sessionsOf(url)}`);
}

/** Resolves when the server has no session of this address any more. */
export async function noSession(url: string): Promise<void> {
  while ((await asked(`SELECT pid ${sessionsOf(url)}`)).length > 0)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

export interface Schemas {
  /** The address of a new, empty schema; `more`: other settings of its sessions. */
  readonly fresh: (more?: string) => Promise<string>;
}

/**
 * Tests on the PostgreSQL of this machine, each in schemas of its own that are dropped at the end. Where there is none they are skipped
 * and say so; CI has one, and its absence there is a failure.
 */
export async function withPostgres(name: string, tests: (schemas: Schemas) => void): Promise<void> {
  const fault = await asked("SELECT 1").then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message || error.name : String(error)),
  );
  if (fault !== null) {
    const why = `${name}: skipped, as no PostgreSQL answers at ${SERVER} (${fault})`;
    if (process.env.CI) test(name, () => expect.fail(why));
    else describe.skip(why, () => test("needs PostgreSQL", () => undefined));
    return;
  }
  describe(name, () => {
    const made: string[] = [];
    afterAll(async () => {
      for (const schema of made) await asked(`DROP SCHEMA ${schema} CASCADE`);
    });
    tests({
      fresh: async (more = "") => {
        const schema = `clerk_test_${randomBytes(8).toString("hex")}`;
        await asked(`CREATE SCHEMA ${schema}`);
        made.push(schema);
        const options = encodeURIComponent(`-c search_path=${schema} ${more}`.trim());
        return `${SERVER}?application_name=${schema}&options=${options}`;
      },
    });
  });
}
