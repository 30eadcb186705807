import { badWeeks } from "./badWeeks.js";

badWeeks(106, 15);
