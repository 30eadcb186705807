import { badWeeks } from "./badWeeks.js";

badWeeks(51, 25);
