import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { registerInText } from "../../src/github/record/versions.js";
import type { Store } from "../../src/store/port.js";
import { OF, stored } from "./contract.js";

const FOLDER = "test/store/frozen";

/** `store-N.sql`: a store as the clerk of then wrote it, whose tables were number N. */
export const FROZEN = readdirSync(FOLDER)
  .map((name) => ({ number: Number(/\d+/.exec(name)), text: readFileSync(`${FOLDER}/${name}`, "utf8") }))
  .sort((one, other) => one.number - other.number);

/** What every database does alike with a store of before. `open`: the store of now on a database into which this SQL was put. */
export function beforeContract(name: string, open: (text: string) => Promise<Store>): void {
  describe(`a store of before ${name}`, () => {
    test.each(FROZEN)("whose tables are number $number is read for ever", async ({ number, text }) => {
      const store = await open(text);
      try {
        const kept = await store.register(OF);
        if (kept.kind !== "stored" || kept.kept === null) throw new Error("There is no register.");
        expect(kept.kept.sequence).toBe(5);
        expect(registerInText(kept.kept.record)?.motion?.ballots).toHaveLength(6);
        expect(await store.transitions(OF)).toEqual(
          stored([
            { sequence: 4, at: 1_772_546_700_000, what: "motion 1 is proposed" },
            { sequence: 5, at: 1_772_546_800_000, what: "“quoted” \\u0041 and a zero \0" },
          ]),
        );
        expect(await store.lawful(OF.repository)).toEqual(
          stored({
            number: 3,
            fingerprint: "print 3",
            commit: "c".repeat(40),
            text: "version: 1\nteams: {}\n",
            adoptedAt: 1_772_546_700_123,
          }),
        );
        expect(await store.intents(OF)).toEqual(
          stored([{ subject: "announcement 1:fcp_begun", at: 1_772_546_700_000, by: "process 1" }]),
        );
        const decision = {
          number: 1,
          pull: 12,
          motion: 1,
          outcome: "merge",
          at: 1_772_546_700_000,
          hash: "1".repeat(64),
          url: "https://github.com/o/r/pull/12#issuecomment-1",
          record: '{"number":1,"text":"it\'s"}',
        };
        expect(await store.decisionsOf(OF)).toEqual(stored(number < 2 ? [] : [decision]));
        const proposal = {
          pull: 12,
          title: "MSC12: “Spaces”, and 'more'",
          author: "alice",
          labels: ["proposal", "a, b"],
          state: "open",
          createdAt: 1,
          updatedAt: 1_772_000_000_000,
          head: "a".repeat(40),
          nextCheckAt: null,
          readAt: 1_772_000_000_002,
          settled: "print",
          members: true,
          outline: "what it waits for",
        };
        expect(await store.proposals(OF.repository)).toEqual(stored(number < 3 ? [] : [proposal]));
        expect(await store.round(OF.repository)).toEqual(
          stored(number < 3 ? null : { upTo: 1_772_000_000_000 }),
        );
        const shown = number >= 5;
        const repository = {
          repository: 7,
          owner: "o",
          name: "r",
          url: "https://github.com/o/r",
          isPublic: true,
          halt: number >= 6 ? '{"why":"invalid","since":1772000000000}' : "",
        };
        expect(await store.views.repositories()).toEqual(stored(shown ? [repository] : []));
        expect(await store.views.roster(7)).toEqual(
          stored(shown ? { commit: "c".repeat(40), history: '{"versions":[]}' } : null),
        );
        expect(await store.views.listed(7)).toEqual(stored(shown ? 1_772_000_000_000 : null));
        const view = { summary: '{"number":12,"title":"it\'s"}', detail: "" };
        expect(await store.views.view(OF)).toEqual(stored(shown ? view : null));
        const opened = {
          id: "opened",
          at: 1_772_000_000_000,
          event: '{"what":{"kind":"opened"}}',
          words: "what they said",
        };
        expect(await store.views.eventsOf(OF)).toEqual(stored(shown ? [opened] : []));
        expect(await store.notices.untold(7)).toEqual(
          stored(number < 7 ? [] : [{ pull: 12, ...opened, transaction: "msc-clerk.1" }]),
        );
        // And it goes on from there.
        const next = { sequence: 6, record: "the next" };
        expect(
          await store.putRegister(OF, next, 5, { sequence: 6, at: 1_772_546_900_000, what: "a vote" }),
        ).toEqual(stored(null));
        expect(await store.register(OF)).toEqual(stored(next));
      } finally {
        await store.close();
      }
    });
  });
}
