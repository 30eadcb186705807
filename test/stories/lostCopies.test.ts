import { copiesLost } from "./lostCopies.js";

// One seed for the edit loop; `npm run ci` runs more.
copiesLost([1]);
