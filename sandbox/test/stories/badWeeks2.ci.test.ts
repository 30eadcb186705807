import { badWeeks } from "./badWeeks.js";

badWeeks(16, 15);
