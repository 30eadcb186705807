import { weeks } from "./badWeeks.js";

weeks([1, 2], true);
