import { badWeeks } from "./badWeeks.js";

badWeeks(1, 4, true);
