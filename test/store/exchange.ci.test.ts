import { withPostgres } from "./database.js";
import { exchangeContract } from "./exchange.js";
import { folder } from "./opened.js";

const sqlite = () => ({ dataDirectory: folder(), databaseUrl: undefined });

await withPostgres("with PostgreSQL", ({ fresh }) => {
  const postgres = async () => ({ dataDirectory: "nowhere", databaseUrl: await fresh() });
  exchangeContract("from SQLite to PostgreSQL", async () => ({ from: sqlite(), to: await postgres() }));
  exchangeContract("from PostgreSQL to SQLite", async () => ({ from: await postgres(), to: sqlite() }));
});
