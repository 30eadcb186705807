import { openPostgresStore } from "../../src/store/postgres.js";
import { storeContract } from "./contract.js";
import { withPostgres } from "./database.js";
import { opened } from "./opened.js";

await withPostgres("on PostgreSQL", ({ fresh }) => {
  storeContract("in PostgreSQL", async () => opened(await openPostgresStore(await fresh())));
});
