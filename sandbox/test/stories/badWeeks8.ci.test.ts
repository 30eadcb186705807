import { badWeeks } from "./badWeeks.js";

badWeeks(176, 25);
