import { openPostgresStore, Postgres } from "../../src/store/postgres.js";
import { storeContract } from "./contract.js";
import { crashContract } from "./crash.js";
import { withPostgres } from "./database.js";
import { migrationContract } from "./migrations.js";
import { opened } from "./opened.js";

await withPostgres("on PostgreSQL", ({ fresh }) => {
  storeContract("in PostgreSQL", async () => opened(await openPostgresStore(await fresh())));
  migrationContract("in PostgreSQL", async () => {
    const url = await fresh();
    return async () => new Postgres(url);
  });
  crashContract("in PostgreSQL", async () => ({ dataDirectory: "nowhere", databaseUrl: await fresh() }));
});
