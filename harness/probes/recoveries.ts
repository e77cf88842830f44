import { type Language, languages } from './executed-names.ts';
import { oddKinds } from './odd-input.ts';
import { fullList, type Probe } from './probe.ts';

/** An ordinary request after all odd input: asked even of a target that went silent. */
export const lastRecovery: Probe = { ...fullList('recovery', 'recovery'), key: 'robustness.recovery' };

/** An ordinary request after odd input of one kind: what it was, and the request. */
export type Recovery = { kind: string; what: string; probe: Probe };

const sent = [
  ...languages.map(({ kind, what }) => ({ kind: ofLanguage(kind), what: `names that would be executed as ${what}` })),
  ...oddKinds,
];

/** The kind of odd input that a language's names are: there is odd input of one name with a language. */
export function ofLanguage(kind: Language['kind']): string {
  return `executed.${kind}`;
}

/** The ordinary requests after each kind of odd input, in their order, so that what follows is not blamed for it. */
export const recoveries: readonly Recovery[] = sent.map(({ kind, what }, index) => ({
  kind,
  what,
  probe:
    index === sent.length - 1
      ? lastRecovery
      : { ...fullList(`after-${kind}`, 'odd'), key: `${lastRecovery.key}.${kind}` },
}));

/** The ordinary request after a kind of odd input, and the one before it: undefined for the first kind. */
export function recoveriesAround(kind: string): { before: Probe | undefined; after: Probe } {
  const at = recoveries.findIndex((each) => each.kind === kind);
  const after = recoveries[at];
  if (!after) throw new Error(`no odd input is of the kind ${kind}`);
  return { before: recoveries[at - 1]?.probe, after: after.probe };
}
