import { inMemoryStore } from "../../src/store/inMemory.js";
import { openSqliteStore } from "../../src/store/sqlite.js";
import { storeContract } from "./contract.js";
import { folder, opened } from "./opened.js";

storeContract("in memory", async () => inMemoryStore());
storeContract("in SQLite", async () => opened(await openSqliteStore(folder())));
