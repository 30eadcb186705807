import { copiesLost } from "./lostCopies.js";

copiesLost([1, 2, 3, 4, 5]);
