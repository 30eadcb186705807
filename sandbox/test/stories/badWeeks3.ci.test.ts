import { badWeeks } from "./badWeeks.js";

badWeeks(31, 15);
