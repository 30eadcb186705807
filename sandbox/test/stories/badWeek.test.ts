import { badWeeks } from "./badWeeks.js";

// As many as the edit loop has time for; `npm run ci` runs 200.
badWeeks(1, 3);
