import { Course } from "../../platform/course.js";

/**
 * Asked of each write in the moment before it leaves: it may have waited for its turn, for a token or for another try since it was decided, and
 * by then be no more this process's to make. Whoever decides upon a write says so by `during`; where nobody does, it may.
 */
export const mayStillWrite = new Course<() => boolean>();

export const NOT_OURS = "another instance has taken this over";
