import { badWeeks } from "./badWeeks.js";

badWeeks(101, 25);
