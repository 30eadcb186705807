import { badWeeks } from "./badWeeks.js";

badWeeks(61, 15);
