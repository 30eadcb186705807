import { copiesLost } from "./lostCopies.js";

/** Each takes eight seconds. Whoever wants more says so: `LOST_COPIES=20 npm run test:ci -- lostCopies` */
const MANY = Number(process.env.LOST_COPIES ?? 3);

copiesLost(Array.from({ length: MANY }, (_, at) => at + 1));
