import { badWeeks } from "./badWeeks.js";

badWeeks(151, 25);
