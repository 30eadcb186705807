import { badWeeks } from "./badWeeks.js";

badWeeks(76, 25);
