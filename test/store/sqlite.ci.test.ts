import { crashContract } from "./crash.js";
import { folder } from "./opened.js";

crashContract("in SQLite", async () => ({ dataDirectory: folder(), databaseUrl: undefined }));
