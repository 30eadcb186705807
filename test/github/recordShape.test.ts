import { describe, expect, expectTypeOf, test } from "vitest";
import { emptyRegister } from "../../src/domain/model/emptyRegister.js";
import type { PendingOverride, Register } from "../../src/domain/model/register.js";
import { type Difference, isRegister } from "../../src/github/record/shape.js";
import { RECORD_VERSION, registerOf } from "../../src/github/record/versions.js";

/** The types here are the compiler's to check (`npm run check:types`); a run only shows that the file is sound. */
describe("memory.kept: the shape of a record knows every field of a register, and no other", () => {
  test("nothing differs", () => {
    expectTypeOf<Difference<Register>>().toBeNever();
  });

  test("a new field is named, whether it may be left out or not, however deep it lies", () => {
    expectTypeOf<Difference<Register & { readonly shepherd?: string }>>().toEqualTypeOf<
      ".shepherd?" | ".shepherd?: string"
    >();
    expectTypeOf<Difference<Register & { readonly shepherd: string | null }>>().toEqualTypeOf<
      ".shepherd: string" | ".shepherd: null"
    >();
    type Deep = Omit<Register, "override"> & { readonly override: (PendingOverride & { why: 1 }) | null };
    expectTypeOf<Difference<Deep>>().toEqualTypeOf<".override.why: 1">();
  });

  test("so is a field that is gone, and one that may now be left out", () => {
    expectTypeOf<Difference<Omit<Register, "seq">>>().toEqualTypeOf<".seq: number">();
    expectTypeOf<Difference<Omit<Register, "seq"> & { readonly seq?: number }>>().toEqualTypeOf<
      ".seq: number" | ".seq?" | ".seq?: number"
    >();
  });
});

describe("memory.kept: each version of a record is made into the next", () => {
  const { takenAway: _, recovery: __, lawful: ___, ...first } = emptyRegister;

  test("a record of the first becomes a register of now", () => {
    expect(registerOf(1, first)).toEqual(emptyRegister);
    expect(registerOf(RECORD_VERSION, emptyRegister)).toEqual(emptyRegister);
  });

  test("a record that lacks what its version has is none, and one of a clerk to come is not read", () => {
    expect(registerOf(RECORD_VERSION, first)).toBeNull();
    expect(isRegister(first)).toBe(false);
    expect(registerOf(RECORD_VERSION + 1, emptyRegister)).toBeNull();
    expect(registerOf(0, first)).toBeNull();
  });
});
