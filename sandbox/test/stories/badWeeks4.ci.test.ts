import { badWeeks } from "./badWeeks.js";

badWeeks(0);
