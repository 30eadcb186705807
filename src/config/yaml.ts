import {
  boolCoreTag,
  EVENT_ID,
  type Event,
  floatCoreTag,
  getScalarValue,
  intCoreTag,
  NOT_RESOLVED,
  nullCoreTag,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
} from "js-yaml";
import { unseenIn } from "../domain/messages/escape.js";
import { faultText } from "./faultText.js";
import { type Finding, told } from "./finding.js";
import { LOOKED_AT } from "./given.js";
import { MAX_BYTES, MAX_DEPTH, MAX_NODES } from "./limits.js";
import type { ConfigFault } from "./outcome.js";
import { placesOf, type TextPlace } from "./places.js";
import { syntaxFault } from "./syntaxFault.js";
import type { ConfigPath, YamlEntry, YamlNode } from "./tree.js";

export { MAX_BYTES as MAX_LENGTH } from "./limits.js";

/** Offsets refer to the text without its byte order mark. */
export type YamlReading =
  | {
      readonly kind: "tree";
      readonly root: YamlNode;
      readonly placeOf: (offset: number) => TextPlace;
      readonly findings: readonly Finding[];
    }
  /** There is no tree, and these are the reasons. */
  | { readonly kind: "nothing"; readonly faults: readonly ConfigFault[] };

/**
 * First stage: text to a tree with positions. YAML 1.2, one document, without its traps: anchors, aliases, merge keys, tags,
 * and keys that are not text are refused, so that what a reviewer reads in a pull request is what counts. Never throws.
 */
export function readYaml(text: string): YamlReading {
  const nothing = (...faults: readonly ConfigFault[]): YamlReading => ({ kind: "nothing", faults });
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_BYTES) return nothing(whole(faultText.tooLarge(bytes, MAX_BYTES)));
  const source = text.startsWith("\uFEFF") ? text.slice(1) : text;
  // UTF-16, as some editors and shells write it, has a zero byte beside each letter.
  const zero = source.indexOf("\0");
  if (zero >= 0) return nothing({ ...placesOf(source)(zero), path: "", message: faultText.notUtf8() });
  let events: readonly Event[];
  try {
    events = parseEvents(source, { maxDepth: MAX_DEPTH });
  } catch (error) {
    return nothing(syntaxFault(source, error));
  }
  const nodes = events.filter(({ type }) => type !== EVENT_ID.POP && type !== EVENT_ID.DOCUMENT).length;
  if (nodes > MAX_NODES) return nothing(whole(faultText.tooMuch(nodes, MAX_NODES)));
  const { documents, findings } = new TreeBuilder(source, events).build();
  const root = documents[0];
  const placeOf = placesOf(source);
  if (root === undefined || (root.kind === "scalar" && root.text === "" && root.value === null)) {
    return nothing(...findings.map((finding) => told(finding, placeOf)), whole(faultText.emptyFile()));
  }
  return { kind: "tree", root, placeOf, findings: [...findings, ...unseen(source), ...undecoded(source)] };
}

/** What stands for bytes that are no UTF-8: the first place tells enough. */
function undecoded(source: string): readonly Finding[] {
  const at = source.indexOf("\uFFFD");
  return at < 0 ? [] : [{ at, path: [], say: faultText.notUtf8 }];
}

/** Zero-width characters, direction marks and the like, also in a comment: people would read the line differently from the machine. */
const unseen = (source: string): readonly Finding[] =>
  unseenIn(source).map(({ at, character }) => ({ at, path: [], say: () => faultText.unseen(character) }));

const whole = (message: string): ConfigFault => ({ line: 1, column: 1, path: "", message });

class TreeBuilder {
  private next = 0;
  private readonly findings: Finding[] = [];
  private readonly placeOf;

  constructor(
    private readonly source: string,
    private readonly events: readonly Event[],
  ) {
    this.placeOf = placesOf(source);
  }

  build(): { documents: readonly YamlNode[]; findings: readonly Finding[] } {
    const documents: YamlNode[] = [];
    let count = 0;
    while (this.next < this.events.length) {
      this.next++;
      count++;
      // Only the first is read; the rest would be judged by rules that do not concern them.
      const from = this.next;
      if (this.events[this.next]?.type !== EVENT_ID.POP) {
        const quiet = count > 1 ? this.findings.length : null;
        const node = this.node([]);
        if (quiet === null) documents.push(node);
        else this.findings.length = quiet;
      }
      if (count === 2) this.fault(this.startOf(this.events[from]), [], faultText.severalDocuments);
      this.next++;
    }
    return { documents, findings: this.findings };
  }

  private fault(at: number, path: ConfigPath, say: () => string): void {
    this.findings.push({ at, path, say });
  }

  private node(path: ConfigPath): YamlNode {
    const event = this.events[this.next++];
    const at = this.startOf(event);
    switch (event?.type) {
      case EVENT_ID.SCALAR:
        return this.refusal(event, path) ?? this.scalar(event, at);
      case EVENT_ID.SEQUENCE: {
        const items: YamlNode[] = [];
        while (!this.atPop()) items.push(this.node([...path, items.length]));
        this.next++;
        return this.refusal(event, path) ?? { kind: "list", at, items };
      }
      case EVENT_ID.MAPPING: {
        const entries = this.entries(path);
        return this.refusal(event, path) ?? { kind: "mapping", at, entries };
      }
      case EVENT_ID.ALIAS:
        this.fault(at, path, () => faultText.alias(this.source.slice(event.anchorStart, event.anchorEnd)));
        return { kind: "refused", at };
      default:
        return { kind: "refused", at };
    }
  }

