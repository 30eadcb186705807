import { inMemoryStore } from "../../src/store/inMemory.js";
import { storeContract } from "./contract.js";

storeContract("in memory", async () => inMemoryStore());
