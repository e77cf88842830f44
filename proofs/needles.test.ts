import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createNeedles } from '../harness/base/needles.ts';

// Few characters, so that needles begin alike and stand in the texts; some beyond ASCII, and halves of a character.
const characters = fc.constantFrom('a', 'b', 'c', '"', '\\\\', '\u0000', 'é', '\u4e2d', '\ud83d', '\ude00', '\uffff');
const texts = (minLength: number, maxLength: number) => fc.string({ unit: characters, minLength, maxLength });

test.for([4, 8])('needles are found where they stand, and nowhere else, by their first %i characters', (head) => {
  fc.assert(
    fc.property(fc.array(texts(head, 12), { maxLength: 30 }), texts(0, 60), (own, text) => {
      const needles = createNeedles(
        own.map((each) => ({ text: each, found: each })),
        head,
      );
      expect(needles.isIn(text)).toBe(own.some((each) => text.includes(each)));
      for (let offset = 0; offset <= text.length; offset += 1) {
        const here = own.filter((each) => text.startsWith(each, offset));
        const longest = here.sort((one, other) => other.length - one.length)[0];
        expect(needles.at(text, offset)?.text).toBe(longest);
        const rest = text.slice(offset);
        const isBegun = rest.length >= head && own.some((each) => each.length > rest.length && each.startsWith(rest));
        expect(needles.begunAt(text, offset) !== undefined).toBe(isBegun);
      }
    }),
    { numRuns: 500 },
  );
});
