import { badWeeks } from "./badWeeks.js";

badWeeks(46, 15);
