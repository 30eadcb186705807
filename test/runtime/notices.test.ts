import { expect, test } from "vitest";
import { Notices } from "../../src/runtime/reconcile/notices.js";
import { FakeLog } from "./fakes.js";

test("what is to be known of a proposal is said once, and again when it is something else", () => {
  const log = new FakeLog();
  const notices = new Notices(log);
  const said = () => log.lines.filter(({ level }) => level === "warn").map(({ message }) => message);
  notices.tell("a/b#1", ["one"]);
  notices.tell("a/b#1", ["one"]);
  notices.tell("a/b#2", ["one"]);
  expect(said()).toEqual(["one", "one"]);
  notices.tell("a/b#1", ["one", "two"]);
  expect(said()).toEqual(["one", "one", "two"]);
  notices.tell("a/b#1", []);
  notices.tell("a/b#1", ["one"]);
  expect(said()).toEqual(["one", "one", "two", "one"]);
});
