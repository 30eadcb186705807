import { badWeeks } from "./badWeeks.js";

badWeeks(26, 25);
