import { badWeeks } from "./badWeeks.js";

badWeeks(91, 15);
