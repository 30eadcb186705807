import { weeks } from "./badWeeks.js";

weeks([1, 2, 3, 4], true);