  private entries(path: ConfigPath): Map<string, YamlEntry> {
    const entries = new Map<string, YamlEntry>();
    while (!this.atPop()) {
      const event = this.events[this.next];
      const keyAt = this.startOf(event);
      const key = this.key(path);
      const value = this.node(key === null ? path : [...path, key]);
      if (key === null) continue;
      const first = entries.get(key);
      if (first !== undefined) {
        this.fault(keyAt, [...path, key], () => faultText.duplicateKey(key, this.placeOf(first.keyAt).line));
        continue;
      }
      entries.set(key, { key, keyAt, value });
    }
    this.next++;
    return entries;
  }

  /** The key as text; null when it was refused. */
  private key(path: ConfigPath): string | null {
    const event = this.events[this.next];
    const at = this.startOf(event);
    const before = this.findings.length;
    const node = this.node(path);
    if (node.kind === "refused" || this.findings.length > before) return null;
    if (node.kind !== "scalar") {
      const { kind } = node;
      this.fault(at, path, () => faultText.complexKey(kind));
      return null;
    }
    if (typeof node.value !== "string") {
      this.fault(at, path, () => faultText.keyNotText(node.text));
      return null;
    }
    if (node.value === "<<") {
      this.fault(at, path, faultText.mergeKey);
      return null;
    }
    if (node.value === "__proto__") {
      this.fault(at, path, () => faultText.unusableKey("__proto__"));
      return null;
    }
    return node.value;
  }

  private scalar(event: ScalarEvent, at: number): YamlNode {
    const text = getScalarValue(this.source, event);
    if (event.style !== SCALAR_STYLE.PLAIN) return { kind: "scalar", at, text, value: text };
    const comment =
      event.valueStart < 0
        ? COMMENT_AS_VALUE.exec(this.source.slice(at, at + LOOKED_AT))?.[1]
        : COMMENT_BEHIND.exec(this.source.slice(event.valueEnd, event.valueEnd + LOOKED_AT))?.[1];
    const value = plainValue(text);
    return {
      kind: "scalar",
      at,
      text,
      value,
      ...(comment === undefined ? {} : { comment: comment.trimEnd() }),
    };
  }

  private refusal(
    event: { anchorStart: number; anchorEnd: number; tagStart: number; tagEnd: number },
    path: ConfigPath,
  ): YamlNode | null {
    if (event.tagStart >= 0) {
      this.fault(event.tagStart, path, () => faultText.tag(this.source.slice(event.tagStart, event.tagEnd)));
      return { kind: "refused", at: event.tagStart };
    }
    if (event.anchorStart < 0) return null;
    // An anchor alone changes nothing about the value: say so, and go on reading the value.
    this.fault(event.anchorStart - 1, path, () =>
      faultText.anchor(this.source.slice(event.anchorStart, event.anchorEnd)),
    );
    return null;
  }

  private atPop(): boolean {
    const event = this.events[this.next];
    return event === undefined || event.type === EVENT_ID.POP;
  }

  /** Where an event begins; an empty value has no place of its own and borrows the end of what came before. */
  private startOf(event: Event | undefined): number {
    if (event === undefined) return 0;
    switch (event.type) {
      case EVENT_ID.SEQUENCE:
      case EVENT_ID.MAPPING:
        this.lastAt = event.start;
        return event.start;
      case EVENT_ID.SCALAR:
        if (event.valueStart < 0) return this.lastAt;
        // The value's range leaves the quote out.
        this.lastAt =
          event.valueStart -
          (event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED ? 1 : 0);
        return this.lastAt;
      case EVENT_ID.ALIAS:
        this.lastAt = event.anchorStart - 1;
        return this.lastAt;
      default:
        return this.lastAt;
    }
  }
  private lastAt = 0;
}

/** People write a blank behind the `#` of a comment; without one it was most likely meant as text: `#1 team`. */
const COMMENT_BEHIND = /^[ \t]+(#[^\s#][^\r\n]*)/;
/** The same where no value comes before it, from its key or its dash on. */
const COMMENT_AS_VALUE = /^(?:[^\r\n:#]*:|-)[ \t]+(#[^\s#][^\r\n]*)/;

const CORE_TAGS = [nullCoreTag, boolCoreTag, intCoreTag, floatCoreTag];
/** What anything but text can begin with. */
const NOT_TEXT = /^(?:$|[-+.~\dnNtTfF])/;
/** As people write them; YAML knows `0x1F`, `0o17`, `1e3`, `+5`, `1.0` and `007` too. */
const PLAIN_NUMBER = /^(?:0|[1-9]\d{0,15})$/;

/**
 * An unquoted value as YAML 1.2 reads it (its core schema). A number that is not written in plain digits becomes NaN: a
 * reviewer may take it for one number and a machine for another, so it must not count.
 */
function plainValue(text: string): string | number | boolean | null {
  if (!NOT_TEXT.test(text)) return text;
  for (const tag of CORE_TAGS) {
    const value: unknown = tag.resolve(text, false, tag.tagName);
    if (value === NOT_RESOLVED) continue;
    if (typeof value === "number") return PLAIN_NUMBER.test(text) ? value : Number.NaN;
    return typeof value === "boolean" || value === null ? value : text;
  }
  return text;
}
