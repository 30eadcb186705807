import { badWeeks } from "./badWeeks.js";

badWeeks(126, 25);
